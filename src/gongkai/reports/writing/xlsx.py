"""The report as a workbook: the three tables in the statutory layout, and a sheet of plain rows for machines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from gongkai.law.report.figures import Figure, Number, Report
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.writing.grid import SECTION_OF_TABLE, Box, Grid, Role, grids
from gongkai.reports.writing.notes import adjustment_notes
from gongkai.reports.writing.presentation import PLAIN, Presentation, agency_of, title_of
from gongkai.reports.writing.rows import COLUMNS, DataRow, data_rows
from gongkai.reports.writing.values import MONEY_UNIT, plain, shown
from gongkai.typesetting.text import writable

Book = Any
Sheet = Any
DATA_SHEET = "数据"
SHEET_NAMES = {2: "表二 主动公开", 3: "表三 依申请公开", 4: "表四 复议诉讼"}
LONGEST_TEXT = 32767  # characters a cell holds
TOP_ROWS = 2
"""The title and the name of the part stand above each table."""
_A4 = 9
_WIDTH_PER_MM = 0.62
_CHARACTER_MM = 3.4  # of a grid column: sheets are drawn a little wider than the grid
_ROW_POINTS = 21
_LABEL_POINTS = 15
_SONG = "宋体"
_HEADINGS = {section.key: f"{section.number}、{section.title}" for section in SECTIONS}


def render(report: Report, presentation: Presentation = PLAIN, *, at: dt.datetime) -> bytes:
    """The XLSX file. ``at`` is written as its date; the same report and date give the same bytes.

    Text is always written as text: nothing in a report can become a formula or a link.
    """
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(
            {
                "title": title_of(report),
                "author": agency_of(report),
                "subject": "政府信息公开工作年度报告",
                "created": at.replace(tzinfo=None),
            }
        )
        looks = _Looks(book)
        for layout in grids(report.format):
            _table(book, looks, layout, report, presentation)
        _data(book, looks, report)
    return stream.getvalue()


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Book) -> None:
        plain_look = {"font_name": _SONG, "font_size": 11, "valign": "vcenter", "text_wrap": True}
        boxed = {**plain_look, "border": 1}
        centred = {**boxed, "align": "center"}
        self.title = book.add_format({**plain_look, "font_size": 16, "bold": True, "align": "center"})
        self.heading = book.add_format({**plain_look, "font_size": 13, "bold": True})
        self.note = book.add_format(plain_look)
        self.head = book.add_format({**centred, "bg_color": "#F2F2F2"})
        self.group = book.add_format(centred)
        self.vertical = book.add_format({**centred, "rotation": 270})
        self.label = book.add_format({**boxed, "align": "left"})
        self.count = book.add_format({**centred, "num_format": "0"})
        self.money = book.add_format({**centred, "num_format": "0.0000"})
        self.text = book.add_format({**centred, "num_format": "@"})

    def of(self, box: Box) -> Any:
        """The format of a box that is not a figure."""
        if box.role.is_heading:
            return self.head
        if box.role is Role.GROUP:
            return self.vertical if box.vertical else self.group
        return self.label


def _table(book: Book, looks: _Looks, layout: Grid, report: Report, presentation: Presentation) -> None:
    sheet = book.add_worksheet(SHEET_NAMES[layout.table])
    _set_up(sheet, layout)
    last = len(layout.widths) - 1
    sheet.merge_range(0, 0, 0, last, title_of(report), looks.title)
    sheet.merge_range(1, 0, 1, last, _HEADINGS[SECTION_OF_TABLE[layout.table]], looks.heading)
    for box in layout.boxes():
        _box(sheet, looks, box, report)
    bottom = TOP_ROWS + len(layout.rows)
    for place, note in enumerate(adjustment_notes(report, presentation, layout.table), start=bottom + 1):
        sheet.merge_range(place, 0, place, last, note[:LONGEST_TEXT], looks.note)


def _set_up(sheet: Sheet, layout: Grid) -> None:
    """Column widths, row heights, and A4 paper one page wide with the head repeated."""
    for column, width in enumerate(layout.widths):
        sheet.set_column(column, column, width * _WIDTH_PER_MM)
    sheet.set_row(0, 2 * _ROW_POINTS)
    sheet.set_row(1, 1.4 * _ROW_POINTS)
    for row in range(len(layout.rows)):
        sheet.set_row(TOP_ROWS + row, max(_ROW_POINTS, _LABEL_POINTS * _lines(layout, row)))
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C— &P —")
    if layout.head_rows:
        sheet.repeat_rows(TOP_ROWS, TOP_ROWS + layout.head_rows - 1)


def _lines(layout: Grid, row: int) -> int:
    """How many lines the longest text of a row takes in its columns."""
    needed = [
        max(len(box.lines), ceil(len(box.text) * _CHARACTER_MM / _width(layout, box)))
        for box in layout.rows[row]
        if box.rowspan == 1
    ]
    return max(needed, default=1)


def _width(layout: Grid, box: Box) -> float:
    return sum(layout.widths[box.column : box.column + box.colspan])


def _box(sheet: Sheet, looks: _Looks, box: Box, report: Report) -> None:
    row, column = TOP_ROWS + box.row, box.column
    look = looks.of(box)
    if box.cell is not None:
        unit = report.format.column(box.cell).unit
        look = _figure_look(looks, report[box.cell], unit)
    if box.rowspan > 1 or box.colspan > 1:
        sheet.merge_range(row, column, row + box.rowspan - 1, column + box.colspan - 1, "", look)
    if box.cell is not None:
        _figure(sheet, row, column, report[box.cell], unit, look)
    else:
        sheet.write_string(row, column, box.text if box.vertical else "\n".join(box.lines), look)


def _figure_look(looks: _Looks, figure: Figure, unit: str) -> Any:
    """Zero is printed as 0 also in money columns."""
    if figure.value is None or not _is_exact(figure.value):
        return looks.text
    return looks.money if unit == MONEY_UNIT and figure.value else looks.count


def _figure(sheet: Sheet, row: int, column: int, figure: Figure, unit: str, look: Any) -> None:
    if figure.value is not None and _is_exact(figure.value):
        sheet.write_number(row, column, float(figure.value), look)
    else:
        _text(sheet, row, column, shown(figure, unit), look)


def _is_exact(value: Number) -> bool:
    """Whether a spreadsheet's floating-point number keeps every digit."""
    return Decimal(repr(float(value))) == value


def _text(sheet: Sheet, row: int, column: int, text: str, look: Any = None) -> None:
    if text:
        sheet.write_string(row, column, writable(text)[:LONGEST_TEXT], look)
    else:
        sheet.write_blank(row, column, None, look)


def _data(book: Book, looks: _Looks, report: Report) -> None:
    sheet = book.add_worksheet(DATA_SHEET)
    for column, width in enumerate((26, 6, 40, 24, 12, 6, 12, 8)):
        sheet.set_column(column, column, width)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, looks.head)
    for at, row in enumerate(data_rows(report), start=1):
        _data_row(sheet, at, row)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _data_row(sheet: Sheet, at: int, row: DataRow) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            _text(sheet, at, column, value)
        elif value is not None and _is_exact(value):
            sheet.write_number(at, column, float(value))
        elif value is not None:
            _text(sheet, at, column, plain(value))
