"""Take a report through its stages as an office does: opened, written, submitted, approved by another, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.demo.days import morning
from gongkai.demo.offices import Office
from gongkai.reports.acts import (
    approve,
    follow_up,
    note_problem,
    open_report,
    publish,
    set_section_text,
    submit,
)
from gongkai.reports.models import Problem, Version


@dataclass(frozen=True)
class Trouble:
    """A problem of the year, the measure against it, and what became of it by the next report."""

    problem: str
    measure: str
    follow_up: str = ""
    done_on: dt.date | None = None


@dataclass(frozen=True)
class Text:
    """A year's report: its prose by section, its problems, and the days of its stages."""

    year: int
    sections: Mapping[str, str]
    troubles: tuple[Trouble, ...]
    opened_on: dt.date
    submitted_on: dt.date | None = None
    approved_on: dt.date | None = None
    published_on: dt.date | None = None
    last_year: tuple[Trouble, ...] = field(default=())


def write_report(office: Office, text: Text) -> Version:
    """Open the report, note the problems and what became of last year's, write every section."""
    at = morning(text.opened_on)
    version = open_report(body=office.body, year=text.year, actor=office.handler, at=at)
    for trouble in text.troubles:
        note_problem(
            body=office.body,
            year=text.year,
            problem=trouble.problem,
            measure=trouble.measure,
            actor=office.handler,
            at=at,
        )
    for trouble in text.last_year:
        problem = Problem.objects.get(body=office.body, year=text.year - 1, problem=trouble.problem)
        done_on = trouble.done_on
        follow_up(problem=problem, text=trouble.follow_up, done_on=done_on, actor=office.handler, at=at)
    for key, template in text.sections.items():
        set_section_text(version=version, key=key, template=template, actor=office.handler, at=at)
    return version


def publish_report(office: Office, text: Text) -> Version:
    """Write the report and take it to the public. Raises ``ValueError`` for a text without days of publication."""
    if text.submitted_on is None or text.approved_on is None or text.published_on is None:
        message = f"the report of {text.year} has no day of publication"
        raise ValueError(message)
    version = write_report(office, text)
    submit(version=version, actor=office.handler, at=morning(text.submitted_on))
    approve(version=version, actor=office.approver, at=morning(text.approved_on))
    publish(version=version, actor=office.handler, at=morning(text.published_on))
    version.refresh_from_db()
    return version
