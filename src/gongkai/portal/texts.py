"""The text of an edition for its page, and what changed between two of them."""

from __future__ import annotations

import difflib
import html
import re
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|tr|dt|dd|blockquote|caption|figcaption|div|section)>|<br\s*/?>|<hr\s*/?>"
)
CELL_END = re.compile(r"</t[hd]>")
TAG = re.compile(r"<[^>]*>")
SPACES = re.compile(r"\s+")
LONGEST = 2000  # paragraphs compared; two texts beyond that are said to be too long
WORDY = 2000  # characters of a paragraph that is compared word by word; a longer one is shown whole, before and after
LIKE = 0.5  # two paragraphs at least this much alike are one that was changed


def readable(text: str) -> SafeString:
    """The stored text, which is sanitised, with every table in a frame of its own that scrolls on a phone."""
    number = 0

    def framed(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return (
            f'<div class="table-frame" role="region" tabindex="0" aria-label="表格{number}">{found[0]}</div>'
        )

    return mark_safe(TABLE.sub(framed, text))  # noqa: S308 - sanitised when it was stored


def paragraphs(text: str) -> list[str]:
    """A stored text as plain paragraphs, the cells of a table's row apart."""
    plain = CELL_END.sub(" ｜ ", BLOCK_END.sub("\n", text))
    lines = (SPACES.sub(" ", html.unescape(TAG.sub("", line))).strip(" ｜") for line in plain.split("\n"))
    return [line for line in lines if line]


class Piece(NamedTuple):
    """Some words of a paragraph: ``same``, ``gone`` or ``new``."""

    change: str
    words: str


class Change(NamedTuple):
    """A paragraph of the comparison: what it is now made of; ``change`` says what became of the whole."""

    change: str
    pieces: list[Piece]


def changes(before: str, after: str) -> list[Change] | None:
    """Every paragraph of both texts with what became of it; ``None`` when they are too long to be compared."""
    old, new = paragraphs(before), paragraphs(after)
    if max(len(old), len(new)) > LONGEST:
        return None
    found: list[Change] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for change, i1, i2, j1, j2 in matcher.get_opcodes():
        if change == "equal":
            found += [Change("same", [Piece("same", line)]) for line in new[j1:j2]]
        else:
            found += _replaced(old[i1:i2], new[j1:j2])
    return found


def _replaced(old: list[str], new: list[str]) -> list[Change]:
    """Paragraphs that follow each other in the same order are compared word by word where they are alike."""
    found: list[Change] = []
    for position in range(max(len(old), len(new))):
        gone = old[position] if position < len(old) else ""
        come = new[position] if position < len(new) else ""
        if gone and come and (pieces := _pieces(gone, come)):
            found.append(Change("changed", pieces))
            continue
        if gone:
            found.append(Change("gone", [Piece("gone", gone)]))
        if come:
            found.append(Change("new", [Piece("new", come)]))
    return found


def _pieces(gone: str, come: str) -> list[Piece]:
    """The words of a changed paragraph; empty when the two have little in common, or too much in them to compare."""
    if max(len(gone), len(come)) > WORDY:
        return []
    matcher = difflib.SequenceMatcher(None, gone, come, autojunk=False)
    if matcher.quick_ratio() < LIKE or matcher.ratio() < LIKE:
        return []
    pieces: list[Piece] = []
    for change, i1, i2, j1, j2 in matcher.get_opcodes():
        if change == "equal":
            pieces.append(Piece("same", come[j1:j2]))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", gone[i1:i2]))
        if j2 > j1:
            pieces.append(Piece("new", come[j1:j2]))
    return pieces
