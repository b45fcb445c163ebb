"""The report as CSV: one row per cell, UTF-8 with BOM (so that Excel and WPS read the Chinese)."""

from __future__ import annotations

import csv
from io import StringIO

from gongkai.law.report.figures import Report
from gongkai.reports.writing.rows import COLUMNS, DataRow, data_rows
from gongkai.reports.writing.values import plain
from gongkai.typesetting.text import writable

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def render(report: Report) -> bytes:
    """The CSV file."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in data_rows(report))
    return stream.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Text no spreadsheet runs: a risky beginning gets an apostrophe."""
    cleaned = writable(text)
    return f"'{cleaned}" if cleaned.lstrip(" ").startswith(RISKY) or cleaned.startswith(RISKY) else cleaned


def _cells(row: DataRow) -> list[str]:
    """Numbers as they are, also negative ones; every text made safe."""
    value = "" if row.value is None else plain(row.value)
    texts = row._replace(value=None)
    return [value if index == COLUMNS.index("数值") else safe(str(text)) for index, text in enumerate(texts)]
