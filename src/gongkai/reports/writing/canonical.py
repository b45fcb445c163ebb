"""One text per report content, and its SHA-256: what is frozen with a published version."""

from __future__ import annotations

import hashlib
import json

from gongkai.law.report.figures import Figure, Report
from gongkai.reports.writing.presentation import title_of
from gongkai.reports.writing.values import plain

DIGEST_VERSION = 1


def digest(report: Report) -> str:
    """SHA-256 (hex) over format, year, agency, title, every figure and every section.

    The same content gives the same digest whatever file it came from: numbers are compared by value (12 and
    12.00 are one), and lines by their words, blank lines and spaces at their ends aside.
    """
    return hashlib.sha256(canonical(report).encode("utf-8")).hexdigest()


def canonical(report: Report) -> str:
    """The text the digest is taken of: JSON with sorted keys and no spaces."""
    content = {
        "digest": DIGEST_VERSION,
        "format": report.format.id,
        "year": report.year,
        "agency": report.agency.strip(),
        "title": title_of(report),
        "figures": {str(cell): _figure(report[cell]) for cell in (*report.format.cells, *report.figures)},
        "sections": {key: _lines(text) for key, text in report.sections.items() if text.strip()},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _figure(figure: Figure) -> str | None:
    """The number as text; ``None`` where there is none, whatever sign stands there."""
    return None if figure.value is None else plain(figure.value)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
