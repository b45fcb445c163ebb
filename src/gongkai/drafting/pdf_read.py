"""A PDF with a text layer as blocks. The text is read as it stands in the file; nothing is recognised from pictures."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pypdfium2 import raw

from gongkai.drafting.blocks import Block, Paragraph
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.model import Remark
from gongkai.drafting.pdf_lines import Joining, TextLine, lines_of, without_furniture
from gongkai.drafting.pdf_tables import Found, continued, goes_on, tables_of
from gongkai.redaction.limits import Limits
from gongkai.redaction.pdfium import load, opened

_FEWEST_SIGNS = 8
"""A page with fewer and a picture is a scan."""
_MOST_PAGES = 200
_HEAD, _FOOT = 0.2, 0.8
"""Of the page's height: a table that ends below and one that begins above may be one."""
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OSError, EOFError)


def read(data: bytes, limits: Limits) -> tuple[list[Block], list[Remark]]:
    """Blocks and remarks. Raises ``DraftingError`` (``scanned`` …) or ``RedactionError``."""
    remarks = _survey(data, limits)
    try:
        with pdfplumber.open(io.BytesIO(data)) as book:
            sheets = [_sheet(page, number, remarks) for number, page in enumerate(book.pages, start=1)]
    except DraftingError:
        raise
    except RecursionError as error:
        raise DraftingError("hostile") from error
    except Exception as error:
        # pdfminer raises errors of its own, of PostScript and of Python's, without a common base.
        if (
            isinstance(error, _BROKEN)
            or "pdf" in type(error).__module__
            or type(error).__name__.startswith("PS")
        ):
            raise DraftingError("broken_pdf") from error
        raise
    return _blocks(sheets, remarks), remarks


def survey(data: bytes, limits: Limits) -> list[tuple[int, bool]]:
    """Of every page: signs of its text layer, and whether it holds a picture. Raises ``RedactionError`` too."""
    found = []
    with opened(data) as book:
        if len(book) > limits.pages:
            raise DraftingError("too_many_pages", f"文件有{len(book)}页，最多{limits.pages}页。")
        for number in range(1, len(book) + 1):
            page = load(book, number)
            if raw.FPDFPage_CountObjects(page) > limits.page_objects:
                raise DraftingError("too_complex", f"第{number}页过于复杂。")
            text = page.get_textpage()
            signs = sum(1 for sign in text.get_text_range() if not sign.isspace())
            text.close()
            if signs > limits.page_characters:
                raise DraftingError("too_complex", f"第{number}页的文字过多。")
            pictures = any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            page.close()
            found.append((signs, pictures))
    return found


def _survey(data: bytes, limits: Limits) -> list[Remark]:
    pages = survey(data, limits)
    if len(pages) > _MOST_PAGES:
        raise DraftingError("too_many_pages", f"文件有{len(pages)}页，最多{_MOST_PAGES}页。")
    if not any(signs >= (_FEWEST_SIGNS if picture else 1) for signs, picture in pages):
        raise DraftingError("scanned" if any(picture for _, picture in pages) else "no_text")
    remarks = []
    for number, (signs, picture) in enumerate(pages, start=1):
        if picture and signs < _FEWEST_SIGNS:
            message = "这一页是扫描图像，没有文字层，未带入"
            remarks.append(Remark("scanned_page", message, f"第{number}页"))
        elif picture:
            remarks.append(Remark("pictures", "页面上的图片未带入，需要时请另行上传", f"第{number}页"))
    return remarks


class _Sheet:
    def __init__(self, height: float, lines: list[TextLine], tables: list[Found]) -> None:
        self.height, self.lines, self.tables = height, lines, tables


def _sheet(page: Page, number: int, remarks: list[Remark]) -> _Sheet:
    every = [char for char in page.chars if char["text"] and not char["text"].startswith("(cid:")]
    unknown = len(page.chars) - len(every)
    if unknown:
        remarks.append(Remark("unknown_signs", f"有{unknown}个字读不出来，请对照原文件补写", f"第{number}页"))
    chars = [char for char in every if char.get("upright", True) and not _is_white(char)]
    if white := sum(1 for char in every if _is_white(char)):
        remarks.append(Remark("white", f"白色文字{white}个（看不见），未带入", f"第{number}页"))
    if turned := sum(1 for char in every if not char.get("upright", True)):
        remarks.append(Remark("turned", f"斜排或竖排文字{turned}个（多为水印），未带入", f"第{number}页"))
    tables, used = tables_of(page, chars, number)
    lines = lines_of([char for n, char in enumerate(chars) if n not in used], number)
    sheet = _Sheet(float(page.height), lines, tables)
    page.close()
    return sheet


def _is_white(char: dict[str, Any]) -> bool:
    colour = char.get("non_stroking_color")
    if isinstance(colour, int | float):
        colour = (colour,)
    if not isinstance(colour, tuple | list) or not colour:
        return False
    return (len(colour) in {1, 3} and all(part == 1 for part in colour)) or tuple(colour) == (0, 0, 0, 0)


def _blocks(sheets: list[_Sheet], remarks: list[Remark]) -> list[Block]:
    kept, dropped = without_furniture([s.lines for s in sheets], [s.height for s in sheets])
    if dropped:
        said = "、".join(f"“{text[:20]}”" for text in dropped[:3])
        remarks.append(Remark("running_heads", f"每页重复的页眉页脚{said}未带入"))
    flow = _Flow(Joining([line for lines in kept for line in lines]))
    for sheet, lines in zip(sheets, kept, strict=True):
        flow.page(sheet, lines)
    flow.close()
    return [block for block in flow.found if not (isinstance(block, Paragraph) and block.is_blank)]


class _Flow:
    """Text and tables from page to page: a paragraph or a table may go on over the page's end."""

    def __init__(self, joining: Joining) -> None:
        self.found: list[Block] = []
        self._joining = joining
        self._open: list[TextLine] = []
        self._numbers: Counter[int] = Counter()
        self._last: tuple[Found, _Sheet] | None = None

    def page(self, sheet: _Sheet, lines: list[TextLine]) -> None:
        """The lines and tables of a page from top to bottom."""
        rest = list(lines)
        for table in sheet.tables:
            while rest and rest[0].top < table.top:
                self._line(rest.pop(0))
            self._table(table, sheet)
        for line in rest:
            self._line(line)

    def close(self) -> None:
        """The open lines are a paragraph."""
        if self._open:
            page = self._open[0].page
            self._numbers[page] += 1
            self.found.append(self._joining.paragraph(self._open, self._numbers[page]))
            self._open = []

    def _line(self, line: TextLine) -> None:
        if self._open and not self._joining.goes_on(self._open[-1], line):
            self.close()
        self._open.append(line)
        self._last = None

    def _table(self, table: Found, sheet: _Sheet) -> None:
        self.close()
        last = self._last
        if last is not None and goes_on(
            last[0], table, end=last[1].height * _FOOT, start=sheet.height * _HEAD
        ):
            continued(last[0].table, table.table)
            table.table = last[0].table
        else:
            self.found.append(table.table)
        self._last = (table, sheet)
