"""Reminders of what is owed to the public: results of consultations, answers to concerns and to letters.

They are given like those of the requests, each once: ahead, and again when the day is over. Hours run through nights
and holidays, so that concerns know no quiet hours; the other two are told in office hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.engagement.enums import LetterState
from gongkai.engagement.models import Concern, Consultation, MailboxLetter
from gongkai.engagement.stages import feedback_due_of, letter_due_of, standing_of
from gongkai.foi.models import Reminder
from gongkai.foi.models.work import ReminderKind
from gongkai.foi.reminders import Due, give, handlers_of, is_quiet
from gongkai.law.calendar import WorkCalendar
from gongkai.organisations.models import Body

FEEDBACK_AHEAD = 5  # working days
LETTER_AHEAD = 3  # working days
CONCERN_AHEAD = dt.timedelta(hours=2)


def due_in_office_hours(body: Body, *, at: dt.datetime, calendar: WorkCalendar) -> Iterator[Due]:
    """Results and letters whose last day is near or over."""
    today = timezone.localdate(at)
    ended = Consultation.objects.filter(
        body=body, released_at__isnull=False, feedback_published_on=None, closes_on__lt=today
    )
    for consultation in ended:
        about = f"意见征集“{consultation.title[:60]}”的采纳情况"
        yield from _told(
            body, about, feedback_due_of(consultation, calendar).day, FEEDBACK_AHEAD, today, calendar
        )
    for letter in MailboxLetter.objects.filter(body=body, state=LetterState.WAITING):
        about = f"来信{letter.number}的答复"
        yield from _told(body, about, letter_due_of(letter, calendar).day, LETTER_AHEAD, today, calendar)


def _told(
    body: Body, about: str, due_on: dt.date, ahead: int, today: dt.date, calendar: WorkCalendar
) -> Iterator[Due]:
    if today > due_on:
        text = f"{about}应于{due_on}前公布，已经逾期"
    elif calendar.workdays_between(today, due_on).number <= ahead:
        text = f"{about}应于{due_on}前公布"
    else:
        return
    yield Due(None, ReminderKind.PUBLIC, due_on, text, handlers_of(body, today))


def due_at_any_hour(body: Body, *, at: dt.datetime) -> Iterator[Due]:
    """Steps on public concern that are due within two hours, or over."""
    today = timezone.localdate(at)
    open_ones = Concern.objects.filter(body=body, answered_at=None).prefetch_related("steps")
    for concern in open_ones:
        for step in standing_of(concern, at):
            if step.done_at is not None or at < step.term.due_at - CONCERN_AHEAD:
                continue
            due_at = timezone.localtime(step.term.due_at)
            over = "，已经逾期" if step.is_late else ""
            text = f"关切“{concern.topic[:60]}”应于{due_at:%Y-%m-%d %H:%M}前回应{over}（{step.term.basis}）"
            yield Due(None, ReminderKind.PUBLIC, due_at.date(), text, handlers_of(body, today, concern.unit))


def remind_of_public(body: Body, *, at: dt.datetime) -> list[Reminder]:
    """Give what was not given before."""
    calendar = current_calendar()
    with transaction.atomic():
        given = give(due_at_any_hour(body, at=at), at=at)
        if not is_quiet(at, calendar):
            given += give(due_in_office_hours(body, at=at, calendar=calendar), at=at)
    return given
