"""What a check looks at, and the words it uses for cells and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from gongkai.law.report.cells import TABLES, Cell
from gongkai.law.report.claims import Claim, claims_in
from gongkai.law.report.figures import Figure, Number, Report, Standing
from gongkai.law.report.formats import FORMATS, ReportFormat
from gongkai.law.report.numerals import show
from gongkai.law.report.prose import tidy

PROACTIVE, REQUESTS, DISPUTES = TABLES
TABLE_NAMES = {PROACTIVE: "表二", REQUESTS: "表三", DISPUTES: "表四"}
MAX_NAMED = 8
"""How many cells, rows or columns a sentence names before it only counts them."""

MOST_PROSE = 50_000
"""Characters of one part that are looked at; the longest part of a real report has some ten thousand."""
MOST_CLAIMS = 400
"""Numbers of the prose that are looked at; a real report has a few dozen."""


class WorkdayCalendar(Protocol):
    """All the checks ask of a calendar."""

    def is_workday(self, day: dt.date, /) -> bool:
        """Whether public bodies work on this day."""


@dataclass(frozen=True)
class Subject:
    """A report under check with what it is compared to."""

    report: Report
    previous: Report | None = None
    calendar: WorkdayCalendar | None = None
    today: dt.date | None = None

    @cached_property
    def prose(self) -> Mapping[str, str]:
        """The sections of the report as tidy text."""
        return {section: tidy(text[:MOST_PROSE]) for section, text in self.report.sections.items()}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the prose claims about the tables."""
        year = self.report.year
        every = (found for key, text in self.prose.items() for found in claims_in(text, key, year))
        return tuple(islice(every, MOST_CLAIMS))

    def follows(self) -> bool:
        """Whether the previous report is really that of the year before."""
        return (
            self.previous is not None
            and self.report.year is not None
            and self.previous.year is not None
            and self.previous.year == self.report.year - 1
        )

    def why_not_followed(self) -> str:
        """Why no comparison with the year before can be made."""
        if self.previous is None:
            return "没有提供上一年度报告，无法核对。"
        return "提供的对照报告不是上一年度的，无法核对。"


def label(report: Report, cell: Cell) -> str:
    """A cell in words, also when the document borrowed it from the other format (e.g. 其他处理 left unsplit)."""
    return _form_of(report, cell).label(cell)


def row_label(report: Report, cell: Cell) -> str:
    """The row of a cell in words, also when it belongs to the other format."""
    return _form_of(report, cell).row_label(cell)


def _form_of(report: Report, cell: Cell) -> ReportFormat:
    return next((form for form in (report.format, *FORMATS.values()) if cell in form.cells), report.format)


def short_row(report: Report, cell: Cell) -> str:
    """The row of a cell in few words, for lists."""
    words = row_label(report, cell).removeprefix(TABLE_NAMES[cell.table])
    return f"{words.partition('（区分处理的')[0]}”" if "（区分处理的" in words else words


def distance(one: Number, other: Number) -> str:
    """How far two numbers are apart, as people write it."""
    return show(one - other if one > other else other - one)


def show_figure(figure: Figure) -> str:
    """A figure as people see it: its number, or what stands there instead."""
    if figure.value is not None:
        return show(figure.value)
    if figure.standing is Standing.MISSING:
        return "缺少该单元格"
    return f"“{figure.raw.strip()}”" if figure.raw.strip() else "空白"


def enumerate_(words: Iterable[str]) -> str:
    """Words joined by 、, the tail only counted."""
    names = list(dict.fromkeys(words))
    shown = "、".join(names[:MAX_NAMED])
    return shown if len(names) <= MAX_NAMED else f"{shown}等{len(names)}处"
