# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The pages of a PDF side by side: heads and feet that come again on every page are no part of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.reports.reading.document import Grid
from gongkai.reports.reading.pdf_lines import Line
from gongkai.reports.reading.words import fold

EDGE = 2
"""So many lines at the head and at the foot of a page may be heads and feet."""
_PRINTED = re.compile(
    r"^(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4},?)\s*(?:上午|下午)?\d{1,2}:\d{2}"
)
_ADDRESS = re.compile(r"^(?:https?|file):\S*?\d*(?:\d+/\d+)?$")


@dataclass(frozen=True)
class Sheet:
    """A page: its grids with their upper edges, the lines outside them, and all lines."""

    grids: tuple[tuple[float, Grid], ...]
    free: list[Line]
    every: list[Line]

    def at_edge(self, line: Line) -> bool:
        """Whether a line is one of the first or the last of its page."""
        return any(abs(line.top - other.top) < 1 for other in (*self.every[:EDGE], *self.every[-EDGE:]))

    def body(self, lines: Sequence[Line], heads: frozenset[str]) -> list[Line]:
        """The lines without the running heads and feet; a title that is one's twin stays."""
        kept: list[Line] = []
        gone: set[str] = set()
        for line in lines:
            pattern = pattern_of(line.text)
            if pattern in heads and pattern not in gone and self.at_edge(line):
                gone.add(pattern)
            else:
                kept.append(line)
        return kept


def pattern_of(text: str) -> str:
    """A line without its digits, which count pages."""
    return re.sub(r"\d", "", fold(text))


def running_heads(pages: Sequence[Sheet]) -> frozenset[str]:
    """The patterns of lines at the edges that come again on most pages, or that a browser adds when it prints."""
    seen: Counter[str] = Counter()
    found: set[str] = set()
    for sheet in pages:
        texts = [line.text for line in sheet.every if sheet.at_edge(line)]
        seen.update({pattern_of(text) for text in texts})
        found |= {pattern_of(text) for text in texts if _PRINTED.match(text) or _ADDRESS.match(fold(text))}
    often = {
        pattern for pattern, count in seen.items() if count > max(len(pages) // 2, 1) and len(pattern) > 2
    }
    return frozenset(found | often)
