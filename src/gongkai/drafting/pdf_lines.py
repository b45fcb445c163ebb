"""The characters of a PDF page as lines, and lines as paragraphs that go on over line and page ends."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.drafting.blocks import Paragraph, Run

_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FD6)}
_WORD_GAP, _HAN_GAP = 0.28, 0.8
"""Parts of the letter size; justified setting drives Chinese characters apart."""
_SAME_LINE = 0.45
_PAGE_NUMBER = re.compile(
    r"^[-—－–―·\s]*(?:第\s*)?[0-9０-９]{1,4}\s*(?:页)?(?:\s*[/,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—－–―·\s]*$"
)
_NEW = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十百零〇0-9]{1,4}[编章节条])"
)
_EDGE = 2
_MARGIN = 0.12
"""Of the page's height."""
_FEWEST_PAGES = 3
_INDENT, _SHORT, _GAP = 1.3, 2.2, 1.6
"""Letter sizes: how far a first line is indented, a last line ends early, paragraphs stand apart."""
_CENTRED = 1.6


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page, in points from its top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int


def lines_of(chars: Iterable[dict[str, Any]], page: int) -> list[TextLine]:
    """Characters side by side, from top to bottom."""
    rows: list[list[dict[str, Any]]] = []
    level = 0.0
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - level) <= max(char["size"], rows[-1][0]["size"]) * _SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
            level = middle
    return [line for row in rows if (line := _line(row, page)) is not None]


def _line(row: list[dict[str, Any]], page: int) -> TextLine | None:
    row.sort(key=lambda char: char["x0"])
    text, end = "", row[0]["x0"]
    for char in row:
        said = char["text"].translate(_RADICALS)
        both = bool(text) and not text[-1].isascii() and not said.isascii()
        if text and char["x0"] - end > (_HAN_GAP if both else _WORD_GAP) * max(char["size"], 1):
            text += " "
        text += said
        end = max(end, char["x1"])
    inked = [char for char in row if char["text"].strip()]
    text = " ".join(text.split())
    if not text:
        return None
    sizes = sorted(char["size"] for char in inked)
    return TextLine(
        text,
        inked[0]["x0"],
        inked[-1]["x1"],
        min(char["top"] for char in inked),
        max(char["bottom"] for char in inked),
        sizes[len(sizes) // 2],
        all("bold" in char["fontname"].lower() for char in inked),
        page,
    )


def without_furniture(
    pages: Sequence[list[TextLine]], heights: Sequence[float]
) -> tuple[list[list[TextLine]], list[str]]:
    """Pages without numbers and running heads, and the heads that were dropped."""
    seen: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_pattern(line) for line in _edges(lines, height)})
    often = {
        pattern
        for pattern, count in seen.items()
        if len(pages) >= _FEWEST_PAGES and count > len(pages) / 2 and len(pattern) > 1
    }
    dropped: dict[str, None] = {}
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        edges = {id(line) for line in _edges(lines, height)}
        page = []
        for line in lines:
            is_edge = id(line) in edges
            if is_edge and line in (lines[0], lines[-1]) and _PAGE_NUMBER.match(line.text):
                continue
            if is_edge and _pattern(line) in often:
                dropped.setdefault(_pattern(line))
                continue
            page.append(line)
        kept.append(page)
    return kept, list(dropped)


def _edges(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    """The first and last lines, as far as they stand in the margins."""
    outer = [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]
    return [line for line in outer if line.top < height * _MARGIN or line.bottom > height * (1 - _MARGIN)]


def _pattern(line: TextLine) -> str:
    return re.sub(r"[0-9０-９\s]", "", line.text)


class Joining:
    """Lines to paragraphs. The column of text is measured over the whole file."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        starts = Counter(round(line.x0) for line in lines)
        most = max(starts.values(), default=0)
        self.left = float(min((x for x, count in starts.items() if count >= max(most / 3, 1)), default=0))
        ends = sorted(line.x1 for line in lines)
        self.right = ends[min(len(ends) - 1, int(len(ends) * 0.95))] if ends else 0.0

    def centred(self, line: TextLine) -> bool:
        """As far from one margin as from the other, and clear of both."""
        before, after = line.x0 - self.left, self.right - line.x1
        indented = abs(before - 2 * line.size) < line.size / 3 and after < _SHORT * line.size
        return not indented and abs(before - after) < line.size and before > _CENTRED * line.size

    def goes_on(self, before: TextLine, line: TextLine) -> bool:
        """Whether a line is the next one of the same paragraph."""
        if abs(before.size - line.size) > 1 or self.centred(before) or self.centred(line):
            return False
        if before.x1 < self.right - _SHORT * before.size or line.x0 > self.left + _INDENT * line.size:
            return False
        if before.page == line.page and line.top - before.bottom > _GAP * line.size:
            return False
        return not (_NEW.match(line.text) and before.text.endswith(("。", "；", "：", "）")))

    def paragraph(self, lines: Sequence[TextLine], number: int) -> Paragraph:
        """Lines as one paragraph with its place."""
        text = lines[0].text
        for line in lines[1:]:
            latin = text[-1:].isascii() and line.text[:1].isascii() and text[-1:].isalnum()
            text += f" {line.text}" if latin and line.text[:1].isalpha() else line.text
        run = Run(text, bold=all(line.bold for line in lines), size=lines[0].size)
        made = Paragraph([run], f"第{lines[0].page}页第{number}段", size=lines[0].size)
        made.centred = self.centred(lines[0])
        return made
