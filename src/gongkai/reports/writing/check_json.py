"""The result of a check as plain data: the same from the command and from the public page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding
from gongkai.reports.reading.transcript import cells_json, to_transcript


def as_json(file: str, report: Report | None, findings: Sequence[Finding]) -> dict[str, Any]:
    """The transcription of the report with raw cells, oddities of shape, prose and findings."""
    if report is None:
        return {"file": file}
    return {
        "file": file,
        **to_transcript(report),
        "level": report.level.value,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "cells": cells_json(report),
        "shape": [
            {
                "kind": note.kind,
                "where": note.where,
                "found": note.found,
                "expected": note.expected,
                "cells": [str(cell) for cell in note.cells],
            }
            for note in report.shape
        ],
        "sections": dict(report.sections),
        "findings": [_finding_json(finding) for finding in findings],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "cells": [str(cell) for cell in finding.cells],
        "expected": finding.expected,
        "found": finding.found,
        "remedy": finding.remedy,
        "basis": finding.basis,
        "section": finding.section,
        "quote": finding.quote,
    }
