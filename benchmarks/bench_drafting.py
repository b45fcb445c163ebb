"""How long a file takes on its way in: reading a DOCX and a PDF, text for the search, the guard, taking traces out.

Run `python benchmarks/bench_drafting.py [PAGES]`. Pages per second and megabytes of text per second, median of the
rounds, on files made here. Compare the rows of one run, not two machines.
"""

from __future__ import annotations

import io
import platform
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import docx
import openpyxl
import typst

from gongkai.drafting import clean_pasted, extract_text, read_document
from gongkai.guard import Word, WordList, inspect_file, inspect_text, strip_metadata
from gongkai.typesetting.fonts import installed

ROUNDS = 3
PER_PAGE = 9
PARAGRAPH = (
    "经查，青屿县教育局于2023年5月6日向县人民政府提出申请，本机关自收到之日起二十个工作日内予以答复，"
    "共计123456元，咨询电话：0571-87654321，各学校要严格落实免试就近入学的规定并向社会公开结果。"
)
ID = "11010519491231002X"


def document(pages: int) -> bytes:
    """Headings, paragraphs, and a table of twelve rows on every page."""
    made = docx.Document()
    for number in range(pages):
        made.add_paragraph(f"一、第{number}部分")
        for _ in range(PER_PAGE - 3):
            made.add_paragraph(PARAGRAPH)
        table = made.add_table(12, 4)
        for row in table.rows:
            for cell in row.cells:
                cell.text = "一小"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def printed(pages: int) -> bytes:
    """A PDF of the same kind of text."""
    fonts, faces = installed()
    head = f'#set page(margin: 60pt)\n#set text(font: "{faces["body"][0]}", size: 12pt)\n'
    text = "#pagebreak()\n".join([(PARAGRAPH + "\n\n") * PER_PAGE] * pages)
    return typst.compile((head + text).encode(), font_paths=fonts, format="pdf")


def workbook(rows: int) -> bytes:
    """A list with an identity number in every hundredth row."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["学校", "姓名", "备注", "数量"])
    for number in range(rows):
        sheet.append([f"第{number % 90}小学", "张三", ID if number % 100 == 0 else "已核对", number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(act: Callable[[], object]) -> float:
    """Median seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return median(times)


def row(name: str, act: Callable[[], object], amount: float, unit: str) -> None:
    """One line."""
    seconds = timed(act)
    print(f"  {name:<34} {seconds * 1000:9.1f} ms {amount / seconds:10.1f} {unit}/s")


def measure(pages: int) -> None:
    """A line per step."""
    data, pdf, book = document(pages), printed(pages), workbook(20_000)
    html = read_document("a.docx", data).html
    words = WordList(Word(f"词{number}语", replacement="词") for number in range(5000))
    size = len(html.encode()) / 1e6
    print(f"{pages} pages: DOCX {len(data) // 1024} KiB, PDF {len(pdf) // 1024} KiB, HTML {size:.2f} MB")
    row("read a DOCX", lambda: read_document("a.docx", data), pages, "pages")
    row("read a PDF", lambda: read_document("a.pdf", pdf), pages, "pages")
    row("clean pasted HTML", lambda: clean_pasted(html), size, "MB")
    row("text of a DOCX", lambda: extract_text("a.docx", data), pages, "pages")
    row("text of a PDF", lambda: extract_text("a.pdf", pdf), pages, "pages")
    row("guard: HTML", lambda: inspect_text(html), size, "MB")
    row("guard: HTML and 5000 words", lambda: inspect_text(html, words=words), size, "MB")
    row("guard: DOCX", lambda: inspect_file("a.docx", data), pages, "pages")
    row("guard: PDF, looked at", lambda: inspect_file("a.pdf", pdf), pages, "pages")
    row("guard: XLSX of 20 000 rows", lambda: inspect_file("a.xlsx", book), 20_000, "rows")
    row("traces out of a DOCX", lambda: strip_metadata("a.docx", data), pages, "pages")
    row("traces out of a PDF", lambda: strip_metadata("a.pdf", pdf), pages, "pages")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, median of {ROUNDS}")
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
