"""The checks of an annual report: what ``check`` finds, by the rules in ``RULES``.

Each module holds the rules of one family as functions from a ``Subject`` to findings, listed in its ``CHECKS``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from gongkai.law.report.checks import (
    contents,
    deadlines,
    form,
    history,
    lead,
    likeness,
    plausibility,
    prose,
    shares,
    tables,
    values,
)
from gongkai.law.report.checks.rules import RULES, Rule
from gongkai.law.report.checks.subject import Subject, WorkdayCalendar
from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding

__all__ = ["CHECKS", "RULES", "Rule", "Subject", "WorkdayCalendar", "check"]

Check = Callable[[Subject], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *tables.CHECKS,
    *history.CHECKS,
    *values.CHECKS,
    *prose.CHECKS,
    *shares.CHECKS,
    *contents.CHECKS,
    *likeness.CHECKS,
    *form.CHECKS,
    *lead.CHECKS,
    *deadlines.CHECKS,
    *plausibility.CHECKS,
)
_ORDER = {identifier: position for position, identifier in enumerate(RULES)}


def check(
    report: Report,
    previous: Report | None = None,
    *,
    calendar: WorkdayCalendar | None = None,
    today: dt.date | None = None,
) -> tuple[Finding, ...]:
    """Everything the rules say of a report, passed rules included, in the order of ``RULES``.

    ``previous`` is the same body's report of the year before, for the rules that compare two years. ``calendar``
    tells rest days (a deadline that falls on one is judged with care); without it Saturday and Sunday are rest days.
    ``today`` is needed only to notice dates in the future.
    """
    subject = Subject(report, previous, calendar, today)
    findings = [finding for one in CHECKS for finding in one(subject)]
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.rule]))
