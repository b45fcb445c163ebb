"""A check of an uploaded report, arranged for the page. Works in memory; keeps nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core import signing
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.law.report.formats import FORMATS
from gongkai.reports.writing.check_json import as_json
from gongkai.reports.writing.check_page import name_of, prose
from gongkai.reports.writing.html import render_check
from gongkai.reports.writing.html_tables import Drawing, tables
from gongkai.reports.writing.presentation import Mark, Presentation, title_of
from gongkai.reports.writing.values import shown

SALT = "gongkai.portal.check"
MOST_ROWS = 6  # so many rows of one problem are named, the rest is counted: a whole table may be missing
RESULT_AGE = 3600  # seconds a result can still be saved from the page it is on
MOST_SEALED = 4 * 1024 * 1024  # characters; a form of more than DATA_UPLOAD_MAX_MEMORY_SIZE would be refused


class Place(NamedTuple):
    """Where on the page a finding points: a row, and in it the columns with their addresses."""

    row: str
    columns: list[tuple[str, str]]


class Item(NamedTuple):
    """A problem in the list: with its number, the name of its rule and the cells it is about."""

    mark: Mark
    rule_title: str
    places: list[Place]
    unnamed: int
    """How many more rows it is about than are named."""


class Group(NamedTuple):
    """The problems of one severity."""

    severity: Severity
    marks: list[Item]


@dataclass(frozen=True)
class Result:
    """What the page shows of a report and its findings."""

    report: Report
    findings: tuple[Finding, ...]

    @cached_property
    def presentation(self) -> Presentation:
        """The findings numbered as in the list."""
        return Presentation(findings=self.findings, charts=False, heading_level=2)

    @property
    def title(self) -> str:
        """The report's own title."""
        return title_of(self.report)

    @property
    def problems(self) -> int:
        """How many findings somebody should look at."""
        return len(self.presentation.problems)

    @cached_property
    def groups(self) -> list[Group]:
        """The problems by severity, gravest first; also those without any, for zero is said as 0."""
        problems = self.presentation.problems
        return [
            Group(severity, [self._item(mark) for mark in problems if mark.finding.severity is severity])
            for severity in Severity
        ]

    @property
    def passed(self) -> list[Finding]:
        """The rules that hold."""
        return [finding for finding in self.findings if finding.verdict is Verdict.PASS]

    @property
    def unassessed(self) -> list[Finding]:
        """The rules that could not be applied."""
        return [finding for finding in self.findings if finding.verdict is Verdict.NOT_ASSESSABLE]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the reader made of the file as a whole."""
        report = self.report
        return [
            ("机关", report.agency or "未能识别"),
            ("年度", "未能识别" if report.year is None else f"{report.year}年"),
            ("格式", f"{report.format.id}年格式（{report.format.notice}）"),
            ("公布日期", f"{report.published_on:%Y-%m-%d}" if report.published_on else "未写明"),
        ]

    @cached_property
    def tables(self) -> SafeString:
        """The three tables as read, each problem marked on its cell."""
        drawn = tables(Drawing(self.report, self.presentation, checking=True))
        return mark_safe(drawn)  # noqa: S308 - the writer escapes

    @cached_property
    def prose(self) -> SafeString:
        """The prose as read, the words findings speak of marked."""
        return mark_safe(prose(self.report, self.presentation, "h3"))  # noqa: S308 - the writer escapes

    @cached_property
    def token(self) -> str:
        """The result as files, to be saved from the page: the server keeps none. "" for one too long to travel."""
        sealed = seal({"html": render_check(self.report, self.findings), "json": self._json()})
        return sealed if len(sealed) <= MOST_SEALED else ""

    def _json(self) -> str:
        return (
            json.dumps(as_json(self.report.source, self.report, self.findings), ensure_ascii=False, indent=1)
            + "\n"
        )

    @property
    def outside(self) -> list[tuple[str, str, str]]:
        """Figures the document has and its format has not: anchor, place, value."""
        known = set(self.report.format.cells)
        return [
            (f"rep-{cell}", name_of(self.report.format, cell), shown(figure) or "空")
            for cell, figure in self.report.figures.items()
            if cell not in known
        ]

    def _item(self, mark: Mark) -> Item:
        places: dict[tuple[int, str], Place] = {}
        for cell in dict.fromkeys(mark.finding.cells):
            row, column = _named(self.report, cell)
            places.setdefault(cell[:2], Place(row, [])).columns.append((f"#rep-{cell}", column))
        named = list(places.values())[:MOST_ROWS]
        return Item(mark, RULES[mark.finding.rule].title, named, len(places) - len(named))


def _named(report: Report, cell: Cell) -> tuple[str, str]:
    """The row and the column of a cell in words, also when it belongs to the other format."""
    for form in (report.format, *FORMATS.values()):
        if cell in form.cells:
            return form.row_label(cell), form.column_label(cell)
    return str(cell), ""


def seal(files: dict[str, str]) -> str:
    """Files as one signed, compressed text that can travel in a form: what comes back is what we made."""
    return signing.dumps(files, salt=SALT, compress=True)


def unseal(token: str) -> dict[str, str]:
    """The files of ``seal``. Raises ``signing.BadSignature`` when altered or older than ``RESULT_AGE``."""
    files: dict[str, str] = signing.loads(token, salt=SALT, max_age=RESULT_AGE)
    return files
