"""Two editions side by side, word by word, for the pages of officers and of the public alike. Only words, no markup."""

from __future__ import annotations

import difflib
import re
from html.parser import HTMLParser
from typing import NamedTuple

BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "caption", "figcaption", "blockquote"}
)
CELLS = frozenset({"td", "th"})
WORDS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
MOST_BLOCKS = 2000
"""Paragraphs compared; two texts beyond that are said to be too long."""
LONGEST_BLOCK = 2000
"""Characters of a paragraph that is compared word by word; a longer one is shown whole, before and after."""
SIMILAR = 0.4
"""Two paragraphs less alike than this are told as one gone and one new."""


class Piece(NamedTuple):
    """Some words of a line: ``same``, ``gone`` or ``new``."""

    change: str
    words: str


class Line(NamedTuple):
    """A paragraph, list item or row of the comparison: ``same``, ``gone``, ``new`` or ``changed``, and its words."""

    change: str
    pieces: list[Piece]


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.close_block()
        elif tag in CELLS and self.open:
            self.open.append(" ｜ ")
        elif tag == "br":
            self.close_block()
        elif tag == "img":
            self.open.append(f"［图片：{dict(attrs).get('alt') or '无替代文字'}］")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        self.open.append(data)

    def close_block(self) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self.open)).strip()
        if text:
            self.done.append(text)
        self.open = []


def blocks_of(text: str) -> list[str]:
    """The words of an HTML text, one entry per paragraph, line, item or row."""
    reader = _Blocks()
    reader.feed(text)
    reader.close()
    reader.close_block()
    return reader.done


def differences(before: str, after: str) -> list[Line] | None:
    """The texts of two editions, line by line; ``None`` when they are too long to be compared."""
    old, new = blocks_of(before), blocks_of(after)
    if max(len(old), len(new)) > MOST_BLOCKS:
        return None
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            lines += [_whole("same", one) for one in old[old_from:old_to]]
        else:
            lines += _replaced(old[old_from:old_to], new[new_from:new_to])
    return lines


def _replaced(old: list[str], new: list[str]) -> list[Line]:
    """Paragraphs in their order beside each other; what has no like is gone or new."""
    lines = []
    for was, now in zip(old, new, strict=False):
        pieces = _pieces(was, now)
        lines += [Line("changed", pieces)] if pieces else [_whole("gone", was), _whole("new", now)]
    shorter = min(len(old), len(new))
    return (
        lines + [_whole("gone", one) for one in old[shorter:]] + [_whole("new", one) for one in new[shorter:]]
    )


def _whole(change: str, text: str) -> Line:
    return Line(change, [Piece(change, text)])


def _pieces(was: str, now: str) -> list[Piece]:
    """The words of a changed paragraph; none when the two have little in common, or too much in them to compare."""
    if max(len(was), len(now)) > LONGEST_BLOCK:
        return []
    if difflib.SequenceMatcher(None, was, now, autojunk=False).ratio() < SIMILAR:
        return []
    old, new = WORDS.findall(was), WORDS.findall(now)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            pieces.append(Piece("same", gone))
            continue
        pieces += [Piece("gone", gone)] if gone else []
        pieces += [Piece("new", come)] if come else []
    return pieces
