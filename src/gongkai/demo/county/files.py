"""Files the county attaches: a table, a form, a notice as PDF, a picture. Made here, of invented content."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import cache
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from PIL import Image, ImageDraw, ImageFont

from gongkai.config.fonts import font_directories, has_chinese_font, is_chinese_font
from gongkai.demo.text.words import SCHOOLS
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.document import (
    Form,
    FormCell,
    FormRow,
    Head,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)
from gongkai.typesetting.fonts import PdfUnavailable

ISSUER = "青屿县教育体育局"
PRIMARY = tuple(school for school in SCHOOLS if "小学" in school)
WIDTH, HEIGHT, EDGE = 960, 1280, 48
PAPER, INK, ACCENT, SOFT = "#fdfcf8", "#1f1d1a", "#9c2a1e", "#f3efe4"


def workbook(title: str, header: Sequence[str], rows: Sequence[Sequence[object]], at: dt.datetime) -> bytes:
    """A table with its title in the first row, as offices make them."""
    book = Workbook()
    book.properties.creator, book.properties.created = ISSUER, at.replace(tzinfo=None)
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has a sheet
    sheet.title = "表一"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    for letter in "ABCDEF"[: len(header)]:
        sheet.column_dimensions[letter].width = 20
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def enrolment_plan(year: int, rng: Random, at: dt.datetime) -> bytes:
    """How many classes and pupils each primary school takes."""
    rows: list[list[object]] = []
    for number, school in enumerate(PRIMARY, start=1):
        classes = rng.randint(2, 8)
        rows.append([number, school, classes, classes * 45])
    rows.append(["", "合计", sum(int(str(row[2])) for row in rows), sum(int(str(row[3])) for row in rows)])
    header = ("序号", "学校", "计划班数", "计划人数")
    return workbook(f"青屿县{year}年小学一年级招生计划表", header, rows, at)


def budget(year: int, at: dt.datetime) -> bytes:
    """What the bureau spends, in ten thousand yuan."""
    rows = (
        ("一般公共预算拨款收入", 48_620.35, "教育支出", 43_915.20),
        ("政府性基金预算拨款收入", 1_250.00, "文化旅游体育与传媒支出", 2_380.15),
        ("事业收入", 860.40, "社会保障和就业支出", 2_964.80),
        ("其他收入", 129.25, "住房保障支出", 1_599.85),
        ("收入总计", 50_860.00, "支出总计", 50_860.00),
    )
    return workbook(
        f"{year}年部门收支总表（单位：万元）", ("收入项目", "预算数", "支出项目", "预算数"), rows, at
    )


def registration_form(at: dt.datetime) -> bytes:
    """A form to fill in, as a Word file."""

    def pair(left: str, right: str) -> FormRow:
        return FormRow((FormCell(left, label=True), FormCell(), FormCell(right, label=True), FormCell()))

    form = Form(
        widths=(2, 3, 2, 3),
        caption="入学登记表",
        rows=(
            pair("儿童姓名", "性别"),
            pair("出生年月", "户籍类别"),
            pair("监护人姓名", "与儿童关系"),
            pair("所属学区", "申请入读学校"),
            FormRow((FormCell("所附材料", label=True), FormCell("□户口簿　□住房材料　□预防接种证", colspan=3)), 16),
        ),
    )  # fmt: skip
    document = OfficialDocument(
        ISSUER, "小学一年级入学登记表", (form,), notes=("本表一式两份，学校、家长各存一份",)
    )
    return docx.render(document, at=at)


def districts(at: dt.datetime) -> bytes | None:
    """Which streets belong to which school, as a PDF file; None where no Chinese font is installed."""
    rows = tuple(
        (school, f"{road}以{side}，{other}以{facing}")
        for school, (road, side, other, facing) in zip(
            PRIMARY,
            (
                ("黄河路", "南", "文昌街", "东"),
                ("黄河路", "北", "育新街", "东"),
                ("人民路", "南", "东苑街", "西"),
                ("人民路", "北", "西关街", "西"),
                ("向阳路", "南", "桃园街", "东"),
                ("向阳路", "北", "柳林街", "东"),
                ("滨湖路", "南", "北湖街", "西"),
                ("滨湖路", "北", "新区一街", "西"),
            ),
            strict=False,
        )
    )
    return _pdf(
        OfficialDocument(
            issuer=ISSUER,
            title="城区小学学区划分一览表",
            blocks=(
                Paragraph("学区以道路中心线为界。新建小区按交付时间纳入，具体以当年招生公告为准。"),
                Table(("学校", "学区范围"), rows, "城区小学学区范围", (2, 5)),
            ),
        ),
        at,
    )


def red_paper(title: str, number: str, lines: Sequence[str], on: dt.date, at: dt.datetime) -> bytes | None:
    """The paper as it was printed and sealed, as a PDF file; None where no Chinese font is installed."""
    blocks = tuple(Heading(one) if one[1:2] == "、" else Paragraph(one) for one in lines)
    return _pdf(
        OfficialDocument(ISSUER, title, blocks, number, Head.RED, "各中小学、幼儿园：", signature=ISSUER, signed_on=on),
        at,
    )  # fmt: skip


def _pdf(document: OfficialDocument, at: dt.datetime) -> bytes | None:
    try:
        return pdf.render(document, at=at)
    except PdfUnavailable:
        return None


def picture(title: str, steps: Sequence[tuple[str, str]]) -> bytes | None:
    """一图读懂: the steps one below the other; None where no Chinese font is installed."""
    if not has_chinese_font():
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 150), fill=ACCENT)
    draw.text((EDGE, 44), title, font=_face(46), fill="white")
    room = (HEIGHT - 200) // len(steps)
    for number, (heading, words) in enumerate(steps):
        top = 190 + number * room
        draw.rounded_rectangle((EDGE, top, WIDTH - EDGE, top + room - 30), 14, fill=SOFT)
        draw.ellipse((EDGE + 28, top + 30, EDGE + 98, top + 100), fill=ACCENT)
        draw.text((EDGE + 63, top + 64), str(number + 1), font=_face(38), fill="white", anchor="mm")
        draw.text((EDGE + 130, top + 28), heading, font=_face(36), fill=INK)
        draw.text((EDGE + 130, top + 86), words, font=_face(28), fill=INK, spacing=12)
    target = io.BytesIO()
    image.quantize(64).save(target, "PNG", optimize=True)
    return target.getvalue()


@cache
def _font_file() -> str:
    found = (
        path for folder in font_directories() for path in sorted(folder.rglob("*")) if is_chinese_font(path)
    )
    ordered = sorted(found, key=lambda path: ("Sans" not in path.name, "Regular" not in path.name, path.name))
    return str(ordered[0])


def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_font_file(), size)
