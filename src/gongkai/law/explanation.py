"""Why a case is due on that day: day by day, and in one sentence a clerk can read aloud."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import CountedDay
from gongkai.law.consultation import Consultation, Consulted
from gongkai.law.timeline import Ending, Start, Term, Timeline

_OPINION_OF = {Consulted.THIRD_PARTY: "第三方意见", Consulted.CO_AUTHOR: "相关行政机关意见"}
_CLOSED = {
    Ending.ANSWERED: "作出答复并送达",
    Ending.WITHDRAWN: "申请人撤回申请",
    Ending.DISCONTINUED: "登记不再处理",
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the count: its number, or None with the reason it does not count; and its events."""

    day: date
    number: int | None
    reason: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wait:
    """Days after `after`, through `through`, on which the applicant had to act."""

    after: date
    through: date | None
    reason: str


def explain(timeline: Timeline, due_on: date | None) -> tuple[DayLine, ...]:
    """Every day from receipt to the due date; to the day looked at while no due date can be known."""
    last = max(timeline.looks_on, timeline.term.starts_on) if due_on is None else due_on
    events = _events(timeline, due_on)
    lines: list[DayLine] = []
    number = 0
    for day in timeline.calendar.days(timeline.received_on, last):
        start = _started(timeline, day)
        if start is not None:
            number, counted, reason = 0, None, f"{start.because}当日不计"
        else:
            counted, reason = _judge(timeline, day, number)
            number = number if counted is None else counted
        lines.append(DayLine(day, counted, reason, tuple(events.get(day, ()))))
    return tuple(lines)


def _started(timeline: Timeline, day: date) -> Term | None:
    return next((term for term in reversed(timeline.terms) if term.starts_on == day), None)


def _judge(timeline: Timeline, day: date, number: int) -> tuple[int | None, str]:
    """The day's number if it counts, and why."""
    for wait in _waits(timeline):
        if day > wait.after and (wait.through is None or day <= wait.through):
            return None, wait.reason
    if not timeline.calendar.is_workday(day):
        return None, timeline.calendar.why(day)
    asked = [one for one in timeline.consultations if _stands_still(timeline, one, day)]
    if asked:
        return None, "、".join(dict.fromkeys(f"{one.of.label}期间不计" for one in asked))
    return number + 1, timeline.calendar.why(day)


def _stands_still(timeline: Timeline, consultation: Consultation, day: date) -> bool:
    ended_on = consultation.ended_on(timeline.calendar, timeline.looks_on)
    return day > consultation.sent_on and (ended_on is None or day <= ended_on)


def _waits(timeline: Timeline) -> list[_Wait]:
    waits = []
    if timeline.clarification is not None:
        waits.append(_Wait(timeline.clarification.on, timeline.clarified_on, "等待申请人补正，不计"))
    if timeline.fee is not None:
        waits.append(_Wait(timeline.fee.on, timeline.paid_on, "等待申请人缴费，不计"))
    return waits


def _events(timeline: Timeline, due_on: date | None) -> dict[date, list[str]]:
    events: dict[date, list[str]] = defaultdict(list)
    for day, what in _dated(timeline):
        if day is not None:
            events[day].append(what)
    if due_on is not None:
        events[due_on].append("答复期限届满")
    return events


def _dated(timeline: Timeline) -> list[tuple[date | None, str]]:
    """Everything that happened, in the order it is told when several things fall on one day."""
    found: list[tuple[date | None, str]] = [(timeline.received_on, str(Start.RECEIPT))]
    if timeline.clarification is not None:
        found.append((timeline.clarification.on, f"通知补正，补正期限{timeline.clarification.deadline_on}"))
    found.append((timeline.clarified_on, str(Start.CLARIFICATION)))
    found.append((timeline.reasons_requested_on, "要求申请人说明理由"))
    found.append((timeline.reasons_given_on, "收到理由说明"))
    for one in timeline.consultations:
        found.append((one.sent_on, f"向{one.name}征求意见"))
        found.append((one.received_on, f"{one.name}签收征求意见书"))
        found.append((one.answered_on, f"收到{one.name}的意见"))
    if timeline.extension is not None:
        found.append((timeline.extension.on, f"决定延长{timeline.extension.workdays}个工作日"))
        found.append((timeline.extension.told_on, "告知申请人延期"))
    if timeline.term_set is not None:
        found.append((timeline.term_set.on, f"确定答复期限至{timeline.term_set.due_on}"))
    if timeline.fee is not None:
        found.append((timeline.fee.on, "发出收费通知"))
        found.append((timeline.fee.received_by_applicant_on, "申请人收到收费通知"))
    found.append((timeline.paid_on, str(Start.PAYMENT)))
    if timeline.ending is not None:
        found.append((timeline.ended_on, _CLOSED[timeline.ending]))
    return found


def summarise(timeline: Timeline, due: CountedDay | None, waits_for: tuple[str, ...]) -> str:
    """One sentence: from which day, what was left out, and which workday falls on the due date."""
    head = f"{timeline.term.starts_on}{_arrived(timeline.term)}"
    if due is None:
        return f"{head}，{_standstill(timeline)}，{_then(timeline, waits_for)}"
    due_on = f"{due.day}（预计）" if due.provisional else f"{due.day}"
    term_set = timeline.effective_term_set
    if term_set is not None:
        if timeline.term_ordered:
            return f"{head}，复议决定或者判决确定的答复期限是{due_on}"
        return f"{head}，{term_set.on}依照条例第三十五条确定合理期限，答复期限是{due_on}"
    parts = [head, "次日起算", *_left_out(timeline, due.day)]
    extension = timeline.effective_extension
    if extension is not None:
        parts.append(f"经{extension.approved_by}同意延长{extension.workdays}个工作日")
    return "，".join(parts) + f"，第{timeline.allowed}个工作日是{due_on}"


def _standstill(timeline: Timeline) -> str:
    """How far the count had come when it stopped; a notice to the applicant ends it, a letter only pauses it."""
    used = timeline.counted(timeline.stopped_on or timeline.looks_on)
    if timeline.stopped_on is not None:
        return f"已计{used}个工作日，{timeline.stopped_on}起停止计算"
    return f"次日起算，已计{used}个工作日，期限暂停"


def _then(timeline: Timeline, waits_for: tuple[str, ...]) -> str:
    if timeline.ending is not None:
        return f"{timeline.ended_on}{_CLOSED[timeline.ending]}"
    return f"等待{'、'.join(waits_for)}"


def _arrived(term: Term) -> str:
    return "收到" if term.because is Start.RECEIPT else str(term.because)


def _left_out(timeline: Timeline, due_on: date) -> list[str]:
    """The holidays, make-up days and pauses that make this count differ from plain weeks."""
    calendar, start = timeline.calendar, timeline.term.starts_on
    counting = [
        day
        for day in calendar.days(start + timedelta(1), due_on)
        if not any(_stands_still(timeline, one, day) for one in timeline.consultations)
    ]
    names = "、".join(dict.fromkeys(name for day in counting if (name := calendar.holiday(day))))
    made_up = any(calendar.makeup_for(day) for day in counting)
    parts = []
    if names:
        parts.append(f"{names}放假与调休已扣除" if made_up else f"{names}放假已扣除")
    elif made_up:
        parts.append("调休上班日已计入")
    for one in timeline.consultations:
        ended_on = one.ended_on(calendar, timeline.looks_on)
        if ended_on is not None and ended_on > start and one.sent_on < due_on:
            parts.append(f"征求{_asked(one)}（{one.sent_on}至{ended_on}）不计")
    return parts


def _asked(consultation: Consultation) -> str:
    named = consultation.name in ("第三方", "相关行政机关")
    return _OPINION_OF[consultation.of] if named else f"{consultation.name}意见"
