"""A catalogue as the rows of its table, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.catalogue.models import Catalogue, Item
from gongkai.catalogue.tables.rows import COMPARED, Row, canonical, digest_of
from gongkai.law.duty_terms import Duty, Rhythm, Span
from gongkai.law.duty_words import read_term

Key = tuple[str, str]


def row_of(item: Item) -> Row:
    """A second-level item as a line of the table."""
    return canonical(
        Row(
            level1=item.parent.name if item.parent else "",
            level2=item.name,
            content=item.content,
            basis=item.basis,
            time_limit=item.time_limit,
            publisher=item.publisher,
            channels=tuple(item.channels),
            audience=item.audience,
            method=item.method,
            level=item.level,
            aspects=tuple(item.aspects),
            unit=item.unit.name if item.unit else "",
            not_applicable=item.not_applicable,
        )
    )


def items_of(catalogue: Catalogue) -> list[Item]:
    """The second-level items that stand in the catalogue, in the order of the table."""
    found = Item.objects.filter(catalogue=catalogue, parent__isnull=False, retired_on__isnull=True)
    rows = list(found.select_related("parent", "unit", "source", "source__parent"))
    return sorted(rows, key=_place)


def _place(item: Item) -> tuple[int, int, int, int]:
    assert item.parent is not None  # noqa: S101 - second-level items are asked for
    return item.parent.position, item.parent.pk, item.position, item.pk


def rows_of(catalogue: Catalogue) -> list[Row]:
    """The table as it stands."""
    return [row_of(item) for item in items_of(catalogue)]


def digest(catalogue: Catalogue) -> str:
    """Of the table as it stands: whether somebody changed it since."""
    return digest_of(rows_of(catalogue))


def write_row(item: Item, row: Row, units: Mapping[str, Any]) -> None:
    """Put the line's cells into the item. A changed 公开时限 is read anew; the unit must be known by its name."""
    if item.time_limit != row.time_limit or item.pk is None:
        set_duty(item, read_term(row.time_limit).duty, by_hand=False)
    item.name = row.level2
    for name in COMPARED:
        if name == "unit":
            item.unit = units[row.unit] if row.unit else None
        else:
            value = getattr(row, name)
            setattr(item, name, list(value) if isinstance(value, tuple) else value)


def set_duty(item: Item, duty: Duty, *, by_hand: bool) -> None:
    """The duty's columns; nothing is saved."""
    item.rhythm, item.term, item.span = duty.rhythm, duty.term, duty.span
    item.due_month, item.due_day, item.stale_days = duty.month, duty.day, duty.stale_days
    item.duty_by_hand = by_hand
    plain = duty.rhythm is Rhythm.ON_EVENT and duty.span is Span.WORKDAYS
    item.time_limit_workdays = duty.term if plain else None


def localised_of(item: Item, row: Row) -> list[str]:
    """Which public cells of the body differ from the standard's; nothing for what is not in the standard."""
    if item.source is None:
        return []
    standard = row_of(item.source)
    public = [name for name in COMPARED if name not in {"unit", "not_applicable"}]
    return [name for name in public if getattr(row, name) != getattr(standard, name)]


def localised(items: Iterable[Item]) -> dict[Key, Sequence[str]]:
    """The localised cells by item."""
    return {row_of(item).key: list(item.localised) for item in items if item.localised}


def local_keys(items: Iterable[Item]) -> frozenset[Key]:
    """The items the body added itself."""
    return frozenset(row_of(item).key for item in items if item.source_id is None)
