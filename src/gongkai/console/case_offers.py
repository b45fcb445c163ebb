"""What can be done with a request next, and why the rest cannot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.offers import Offer
from gongkai.core.errors import Obstacle
from gongkai.foi import acts
from gongkai.foi.acts.facts import OF_OTHER_ACTS
from gongkai.foi.acts.fees import Charge
from gongkai.foi.clock import why_clock_refuses
from gongkai.foi.details import NOTES, law_fact
from gongkai.foi.enums import FactKind
from gongkai.foi.models import FeeBasis
from gongkai.foi.rules import why_closed, why_not_handle, why_not_received
from gongkai.law.facts import ClarificationReceived

if TYPE_CHECKING:
    from gongkai.foi.models import CaseFact, Request
    from gongkai.organisations.models import Officer

ASKED_FOR = "—"
"""Stands for the reason of an amendment, which the act's own page asks for where it is needed."""
TAXED_PAGES = 31  # 国办函〔2020〕109号: the first page that costs anything

RECORDABLE = tuple(kind for kind in FactKind if kind not in OF_OTHER_ACTS)
ANSWERS = {
    FactKind.THIRD_PARTY_ANSWERED: (FactKind.THIRD_PARTY_CONSULTED, "party"),
    FactKind.CO_AUTHOR_ANSWERED: (FactKind.CO_AUTHOR_CONSULTED, "body"),
}
"""An opinion belongs to a letter: which one, and the note that says whose."""


def _here(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def offers_for(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    """The acts on the case as a whole."""
    may_not = why_not_handle(row.body, actor=officer, at=now)
    if row.set_aside:
        return []
    if row.received_on is None:
        note = "期限从收到之日的次日起算（条例第三十一条、第三十三条）。"
        return [Offer("登记收到申请", _here("request_receive", row.pk), may_not, note, primary=True)]
    if row.closed_on is not None:
        return _closed_offers(row, may_not)
    return [
        Offer(
            "拟写文书",
            _here("letter_choose", row.pk),
            may_not,
            "拟稿、审核、签发、送达，答复决定送达后自动办结。",
            primary=True,
        ),
        Offer(
            "办结答复",
            _here("request_close", row.pk),
            may_not,
            "答复已在系统以外制发、送达的，在此登记。",
        ),
        *_fee_offers(row, officer, now),
        *_ending_offers(row, officer, now),
        Offer("更正收到日期", _here("request_receipt_correct", row.pk), may_not),
        *_one_matter_offers(row, officer, now),
        _once_more(row, may_not),
    ]


def _one_matter_offers(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    """一事一申请. Splitting is asked for two example matters; what is refused is no news and is left out."""
    parts = [acts.Part("甲"), acts.Part("乙")]
    by: dict[str, Any] = {"reason": ASKED_FOR, "actor": officer, "at": now, "amendment": ASKED_FOR}
    if acts.why_not_split(row, parts=parts, **by):
        return []
    return [
        Offer("拆分申请", _here("request_split", row.pk), note="一份申请有多项内容时。"),
        Offer("合并申请", _here("request_merge", row.pk), note="同一申请人重复提交同一内容时。"),
    ]


def _closed_offers(row: Request, may_not: list[Obstacle]) -> list[Offer]:
    standing = row.decisions.filter(replaced_by=None).first()
    offers = [_once_more(row, may_not)]
    if standing is not None:
        offers.insert(0, Offer("更正答复决定", _here("decision_correct", standing.pk), may_not))
    if not may_not and not row.reopenings.exists():
        note = "复议决定、判决要求重新答复，或者自行撤销原答复时。"
        offers.insert(-1, Offer("重新办理", _here("request_reopen", row.pk), note=note))
    return offers


def _once_more(row: Request, may_not: list[Obstacle]) -> Offer:
    address = f"{_here('request_add')}?applicant={row.applicant_id}"
    return Offer("登记同一申请人的另一件申请", address, may_not)


def _fee_offers(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    today = timezone.localdate(now)
    unpaid = row.fee_notices.filter(paid_on=None).first()
    if unpaid is not None:
        obstacles = acts.why_not_record_payment(
            unpaid, paid_on=today, paid_yuan=unpaid.amount_yuan, actor=officer, at=now, amendment=ASKED_FOR
        )
        return [Offer("登记缴费", _here("fee_pay", unpaid.pk), obstacles, primary=True)]
    charge = Charge(FeeBasis.BY_PAGE, TAXED_PAGES, today)
    obstacles = acts.why_not_issue_fee_notice(row, charge, actor=officer, at=now, amendment=ASKED_FOR)
    return [Offer("发出收费通知", _here("fee_notify", row.pk), obstacles)]


def _ending_offers(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    given: dict[str, Any] = {
        "on": timezone.localdate(now),
        "actor": officer,
        "at": now,
        "amendment": ASKED_FOR,
    }
    return [
        Offer("登记撤回", _here("request_withdraw", row.pk), acts.why_not_withdraw(row, **given)),
        Offer(
            "登记不再处理",
            _here("request_lapse", row.pk),
            acts.why_not_lapse(row, **given),
            "申请人逾期不补正或者逾期不缴费，视为放弃申请。",
        ),
    ]


def fact_offers(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    """The facts that can be recorded today by the law's order, and what the law says against the others."""
    if row.received_on is None or row.closed_on is not None:
        return []
    common = [
        *why_not_handle(row.body, actor=officer, at=now),
        *why_closed(row),
        *why_not_received(row),
    ]
    today, facts = timezone.localdate(now), list(row.facts.all())
    return [
        Offer(
            kind.label,
            _here("fact_add", row.pk, kind.value),
            common or why_clock_refuses(row, _example(kind, today, facts)),
        )
        for kind in RECORDABLE
    ]


def _example(kind: FactKind, today: dt.date, facts: list[CaseFact]) -> Any:
    """The fact as it might be recorded today, so that the law can be asked."""
    if kind == FactKind.CLARIFICATION_RECEIVED:
        return ClarificationReceived(today, late_reason=ASKED_FOR)
    samples: dict[str, object] = {"date": today + dt.timedelta(days=1000), "int": 1, "str": ASKED_FOR}
    detail = {note.key: samples[note.type] for note in NOTES[kind].values() if note.required}
    return law_fact(kind, today, detail | awaited(kind, facts))


def awaited(kind: str, facts: list[CaseFact]) -> dict[str, str]:
    """Whose opinion is to be recorded next: of the newest letter without an answer."""
    if kind not in ANSWERS:
        return {}
    letter, key = ANSWERS[FactKind(kind)]
    standing = [fact for fact in facts if fact.cancelled_at is None]
    answered = [fact.detail.get(key) for fact in standing if fact.kind == kind]
    for fact in reversed([fact for fact in standing if fact.kind == letter]):
        if fact.detail.get(key) not in answered:
            name = fact.detail.get(key)
            return {key: name} if name else {}
    return {}
