"""How soon the public is answered: consultations, public concern, letters to the office.

The Regulation names no term for these. What other rules and common practice say stands beside each; a term that rests on
practice is marked † and may be tightened, never loosened beyond what an inspection fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.duties import Concern, DutyError, response_due

CONSULTATION_DAYS = 30
"""Calendar days a consultation is open as a rule (重大行政决策程序暂行条例 art. 15); shorter ones say why."""

FEEDBACK_WORKDAYS = 20
"""Working days after the end until the result is published (条例 art. 26, the ordinary term for information made)."""

MAILBOX_WORKDAYS = 15
"""Working days until a letter to the office is answered †; three months are a failing (国办秘函〔2019〕19号)."""

LONGEST_MAILBOX_WORKDAYS = 60
"""No term longer than this can be set: with holidays it reaches the three months of the inspection."""


def days_open(opens_on: date, closes_on: date) -> int:
    """Calendar days a consultation is open, both ends counted. Raises DutyError when it ends before it begins."""
    if closes_on < opens_on:
        raise DutyError(f"截止日期（{closes_on}）早于开始日期（{opens_on}），请核对两个日期")
    return (closes_on - opens_on).days + 1


def is_short(opens_on: date, closes_on: date) -> bool:
    """Whether a consultation must say why it is shorter than usual. Raises DutyError as ``days_open``."""
    return days_open(opens_on, closes_on) < CONSULTATION_DAYS


def feedback_due(closes_on: date, calendar: WorkCalendar, *, workdays: int = FEEDBACK_WORKDAYS) -> CountedDay:
    """The last day to publish what became of the opinions. Raises DutyError for a term laxer than art. 26's."""
    return _due(closes_on, calendar, workdays, FEEDBACK_WORKDAYS, "采纳情况的公布期限")


def mailbox_due(received_on: date, calendar: WorkCalendar, *, workdays: int = MAILBOX_WORKDAYS) -> CountedDay:
    """The last day to answer a letter. Raises DutyError for a term an inspection would fail."""
    return _due(received_on, calendar, workdays, LONGEST_MAILBOX_WORKDAYS, "来信答复期限")


def _due(day: date, calendar: WorkCalendar, workdays: int, longest: int, name: str) -> CountedDay:
    if not 1 <= workdays <= longest:
        raise DutyError(f"{name}应为1至{longest}个工作日")
    return calendar.add_workdays(day, workdays)


class ConcernStep(StrEnum):
    """What a body does about a public concern."""

    FIRST_WORD = "first_word"
    BRIEFING = "briefing"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ConcernTerm:
    """A step that is owed, until when, and on what basis."""

    step: ConcernStep
    due_at: datetime
    basis: str


_GRAVE = (
    (ConcernStep.FIRST_WORD, Concern.MAJOR_EMERGENCY_FIRST_WORD),
    (ConcernStep.BRIEFING, Concern.MAJOR_EMERGENCY_BRIEFING),
)
_GENERAL = ((ConcernStep.ANSWER, Concern.OTHER),)


def concern_terms(*, is_grave: bool, arose_at: datetime) -> tuple[ConcernTerm, ...]:
    """What is owed for a concern, the soonest first: 5 and 24 hours for grave emergencies, else 48 hours."""
    owed = _GRAVE if is_grave else _GENERAL
    return tuple(ConcernTerm(step, response_due(kind, arose_at), kind.basis) for step, kind in owed)
