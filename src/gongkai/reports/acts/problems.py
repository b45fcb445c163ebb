"""Problems and measures of a year, and what became of them in the next (条例 art. 50(4))."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_not_text
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_year_closed
from gongkai.reports.models import MEASURE_LENGTH, PROBLEM_LENGTH, Problem


def _why_not_change(body: Body, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    return why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))


def _why_not_words(value: str, name: str, field: str, limit: int) -> list[Obstacle]:
    blank = [] if value.strip() else [Obstacle("blank", f"请填写{name}", field=field)]
    return blank + why_not_text(value, name, limit=limit, field=field)


def note_problem(
    *,
    body: Body,
    year: int,
    problem: str,
    measure: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Problem:
    """Add a problem and the measure against it to a year. Raises ``RefusedError``."""
    obstacles = _why_not_change(body, actor, at) + why_year_closed(body, year, amendment)
    obstacles += _why_not_words(problem, "存在的问题", "problem", PROBLEM_LENGTH)
    refuse_if(obstacles + _why_not_words(measure, "改进措施", "measure", MEASURE_LENGTH))
    with transaction.atomic():
        row = Problem.objects.create(body=body, year=year, problem=problem.strip(), measure=measure.strip())
        detail = {"year": year, "problem": row.problem, "measure": row.measure}
        record_dated(
            verb="reports.note_problem",
            actor=actor,
            target=row,
            body=body,
            years=[year],
            amendment=amendment,
            detail=detail,
        )
    return row


def follow_up(*, problem: Problem, text: str, done_on: dt.date | None, actor: Actor, at: dt.datetime) -> None:
    """Say what became of last year's measure; it goes into this year's report. Raises ``RefusedError``."""
    wrong = _why_not_words(text, "落实情况", "follow_up", MEASURE_LENGTH)
    refuse_if(_why_not_change(problem.body, actor, at) + wrong)
    with transaction.atomic():
        row = lock_one(problem)
        row.follow_up, row.done_on = text.strip(), done_on
        row.save(update_fields=["follow_up", "done_on"])
        detail = {"follow_up": row.follow_up, "done_on": done_on}
        record(verb="reports.follow_up", actor=actor, target=row, body=row.body, detail=detail)


def remove_problem(*, problem: Problem, actor: Actor, at: dt.datetime, amendment: str = "") -> None:
    """Take a problem off the list of a year that is not locked. Raises ``RefusedError``."""
    closed = why_year_closed(problem.body, problem.year, amendment)
    refuse_if(_why_not_change(problem.body, actor, at) + closed)
    with transaction.atomic():
        row = lock_one(problem)
        detail = {"year": row.year, "problem": row.problem, "measure": row.measure}
        record_dated(
            verb="reports.remove_problem",
            actor=actor,
            target=row,
            body=row.body,
            years=[row.year],
            amendment=amendment,
            detail=detail,
        )
        row.delete()
