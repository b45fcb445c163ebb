"""PDF with a text layer: ruled tables as grids, everything else as lines with the positions of their words."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace

import pdfplumber
from pdfplumber.page import Page

from gongkai.reports.reading.document import Block, Document, Prose
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits, Meter
from gongkai.reports.reading.pdf_grid import grid_from, ruled_tables
from gongkai.reports.reading.pdf_lines import Line, glyphs, lines_of, prose_of, without_page_number
from gongkai.reports.reading.pdf_survey import set_upright, survey
from gongkai.reports.reading.text import read_text

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The blocks of a PDF. Raises ``ReadingError``."""
    seen = survey(data, limits)
    blocks: list[Block] = []
    plain: list[Prose] = []
    try:
        with pdfplumber.open(io.BytesIO(set_upright(data, seen.turns))) as book:
            title = str((book.metadata or {}).get("Title") or "")
            tables = 0
            for number, page in enumerate(book.pages, start=1):
                meter.tick()
                page_blocks, page_lines, tables = _page(page, number, tables, limits, meter)
                blocks += page_blocks
                plain += page_lines
                page.close()
    except ReadingError:
        raise
    except RecursionError as error:
        raise ReadingError("hostile") from error
    except Exception as error:  # pdfminer lets any error of a broken file through
        raise ReadingError("broken_pdf") from error
    return Document("pdf", tuple(blocks), {"page_title": title}, lines=tuple(plain))


def read_pdf_text(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The same PDF as plain text by another engine, for files whose layout could not be made out."""
    return replace(read_text(survey(data, limits).text, meter), kind="pdf")


def _page(
    page: Page, number: int, tables: int, limits: Limits, meter: Meter
) -> tuple[list[Block], list[Prose], int]:
    if len(page.chars) + len(page.lines) + len(page.rects) + len(page.curves) > limits.page_objects:
        raise ReadingError("too_complex", f"（第{number}页的内容过多）")
    page = page.dedupe_chars(tolerance=1)
    every = without_page_number(glyphs(page), float(page.height))
    placed: list[tuple[float, Block]] = []
    taken: set[int] = set()
    for boxes in ruled_tables(page):
        tables += 1
        meter.cells(len(boxes))
        grid, used = grid_from(boxes, every, f"第{number}页 表{tables}")
        if grid is None:
            tables -= 1
            continue
        taken |= used
        placed.append((min(box.top for box in boxes), grid))
    free = [glyph for index, glyph in enumerate(every) if index not in taken]
    placed += [(line.top, prose) for line, prose in _numbered(lines_of(free), number)]
    placed.sort(key=lambda item: item[0])
    plain = [prose for _, prose in _numbered(lines_of(every), number)]
    return [block for _, block in placed], plain, tables


def _numbered(lines: list[Line], page: int) -> Iterator[tuple[Line, Prose]]:
    return prose_of(lines, page)
