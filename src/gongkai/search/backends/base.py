"""What a backend is given and gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gongkai.search.query import Query

LINES = ("title", "number", "keywords", "body", "text")
"""The lines of a canonical text, and the fields of a query."""

COLUMNS = (
    "e.id, e.document_id, e.body_id, e.kind, e.subject, e.year, e.title, e.number, e.keywords, "
    "CASE WHEN NOT e.has_validity THEN '' WHEN e.ended_on <= %s THEN e.ended_how "
    "WHEN e.valid_until < %s THEN 'lapsed' WHEN e.effective_on > %s THEN 'not_yet' "
    "WHEN e.amended_on <= %s THEN 'amended' ELSE 'in_force' END AS validity"
)
"""What is read of every candidate; the validity is that of one day, given four times."""

BUDGET = dt.timedelta(milliseconds=800)
"""The last resort: a search that takes longer gives what it has found."""


class Row(NamedTuple):
    """A candidate, as ``COLUMNS`` reads it."""

    id: int
    document: int
    body: int
    kind: str
    subject: str
    year: int
    title: str
    number: str
    keywords: str
    validity: str


@dataclass(frozen=True, kw_only=True)
class Search:
    """One question to the index: keys from ``low`` up to ``high``, the highest first, at most ``limit``."""

    query: Query
    facets: tuple[str, ...]
    validity: str
    today: dt.date
    low: int
    high: int
    limit: int
    budget: dt.timedelta = BUDGET


class Found(NamedTuple):
    """What came, and whether the search was cut short by its budget."""

    rows: list[Row]
    was_cut: bool = False


class Prepared(NamedTuple):
    """A text on its way into the index: its key, its five canonical lines, its facets."""

    id: int
    lines: Sequence[str]
    facets: Sequence[str]

    @property
    def canon(self) -> str:
        """The lines as they are kept."""
        return "\n".join(self.lines)


class Backend(Protocol):
    """An index in a database. Writing happens inside the caller's transaction."""

    def add(self, texts: Sequence[Prepared]) -> None:
        """Put texts in whose keys are not in the index."""

    def remove(self, keys: Sequence[int]) -> None:
        """Take keys out; one that is not in the index is no matter."""

    def find(self, search: Search) -> Found:
        """The candidates, the newest first."""

    def holds(self) -> bool:
        """Whether the tables of the index itself are there and whole; for the nightly check."""
