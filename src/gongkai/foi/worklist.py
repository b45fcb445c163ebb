"""Who holds what: the present assignment, what nobody has claimed, all that an officer holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.foi.models import Assignment, Letter, Redaction, Request, Task
from gongkai.foi.models.letters import LetterState
from gongkai.foi.queries import SET_ASIDE
from gongkai.law.calendar import WorkCalendar
from gongkai.organisations.models import Body, Officer

UNCLAIMED_WORKDAYS = 1  # a whole workday after the one of the assignment; then the alarm


def present_assignment(request: Request) -> Assignment | None:
    """Who has the case now; None while it is with nobody."""
    return request.assignments.filter(ended_at=None).select_related("unit", "officer").first()


def open_assignments(body: Body) -> QuerySet[Assignment]:
    """The present assignments of a body's open cases, oldest first."""
    found = Assignment.objects.filter(request__body=body, request__closed_on=None, ended_at=None)
    found = found.exclude(request__standing__in=SET_ASIDE)
    return found.select_related("request", "unit", "officer").order_by("assigned_at", "pk")


def unclaimed(body: Body, *, at: dt.datetime, calendar: WorkCalendar | None = None) -> list[Assignment]:
    """Cases that were assigned and that nobody claimed for more than a whole workday."""
    calendar, today = calendar or current_calendar(), timezone.localdate(at)
    waiting = open_assignments(body).filter(claimed_at=None)
    return [one for one in waiting if _waited(one, today, calendar) > UNCLAIMED_WORKDAYS]


def _waited(assignment: Assignment, today: dt.date, calendar: WorkCalendar) -> int:
    return calendar.workdays_between(timezone.localdate(assignment.assigned_at), today).number


def open_tasks(body: Body) -> QuerySet[Task]:
    """The sub-tasks of a body's cases that are not done, the most urgent first."""
    found = Task.objects.filter(request__body=body, done_at=None)
    return found.select_related("request", "unit", "officer").order_by("due_on", "pk")


@dataclass(frozen=True)
class Holdings:
    """All that an officer has in hand in one body: what has to be handed over when he leaves."""

    assignments: tuple[Assignment, ...]
    tasks: tuple[Task, ...]
    letters: tuple[Letter, ...]
    redactions: tuple[Redaction, ...]

    def __bool__(self) -> bool:
        return bool(self.assignments or self.tasks or self.letters or self.redactions)


def held_by(officer: Officer, body: Body) -> Holdings:
    """The cases, the sub-tasks, the letters drafted and not signed, and the redactions not released."""
    drafts = Letter.objects.filter(
        request__body=body, made_by=officer, state__in=[LetterState.DRAFT, LetterState.IN_REVIEW]
    )
    redactions = Redaction.objects.filter(request__body=body, made_by=officer, released_at=None)
    return Holdings(
        assignments=tuple(open_assignments(body).filter(officer=officer)),
        tasks=tuple(open_tasks(body).filter(officer=officer)),
        letters=tuple(drafts.select_related("request").order_by("made_at", "pk")),
        redactions=tuple(redactions.select_related("request", "source").order_by("made_at", "pk")),
    )
