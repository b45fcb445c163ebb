"""A list as a spreadsheet: the same records, filters and columns as on the page, and nothing that calculates."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from gongkai.console.records import Column, RecordList

ROW_LIMIT = 100_000
CHUNK = 1000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LENGTH = 32_767  # characters; a spreadsheet holds no longer text


def workbook(spec: RecordList, rows: Iterable[Any], columns: Sequence[Column]) -> bytes:
    """The records as XLSX. Text is written as text: what begins with ``=`` is shown, never reckoned."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with Workbook(target, options) as book:
        sheet = book.add_worksheet("记录")
        bold = book.add_format({"bold": True, "bottom": 1})
        day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        for position, column in enumerate(columns):
            sheet.write_string(0, position, column.label, bold)
            sheet.set_column(position, position, column.width)
        sheet.freeze_panes(1, 0)
        for number, record in enumerate(_filled(spec, rows), start=1):
            for position, column in enumerate(columns):
                _write(sheet, number, position, column.tell(record), day, moment)
    return target.getvalue()


def _filled(spec: RecordList, rows: Iterable[Any]) -> Iterable[Any]:
    """Chunk by chunk, so that what ``prepare`` adds is never held for all at once."""
    source = iter(rows)
    while some := list(islice(source, CHUNK)):
        yield from spec.filled(some)


def _write(sheet: Any, row: int, column: int, value: object, day: Any, moment: Any) -> None:
    if isinstance(value, bool) or value is None:
        sheet.write_string(row, column, "" if value is None else "是" if value else "否")
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), moment)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, str(value)[:CELL_LENGTH])
