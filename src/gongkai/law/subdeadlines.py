"""The terms inside a case: for a clarification notice, the applicant's reply, each opinion, the payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import CountedDay
from gongkai.law.consultation import Consultation
from gongkai.law.fees import FEE_MEASURE, payment_due
from gongkai.law.timeline import CLARIFICATION_NOTICE_WORKDAYS, Timeline


@dataclass(frozen=True, slots=True)
class SubDeadline:
    """A term inside the case. `late` is whoever had to act being late; None due while it cannot be known."""

    key: str
    name: str
    due_on: date | None
    done_on: date | None
    late: bool
    provisional: bool
    article: str


def sub_deadlines(timeline: Timeline) -> tuple[SubDeadline, ...]:
    """All of them, the one for the clarification notice first."""
    found = [_clarification_notice(timeline)]
    if timeline.clarification is not None:
        found.append(_clarification_reply(timeline, timeline.clarification.deadline_on))
    found += [_opinion(timeline, one) for one in timeline.consultations]
    if timeline.fee is not None:
        found.append(_payment(timeline, timeline.fee.received_by_applicant_on))
    return tuple(found)


def _deadline(
    timeline: Timeline,
    names: tuple[str, str, str],
    due: CountedDay | None,
    done_on: date | None,
    *,
    required: bool,
) -> SubDeadline:
    """Late when done after the due day or, where it must be done at all, when the day has passed undone."""
    key, name, article = names
    due_on = due.day if due else None
    if due_on is None:
        late = False
    elif done_on is not None:
        late = done_on > due_on
    else:
        late = required and timeline.looks_on > due_on
    return SubDeadline(key, name, due_on, done_on, late, due.provisional if due else False, article)


def _clarification_notice(timeline: Timeline) -> SubDeadline:
    """Not sending one is no fault: only a notice sent late is."""
    due = timeline.calendar.add_workdays(timeline.received_on, CLARIFICATION_NOTICE_WORKDAYS)
    done_on = timeline.clarification.on if timeline.clarification else None
    names = ("clarification_notice", "补正通知最迟发出日", "条例第三十条")
    return _deadline(timeline, names, due, done_on, required=False)


def _clarification_reply(timeline: Timeline, day: date) -> SubDeadline:
    note = timeline.calendar.provisional_note(day)
    names = ("clarification_reply", "申请人补正期限", "条例第三十条")
    return _deadline(timeline, names, CountedDay(day, bool(note), note), timeline.clarified_on, required=True)


def _opinion(timeline: Timeline, one: Consultation) -> SubDeadline:
    names = (f"{one.of.value}:{one.name}", f"{one.name}答复意见期限", one.of.article)
    return _deadline(timeline, names, one.due(timeline.calendar), one.answered_on, required=True)


def _payment(timeline: Timeline, received_on: date | None) -> SubDeadline:
    due = None if received_on is None else payment_due(received_on, timeline.calendar)
    names = ("payment", "申请人缴费期限", FEE_MEASURE)
    return _deadline(timeline, names, due, timeline.paid_on, required=True)
