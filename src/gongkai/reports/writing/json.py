"""The report as JSON, for machines: ``docs/report-schema.md`` and ``report.schema.json`` say what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.formats import ReportFormat
from gongkai.reports.reading.transcript import to_transcript
from gongkai.reports.writing.canonical import digest
from gongkai.reports.writing.presentation import PLAIN, Presentation, title_of
from gongkai.reports.writing.values import MONEY_UNIT, plain

Json = dict[str, Any]
SCHEMA = "https://gongkai.invalid/schemas/report-1.json"
"""Names the schema; nothing is fetched from it."""
VERSION = 1


def document(report: Report, presentation: Presentation = PLAIN) -> Json:
    """The report as plain data. ``digest`` is always that of the report itself."""
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        **to_transcript(report),
        "title": title_of(report),
        "level": report.level.value,
        "published_on": None if report.published_on is None else report.published_on.isoformat(),
        "edition": presentation.version,
        "contact": presentation.contact,
        "sections": dict(report.sections),
        "cells": {str(cell): _cell(report, cell) for cell in _cells(report)},
        "adjustments": _adjustments(report.format, presentation),
        "shape": [_note(note.__dict__) for note in report.shape],
        "digest": digest(report),
    }


def render(report: Report, presentation: Presentation = PLAIN) -> bytes:
    """The JSON file, UTF-8."""
    return (json.dumps(document(report, presentation), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


@cache
def schema() -> Json:
    """The JSON Schema (2020-12) of the file."""
    text = files(__package__).joinpath("report.schema.json").read_text("utf-8")
    loaded: Json = json.loads(text)
    return loaded


def _cells(report: Report) -> tuple[Cell, ...]:
    """Every cell of the format, then what the document has beyond it."""
    return tuple(dict.fromkeys((*report.format.cells, *report.figures)))


def _cell(report: Report, cell: Cell) -> Json:
    """``measure`` is the unit of the value, ``unit`` the one written in the document, if any."""
    figure = report[cell]
    inside = cell in report.format.cells
    measure = report.format.column(cell).unit if inside else ""
    return {
        "label": report.format.label(cell) if inside else "",
        "value": number(figure.value, measure),
        "measure": measure,
        "standing": figure.standing.value,
        "raw": figure.raw,
        "unit": figure.unit,
        "place": figure.place,
        "note": figure.note,
    }


def number(value: Number | None, measure: str) -> int | str | None:
    """Counts as integers, amounts as decimal text, which keeps every digit; ``None`` where there is none."""
    if value is None:
        return None
    text = plain(value)
    return text if measure == MONEY_UNIT or "." in text else int(text)


def _adjustments(form: ReportFormat, presentation: Presentation) -> Json:
    return {
        str(cell): {"computed": number(made.computed, form.column(cell).unit), "reason": made.reason}
        for cell, made in presentation.adjustments.items()
    }


def _note(note: Mapping[str, Any]) -> Json:
    return {**note, "cells": [str(cell) for cell in note["cells"]]}
