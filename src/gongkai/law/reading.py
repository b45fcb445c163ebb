"""The facts of one case read in order into its timeline.

Reading refuses what the Regulation does not allow (ClockError): it is the one place that knows legal order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.law.calendar import WorkCalendar
from gongkai.law.consultation import Consultation, Consulted
from gongkai.law.facts import (
    SAME_DAY_ORDER,
    Answered,
    ClarificationNotified,
    ClarificationReceived,
    ClockError,
    CoAuthorAnswered,
    CoAuthorConsulted,
    Discontinued,
    Extended,
    Fact,
    FeeNotified,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    TermOrdered,
    TermSet,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
    Withdrawn,
)
from gongkai.law.fees import FEES_FROM, payment_due
from gongkai.law.timeline import EXTENSION_WORKDAYS, REPLY_WORKDAYS, Ending, Start, Term, Timeline


def read_timeline(facts: Iterable[Fact], calendar: WorkCalendar, as_of: date) -> Timeline:
    """Read the facts known on `as_of` (later ones are not looked at). Raises ClockError."""
    timeline = Timeline(calendar, as_of)
    for fact in sorted(facts, key=lambda one: (one.on, SAME_DAY_ORDER[type(one)])):
        if fact.on <= as_of:
            _read(timeline, fact)
    if not timeline.terms:
        raise ClockError(f"截至{as_of}没有收到申请的记录，请先登记收到日期")
    _check_told(timeline)
    return timeline


def _read(timeline: Timeline, fact: Fact) -> None:
    if not isinstance(fact, Received):
        if not timeline.terms:
            raise ClockError(f"{fact.on}的记录早于收到申请之日或没有登记收到申请，请核对日期")
        if timeline.ended_on is not None:
            raise ClockError(f"本件已于{timeline.ended_on}办结，不能再登记{fact.on}的事项")
    known_until, timeline.as_of = timeline.as_of, fact.on
    _READERS[type(fact)](timeline, fact, known_until)
    timeline.as_of = known_until


def _known(day: date | None, known_until: date) -> date | None:
    return day if day is not None and day <= known_until else None


def _not_before(day: date | None, earliest: date, what: str) -> None:
    if day is not None and day < earliest:
        raise ClockError(f"{what}{day}早于{earliest}，请核对日期")


def _still_in_term(timeline: Timeline, what: str) -> None:
    """What must be done while the reply term runs cannot be done after it."""
    due = timeline.due()
    if due is not None and due.day < timeline.as_of:
        raise ClockError(f"答复期限已于{due.day}届满，{timeline.as_of}不能再{what}")


def _receive(timeline: Timeline, fact: Received, _until: date) -> None:
    if timeline.terms:
        raise ClockError(f"收到日期只能登记一次：已登记{timeline.received_on}，又登记{fact.on}")
    timeline.terms.append(Term(fact.on, Start.RECEIPT))


def _notify_clarification(timeline: Timeline, fact: ClarificationNotified, _until: date) -> None:
    if timeline.clarification is not None:
        raise ClockError(
            f"补正应当一次性告知（条例第三十条），已于{timeline.clarification.on}告知，不能再次要求补正"
        )
    if timeline.extension is not None or timeline.fee is not None or timeline.term_set is not None:
        raise ClockError("已经延期、收费或者确定答复期限，说明申请内容已经明确，不能再要求补正")
    _not_before(fact.deadline_on, fact.on, "补正期限")
    _still_in_term(timeline, "通知补正")
    timeline.clarification = fact


def _receive_clarification(timeline: Timeline, fact: ClarificationReceived, _until: date) -> None:
    asked = timeline.clarification
    if asked is None:
        raise ClockError(f"{fact.on}收到补正，但没有登记补正通知，请先登记通知日期和补正期限")
    if timeline.clarified_on is not None:
        raise ClockError(f"补正已于{timeline.clarified_on}收到，不能重复登记")
    if fact.on > asked.deadline_on and not fact.late_reason.strip():
        raise ClockError(
            f"补正期限{asked.deadline_on}已过，{fact.on}才收到；有正当理由的请写明理由，否则视为放弃申请（条例第三十条）"
        )
    timeline.clarified_on = fact.on
    timeline.terms.append(Term(fact.on, Start.CLARIFICATION))


def _consult(timeline: Timeline, fact: ThirdPartyConsulted | CoAuthorConsulted, until: date) -> None:
    of, name = _consulted(fact)
    if any(one.name == name and one.of is of for one in timeline.open_consultations()):
        raise ClockError(f"已向{name}征求意见，尚未收到答复，不能重复登记")
    _not_before(fact.received_on, fact.on, f"{name}签收日期")
    received_on = _known(fact.received_on, until)
    timeline.consultations.append(Consultation(of, name, fact.on, received_on))


def _consulted(
    fact: ThirdPartyConsulted | CoAuthorConsulted | ThirdPartyAnswered | CoAuthorAnswered,
) -> tuple[Consulted, str]:
    if isinstance(fact, ThirdPartyConsulted | ThirdPartyAnswered):
        return Consulted.THIRD_PARTY, fact.party
    return Consulted.CO_AUTHOR, fact.body


def _hear(timeline: Timeline, fact: ThirdPartyAnswered | CoAuthorAnswered, _until: date) -> None:
    """The answer belongs to the newest letter: an older one may have ended in silence."""
    of, name = _consulted(fact)
    for position in reversed(range(len(timeline.consultations))):
        one = timeline.consultations[position]
        if one.of is of and one.name == name and one.answered_on is None:
            _not_before(fact.on, one.received_on or fact.on, f"{name}答复日期")
            timeline.consultations[position] = one.answered(fact.on)
            return
    raise ClockError(f"{fact.on}收到{name}的意见，但没有登记待答复的征求意见书，请先登记")


def _extend(timeline: Timeline, fact: Extended, until: date) -> None:
    if timeline.extension is not None:
        raise ClockError(f"答复期限只能延长一次，已于{timeline.extension.on}延长（条例第三十三条）")
    if timeline.term_ordered:
        raise ClockError("复议决定或者判决确定了答复期限，本机关不能延长")
    if not 1 <= fact.workdays <= EXTENSION_WORKDAYS:
        raise ClockError(
            f"延长{fact.workdays}个工作日不合规定，应为1至{EXTENSION_WORKDAYS}个工作日（条例第三十三条）"
        )
    if not fact.approved_by.strip():
        raise ClockError("延长答复期限须经政府信息公开工作机构负责人同意，请填写同意人（条例第三十三条）")
    if timeline.stopped_on is not None:
        raise ClockError(f"本件自{timeline.stopped_on}起等待申请人，期限没有在走，不能延长")
    _not_before(fact.told_on, fact.on, "告知申请人日期")
    _still_in_term(timeline, "延长")
    _told_in_term(timeline, fact.told_on, "延期")
    timeline.extension = replace(fact, told_on=_known(fact.told_on, until))
    timeline.extended_term = timeline.term


def _told_in_term(timeline: Timeline, told_on: date | None, what: str) -> None:
    """The applicant must be told before the term he relies on has run out."""
    due = timeline.due()
    if due is not None and told_on is not None and told_on > due.day:
        raise _told_too_late(what, due.day, told_on)


def _check_told(timeline: Timeline) -> None:
    """Once the pauses are over the old due date is known, and being told after it is too late."""
    pauses = timeline.pauses()
    told = (
        ("延期", REPLY_WORKDAYS, timeline.effective_extension),
        ("延迟答复", timeline.allowed, timeline.effective_term_set),
    )
    for what, workdays, fact in told:
        if fact is timeline.term_set and timeline.term_ordered:
            continue
        due = timeline.nth(workdays, pauses) if fact is not None else None
        if due is not None and fact is not None and fact.told_on is not None and fact.told_on > due.day:
            raise _told_too_late(what, due.day, fact.told_on)


def _told_too_late(what: str, due_on: date, told_on: date) -> ClockError:
    return ClockError(f"{what}应在答复期限届满（{due_on}）前告知申请人，{told_on}才告知，{what}不成立")


def _notify_fee(timeline: Timeline, fact: FeeNotified, until: date) -> None:
    if fact.on < FEES_FROM:
        raise ClockError(f"信息处理费自{FEES_FROM}起施行，{fact.on}不能发出收费通知（国办函〔2020〕109号）")
    if timeline.fee is not None:
        raise ClockError(f"收费通知已于{timeline.fee.on}发出，不能重复收费")
    if timeline.awaits_clarification:
        raise ClockError("申请尚待补正，不能发出收费通知；请先登记收到补正")
    _not_before(fact.received_by_applicant_on, fact.on, "申请人收到收费通知日期")
    _still_in_term(timeline, "发出收费通知")
    received_on = _known(fact.received_by_applicant_on, until)
    timeline.fee = FeeNotified(fact.on, received_on)


def _pay(timeline: Timeline, fact: FeePaid, _until: date) -> None:
    if timeline.fee is None:
        raise ClockError(f"{fact.on}缴费，但没有登记收费通知，请先登记通知")
    if timeline.paid_on is not None:
        raise ClockError(f"费用已于{timeline.paid_on}缴纳，不能重复登记")
    received_on = timeline.fee.received_by_applicant_on
    if received_on is not None:
        _not_before(fact.on, received_on, "缴费日期")
        due = payment_due(received_on, timeline.calendar).day
        if fact.on > due:
            raise ClockError(f"缴费期限已于{due}届满，逾期未缴视为放弃申请，{fact.on}不能再以缴费恢复办理")
    timeline.paid_on = fact.on
    timeline.terms.append(Term(fact.on, Start.PAYMENT))


def _ask_reasons(timeline: Timeline, fact: ReasonsRequested, _until: date) -> None:
    if timeline.reasons_requested_on is not None:
        raise ClockError(f"已于{timeline.reasons_requested_on}要求说明理由，不能重复登记")
    timeline.reasons_requested_on = fact.on


def _give_reasons(timeline: Timeline, fact: ReasonsGiven, _until: date) -> None:
    if timeline.reasons_requested_on is None or timeline.reasons_given_on is not None:
        raise ClockError(f"{fact.on}收到理由说明，但没有登记待说明的要求，请先登记要求（条例第三十五条）")
    timeline.reasons_given_on = fact.on


def _set_term(timeline: Timeline, fact: TermSet, until: date) -> None:
    if timeline.reasons_given_on is None:
        raise ClockError("确定延迟答复的合理期限，须先要求申请人说明理由并收到理由（条例第三十五条）")
    if timeline.term_set is not None:
        raise ClockError(f"延迟答复的期限已于{timeline.term_set.on}确定，不能再次确定")
    if timeline.stopped_on is not None:
        raise ClockError(f"本件自{timeline.stopped_on}起等待申请人，期限没有在走，不能确定延迟答复的期限")
    _still_in_term(timeline, "确定延迟答复的期限")
    due = timeline.due()
    _not_before(fact.due_on, fact.on if due is None else due.day, "延迟答复的期限")
    _not_before(fact.told_on, fact.on, "告知申请人日期")
    _told_in_term(timeline, fact.told_on, "延迟答复")
    timeline.term_set = replace(fact, told_on=_known(fact.told_on, until))
    timeline.reset_term = timeline.term


def _order_term(timeline: Timeline, fact: TermOrdered, _until: date) -> None:
    """It stands from the day the ruling came; nobody has to be told (行政复议法 art. 77, 行政诉讼法 art. 70)."""
    if timeline.term_set is not None:
        raise ClockError(f"答复期限已于{timeline.term_set.on}确定，不能再次确定")
    if fact.on != timeline.received_on:
        raise ClockError(
            f"复议决定或者判决确定的期限应与重新办理同日（{timeline.received_on}）登记，请核对日期"
        )
    _not_before(fact.due_on, fact.on, "复议决定或者判决确定的期限")
    timeline.term_set = TermSet(fact.on, fact.due_on, fact.on)
    timeline.reset_term, timeline.term_ordered = timeline.term, True


def _end(ending: Ending) -> Callable[[Timeline, Any, date], None]:
    def close(timeline: Timeline, fact: Withdrawn | Answered, _until: date) -> None:
        timeline.ending, timeline.ended_on = ending, fact.on

    return close


def _discontinue(timeline: Timeline, fact: Discontinued, _until: date) -> None:
    lapsed_on = timeline.lapsed_after()
    if lapsed_on is None:
        raise ClockError("申请人没有逾期不补正或者逾期不缴费，不能登记为不再处理")
    timeline.ending, timeline.ended_on = Ending.DISCONTINUED, fact.on


_READERS: dict[type[Fact], Callable[[Timeline, Any, date], None]] = {
    Received: _receive,
    ClarificationNotified: _notify_clarification,
    ClarificationReceived: _receive_clarification,
    ThirdPartyConsulted: _consult,
    ThirdPartyAnswered: _hear,
    CoAuthorConsulted: _consult,
    CoAuthorAnswered: _hear,
    Extended: _extend,
    FeeNotified: _notify_fee,
    FeePaid: _pay,
    ReasonsRequested: _ask_reasons,
    ReasonsGiven: _give_reasons,
    TermSet: _set_term,
    TermOrdered: _order_term,
    Withdrawn: _end(Ending.WITHDRAWN),
    Discontinued: _discontinue,
    Answered: _end(Ending.ANSWERED),
}
