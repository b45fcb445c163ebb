"""The report as plain rows, one per cell: what the CSV and the data sheet of the XLSX hold."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Number, Report
from gongkai.reports.writing.grid import TABLE_NAMES, heading_of

STANDINGS = {
    "clear": "明确",
    "normalised": "已换算",
    "assigned": "推定",
    "uncertain": "存疑",
    "blank": "空白",
    "missing": "缺失",
}


class DataRow(NamedTuple):
    """A cell with its id, place in words, number, unit, the text that stood there and its standing."""

    cell: str
    table: str
    row: str
    column: str
    value: Number | None
    unit: str
    raw: str
    standing: str


COLUMNS = ("单元格", "表", "行", "列", "数值", "单位", "原文", "状态")
"""The headings of a ``DataRow``."""


def data_rows(report: Report) -> list[DataRow]:
    """Every cell of the format in reading order."""
    return [_row(report, cell, report[cell]) for cell in report.format.cells]


def _row(report: Report, cell: Cell, figure: Figure) -> DataRow:
    column = report.format.column(cell)
    label = report.format.row_label(cell).removeprefix(TABLE_NAMES[cell.table]).strip("“”")
    return DataRow(
        str(cell),
        TABLE_NAMES[cell.table],
        label,
        heading_of(column),
        figure.value,
        column.unit,
        figure.raw,
        STANDINGS[figure.standing.value],
    )
