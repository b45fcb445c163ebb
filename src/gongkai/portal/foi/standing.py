"""How a case stands, told to its applicant: plain words, the count of days, whose move it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from gongkai.calendars.queries import current_calendar
from gongkai.foi.acts.confirming import CONFIRMED
from gongkai.foi.clock import clock_facts
from gongkai.foi.enums import FactKind, Standing
from gongkai.foi.models import CaseFact, Request
from gongkai.law import facts as law
from gongkai.law.clock import ClockError, ClockResult, State, compute
from gongkai.law.outcomes import OUTCOMES

HEAD_OF_OFFICE = "工作机构负责人"


class Told(NamedTuple):
    """A headline, what it means, and what the applicant should do now (empty when nothing)."""

    headline: str
    meaning: str
    wanted: str = ""


_STATES: Mapping[State, Told] = {
    State.RUNNING: Told("正在办理", "本机关正在查找、审查您要的信息。"),
    State.AWAITING_CLARIFICATION: Told(
        "请您补正",
        "申请的内容还不够明确，本机关已经告知您需要补正。答复期限从收到补正的次日重新计算。",
        "请在期限以前补正。没有正当理由逾期不补正的，视为放弃申请。",
    ),
    State.SUSPENDED: Told("正在征求意见", "本机关正在征求第三方或者其他机关的意见，这段时间不计入答复期限。"),
    State.AWAITING_PAYMENT: Told(
        "等待缴费",
        "本机关已经发出信息处理费缴费通知。缴费以后，答复期限重新计算。",
        "请按通知缴费；逾期不缴的，视为放弃申请。",
    ),
    State.LAPSED: Told(
        "期限已过",
        "补正或者缴费的期限已经过去，本机关将登记不再处理。",
        "有正当理由的，请尽快与工作机构联系。",
    ),
    State.ANSWERED: Told("已经答复", "本机关已经作出答复。"),
    State.WITHDRAWN: Told("已经撤回", "您已经撤回申请，本机关不再办理。需要的话可以重新申请。"),
    State.DISCONTINUED: Told("不再处理", "因为逾期没有补正或者缴费，本机关不再处理。需要的话可以重新申请。"),
}


def facts_of(case: Request) -> list[CaseFact]:
    """The facts that stand, in order. Uses prefetched ``facts``."""
    standing = [fact for fact in case.facts.all() if fact.cancelled_at is None]
    return sorted(standing, key=lambda fact: (fact.on, fact.pk))


def has(case: Request, kind: FactKind) -> bool:
    """Whether such a fact stands."""
    return any(fact.kind == kind for fact in facts_of(case))


def told(case: Request, result: ClockResult | None) -> Told:
    """The case in plain words."""
    if case.standing == Standing.SPLIT:
        numbers = "、".join(one.number for one in case.parts.all())
        return Told(
            "已经拆分办理",
            f"申请含有几项内容，本机关已拆分为{numbers}分别办理，请向工作机构询问各件的查询码。",
        )
    if case.standing == Standing.MERGED and case.merged_into is not None:
        return Told("已经合并办理", f"本件已并入{case.merged_into.number}一起办理。")
    if result is None:
        return _before_receipt(case)
    outcome = OUTCOMES.get(case.outcome)
    if result.state is State.ANSWERED and outcome:
        return Told(
            "已经答复",
            f"办理结果：{outcome.family.value}（{outcome.name}）。答复书可以在下面下载，或者按您选的途径领取。",
        )
    if result.overdue and result.is_open:
        text = "本机关没有在期限内答复。您可以打电话催问，也可以依法申请行政复议或者投诉。"
        return Told("已经超过答复期限", text)
    return _STATES[result.state]


def _before_receipt(case: Request) -> Told:
    """Art. 31: what came by the internet or fax is received on the day both sides have confirmed."""
    if case.channel not in CONFIRMED:
        return Told(
            "已经登记", "本机关已经登记您的申请，正在确定收到申请的日期；从收到的次日起计算答复期限。"
        )
    office = has(case, FactKind.OFFICE_CONFIRMED)
    applicant = has(case, FactKind.APPLICANT_CONFIRMED)
    if applicant:
        return Told(
            "等待本机关确认", "您已经确认。本机关确认以后，那一天就是收到申请之日，从次日起计算答复期限。"
        )
    text = "申请已经提交。双方确认之日是收到申请之日（条例第三十一条），从次日起计算答复期限。"
    if office:
        return Told("请您确认", "本机关已经确认收到。" + text, "请按下面的“确认”，答复期限就从明天起算。")
    return Told("已经提交，等待确认", text, "您可以现在就按下面的“确认”，不必等电话。")


def result_of(case: Request, today: dt.date) -> ClockResult | None:
    """The count as the applicant may see it: third parties and officers are not named to him. None before receipt."""
    if case.received_on is None:
        return None
    try:
        return compute(_anonymous(clock_facts(case)), current_calendar(), today)
    except ClockError:
        return None


def _anonymous(facts: Iterable[law.Fact]) -> list[law.Fact]:
    """Several third parties stay apart as 第三方甲, 第三方乙."""
    names: dict[str, str] = {}
    made: list[law.Fact] = []
    for fact in facts:
        if isinstance(fact, law.ThirdPartyConsulted | law.ThirdPartyAnswered):
            signs = "甲乙丙丁戊己庚辛壬癸"
            at = len(names)
            name = names.setdefault(fact.party, f"第三方{signs[at] if at < len(signs) else at + 1}")
            made.append(replace(fact, party=name))
        elif isinstance(fact, law.Extended):
            made.append(replace(fact, approved_by=HEAD_OF_OFFICE))
        else:
            made.append(fact)
    return made
