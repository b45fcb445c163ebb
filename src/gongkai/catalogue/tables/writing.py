"""A catalogue as the usual Excel table: merged first-level cells, a head of two lines, boxes and ticks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook

from gongkai.catalogue.tables.rows import (
    ASPECTS,
    CHANNELS,
    COUNTY,
    EVERYBODY,
    ON_REQUEST,
    PROACTIVE,
    TOWNSHIP,
    Row,
    audience_parts,
)

TICK, FULL, EMPTY = "√", "■", "□"
HEAD = (
    ("序号", ("",), 5),
    ("公开事项", ("一级事项", "二级事项"), 14),
    ("公开内容（要素）", ("",), 34),
    ("公开依据", ("",), 26),
    ("公开时限", ("",), 18),
    ("公开主体", ("",), 14),
    ("公开渠道和载体", ("",), 30),
    ("公开对象", (EVERYBODY, "特定群体"), 8),
    ("公开方式", ("主动", ON_REQUEST), 8),
    ("公开层级", (COUNTY, "乡、村级"), 8),
    ("五公开", tuple(one[:2] for one in ASPECTS), 6),
    ("责任机构", ("",), 14),
    ("未涉及说明", ("",), 20),
)
FIRST = 3  # rows above the first item: the title and the two lines of the head


def workbook(rows: Sequence[Row], *, title: str) -> bytes:
    """XLSX. Text is written as text: what begins with ``=`` is shown, never reckoned."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        sheet = book.add_worksheet("目录")
        styles = _styles(book)
        width = _head(sheet, styles)
        sheet.merge_range(0, 0, 0, width - 1, title, styles["title"])
        for position, row in enumerate(rows):
            _line(sheet, FIRST + position, position + 1, row, styles)
        _first_level(sheet, rows, styles["text"])
        sheet.freeze_panes(FIRST, 3)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1, 2)
    return target.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    frame = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**frame, "bold": True, "align": "center"}),
        "text": book.add_format(frame),
        "mark": book.add_format({**frame, "align": "center"}),
    }


def _head(sheet: Any, styles: dict[str, Any]) -> int:
    column = 0
    for label, below, width in HEAD:
        last = column + len(below) - 1
        sheet.set_column(column, last, width)
        if below == ("",):
            sheet.merge_range(1, column, 2, column, label, styles["head"])
        else:
            sheet.merge_range(1, column, 1, last, label, styles["head"])
            for offset, one in enumerate(below):
                sheet.write_string(2, column + offset, one, styles["head"])
        column = last + 1
    return column


def _line(sheet: Any, line: int, number: int, row: Row, styles: dict[str, Any]) -> None:
    everybody, group = audience_parts(row.audience)
    marks = [
        TICK if everybody else "",
        "" if group is None else group or TICK,
        *(TICK if one in row.method else "" for one in (PROACTIVE, ON_REQUEST)),
        *(TICK if one in row.level else "" for one in (COUNTY, TOWNSHIP)),
        *(TICK if one in row.aspects else "" for one in ASPECTS),
    ]
    texts = [row.level2, row.content, row.basis, row.time_limit, row.publisher, boxes(row.channels)]
    sheet.write_number(line, 0, number, styles["mark"])
    for column, text in enumerate(texts, start=2):
        sheet.write_string(line, column, text, styles["text"])
    for column, mark in enumerate(marks, start=2 + len(texts)):
        sheet.write_string(line, column, mark, styles["mark"])
    for column, text in enumerate((row.unit, row.not_applicable), start=2 + len(texts) + len(marks)):
        sheet.write_string(line, column, text, styles["text"])


def boxes(channels: Sequence[str]) -> str:
    """■政府网站 □政府公报 …: all the official ones, then the local ones."""
    local = [one for one in channels if one not in CHANNELS]
    marked = [f"{FULL if one in channels else EMPTY}{one}" for one in CHANNELS]
    return "\n".join([*marked, *(f"{FULL}{one}" for one in local)])


def _first_level(sheet: Any, rows: Sequence[Row], style: Any) -> None:
    line = FIRST
    for name, group in groupby(rows, key=lambda row: row.level1):
        count = len(list(group))
        if count > 1:
            sheet.merge_range(line, 1, line + count - 1, 1, name, style)
        else:
            sheet.write_string(line, 1, name, style)
        line += count
