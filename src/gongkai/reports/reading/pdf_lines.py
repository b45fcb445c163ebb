"""Characters of a PDF page as lines and words, and lines as prose that knows whether it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pdfplumber.page import Page

from gongkai.reports.reading.document import Prose, Word
from gongkai.reports.reading.text import is_page_number
from gongkai.reports.reading.words import has_words, spaced, tidy

WORD_GAP = 0.28
"""Words are apart by more than this part of the letter size …"""
CHINESE_GAP = 0.5
"""… and Chinese characters, which justified setting drives apart, by more than this."""
MARGIN = 0.08
"""Head and foot margin as part of the page."""
LONGEST_PAGE_NUMBER = 3
_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、](?!\d))"
)


@dataclass(frozen=True)
class Glyph:
    """One character and its box, in points from the top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Characters side by side, cut into words."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.words[-1].x1


def glyphs(page: Page) -> list[Glyph]:
    """The visible characters of a page."""
    found = []
    for char in page.chars:
        text = char["text"]
        if not text.strip() or text.startswith("(cid:"):
            continue
        size = max(float(char["size"]), 1.0)
        found.append(Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], size))
    return found


def without_page_number(found: list[Glyph], height: float) -> list[Glyph]:
    """The characters without a bare number alone in the head or foot margin."""
    head = [glyph for glyph in found if glyph.bottom < height * MARGIN]
    foot = [glyph for glyph in found if glyph.top > height * (1 - MARGIN)]
    numbers = [glyph for margin in (head, foot) if _is_number(margin) for glyph in margin]
    return [glyph for glyph in found if glyph not in numbers] if numbers else found


def _is_number(margin: list[Glyph]) -> bool:
    return 1 <= len(margin) <= LONGEST_PAGE_NUMBER and all(glyph.text.isdigit() for glyph in margin)


def lines_of(found: list[Glyph]) -> list[Line]:
    """Characters grouped to lines from top to bottom."""
    rows: list[list[Glyph]] = []
    level = 0.0
    for glyph in sorted(found, key=lambda g: (g.middle, g.x0)):
        if rows and abs(glyph.middle - level) <= max(glyph.size, rows[-1][0].size) * 0.4:
            rows[-1].append(glyph)
            level = sum(g.middle for g in rows[-1]) / len(rows[-1])
        else:
            rows.append([glyph])
            level = glyph.middle
    return [_line(row) for row in rows]


def _line(row: list[Glyph]) -> Line:
    row = sorted(row, key=lambda g: g.x0)
    words: list[Word] = []
    text, x0, x1 = row[0].text, row[0].x0, row[0].x1
    for glyph in row[1:]:
        both = has_words(text[-1:]) and has_words(glyph.text)
        if glyph.x0 - x1 > (CHINESE_GAP if both else WORD_GAP) * glyph.size:
            words.append(Word(text, x0, x1))
            text, x0 = "", glyph.x0
        text += glyph.text
        x1 = glyph.x1
    words.append(Word(text, x0, x1))
    size = sorted(g.size for g in row)[len(row) // 2]
    return Line(tuple(words), min(g.top for g in row), max(g.bottom for g in row), size)


def words_in(found: list[Glyph]) -> str:
    """The text of one cell, a line for each line."""
    return "\n".join(tidy(line.text) for line in lines_of(found)) if found else ""


def prose_of(lines: list[Line], page: int) -> Iterator[tuple[Line, Prose]]:
    """Lines as prose. A full line is gone on with by the next one when that is not indented."""
    lines = [line for line in lines if not is_page_number(line.text)]
    if not lines:
        return
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    before: Line | None = None
    for number, line in enumerate(lines, start=1):
        joins = _goes_on(before, line, left, right, first=number == 1)
        yield line, Prose(spaced(line.text), f"第{page}页第{number}行", joins=joins, words=line.words)
        before = line


def _goes_on(before: Line | None, line: Line, left: float, right: float, *, first: bool) -> bool:
    indented = line.x0 > left + line.size * 1.3
    if first or before is None:
        return (
            first
            and not indented
            and len(line.text) > 1
            and not _HEAD.match(line.text)
            and right - line.x1 < right * 0.9
        )
    full = before.x1 >= right - before.size * 2.2
    near = line.top - before.bottom < before.size * 2.2
    return full and near and not indented
