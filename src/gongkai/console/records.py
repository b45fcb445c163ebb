"""A list of records: which columns it has, how it is narrowed, and how a value is told on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from gongkai.console.access import body_of, reach
from gongkai.core.money import plain, to_wan
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django_filters import FilterSet


@dataclass(frozen=True)
class Column:
    """A heading and how to tell a record's value under it."""

    label: str
    tell: Callable[[Any], object]
    is_number: bool = False
    link: Callable[[Any], str] | None = None
    mark: Callable[[Any], str] | None = None
    """A style beside the words, e.g. ``due due--late``."""
    on_page: bool = True
    """Whether the page has room for it; the export tells everything."""
    width: int = 16
    """Of the column in a spreadsheet, in characters."""


class Cell(NamedTuple):
    """A value as it stands on a page."""

    label: str
    text: str
    is_number: bool
    address: str
    mark: str


class Addition(NamedTuple):
    """A way from a list to the page where one more is entered."""

    label: str
    name: str
    permission: Permission = Permission.HANDLE


@dataclass(frozen=True)
class RecordList:
    """One list of the console: its page, its filters and its export are all made from this."""

    name: str
    """The name of its address; the export's is the same with ``_export``."""
    title: str
    model: type[Model]
    columns: tuple[Column, ...]
    filters: type[FilterSet]
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    prepare: Callable[[Sequence[Any]], None] | None = None
    """What a page's records need beyond the query: clocks, which want one calendar for all."""
    additions: tuple[Addition, ...] = ()
    tabs: tuple[tuple[str, str], ...] = ()
    """Sister lists: name of the address, label."""
    scope: Callable[[HttpRequest], QuerySet[Any]] | None = None
    """Instead of the records of the visible bodies."""
    names_body: bool = True
    per_page: int = 30
    note: str = ""

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """The records this officer may read, with all the columns tell."""
        found = self.scope(request) if self.scope else reach(request, self.model)
        return found.select_related(*self.related).prefetch_related(*self.prefetch).order_by(*self.order)

    def columns_for(self, *, several: bool) -> tuple[Column, ...]:
        """With the body where the officer sees more than one."""
        return (*self.columns, BODY_COLUMN) if several and self.names_body else self.columns

    def filled(self, rows: Iterable[Any]) -> list[Any]:
        """The records with what ``prepare`` adds."""
        found = list(rows)
        if self.prepare is not None:
            self.prepare(found)
        return found


BODY_COLUMN = Column("机关", lambda record: body_of(record).display_name, width=20)


def cells(record: Any, columns: Sequence[Column]) -> list[Cell]:
    """A record as a line of a page; every value carries its column's label for narrow screens."""
    return [
        Cell(
            column.label,
            told(column.tell(record)),
            column.is_number,
            column.link(record) if column.link else "",
            column.mark(record) if column.mark else "",
        )
        for column in columns
    ]


def told(value: object) -> str:
    """A value in words: days as 2024-01-31, moments with their hour in local time, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def wan(record: Any) -> Decimal:
    """The record's amount in 万元."""
    return to_wan(record.amount_yuan)


def docket(*pairs: tuple[str, object]) -> list[tuple[str, str]]:
    """The head of a record; what is not known is left out."""
    return [(label, words) for label, value in pairs if (words := told(value).strip())]
