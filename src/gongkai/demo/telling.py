"""The figures of a report as lines for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Report
from gongkai.law.report.formats import TABLE3_COLUMNS, TABLE4_COLUMNS, TABLE4_GROUPS, Column
from gongkai.reports.writing.values import MONEY_UNIT, shown

LABEL_WIDTH, NUMBER_WIDTH = 46, 14
LONGEST_LABEL = 21


def as_lines(report: Report) -> Iterator[str]:
    """Title, then the three tables, every row with its numbers."""
    yield report.title
    yield "二、主动公开政府信息情况"
    for row in report.format.table2:
        numbers = (
            f"{column.label} {shown(report[Cell(2, row.key, column.key)], column.unit)}{_unit(column)}"
            for column in row.columns
        )
        yield f"  {padded(row.label, 24)}{'　'.join(numbers)}"
    yield "三、收到和处理政府信息公开申请情况"
    yield _headings(TABLE3_COLUMNS)
    group = ""
    for line in report.format.table3:
        if line.group and line.group != group:
            yield f"  {line.group}"
        group = line.group
        cells = [Cell(3, line.key, column.key) for column in TABLE3_COLUMNS]
        label = f"　{line.label}" if group else line.label
        yield f"  {padded(_short(label), LABEL_WIDTH)}{_numbers(report, cells)}"
    yield "四、政府信息公开行政复议、行政诉讼情况"
    yield _headings(TABLE4_COLUMNS)
    for table4 in TABLE4_GROUPS:
        cells = [Cell(4, table4.key, column.key) for column in TABLE4_COLUMNS]
        yield f"  {padded(table4.label, LABEL_WIDTH)}{_numbers(report, cells)}"


def _headings(columns: Iterable[Column]) -> str:
    return (
        "  "
        + " " * LABEL_WIDTH
        + "".join(padded(column.label, NUMBER_WIDTH, right=True) for column in columns)
    )


def _unit(column: Column) -> str:
    """Written where it is not simply a count."""
    return column.unit if column.unit == MONEY_UNIT and MONEY_UNIT not in column.label else ""


def _numbers(report: Report, cells: list[Cell]) -> str:
    return "".join(padded(shown(report[cell]), NUMBER_WIDTH, right=True) for cell in cells)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to so many columns of a terminal; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    space = " " * max(width - taken, 0)
    return space + text if right else text + space
