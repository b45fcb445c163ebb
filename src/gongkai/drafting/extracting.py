"""The text of an attachment for the search: what a reader of the open file sees, and nothing that is hidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.drafting import docx_read, plain, slides, workbook
from gongkai.drafting.blocks import text_of
from gongkai.drafting.errors import as_drafting_errors
from gongkai.drafting.opening import LIMITS, decoded, kind_of
from gongkai.drafting.pasted import Reader
from gongkai.redaction.archive import open_archive
from gongkai.redaction.limits import Limits
from gongkai.redaction.pdfium import load, opened

MOST_CHARACTERS = 2_000_000


def extract_text(name: str, content: bytes, *, most: int = MOST_CHARACTERS, limits: Limits = LIMITS) -> str:
    """At most ``most`` characters; empty for pictures, scans and kinds that hold no text. Raises ``DraftingError``."""
    parts: list[str] = []
    left = most
    with as_drafting_errors():
        for part in _parts(name, content, limits):
            parts.append(part[:left])
            left -= len(parts[-1]) + 1
            if left <= 0:
                break
    return _tidy("\n".join(parts))[:most]


def _parts(name: str, content: bytes, limits: Limits) -> Iterator[str]:
    kind = kind_of(name, content, limits)
    if kind == "docx":
        yield from text_of(docx_read.read(content, limits)[0])
    elif kind == "xlsx":
        yield from _of_workbook(content, limits)
    elif kind == "pptx":
        yield from slides.shown(open_archive(content, limits), limits)
    elif kind == "pdf":
        yield from pdf_pages(content, limits)
    elif kind == "html":
        yield from text_of(Reader(limits).read(decoded(content)))
    elif kind in {"text", "csv"}:
        yield from text_of(plain.read(decoded(content)))


def _of_workbook(content: bytes, limits: Limits) -> Iterator[str]:
    for sheet in workbook.sheets(open_archive(content, limits), limits):
        if sheet.state != "visible":
            continue
        yield sheet.title
        row: list[str] = []
        number = 0
        for cell in sheet.cells:
            if cell.row != number and row:
                yield "\t".join(row)
                row = []
            number = cell.row
            if not cell.hidden:
                row.append(cell.text)
        if row:
            yield "\t".join(row)


def pdf_pages(content: bytes, limits: Limits) -> Iterator[str]:
    """The text layer page by page, as PDFium reads it. Raises ``RedactionError``."""
    with opened(content) as book:
        for number in range(1, min(len(book), limits.pages) + 1):
            page = load(book, number)
            text = page.get_textpage()
            said = text.get_text_range()
            text.close()
            page.close()
            yield said.replace("\r\n", "\n").replace("\ufffe", "")


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)).strip()
