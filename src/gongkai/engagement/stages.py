"""Where a consultation, a concern, a letter stands on a day: functions of their facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from gongkai.engagement.enums import ConsultationStage, LetterState, Severity
from gongkai.engagement.models import Concern, Consultation, MailboxLetter
from gongkai.law.answers import ConcernTerm, concern_terms, feedback_due, mailbox_due
from gongkai.law.calendar import CountedDay, WorkCalendar


def feedback_due_of(consultation: Consultation, calendar: WorkCalendar) -> CountedDay:
    """The last day to publish what became of the opinions."""
    return feedback_due(consultation.closes_on, calendar, workdays=consultation.feedback_workdays)


def stage_of(consultation: Consultation, today: dt.date, calendar: WorkCalendar) -> ConsultationStage:
    """Where a consultation stands."""
    if consultation.feedback_published_on is not None:
        return ConsultationStage.ANSWERED
    if consultation.released_at is None:
        return ConsultationStage.PREPARED
    if today < consultation.opens_on:
        return ConsultationStage.ANNOUNCED
    if today <= consultation.closes_on:
        return ConsultationStage.OPEN
    late = today > feedback_due_of(consultation, calendar).day
    return ConsultationStage.OVERDUE if late else ConsultationStage.CLOSED


def is_open(consultation: Consultation, today: dt.date) -> bool:
    """Whether the public may write now: it opens and closes by itself."""
    return consultation.released_at is not None and consultation.opens_on <= today <= consultation.closes_on


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step owed for a concern, when it was done, and whether too late on ``now``."""

    term: ConcernTerm
    done_at: dt.datetime | None
    is_late: bool


def standing_of(concern: Concern, now: dt.datetime) -> tuple[StepStanding, ...]:
    """What is owed for a concern and how it stands; an answer also ends the steps that were skipped."""
    done = {step.kind: step.at for step in concern.steps.all()}
    found = []
    for term in concern_terms(is_grave=concern.severity == Severity.GRAVE, arose_at=concern.arose_at):
        done_at = done.get(term.step.value) or concern.answered_at
        found.append(StepStanding(term, done_at, (done_at or now) > term.due_at))
    return tuple(found)


def letter_due_of(letter: MailboxLetter, calendar: WorkCalendar) -> CountedDay:
    """The last day to answer a letter."""
    return mailbox_due(timezone.localdate(letter.received_at), calendar, workdays=letter.workdays)


def is_letter_late(letter: MailboxLetter, today: dt.date, calendar: WorkCalendar) -> bool:
    """Whether the answer came, or still is, too late; what is not dealt with needs none."""
    if letter.state == LetterState.SET_ASIDE:
        return False
    ended = timezone.localdate(letter.answered_at) if letter.answered_at else today
    return ended > letter_due_of(letter, calendar).day
