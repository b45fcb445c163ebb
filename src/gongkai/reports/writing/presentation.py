"""What a report is shown with, beyond its own figures and prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.findings import Finding, problems
from gongkai.typesetting.text import em_width, writable


class Adjustment(NamedTuple):
    """A figure set by hand: what the records gave, and why another number stands in the report."""

    computed: Number | None
    reason: str


class Mark(NamedTuple):
    """A finding with the number it carries in the list of problems."""

    number: int
    finding: Finding


Links = Mapping[Cell, str] | Callable[[Cell], str | None]


@dataclass(frozen=True)
class Presentation:
    """Extras for the writers.

    ``adjustments`` and ``findings`` are shown on their cells, ``links`` gives the drill-down address of a
    cell, ``version`` and ``digest`` name the frozen version, ``contact`` is one line of contact details, and
    ``heading_level`` is the level of the report's title in the page it is put into.
    """

    adjustments: Mapping[Cell, Adjustment] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    links: Links | None = None
    charts: bool = True
    version: int | None = None
    digest: str = ""
    contact: str = ""
    heading_level: int = 1

    @cached_property
    def problems(self) -> tuple[Mark, ...]:
        """The findings somebody should look at, gravest first, numbered from 1."""
        return tuple(Mark(number, finding) for number, finding in enumerate(problems(self.findings), start=1))

    @cached_property
    def marks(self) -> Mapping[Cell, tuple[Mark, ...]]:
        """The numbered problems of each cell."""
        marks: dict[Cell, tuple[Mark, ...]] = {}
        for mark in self.problems:
            for cell in dict.fromkeys(mark.finding.cells):
                marks[cell] = (*marks.get(cell, ()), mark)
        return marks

    @cached_property
    def adjusted(self) -> Mapping[Cell, int]:
        """The number each adjusted cell carries: table by table, within one in the order given."""
        ordered = sorted(self.adjustments, key=lambda cell: cell.table)
        return {cell: number for number, cell in enumerate(ordered, start=1)}

    def link(self, cell: Cell) -> str:
        """The address behind a cell, or ``""``. Only http(s) and relative addresses are let through."""
        if self.links is None:
            return ""
        found = self.links(cell) if callable(self.links) else self.links.get(cell)
        return found if found and urlsplit(found).scheme in {"", "http", "https"} else ""


PLAIN = Presentation()
"""A report shown as it is."""


def title_lines(report: Report, width: float) -> tuple[str, ...]:
    """The title as one line, or, when it is wider than ``width`` em, broken before the year as officials do."""
    title = title_of(report)
    at = title.find(f"{report.year}年")
    if em_width(title) <= width or at <= 0:
        return (title,)
    return (title[:at], title[at:])


def title_of(report: Report) -> str:
    """The title of the report, composed of agency and year when it has none of its own."""
    if title := writable(report.title).strip():
        return title
    year = f"{report.year}年" if report.year is not None else ""
    return f"{agency_of(report)}{year}政府信息公开工作年度报告"


def agency_of(report: Report) -> str:
    """The agency's name as any file can hold it."""
    return writable(report.agency).strip()
