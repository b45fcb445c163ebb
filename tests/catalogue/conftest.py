"""The built-in catalogue and a body's own; the official table as a workbook."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook

from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue
from gongkai.catalogue.models import Item
from gongkai.catalogue.reference import compulsory_education
from gongkai.catalogue.tables.rows import CHANNELS
from gongkai.core.actors import SYSTEM

DAY = dt.date(2024, 3, 1)
TOP = (
    "序号", "公开事项", None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "公开对象", None, "公开方式", None, "公开层级", None,
)  # fmt: skip
BELOW = (
    None, "一级事项", "二级事项", None, None, None, None, None,
    "全社会", "特定群体", "主动", "依申请公开", "县级", "乡、村级",
)  # fmt: skip
HEAD_MERGES = ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2")


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(rows, *, top=TOP, below=BELOW, merges=HEAD_MERGES, title="义务教育领域基层政务公开标准目录"):
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(top))
    sheet.append(top)
    if below is not None:
        sheet.append(below)
    for one in merges:
        sheet.merge_cells(one)
    for row in rows:
        sheet.append(row)
    return book, sheet


def official_workbook():
    """The education catalogue in the official shape: merged first-level cells, boxes, ticks, two lines of head."""
    lines, merges, number, line = [], [], 0, 4
    for name, children in compulsory_education().items:
        for position, row in enumerate(children):
            number += 1
            boxes = "  ".join(f"{'■' if one in row.channels else '□'}{one}" for one in CHANNELS)
            lines.append(
                (
                    number, name if position == 0 else None, row.name, row.content, row.basis, row.time_limit,
                    row.publisher, boxes, "√", None, "√", None, "√", "√" if "乡级" in row.level else None,
                )
            )  # fmt: skip
        if len(children) > 1:
            merges.append(f"B{line}:B{line + len(children) - 1}")
        line += len(children)
    book, sheet = sheet_of(lines)
    for one in merges:
        sheet.merge_cells(one)
    sheet.append(["注：公开渠道可根据本地实际调整。"])
    return saved(book)


LINE = (
    1, "政策文件", "教育法律", "法律文本", "《条例》", "20个工作日内", "教育局", "■政府网站 □政府公报",
    "√", None, "√", None, "√", None,
)  # fmt: skip


def line(**cells):
    """A right line with some cells otherwise, by their letter."""
    found = list(LINE)
    for letter, value in cells.items():
        found[ord(letter) - ord("A")] = value
    return found


@pytest.fixture
def reference(db):
    return load_reference_catalogue()


@pytest.fixture
def own(body, reference):
    return adopt_catalogue(body=body, catalogue=reference, actor=SYSTEM, adopted_on=DAY)


@pytest.fixture
def item(own):
    return Item.objects.get(catalogue=own, name="招生计划")
