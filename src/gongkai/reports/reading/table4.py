# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Table 4 (政府信息公开行政复议、行政诉讼情况): fifteen cells in one row, or however a report has laid them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.law.report.formats import TABLE4_COLUMNS, TABLE4_GROUP_LABELS, TABLE4_GROUPS
from gongkai.reports.reading.align import Aligned, align
from gongkai.reports.reading.document import Grid, Row, Slot
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.labels import match_dispute, match_result
from gongkai.reports.reading.numbers import kind, pieces
from gongkai.reports.reading.words import core

GROUPS = tuple(group.key for group in TABLE4_GROUPS)
RESULTS = tuple(column.key for column in TABLE4_COLUMNS)
WIDTH = len(GROUPS) * len(RESULTS)


def totals_fit(texts: Sequence[str]) -> bool | None:
    """Whether each fifth number is the sum of the four before it; ``None`` when some are no plain numbers."""
    numbers = [text.strip() or "0" for text in texts]
    if not all(number.isdigit() for number in numbers):
        return None
    values = [int(number) for number in numbers]
    return all(sum(values[i : i + 4]) == values[i + 4] for i in range(0, len(values) - 4, 5))


@dataclass
class _Walk:
    """What is known while walking down the rows."""

    groups: list[str] = field(default_factory=list)
    results: int = 0
    result: str = ""
    done: set[str] = field(default_factory=set)
    pending: list[tuple[tuple[Slot, ...], Grid]] = field(default_factory=list)


def read_grids(grids: Iterable[Grid]) -> Found:
    """Read table 4 out of all grids of a document."""
    found = Found()
    walk = _Walk()
    for grid in grids:
        for row in grid.rows:
            _take(found, walk, row, grid)
    if not walk.done and walk.pending:
        _put_best(found, walk)
    return found


def _take(found: Found, walk: _Walk, row: Row, grid: Grid) -> None:
    texts = [slot for slot in row.slots if kind(slot.text) == "text"]
    results = [slot for slot in texts if match_result(slot.text)]
    groups = [match_dispute(slot.text) for slot in (*row.above, *texts) if match_dispute(slot.text)]
    fields = tuple(slot for slot in row.slots if kind(slot.text) != "text")
    filled = [slot for slot in fields if kind(slot.text) != "blank"]
    if len(set(map(_result_of, results)) - {""}) >= 3 and not filled:
        walk.results += len(results)
        walk.groups += [group for group in groups if group not in walk.groups]
        return
    if groups and not filled and len(texts) <= 6:
        walk.groups = [*walk.groups, *(group for group in dict.fromkeys(groups) if group not in walk.groups)]
        return
    if len(results) == 1 and filled:
        _across(found, walk, row, results[0], groups)
        return
    if not texts and walk.results:
        _values(found, walk, fields, grid)
    elif walk.results and (named := _named_group(texts)):
        _put(found, walk, [named], _after_label(row), grid)
    elif walk.results >= WIDTH and len(after := _after_label(row)) >= WIDTH:
        _values(found, walk, after, grid)


def _named_group(texts: list[Slot]) -> str:
    """The group a row of its own is for, when it has no other words than group names."""
    names = [match_dispute(slot.text) for slot in texts]
    others = [
        slot for slot, name in zip(texts, names, strict=True) if not name and core(slot.text) != "行政诉讼"
    ]
    return "" if others else next((name for name in reversed(names) if name), "")


def _result_of(slot: Slot) -> str:
    return match_result(slot.text)


def _after_label(row: Row) -> tuple[Slot, ...]:
    last = max(index for index, slot in enumerate(row.slots) if kind(slot.text) == "text")
    return row.slots[last + 1 :]


def _values(found: Found, walk: _Walk, fields: tuple[Slot, ...], grid: Grid) -> None:
    """A row of nothing but cells below the headings."""
    count = max(len(fields), sum(len(pieces(slot.text)) or 1 for slot in fields))
    if walk.results >= WIDTH or count >= WIDTH:
        if count >= WIDTH - 2 and not walk.done:
            walk.pending.append((fields, grid))
            if any(kind(slot.text) != "blank" for slot in fields):
                _put_best(found, walk)
        return
    open_groups = [group for group in walk.groups or GROUPS if group not in walk.done]
    wanted = max(count // len(RESULTS), 1)
    if open_groups and count >= len(RESULTS) and any(kind(slot.text) != "blank" for slot in fields):
        _put(found, walk, open_groups[:wanted], fields, grid)
        walk.results = 0


def _put_best(found: Found, walk: _Walk) -> None:
    fields, grid = walk.pending[-1]
    named = [group for group in walk.groups if group in GROUPS]
    _put(found, walk, named if len(named) == len(GROUPS) else list(GROUPS), fields, grid)


def _put(found: Found, walk: _Walk, groups: list[str], fields: tuple[Slot, ...], grid: Grid) -> None:
    """Lay a row of cells out over the groups, five to each."""
    count = len(groups) * len(RESULTS)
    aligned = align(fields, count, spans=None, loose=grid.loose, check=totals_fit)
    for number, group in enumerate(groups):
        if group in walk.done:
            continue
        part = aligned.slots[number * len(RESULTS) : (number + 1) * len(RESULTS)]
        extra = aligned.extra if number == len(groups) - 1 else ()
        where = "表四" if count == WIDTH else f"表四“{TABLE4_GROUP_LABELS[group]}”"
        found.put_row(
            4, group, TABLE4_COLUMNS, Aligned(part, aligned.note, aligned.doubtful, extra), where=where
        )
        walk.done.add(group)


def _across(found: Found, walk: _Walk, row: Row, result: Slot, groups: list[str]) -> None:
    """A row 结果维持 | 0 | 0 | 0 of a table turned on its side (or one group's row of it)."""
    column = next(column for column in TABLE4_COLUMNS if column.key == match_result(result.text))
    fields = _after_label(row)
    order = [group for group in walk.groups if group in GROUPS] or list(GROUPS)
    if len(fields) == 1 and groups:
        order = [groups[-1]]
    if len(order) == len(fields) or len([f for f in fields if kind(f.text) != "blank"]) == len(order):
        aligned = align(fields, len(order), spans=None, loose=False)
        for group, slot in zip(order, aligned.slots, strict=True):
            if slot is not None and group not in walk.done:
                found.put_row(4, group, (column,), Aligned((slot,)))


def usable(found: Found) -> bool:
    """Whether at least one whole group was read."""
    return len(found.figures) >= len(RESULTS)
