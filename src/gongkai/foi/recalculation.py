"""A holiday announced late moves the due days of open cases: enter it, recompute, and record every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.calendars.acts import enter_arrangement
from gongkai.calendars.models import EnteredArrangement
from gongkai.calendars.queries import current_calendar
from gongkai.core.actors import Actor
from gongkai.foi.clock import BATCH, clock_of
from gongkai.foi.models import Request
from gongkai.foi.queries import SET_ASIDE
from gongkai.law.arrangements import YearArrangement
from gongkai.law.calendar import WorkCalendar

Progress = Callable[[int, int], None]
"""Told how many open requests have been looked at, of how many."""


@dataclass(frozen=True)
class DueDateChange:
    """A request whose due day moved."""

    request: Request
    before: dt.date
    after: dt.date


@dataclass(frozen=True)
class Recalculation:
    """What entering an arrangement did."""

    arrangement: EnteredArrangement
    looked_at: int
    changes: tuple[DueDateChange, ...]


def enter_arrangement_and_recompute(
    *,
    year: int,
    notice: str,
    holidays: list[dict[str, Any]],
    workdays: list[dict[str, Any]],
    actor: Actor,
    at: dt.datetime,
    progress: Progress | None = None,
) -> Recalculation:
    """Enter a year's arrangement and record for every open case the due day it moves; all of it or nothing.

    Due days are never stored, so there is nothing else to change. Raises RefusedError.
    """
    with transaction.atomic():
        before = current_calendar()
        row = enter_arrangement(
            year=year, notice=notice, holidays=holidays, workdays=workdays, actor=actor, at=at
        )
        after, as_of = current_calendar(), timezone.localdate(at)
        total = _open().count()
        changes: list[DueDateChange] = []
        for number, request in enumerate(_open_with_facts(), start=1):
            changes += _change(request, before, after, as_of)
            if progress is not None and (number % BATCH == 0 or number == total):
                progress(number, total)
        for change in changes:
            _record(change, row, actor)
    return Recalculation(row, total, tuple(changes))


def preview_arrangement(arrangement: YearArrangement, *, as_of: dt.date) -> tuple[DueDateChange, ...]:
    """Which open cases would be due on another day; nothing is entered.

    Raises ArrangementError for an arrangement that cannot be right.
    """
    before = current_calendar()
    after = before.with_year(arrangement)
    changed = (_change(request, before, after, as_of) for request in _open_with_facts())
    return tuple(change for changes in changed for change in changes)


def _open() -> Any:
    found = Request.objects.filter(closed_on__isnull=True, received_on__isnull=False)
    return found.exclude(standing__in=SET_ASIDE)


def _open_with_facts() -> Iterator[Request]:
    rows = _open().select_related("body").prefetch_related("facts").order_by("pk")
    found: Iterator[Request] = rows.iterator(chunk_size=BATCH)
    return found


def _change(
    request: Request, before: WorkCalendar, after: WorkCalendar, as_of: dt.date
) -> list[DueDateChange]:
    """None while the due day is open on either side: what waits for the applicant has none to move."""
    old = clock_of(request, as_of=as_of, calendar=before).due_on
    new = clock_of(request, as_of=as_of, calendar=after).due_on
    if old is None or new is None or old == new:
        return []
    return [DueDateChange(request, old, new)]


def _record(change: DueDateChange, row: EnteredArrangement, actor: Actor) -> None:
    record(
        verb="foi.due_date_changed",
        actor=actor,
        target=change.request,
        body=change.request.body,
        detail={"from": change.before, "to": change.after, "arrangement": row.pk},
        reason=f"录入{row}：{row.notice}",
    )
