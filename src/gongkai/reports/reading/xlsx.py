# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""XLSX: every sheet as a grid with its merged cells."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.reports.reading.archive import open_archive, read_part
from gongkai.reports.reading.document import Block, Document, Prose, RawCell, lay_out, loosen_lone_rows
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits, Meter

MOST_ROWS, MOST_COLUMNS = 4000, 60


def read_xlsx(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The blocks of an XLSX, sheet after sheet. Raises ``ReadingError``."""
    archive = open_archive(data, limits)
    for info in archive.infolist():
        if (
            info.filename.endswith((".xml", ".rels"))
            and b"<!DOCTYPE" in read_part(archive, info.filename, limits)[:4096]
        ):
            raise ReadingError("hostile")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl lets any error of a broken file through
        raise ReadingError("broken_office") from error
    blocks: list[Block] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and not _is_data_sheet(sheet):
            blocks += _sheet(sheet, meter)
    return Document("xlsx", tuple(blocks), {"page_title": str(book.properties.title or "")})


def _is_data_sheet(sheet: Worksheet) -> bool:
    """The sheet of plain rows in our own workbooks: the same figures once more."""
    return sheet.title == "数据" and sheet["A1"].value == "单元格"


def _sheet(sheet: Worksheet, meter: Meter) -> list[Block]:
    spans = {
        (merged.min_row, merged.min_col): (
            merged.max_col - merged.min_col + 1,
            merged.max_row - merged.min_row + 1,
        )
        for merged in sheet.merged_cells.ranges
    }
    raw: list[list[RawCell]] = []
    last_column = min(sheet.max_column or 0, MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=min(sheet.max_row or 0, MOST_ROWS), max_col=max(last_column, 1)):
        meter.cells(len(row))
        cells = []
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            colspan, rowspan = spans.get((cell.row, cell.column), (1, 1))
            place = f"工作表“{sheet.title}” {cell.coordinate}"
            cells.append(RawCell(_text(cell.value), colspan, rowspan, place))
        raw.append(cells)
    return _loosen(raw, f"工作表“{sheet.title}”")


def _loosen(raw: list[list[RawCell]], place: str) -> list[Block]:
    """Rows with one spoken cell at the left edge and nothing beside it are headings or paragraphs, not table rows."""
    blocks: list[Block] = []
    pending: list[list[RawCell]] = []

    def flush() -> None:
        if pending:
            blocks.extend(loosen_lone_rows(lay_out(pending, place=place)))
            pending.clear()

    reach = 0
    for cells in raw:
        spoken = [cell for cell in cells if cell.text.strip()]
        if len(spoken) == 1 and reach == 0 and _stands_alone(spoken[0], cells):
            flush()
            lines = [line for line in spoken[0].text.split("\n") if line.strip()]
            blocks += [Prose(line.strip(), spoken[0].place, in_grid=True) for line in lines]
        elif spoken or reach:
            pending.append(cells)
        reach = max(reach - 1, max((cell.rowspan - 1 for cell in cells), default=0), 0)
    flush()
    return blocks


def _stands_alone(spoken: RawCell, cells: list[RawCell]) -> bool:
    """A cell over the whole width, or a long text; a label with empty cells behind it is a table row."""
    if spoken.rowspan > 1 or spoken is not cells[0]:
        return False
    return (
        spoken.colspan >= sum(cell.colspan for cell in cells) - 1 or len(spoken.text) > 30 or len(cells) <= 3
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
    return str(value)
