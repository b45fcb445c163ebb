"""Reminders: each given once, on workdays and in the hours for them (GONGKAI_REMINDER_HOURS), to whoever has the case in hand.

A reminder stands for a stretch, not for a day: "ten left" is given on the first workday on which ten or fewer are
left, so that none is lost when the machine was off. Who gets it: the officer who holds the case; else the officers of
the unit it was given to; else all who handle the body's requests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.calendars.queries import current_calendar
from gongkai.foi.clock import clock_of
from gongkai.foi.models import Assignment, Reminder, Request
from gongkai.foi.models.work import ReminderKind
from gongkai.foi.queries import open_requests
from gongkai.foi.worklist import open_assignments, open_tasks, unclaimed
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Move
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, Post, Unit
from gongkai.organisations.rules import ROLE_PERMISSIONS, Permission

TASK_AHEAD = 1  # workdays before a sub-task's due day
STRETCHES = (
    (0, ReminderKind.DUE),
    (2, ReminderKind.TWO_LEFT),
    (5, ReminderKind.FIVE_LEFT),
    (10, ReminderKind.TEN_LEFT),
)
"""Workdays left, at most, and the reminder for it; the narrowest that fits is given."""

_HANDLING = [role for role in Role if Permission.HANDLE in ROLE_PERMISSIONS[role]]


@dataclass(frozen=True)
class Due:
    """Something to remind of: what, for which day, in which words, and whom."""

    request: Request | None
    kind: str
    on: dt.date
    text: str
    officers: tuple[Officer, ...]


def is_quiet(at: dt.datetime, calendar: WorkCalendar) -> bool:
    """Whether nobody should be disturbed now: outside the hours of the installation, or on a day that is no workday."""
    local = timezone.localtime(at)
    begins, ends = settings.GONGKAI_REMINDER_HOURS
    in_hours = begins <= local.time() <= ends
    return not (in_hours and calendar.is_workday(local.date()))


def handlers_of(body: Body, on: dt.date, unit: Unit | None = None) -> tuple[Officer, ...]:
    """Who handles the requests of a body, or of one of its units where anybody does."""
    posts = Post.objects.filter(body=body, role__in=_HANDLING, officer__is_active=True, since__lte=on)
    posts = posts.exclude(until__lt=on).select_related("officer").order_by("officer_id")
    inside = posts.filter(unit=unit) if unit is not None else posts
    return tuple(dict.fromkeys(post.officer for post in (inside if inside.exists() else posts)))


def _holders(assignment: Assignment | None, body: Body, on: dt.date) -> tuple[Officer, ...]:
    if assignment is not None and assignment.officer is not None:
        return (assignment.officer,)
    return handlers_of(body, on, assignment.unit if assignment else None)


def due_reminders(body: Body, *, at: dt.datetime, calendar: WorkCalendar | None = None) -> Iterator[Due]:
    """Everything a body's officers should be reminded of now, reminded already or not."""
    calendar, today = calendar or current_calendar(), timezone.localdate(at)
    assigned = {one.request_id: one for one in open_assignments(body)}
    for request in open_requests(body).filter(received_on__isnull=False):
        yield from _of_case(request, assigned.get(request.pk), today, calendar)
    for one in unclaimed(body, at=at, calendar=calendar):
        text = f"申请{one.request.number}交办后无人签收"
        officers = _holders(one, body, today)
        yield Due(one.request, ReminderKind.UNCLAIMED, timezone.localdate(one.assigned_at), text, officers)
    yield from _of_tasks(body, today, calendar)


def _of_case(
    request: Request, assignment: Assignment | None, today: dt.date, calendar: WorkCalendar
) -> Iterator[Due]:
    """Only while the office has to act: who waits for others needs no reminder."""
    clock = clock_of(request, as_of=today, calendar=calendar)
    if clock.due_on is None or clock.move is Move.NOBODY:
        return
    officers = _holders(assignment, request.body, today)
    if clock.overdue:
        text = f"申请{request.number}答复期限{clock.due_on}已过，逾期{clock.overdue_by}个工作日"
        yield Due(request, ReminderKind.OVERDUE, clock.due_on, text, officers)
        return
    left = calendar.workdays_between(today, clock.due_on).number
    kind = next((kind for most, kind in STRETCHES if left <= most), None)
    if kind is not None:
        text = f"申请{request.number}还剩{left}个工作日，{clock.due_on}到期" if left else ""
        yield Due(request, kind, clock.due_on, text or f"申请{request.number}今天到期", officers)


def _of_tasks(body: Body, today: dt.date, calendar: WorkCalendar) -> Iterator[Due]:
    """Sub-tasks of one case, one officer and one day are told together."""
    told: dict[tuple[int, Officer, dt.date], list[str]] = {}
    requests: dict[int, Request] = {}
    for one in open_tasks(body):
        if calendar.workdays_between(today, one.due_on).number > TASK_AHEAD:
            continue
        requests[one.request_id] = one.request
        for officer in (one.officer,) if one.officer else handlers_of(body, today, one.unit):
            told.setdefault((one.request_id, officer, one.due_on), []).append(one.title)
    for (key, officer, on), titles in told.items():
        text = f"申请{requests[key].number}的协办事项{on}到期：{'、'.join(titles)}"[:300]
        yield Due(requests[key], ReminderKind.TASK_DUE, on, text, (officer,))


def give(reminders: Iterable[Due], *, at: dt.datetime) -> list[Reminder]:
    """Keep each reminder that was not given before, and send it by e-mail to who has an address."""
    given = [row for one in reminders for officer in one.officers if (row := _give(one, officer, at))]
    for row in given:
        if row.officer.email:
            transaction.on_commit(partial(mail_reminder.enqueue, row.pk))
    return given


def _give(due: Due, officer: Officer, at: dt.datetime) -> Reminder | None:
    """Looked for before it is made: a reminder without a request is unique by its text as well."""
    key = {"request": due.request, "officer": officer, "kind": due.kind, "on": due.on}
    told = Reminder.objects.filter(**key)
    if (told if due.request else told.filter(text=due.text)).exists():
        return None
    if due.request is None:
        return Reminder.objects.create(**key, text=due.text, sent_at=at)
    row, created = Reminder.objects.get_or_create(**key, defaults={"text": due.text, "sent_at": at})
    return row if created else None


def remind(body: Body, *, at: dt.datetime) -> list[Reminder]:
    """Give a body's officers what they should be reminded of and were not; nothing in quiet hours."""
    calendar = current_calendar()
    if is_quiet(at, calendar):
        return []
    with transaction.atomic():
        return give(due_reminders(body, at=at, calendar=calendar), at=at)


@task()
def mail_reminder(reminder_id: int) -> None:
    """Send one reminder to its officer's address. It names the request's number and nobody."""
    row = Reminder.objects.select_related("officer").get(pk=reminder_id)
    send_mail(f"政府信息公开办理提醒：{row.get_kind_display()}", f"{row.text}。\n", None, [row.officer.email])


def unread(officer: Officer) -> list[Reminder]:
    """What an officer was reminded of and has not looked at, newest first."""
    return list(Reminder.objects.filter(officer=officer, read_at=None).select_related("request"))


def mark_read(officer: Officer, *, at: dt.datetime) -> int:
    """Note that an officer has seen his reminders; how many there were. A reader's mark, no act on a case."""
    return Reminder.objects.filter(officer=officer, read_at=None).update(read_at=at)
