"""The three statutory tables as grids: where every heading, label and figure stands, and what it spans.

The layout is that of the forms attached to 国办公开办函〔2019〕60号 and 〔2021〕30号. HTML, DOCX, PDF and
XLSX are all drawn from these grids, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from gongkai.law.report.cells import TABLES, Cell
from gongkai.law.report.formats import (
    NON_RESULT_ROWS,
    ORGANISATION_HEADING,
    SECTIONS,
    TABLE3_COLUMNS,
    TABLE3_NOTE,
    TABLE4_COLUMNS,
    TABLE4_GROUPS,
    Column,
    ReportFormat,
    Table2Row,
    Table3Row,
)
from gongkai.reports.writing.values import MONEY_UNIT

RESULTS_HEADING = "三、本年度办理结果"
_WHOLE = 3
_MM_PER_POINT = 25.4 / 72
DIGIT_WIDTH = 0.52  # em
_CELL_PADDING = 1.2  # mm, both sides
_SMALLEST = 5.5  # pt
SECTION_OF_TABLE = dict(zip(TABLES, ("proactive", "requests", "disputes"), strict=True))
TABLE_NAMES = dict(zip(TABLES, ("表二", "表三", "表四"), strict=True))
SECTION_TITLES = {section.key: section.title for section in SECTIONS}


class Role(StrEnum):
    """What a box of a grid is."""

    CLAUSE = "clause"
    """The heading line of a block of table 2: 第二十条第（一）项."""
    HEAD = "head"
    NOTE = "note"
    GROUP = "group"
    LABEL = "label"
    FIGURE = "figure"

    @property
    def is_heading(self) -> bool:
        """Whether it heads columns."""
        return self in {Role.CLAUSE, Role.HEAD}


@dataclass(frozen=True)
class Box:
    """One box: its text (``""`` for a figure), place, spans, and the report cell it shows, if any."""

    text: str
    row: int
    column: int
    role: Role
    rowspan: int = 1
    colspan: int = 1
    cell: Cell | None = None
    vertical: bool = False
    narrow: bool = False
    """A heading over one of the narrow number columns of tables 3 and 4, set two characters to a line."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The pieces a heading may be broken into: 社会/公益/组织, （三）/不予公开."""
        if self.narrow and len(self.text) > _WHOLE:
            return tuple(self.text[start : start + 2] for start in range(0, len(self.text), 2))
        if self.role is Role.GROUP and not self.vertical:
            number, mark, name = self.text.partition("）")
            return (number + mark, name)
        return (self.text,)


@dataclass(frozen=True)
class Grid:
    """A table: relative column widths (they add up to 156, the type area in mm) and its boxes row by row."""

    table: int
    caption: str
    widths: tuple[float, ...]
    head_rows: int
    rows: tuple[tuple[Box, ...], ...]

    def boxes(self) -> Iterator[Box]:
        """Every box in reading order."""
        for row in self.rows:
            yield from row

    def blocks(self) -> tuple[tuple[tuple[Box, ...], ...], ...]:
        """The rows below the repeated head, split before every clause heading."""
        body = self.rows[self.head_rows :]
        numbers = [sum(_opens_block(row) for row in body[: index + 1]) for index in range(len(body))]
        paired = zip(numbers, body, strict=True)
        return tuple(tuple(row for _, row in group) for _, group in groupby(paired, key=lambda pair: pair[0]))


@lru_cache(maxsize=8)
def grids(form: ReportFormat) -> tuple[Grid, Grid, Grid]:
    """Tables 2, 3 and 4 of a format."""
    return _table2(form), _table3(form), _table4()


def grid(form: ReportFormat, table: int) -> Grid:
    """One table of a format."""
    return grids(form)[TABLES.index(table)]


def _opens_block(row: tuple[Box, ...]) -> bool:
    return row[0].role is Role.CLAUSE


def _caption(table: int) -> str:
    return f"{TABLE_NAMES[table]} {SECTION_TITLES[SECTION_OF_TABLE[table]]}"


def heading_of(column: Column) -> str:
    """A column heading that always says when its amounts are in 万元."""
    if column.unit == MONEY_UNIT and MONEY_UNIT not in column.label:
        return f"{column.label}（单位：{MONEY_UNIT}）"
    return column.label


_T2_COLUMNS = 4


def _table2(form: ReportFormat) -> Grid:
    rows: list[tuple[Box, ...]] = []
    for clause, members in form.clauses():
        rows.append((Box(clause, len(rows), 0, Role.CLAUSE, colspan=_T2_COLUMNS),))
        rows.append(_table2_head(len(rows), members[0].columns))
        rows.extend([_table2_row(at, member) for at, member in enumerate(members, start=len(rows))])
    return Grid(2, _caption(2), (45.0, 37.0, 37.0, 37.0), 0, tuple(rows))


def _table2_head(row: int, columns: tuple[Column, ...]) -> tuple[Box, ...]:
    heads = (
        Box(heading_of(column), row, place, Role.HEAD, colspan=span)
        for column, place, span in zip(columns, *_table2_places(len(columns)), strict=True)
    )
    return (Box("信息内容", row, 0, Role.HEAD), *heads)


def _table2_row(row: int, member: Table2Row) -> tuple[Box, ...]:
    figures = (
        Box("", row, place, Role.FIGURE, colspan=span, cell=Cell(2, member.key, column.key))
        for column, place, span in zip(member.columns, *_table2_places(len(member.columns)), strict=True)
    )
    return (Box(member.label, row, 0, Role.LABEL), *figures)


def _table2_places(count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where ``count`` columns start and what they span: the last one fills the line up."""
    starts = tuple(range(1, count + 1))
    return starts, (*(1 for _ in starts[:-1]), _T2_COLUMNS - count)


_T3_LABELS = 3
_T3_NUMBERS = 81.5
_T3_WIDTHS = (7.0, 16.0, 51.5, *(_T3_NUMBERS / len(TABLE3_COLUMNS) for _ in TABLE3_COLUMNS))


def _table3(form: ReportFormat) -> Grid:
    rows: list[tuple[Box, ...]] = list(_table3_head())
    results = [row for row in form.table3 if row.key not in NON_RESULT_ROWS or row.key == "total"]
    for row in form.table3:
        labels = tuple(_table3_labels(row, len(rows), results))
        rows.append((*labels, *_table3_figures(row, len(rows))))
    return Grid(3, _caption(3), _T3_WIDTHS, 3, tuple(rows))


def _table3_head() -> tuple[tuple[Box, ...], ...]:
    first, *organisations, last = TABLE3_COLUMNS
    start = _T3_LABELS
    return (
        (
            Box(TABLE3_NOTE, 0, 0, Role.NOTE, rowspan=3, colspan=_T3_LABELS),
            Box("申请人情况", 0, start, Role.HEAD, colspan=len(TABLE3_COLUMNS)),
        ),
        (
            Box(first.label, 1, start, Role.HEAD, rowspan=2, narrow=True),
            Box(ORGANISATION_HEADING, 1, start + 1, Role.HEAD, colspan=len(organisations)),
            Box(last.label, 1, start + 1 + len(organisations), Role.HEAD, rowspan=2, narrow=True),
        ),
        tuple(
            Box(column.label, 2, start + 1 + index, Role.HEAD, narrow=True)
            for index, column in enumerate(organisations)
        ),
    )


def _table3_labels(row: Table3Row, at: int, results: list[Table3Row]) -> Iterator[Box]:
    if row not in results:
        yield Box(row.label, at, 0, Role.LABEL, colspan=_T3_LABELS)
        return
    if row is results[0]:
        yield Box(RESULTS_HEADING, at, 0, Role.GROUP, rowspan=len(results), vertical=True)
    if not row.group:
        yield Box(row.label, at, 1, Role.LABEL, colspan=2)
        return
    members = [other for other in results if other.group == row.group]
    if row is members[0]:
        yield Box(row.group, at, 1, Role.GROUP, rowspan=len(members))
    yield Box(row.label, at, 2, Role.LABEL)


def _table3_figures(row: Table3Row, at: int) -> tuple[Box, ...]:
    return tuple(
        Box("", at, _T3_LABELS + index, Role.FIGURE, cell=Cell(3, row.key, column.key))
        for index, column in enumerate(TABLE3_COLUMNS)
    )


def _table4() -> Grid:
    width = len(TABLE4_COLUMNS)
    review, *suits = TABLE4_GROUPS
    top = (
        Box(review.label, 0, 0, Role.HEAD, colspan=width),
        Box("行政诉讼", 0, width, Role.HEAD, colspan=width * len(suits)),
    )
    middle = (
        *(
            Box(column.label, 1, index, Role.HEAD, rowspan=2, narrow=True)
            for index, column in enumerate(TABLE4_COLUMNS)
        ),
        *(
            Box(group.label, 1, width * (index + 1), Role.HEAD, colspan=width)
            for index, group in enumerate(suits)
        ),
    )
    leaves = tuple(
        Box(column.label, 2, width * (index + 1) + place, Role.HEAD, narrow=True)
        for index in range(len(suits))
        for place, column in enumerate(TABLE4_COLUMNS)
    )
    figures = tuple(
        Box("", 3, width * index + place, Role.FIGURE, cell=Cell(4, group.key, column.key))
        for index, group in enumerate(TABLE4_GROUPS)
        for place, column in enumerate(TABLE4_COLUMNS)
    )
    widths = tuple(156.0 / len(figures) for _ in figures)
    return Grid(4, _caption(4), widths, 3, (top, middle, leaves, figures))


def fitting_size(text: str, width: float, largest: float, *, digit: float = DIGIT_WIDTH) -> float:
    """The type size (pt) at which digits (``digit`` em wide) fit ``width`` mm on one line, at most ``largest``."""
    room = (width - _CELL_PADDING) / _MM_PER_POINT
    return max(_SMALLEST, min(largest, room / (digit * max(len(text), 1))))
