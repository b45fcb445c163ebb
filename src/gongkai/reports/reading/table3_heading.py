# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The heading of table 3: which columns there are, where they stand, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from gongkai.reports.reading.align import Span
from gongkai.reports.reading.document import Grid
from gongkai.reports.reading.labels import COLUMN_ORDER


@dataclass
class Heading:
    """The columns of the heading as far as they were seen in one table, and the wording they had."""

    spans: dict[str, Span]
    texts: dict[str, str]
    grid: Grid
    order: tuple[str, ...] = ()
    """The columns from left to right, when one row names all of them."""

    def complete(self) -> tuple[Span, ...] | None:
        """The spans of all seven columns in the form's order, if every one was seen and they stand in order."""
        if any(key not in self.spans for key in COLUMN_ORDER):
            return None
        spans = tuple(self.spans[key] for key in COLUMN_ORDER)
        return spans if all(a[0] < b[0] for a, b in pairwise(spans)) else None


def same_columns(one: Grid, other: Grid) -> bool:
    """Whether the columns of two pieces of a table are the same ones, so that one heading serves both."""
    if one.place == other.place:
        return True
    return _extent(one) == _extent(other) or abs(_extent(one)[1] - _extent(other)[1]) < 0.5


def _extent(grid: Grid) -> Span:
    slots = [slot for row in grid.rows for slot in row.slots]
    return (min((s.x0 for s in slots), default=0.0), max((s.x1 for s in slots), default=0.0))
