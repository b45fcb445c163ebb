"""What the check and the run found, as a spreadsheet; and an empty table to fill in."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.importing.headings import LABELS, NEEDED
from gongkai.disclosure.models import ImportJob, ImportProblem

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COLUMNS = (("行", 8), ("栏目", 16), ("性质", 10), ("问题", 60), ("处理办法", 50))
EXAMPLES = {
    "title": "关于做好2024年义务教育招生工作的通知",
    "document_number": "教发〔2024〕3号",
    "made_on": "2024-03-01",
    "published_at": "2024-03-05 09:30",
    "kind": "其他政策文件",
    "text": "正文，可以是纯文本，也可以是网页代码",
    "files": "招生计划.xlsx；附件2.pdf",
}


def report(job: ImportJob) -> bytes:
    """Every row that was told of, errors first; and the counts."""
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("检查结果")
        for place, (label, width) in enumerate(COLUMNS):
            sheet.write_string(0, place, label, bold)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        rows = ImportProblem.objects.filter(job=job).order_by("-is_error", "row", "pk")
        for line, one in enumerate(rows.iterator(chunk_size=2000), start=1):
            sheet.write_number(line, 0, one.row)
            told = (one.column, "错误" if one.is_error else "提示", one.message, one.remedy)
            for place, text in enumerate(told, start=1):
                sheet.write_string(line, place, text)
        _counts(book, job)
    return target.getvalue()


def counts(job: ImportJob) -> list[tuple[str, int]]:
    """The numbers of an import, with their names."""
    return [
        ("可以导入的行", job.total),
        ("有错误的行", job.wrong),
        ("已处理的行", job.position),
        ("新导入", job.imported),
        ("更新为新版本", job.revised),
        ("以前已导入，无变化", job.unchanged),
        ("以前已导入，内容有变，未改动", job.changed),
        ("内容待核对的行", job.findings),
        ("附件", job.files),
    ]


def _counts(book: Workbook, job: ImportJob) -> None:
    sheet = book.add_worksheet("统计")
    sheet.set_column(0, 0, 40)
    for line, (label, number) in enumerate(counts(job)):
        sheet.write_string(line, 0, label)
        sheet.write_number(line, 1, number)


def template() -> bytes:
    """The headings we take, those no table can do without set off, one example row, the kinds on a second sheet."""
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        needed = book.add_format({"bold": True, "bottom": 1, "font_color": "#9C1C1C"})
        sheet = book.add_worksheet("文件")
        for place, (name, label) in enumerate(LABELS.items()):
            sheet.write_string(0, place, label, needed if name in NEEDED else bold)
            sheet.write_string(1, place, EXAMPLES.get(name, ""))
            sheet.set_column(place, place, 18)
        sheet.freeze_panes(1, 0)
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 100)
        lines = (
            "红色的栏目必须填写；其他栏目可以删去，次序可以调换。第二行是示例，请删去。",
            f"类别：{'、'.join(DocumentKind.labels)}。",
            "附件栏写文件名，几个文件用分号隔开；文件放进ZIP压缩包，与表格一起上传。",
            "成文日期不填的，按公开时间的日期登记。",
        )
        for line, text in enumerate(lines):
            notes.write_string(line, 0, text)
    return target.getvalue()
