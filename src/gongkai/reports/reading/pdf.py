"""PDF with a text layer: ruled tables as grids, everything else as lines with the positions of their words."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pdfplumber
from pdfplumber.page import Page

from gongkai.reports.reading.document import Block, Document, Grid
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits, Meter
from gongkai.reports.reading.pdf_grid import grid_from, ruled_tables
from gongkai.reports.reading.pdf_lines import glyphs, lines_of, prose_of, without_page_number
from gongkai.reports.reading.pdf_pages import Sheet, running_heads
from gongkai.reports.reading.pdf_survey import set_upright, survey
from gongkai.reports.reading.text import read_text

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The blocks of a PDF. Raises ``ReadingError``."""
    seen = survey(data, limits)
    try:
        with pdfplumber.open(io.BytesIO(set_upright(data, seen.turns))) as book:
            title = str((book.metadata or {}).get("Title") or "")
            pages: list[Sheet] = []
            for number, page in enumerate(book.pages, start=1):
                meter.tick()
                tables = sum(len(sheet.grids) for sheet in pages)
                pages.append(_page(page, number, tables, limits, meter))
                page.close()
    except ReadingError:
        raise
    except RecursionError as error:
        raise ReadingError("hostile") from error
    except Exception as error:  # pdfminer lets any error of a broken file through
        raise ReadingError("broken_pdf") from error
    heads = running_heads(pages)
    blocks = [block for number, sheet in enumerate(pages, start=1) for block in _blocks(sheet, number, heads)]
    plain = [
        prose
        for number, sheet in enumerate(pages, start=1)
        for _, prose in prose_of(sheet.body(sheet.every, heads), number)
    ]
    return Document("pdf", tuple(blocks), {"page_title": title}, lines=tuple(plain))


def read_pdf_text(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The same PDF as plain text by another engine, for files whose layout could not be made out."""
    return replace(read_text(survey(data, limits).text, meter), kind="pdf")


def _page(page: Page, number: int, tables: int, limits: Limits, meter: Meter) -> Sheet:
    if len(page.chars) + len(page.lines) + len(page.rects) + len(page.curves) > limits.page_objects:
        raise ReadingError("too_complex", f"（第{number}页的内容过多）")
    page = page.dedupe_chars(tolerance=1)
    every = without_page_number(glyphs(page), float(page.height))
    grids: list[tuple[float, Grid]] = []
    taken: set[int] = set()
    for boxes in ruled_tables(page):
        meter.cells(len(boxes))
        grid, used = grid_from(boxes, every, f"第{number}页 表{tables + len(grids) + 1}")
        if grid is None:
            continue
        taken |= used
        grids.append((min(box.top for box in boxes), grid))
    free = [glyph for index, glyph in enumerate(every) if index not in taken]
    return Sheet(tuple(grids), lines_of(free), lines_of(every))


def _blocks(sheet: Sheet, number: int, heads: frozenset[str]) -> list[Block]:
    """Grids and lines of a page from top to bottom."""
    placed: list[tuple[float, Block]] = list(sheet.grids)
    placed += [(line.top, prose) for line, prose in prose_of(sheet.body(sheet.free, heads), number)]
    return [block for _, block in sorted(placed, key=lambda item: item[0])]
