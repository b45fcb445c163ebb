# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Table 3 off lines of seven numbers whose names stand above, below or around them: the form's order tells the row.

Text taken out of a PDF puts the numbers of a row beside the middle of its name, so that a name of two lines stands
half before and half behind them. Rows with their name on the line are the fixed points; what stands between two of
them is named by its place, when there are exactly as many rows as the form has there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, TABLE3_COLUMNS
from gongkai.reports.reading.align import Aligned
from gongkai.reports.reading.document import Prose, Slot
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.glued import split_glued
from gongkai.reports.reading.labels import OFFICIAL_ROWS, match_row
from gongkai.reports.reading.stream import Token, tokens
from gongkai.reports.reading.words import core

WIDTH = len(TABLE3_COLUMNS)
SEQUENCES = tuple(tuple(row.key for row in form.table3) for form in (FORMAT_2021, FORMAT_2019))
MOST_WORDS = 12
"""A row's name, its group's and its part's are at most so many words."""
BY_ORDER = "行名与数字不在同一行，按表内次序对应"


@dataclass(frozen=True)
class Entry:
    """A line with numbers: the row its own words name surely (else ``""``) and its seven cells (``()``: not seven)."""

    key: str
    slots: tuple[Slot, ...]


def read(lines: Sequence[Prose]) -> Found:
    """Table 3, when every one of its rows can be told; else nothing."""
    entries = _within([entry for line in lines if (entry := _entry(line)) is not None])
    for sequence in SEQUENCES:
        named = _named(entries, sequence)
        if named is not None:
            return _found(named)
    return Found()


def _entry(line: Prose) -> Entry | None:
    parts = tokens([line])
    count = 0
    while count < len(parts) and parts[-1 - count].is_value:
        count += 1
    values, words = parts[len(parts) - count :], parts[: len(parts) - count]
    key = _surely(words[-MOST_WORDS:]) if count else ""
    if len(values) == 1 and (glued := split_glued(values[0].text, WIDTH)):
        return Entry(key, tuple(_slot(values[0], text) for text in glued))
    if any(part.is_value for part in words) or (count < 2 and not (key and count)):
        return None
    return Entry(key, tuple(_slot(value, value.text) for value in values) if count == WIDTH else ())


def _slot(token: Token, text: str) -> Slot:
    return Slot(text, 0, 0, token.place)


def _surely(words: Sequence[Token]) -> str:
    """The row the words name with its whole name, from any of them on (a group's name may stand before it)."""
    for start in range(len(words)):
        text = "".join(word.text for word in words[start:])
        match = match_row(text)
        if match is not None and match.score >= 0.95 and _is_whole(text, match.key):
            return match.key
    return ""


def _is_whole(text: str, key: str) -> bool:
    official = core(OFFICIAL_ROWS[key])
    return core(text).endswith(official) or match_row(text).score >= 1.0  # type: ignore[union-attr]


def _within(entries: list[Entry]) -> list[Entry]:
    """The entries from the first row of the form to its last."""
    first = next((n for n, entry in enumerate(entries) if entry.key == "new"), None)
    if first is None:
        return []
    last = next((n for n, entry in enumerate(entries) if n > first and entry.key == "carried_out"), None)
    return entries[first : last + 1] if last is not None else []


def _named(entries: Sequence[Entry], sequence: Sequence[str]) -> list[tuple[str, Entry]] | None:
    """Each entry with its row; ``None`` when the entries are not exactly the rows of the sequence."""
    if len(entries) != len(sequence):
        return None
    order = {key: number for number, key in enumerate(sequence)}
    fixed = [(number, order.get(entry.key, -1)) for number, entry in enumerate(entries) if entry.key]
    if any(number != place for number, place in fixed) or len(fixed) < len(sequence) // 3:
        return None
    if any(not entry.key and not entry.slots for entry in entries):
        return None
    return list(zip(sequence, entries, strict=True))


def _found(named: list[tuple[str, Entry]]) -> Found:
    found = Found()
    for key, entry in named:
        if entry.slots:
            note = "" if entry.key else BY_ORDER
            found.put_row(3, key, TABLE3_COLUMNS, Aligned(entry.slots, note))
    return found
