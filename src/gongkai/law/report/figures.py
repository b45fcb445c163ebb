"""A report as facts: every cell with its value, its raw text and how sure we are of it.

The same ``Report`` comes out of a reader (from any file), out of the computation (from the records) and goes into
the checks and the writers. A missing or unreadable number is ``None`` with a standing that says so — never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import ReportFormat

Number = int | Decimal


class Standing(StrEnum):
    """How a cell's value came about, from certain to absent."""

    CLEAR = "clear"
    """A plain number as the form asks for it."""
    NORMALISED = "normalised"
    """A number written in an unusual way (增10, ２１, 251000元) and understood without doubt."""
    ASSIGNED = "assigned"
    """A plain number whose cell was inferred, because the row or table was merged, split or short."""
    UNCERTAIN = "uncertain"
    """Something stands there, but it cannot be read as a number, or several readings are possible."""
    BLANK = "blank"
    """The cell is there and empty, or filled with a sign such as / or —."""
    MISSING = "missing"
    """The document has no such cell."""


@dataclass(frozen=True)
class Figure:
    """One cell as found: ``value`` in the unit of its column (件, 项, 万元), ``raw`` as it stood, ``place`` where.

    ``value`` is ``None`` exactly when the standing is UNCERTAIN, BLANK or MISSING. ``unit`` is the unit written in
    the document when it wrote one (``元``, ``万元``), else ``""``. ``note`` says in Chinese what was inferred.
    """

    value: Number | None
    standing: Standing = Standing.CLEAR
    raw: str = ""
    place: str = ""
    unit: str = ""
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a number to reckon with."""
        return self.value is not None


MISSING = Figure(None, Standing.MISSING)


class Level(StrEnum):
    """What kind of body reports; decides the deadline (arts. 49) and some contents (art. 50)."""

    GOVERNMENT = "government"
    """A people's government of county level or above: publishes by 31 March."""
    DEPARTMENT = "department"
    """A department of such a government: publishes by 31 January."""
    TOWNSHIP = "township"
    """A township government or sub-district office; not named by art. 49, local dates apply."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ShapeNote:
    """Something unusual in the shape of the document, seen while reading it.

    ``kind`` is one of: ``row_missing``, ``row_extra``, ``row_merged``, ``row_label``, ``column_missing``,
    ``column_extra``, ``column_label``, ``cell_extra``, ``table_missing``, ``section_missing``, ``section_title``,
    ``section_order``, ``format_mixed``, ``other_not_split``, ``leftover_instruction``, ``unit``.
    ``found`` is the text as it stands, ``expected`` the official wording when there is one.
    """

    kind: str
    where: str
    found: str = ""
    expected: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Report:
    """An annual report, read or computed.

    ``sections`` maps ``lead`` and the keys of ``formats.SECTIONS`` to their prose (tables left out), as far as found.
    ``format`` is the format the *document* follows, which need not be the one its year demands.
    """

    format: ReportFormat
    year: int | None
    agency: str
    figures: Mapping[Cell, Figure]
    title: str = ""
    level: Level = Level.UNKNOWN
    sections: Mapping[str, str] = field(default_factory=dict)
    published_on: dt.date | None = None
    shape: tuple[ShapeNote, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))
        object.__setattr__(self, "sections", MappingProxyType(dict(self.sections)))

    def __getitem__(self, cell: Cell) -> Figure:
        """The figure in a cell; ``MISSING`` when the document has none."""
        return self.figures.get(cell, MISSING)

    def value(self, table: int, row: str, column: str) -> Number | None:
        """The number in a cell, or ``None``."""
        return self[Cell(table, row, column)].value

    def row(self, table: int, row: str) -> tuple[Figure, ...]:
        """The figures of one row in the order of the form's columns."""
        return tuple(self[cell] for cell in self.format.cells if cell.table == table and cell.row == row)

    def known(self) -> Iterator[tuple[Cell, Number]]:
        """Every cell that holds a number."""
        for cell, figure in self.figures.items():
            if figure.value is not None:
                yield cell, figure.value

    def has_table(self, table: int) -> bool:
        """Whether the document has any cell of this table."""
        return any(cell.table == table for cell in self.figures)

    def prose(self) -> str:
        """All prose of the report in order, one blank line between the sections."""
        return "\n\n".join(text for text in self.sections.values() if text)

    def with_(self, **changes: Any) -> Report:
        """A copy with some fields changed."""
        return replace(self, **changes)


def figures_from(values: Mapping[Cell, Number]) -> dict[Cell, Figure]:
    """Plain numbers as clear figures, e.g. those computed from records."""
    return {cell: Figure(value, Standing.CLEAR, raw=str(value)) for cell, value in values.items()}
