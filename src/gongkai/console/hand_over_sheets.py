"""A list handed over to archive or library as a spreadsheet and as a paper to sign."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils import timezone
from xlsxwriter import Workbook

from gongkai.typesetting import pdf
from gongkai.typesetting.document import OfficialDocument, Paragraph, Table

if TYPE_CHECKING:
    from gongkai.disclosure.models import HandOver

COLUMNS = (
    ("序号", "number", 6),
    ("索引号", "index_number", 30),
    ("名称", "title", 60),
    ("文号", "document_number", 24),
    ("类别", "kind", 16),
    ("成文日期", "made_on", 12),
    ("公开日期", "published_on", 12),
    ("网址", "address", 24),
)
ON_PAPER = ("number", "index_number", "title", "document_number", "published_on")


def _numbered(row: HandOver) -> list[dict[str, str]]:
    return [
        {"number": str(number), **{key: str(value) for key, value in line.items()}}
        for number, line in enumerate(row.lines, start=1)
    ]


def as_xlsx(row: HandOver) -> bytes:
    """Text as text: what begins with ``=`` is shown, never reckoned."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        sheet = book.add_worksheet("移交清单")
        bold = book.add_format({"bold": True, "bottom": 1})
        for position, (label, _, width) in enumerate(COLUMNS):
            sheet.write_string(0, position, label, bold)
            sheet.set_column(position, position, width)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(_numbered(row), start=1):
            for position, (_, key, _) in enumerate(COLUMNS):
                sheet.write_string(number, position, line.get(key, ""))
    return target.getvalue()


def as_pdf(row: HandOver) -> bytes:
    """With the digest of the list, so that paper and record can be compared."""
    until = timezone.localtime(row.until)
    since = f"{timezone.localtime(row.after):%Y年%m月%d日}以后" if row.after else "开始公开以来"
    labels = {key: label for label, key, _ in COLUMNS}
    table = Table(
        header=tuple(labels[key] for key in ON_PAPER),
        rows=tuple(tuple(line.get(key, "") for key in ON_PAPER) for line in _numbered(row)),
        caption="移交清单",
        widths=(1, 4, 7, 3, 2),
    )
    document = OfficialDocument(
        issuer=row.body.name,
        title=f"主动公开政府信息移交清单（{row.get_receiver_display()}，第{row.number}次）",
        blocks=(
            Paragraph(
                f"根据《中华人民共和国政府信息公开条例》第二十五条，移交{since}、{until:%Y年%m月%d日}以前"
                f"主动公开的政府信息，共{len(row.lines)}件。"
            ),
            table,
            Paragraph(f"清单校验值（SHA-256）：{row.sha256}"),
        ),
        signature=row.body.name,
        signed_on=until.date(),
    )
    return pdf.render(document, at=row.until)
