"""The statutory clock: dated facts of a case in, due date and the day-by-day explanation out (arts. 30–35).

The count starts on the day after receipt (常识: 民诉法 on terms, through 行政复议法 art. 88). Facts dated
after `as_of` are not looked at, so the same facts also tell how the case stood on any earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.consultation import Consulted, silence
from gongkai.law.explanation import DayLine, explain, summarise
from gongkai.law.facts import ClockError, Fact
from gongkai.law.fees import FEE_MEASURE, payment_due
from gongkai.law.reading import read_timeline
from gongkai.law.subdeadlines import SubDeadline, sub_deadlines
from gongkai.law.timeline import (
    CLARIFICATION_NOTICE_WORKDAYS,
    EXTENSION_WORKDAYS,
    REPLY_WORKDAYS,
    Ending,
    Timeline,
)

__all__ = [
    "CLARIFICATION_NOTICE_WORKDAYS",
    "EXTENSION_WORKDAYS",
    "REPLY_WORKDAYS",
    "ClockError",
    "ClockResult",
    "DayLine",
    "Move",
    "State",
    "SubDeadline",
    "compute",
]


class State(StrEnum):
    """Where a case stands."""

    RUNNING = "running"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    SUSPENDED = "suspended"
    AWAITING_PAYMENT = "awaiting_payment"
    LAPSED = "lapsed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"

    @property
    def label(self) -> str:
        """The Chinese name shown to the clerk."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    State.RUNNING: "办理中",
    State.AWAITING_CLARIFICATION: "等待补正",
    State.SUSPENDED: "征求意见，期限暂停",
    State.AWAITING_PAYMENT: "等待缴费",
    State.LAPSED: "申请人逾期，待登记不再处理",
    State.ANSWERED: "已答复",
    State.WITHDRAWN: "已撤回",
    State.DISCONTINUED: "不再处理",
}
_CLOSED = {
    Ending.ANSWERED: State.ANSWERED,
    Ending.WITHDRAWN: State.WITHDRAWN,
    Ending.DISCONTINUED: State.DISCONTINUED,
}


class Move(StrEnum):
    """Whose turn it is."""

    OFFICE = "office"
    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    OTHER_BODY = "other_body"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """The Chinese name shown to the clerk."""
        return _MOVE_LABELS[self]


_MOVE_LABELS = {
    Move.OFFICE: "本机关",
    Move.APPLICANT: "申请人",
    Move.THIRD_PARTY: "第三方",
    Move.OTHER_BODY: "其他行政机关",
    Move.NOBODY: "无（已办结）",
}


@dataclass(frozen=True)
class ClockResult:
    """How the case stands on `as_of`. Numbers are workdays; `due_on` is None while it cannot be known.

    `latest_due_on` is then the due date if everyone asked stays silent to the end, where that is known.
    """

    as_of: date
    state: State
    move: Move
    received_on: date
    counted_from: date
    due_on: date | None
    latest_due_on: date | None
    waits_for: tuple[str, ...]
    allowed: int
    used: int
    left: int | None
    overdue: bool
    overdue_by: int
    closed_on: date | None
    provisional: bool
    provisional_note: str
    article: str
    sub_deadlines: tuple[SubDeadline, ...]
    notices: tuple[str, ...]
    _timeline: Timeline = field(repr=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether the case still needs somebody's act."""
        return self.closed_on is None

    @cached_property
    def explanation(self) -> tuple[DayLine, ...]:
        """The count day by day, laid out when first asked for: a worklist needs only the due dates."""
        return explain(self._timeline, self.due_on)

    @cached_property
    def summary(self) -> str:
        """The count in one Chinese sentence."""
        return summarise(self._timeline, self._timeline.due(), self.waits_for)


def compute(facts: Iterable[Fact], calendar: WorkCalendar, as_of: date) -> ClockResult:
    """How the case stands on `as_of`. Raises ClockError for facts the Regulation does not allow together."""
    timeline = read_timeline(facts, calendar, as_of)
    due = timeline.due()
    state = _state(timeline, due)
    terms_inside = sub_deadlines(timeline)
    latest = due or timeline.due(silent=True)
    due_on = due.day if due else None
    overdue = due_on is not None and timeline.looks_on > due_on
    return ClockResult(
        as_of=as_of,
        state=state,
        move=_move(timeline, state),
        received_on=timeline.received_on,
        counted_from=timeline.term.starts_on,
        due_on=due_on,
        latest_due_on=latest.day if latest else None,
        waits_for=_waits_for(timeline, state),
        allowed=timeline.allowed,
        used=_used(timeline),
        left=_left(timeline, due),
        overdue=overdue,
        overdue_by=calendar.workdays_between(due_on, timeline.looks_on).number if due_on and overdue else 0,
        closed_on=timeline.ended_on,
        provisional=due.provisional if due else False,
        provisional_note=due.note if due else "",
        article=_article(timeline, state),
        sub_deadlines=terms_inside,
        notices=_notices(timeline, due_on, terms_inside[0]),
        _timeline=timeline,
    )


def _state(timeline: Timeline, due: CountedDay | None) -> State:
    if timeline.ending is not None:
        return _CLOSED[timeline.ending]
    if timeline.lapsed_after() is not None:
        return State.LAPSED
    if timeline.awaits_payment:
        return State.AWAITING_PAYMENT
    if timeline.awaits_clarification:
        return State.AWAITING_CLARIFICATION
    return State.SUSPENDED if due is None else State.RUNNING


def _move(timeline: Timeline, state: State) -> Move:
    if timeline.ending is not None:
        return Move.NOBODY
    if state in (State.AWAITING_CLARIFICATION, State.AWAITING_PAYMENT):
        return Move.APPLICANT
    if state is State.SUSPENDED:
        asked = {one.of for one in timeline.open_consultations()}
        return Move.THIRD_PARTY if Consulted.THIRD_PARTY in asked else Move.OTHER_BODY
    explaining = timeline.reasons_requested_on is not None and timeline.reasons_given_on is None
    return Move.APPLICANT if explaining and state is State.RUNNING else Move.OFFICE


def _waits_for(timeline: Timeline, state: State) -> tuple[str, ...]:
    if state is State.AWAITING_CLARIFICATION and timeline.clarification is not None:
        return (f"申请人补正（{timeline.clarification.deadline_on}前）",)
    if state is State.AWAITING_PAYMENT and timeline.fee is not None:
        received_on = timeline.fee.received_by_applicant_on
        if received_on is None:
            return ("申请人收到收费通知",)
        return (f"申请人缴费（{payment_due(received_on, timeline.calendar).day}前）",)
    if state is State.SUSPENDED:
        return tuple(one.waits_for(timeline.calendar) for one in timeline.open_consultations())
    return ("本机关登记不再处理",) if state is State.LAPSED else ()


def _used(timeline: Timeline) -> int:
    return timeline.counted(timeline.stopped_on or timeline.looks_on)


def _left(timeline: Timeline, due: CountedDay | None) -> int | None:
    """None while the applicant must act: his act starts a whole new term."""
    if timeline.stopped_on is not None:
        return None
    if timeline.effective_term_set is not None and due is not None:
        return timeline.calendar.workdays_between(timeline.looks_on, due.day).number
    return max(0, timeline.allowed - _used(timeline))


def _article(timeline: Timeline, state: State) -> str:
    if timeline.awaits_payment:
        return FEE_MEASURE
    if timeline.awaits_clarification:
        return "条例第三十条"
    if state is State.SUSPENDED:
        asked = dict.fromkeys(one.of.article for one in timeline.open_consultations())
        return "、".join((*asked, "条例第三十三条"))
    if timeline.effective_term_set is None:
        return "条例第三十三条"
    return "复议决定或者判决" if timeline.term_ordered else "条例第三十五条"


def _notices(timeline: Timeline, due_on: date | None, notice: SubDeadline) -> tuple[str, ...]:
    """What the clerk must know beyond the dates: acts that came late or have no effect yet."""
    found: list[str] = []
    if notice.late:
        found.append(f"补正通知应在{notice.due_on}前发出，{notice.done_on}才发出，已超过7个工作日")
    if timeline.extension is not None and timeline.extension.told_on is None:
        found.append("延期决定尚未告知申请人，答复期限不变；请在原期限届满前告知")
    if timeline.term_set is not None and timeline.term_set.told_on is None:
        found.append("延迟答复的期限尚未告知申请人，答复期限不变；请在原期限届满前告知")
    for one in timeline.consultations:
        if due_on is not None and one.sent_on > due_on:
            found.append(f"{one.sent_on}向{one.name}征求意见时答复期限已过，征求意见时间不再扣除")
        if one.answered_on is None and one.ended_on(timeline.calendar, timeline.looks_on) is not None:
            found.append(f"{one.name}：{silence(one.of).consequence}")
    return tuple(found)
