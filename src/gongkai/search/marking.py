"""Titles and snippets with the words found marked, as safe HTML; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from gongkai.search.folding import Folded, is_hanzi

WIDTH = 120  # characters of a snippet
LEAD = 30  # of them before the first word found
LOOKED_AT = 200_000  # characters of a text in which words are looked for
_BETWEEN = r"[\W_]*"


def marked(text: str, phrases: Sequence[str]) -> str:
    """The whole text, escaped, with every phrase in ``<mark>``."""
    return _html(text, _places(Folded(text), phrases), 0, len(text))


def snippet(text: str, phrases: Sequence[str]) -> str:
    """Some ``WIDTH`` characters around the place where most different phrases stand together; else the beginning."""
    places = _places(Folded(text[:LOOKED_AT]), phrases)
    start = _start(places, len(text))
    end = min(len(text), start + WIDTH)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{_html(text, places, start, end)}{after}"


def _expression(canon: str) -> str:
    """A phrase of runs as it may stand in folded text, with signs between its runs and whole words of letters."""
    pieces: list[str] = []
    for run in canon.split():
        escaped = re.escape(run)
        pieces.append(escaped if is_hanzi(run[0]) else rf"(?<![a-z0-9]){escaped}(?![a-z0-9])")
    return _BETWEEN.join(pieces)


def _places(folded: Folded, phrases: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where phrases stand in the original: from, to, which phrase; in order."""
    found: list[tuple[int, int, int]] = []
    for which, canon in enumerate(phrases):
        for match in re.finditer(_expression(canon), folded.text):
            if match.end() > match.start():
                last = folded.place(match.end() - 1) + 1
                found.append((folded.place(match.start()), last, which))
    return sorted(found)


def _start(places: list[tuple[int, int, int]], length: int) -> int:
    best, most = 0, 0
    right, inside = 0, dict[int, int]()
    for left, (start, _, which) in enumerate(places):
        while right < len(places) and places[right][1] <= start + WIDTH - LEAD:
            inside[places[right][2]] = inside.get(places[right][2], 0) + 1
            right += 1
        if len(inside) > most:
            best, most = start, len(inside)
        if right > left:
            inside[which] -= 1
            if not inside[which]:
                del inside[which]
        else:
            right = left + 1
    return max(0, min(best - LEAD, length - WIDTH)) if most else 0


def _html(text: str, places: list[tuple[int, int, int]], start: int, end: int) -> str:
    pieces: list[str] = []
    at = start
    for first, last, _ in places:
        first, last = max(first, at), min(last, end)  # noqa: PLW2901 - what overlaps is marked once
        if first >= last:
            continue
        pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*pieces, escape(text[at:end])])
