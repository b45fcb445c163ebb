"""Two tables side by side: new rows, rows changed field by field, rows gone, rows the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.catalogue.tables.rows import COMPARED, LABELS, OWN, Row, in_words


@dataclass(frozen=True)
class FieldChange:
    """One cell that differs."""

    name: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """As the table names it."""
        return LABELS[self.name]


@dataclass(frozen=True)
class Change:
    """One row whose cells differ."""

    row: Row
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Comparison:
    """What becomes of a catalogue when another table takes its place."""

    new: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Row, ...] = ()
    unchanged: int = 0
    kept: tuple[FieldChange, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def as_json(self) -> dict[str, Any]:
        """What an edition says of itself: names and numbers, field by field."""
        return {
            "new": [list(row.key) for row in self.new],
            "gone": [list(row.key) for row in self.gone],
            "changed": [
                {
                    "item": list(change.row.key),
                    "fields": [[one.label, one.before, one.after] for one in change.fields],
                }
                for change in self.changed
            ],
            "unchanged": self.unchanged,
        }


def compare(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    """Rows are the same when both names are; the order is not compared."""
    old = {row.key: row for row in before}
    changes = [(row, _fields(old[row.key], row)) for row in after if row.key in old]
    wanted = {row.key for row in after}
    return Comparison(
        new=tuple(row for row in after if row.key not in old),
        changed=tuple(Change(row, found) for row, found in changes if found),
        gone=tuple(row for row in before if row.key not in wanted),
        unchanged=sum(not found for _, found in changes),
    )


def _fields(before: Row, after: Row) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(one, in_words(getattr(before, one)), in_words(getattr(after, one)))
        for one in COMPARED
        if getattr(before, one) != getattr(after, one)
    )


@dataclass(frozen=True)
class Kept:
    """A field the body changed, which the new standard has otherwise: the body's stays."""

    row: Row
    name: str
    own: str
    standard: str

    @property
    def label(self) -> str:
        """As the table names it."""
        return LABELS[self.name]


def merge(
    own: Sequence[Row],
    standard: Sequence[Row],
    *,
    localised: Mapping[tuple[str, str], Sequence[str]],
    local: frozenset[tuple[str, str]],
) -> tuple[list[Row], list[Kept]]:
    """The body's table after the standard changed: local rows and localised fields stay, all else follows.

    ``local`` are the rows the body added itself; each keeps its place behind the rows of its first-level item.
    """
    mine = {row.key: row for row in own}
    merged: list[Row] = []
    kept: list[Kept] = []
    for row in standard:
        ours = mine.get(row.key)
        if ours is None:
            merged.append(row)
            continue
        names = [*OWN, *localised.get(row.key, ())]
        merged.append(_with(row, ours, names))
        kept += [
            Kept(row, one, in_words(getattr(ours, one)), in_words(getattr(row, one)))
            for one in localised.get(row.key, ())
            if getattr(ours, one) != getattr(row, one)
        ]
    return _among(merged, [row for row in own if row.key in local and row.key not in _keys(merged)]), kept


def _with(row: Row, ours: Row, names: Sequence[str]) -> Row:
    values = {one: getattr(ours if one in names else row, one) for one in LABELS}
    return Row(**values)


def _keys(rows: Sequence[Row]) -> set[tuple[str, str]]:
    return {row.key for row in rows}


def _among(rows: list[Row], additions: Sequence[Row]) -> list[Row]:
    """Each addition behind the last row of its first-level item, or at the end."""
    found = list(rows)
    for row in additions:
        places = [place for place, one in enumerate(found) if one.level1 == row.level1]
        found.insert(places[-1] + 1 if places else len(found), row)
    return found
