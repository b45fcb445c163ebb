# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Rows of table 3 before they are read: those a page break cut in two, and where their seven cells begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.law.report.formats import TABLE3_COLUMNS
from gongkai.reports.reading.labels import OFFICIAL_ROWS, Match, match_row
from gongkai.reports.reading.numbers import kind
from gongkai.reports.reading.rows import Record
from gongkai.reports.reading.words import core

WIDTH = len(TABLE3_COLUMNS)


def build(row: Record) -> tuple[int, int]:
    """How a row is built: the number of its labels and of its cells."""
    return len(row.labels), len(row.fields)


def windows(row: Record) -> list[int]:
    """Where seven cells in a row could begin so that no number is left outside."""
    filled = [i for i, slot in enumerate(row.fields) if kind(slot.text) != "blank"]
    if not filled:
        return []
    last = len(row.fields) - WIDTH
    return [start for start in range(last + 1) if start <= filled[0] and filled[-1] < start + WIDTH]


def usual_offsets(rows: Sequence[Record]) -> dict[tuple[int, int], int]:
    """For rows of the same build (labels, cells) where their seven cells begin, by those that leave no choice and agree."""
    seen: dict[tuple[int, int], Counter[int]] = {}
    for row in rows:
        if match_row(row.label) and len(starts := windows(row)) == 1:
            seen.setdefault(build(row), Counter())[starts[0]] += 1
    return {built: next(iter(counts)) for built, counts in seen.items() if len(counts) == 1}


def joined(rows: list[Record]) -> list[Record]:
    """Put rows together again that a page break cut in two: the label begins in one grid and ends in the next."""
    whole: list[Record] = []
    for row in rows:
        before = whole[-1] if whole else None
        merged = _merge(before, row) if before and before.grid is not row.grid else None
        if merged is None:
            whole.append(row)
        else:
            whole[-1] = merged
    return whole


def _merge(before: Record, row: Record) -> Record | None:
    """One record out of two halves, when only one half has cells and the two labels together make sense."""
    at_the_break = before.number == len(before.grid.rows) - 1 and row.number == 0
    if not at_the_break or not (before.label or before.fields) or _filled(before) == _filled(row):
        return None
    alone, first = match_row(row.label), match_row(before.label)
    if _filled(before) and first and first.score >= 0.95:
        return _completed(before, row, first)
    both = match_row(before.label + row.label)
    if both is None or (alone and alone.score >= both.score) or (first and _filled(before) and alone):
        return None
    if first and first.key != both.key and first.score > both.score:
        return None
    carrier = before if _filled(before) else row
    return carrier.with_label(before.label + row.label)


def _completed(before: Record, row: Record, match: Match) -> Record | None:
    """A row whose label goes on in the next grid, when the two halves are the official wording and one is not."""
    official = core(OFFICIAL_ROWS[match.key])
    whole = before.label + row.label
    if core(before.label) != official and core(whole) == official:
        return before.with_label(whole)
    return None


def _filled(row: Record) -> bool:
    return any(kind(slot.text) in {"value", "sign"} for slot in row.fields)
