"""What a search is asked with and what it answers: plain values, free of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    """Words in the title first; among the newest hits, as far as ``CANDIDATES`` reaches."""
    NEWEST = "newest"
    """Last published first, however many there are."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What hits are narrowed to; every value is one a facet offers. ``None`` or empty narrows nothing."""

    body: int | None = None
    """Primary key of the body."""
    year: int | None = None
    """Year of first publication, by the clock of the installation."""
    subject: str = ""
    """A ``disclosure.enums.Subject``."""
    kind: str = ""
    """A ``disclosure.enums.DocumentKind``."""
    validity: str = ""
    """A ``disclosure.enums.Validity``, as of the day asked."""

    def __bool__(self) -> bool:
        return any((self.body, self.year, self.subject, self.kind, self.validity))


@dataclass(frozen=True)
class Count:
    """How many hits, exactly or at least: counting stops where it would cost too much."""

    number: int
    is_exact: bool = True

    def __str__(self) -> str:
        """For people: 「12」 or 「超过1000」."""
        return str(self.number) if self.is_exact else f"超过{self.number}"


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: what ``Filters`` takes, what people read, how many."""

    value: str
    label: str
    count: Count
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A way to narrow: ``name`` is the field of ``Filters``."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Hit:
    """One document found. ``title`` and ``snippet`` are safe HTML with ``<mark>`` and nothing else."""

    document: int
    title: str
    snippet: str
    path: str
    body: str
    document_number: str
    index_number: str
    kind: str
    validity: str
    """The label of the validity on the day asked, empty for what never is or is not in force."""
    made_on: dt.date
    published_at: dt.datetime


@dataclass(frozen=True)
class Results:
    """The answer to one query. Nothing a user types raises: what was not understood stands in ``notes``."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: Count = field(default_factory=lambda: Count(0))
    facets: tuple[Facet, ...] = ()
    corrections: tuple[str, ...] = ()
    """「您要找的是不是」: whole queries to offer, each of which finds something. Only where nothing was found."""
    notes: tuple[str, ...] = ()
    """Sentences for the user: a quotation mark left open, a word left out, a search cut short."""
    next_cursor: str = ""
    """What ``cursor`` takes for the next page; empty on the last."""
