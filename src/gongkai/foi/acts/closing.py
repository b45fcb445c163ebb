"""The ways a request ends: a decision that is served, or no decision at all (lapsed, withdrawn).

``closed_on`` and ``outcome`` are set here only, together with the fact that ends the case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.disclosure.models import Document
from gongkai.foi.clock import clock_facts, why_clock_refuses
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Decision, Request
from gongkai.foi.rules import why_future, why_not_handle, why_not_received, why_set_aside
from gongkai.law.clock import compute
from gongkai.law.facts import Answered, Discontinued, Withdrawn
from gongkai.law.outcomes import OUTCOMES
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.models import Officer
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

LAPSED_UNCLARIFIED, LAPSED_UNPAID, WITHDRAWN = "lapse_no_correction", "lapse_unpaid", "withdrawn"
WITHOUT_DECISION = {
    LAPSED_UNCLARIFIED: "登记不再处理",
    LAPSED_UNPAID: "登记不再处理",
    WITHDRAWN: "登记撤回",
}
"""Outcomes that come about by themselves, and the act that records them."""

NEEDS = {
    "unclear": (FactKind.CLARIFICATION_RECEIVED, "应先告知补正并收到补正（条例第三十条）"),
    "reject_excessive": (FactKind.REASONS_REQUESTED, "应先要求申请人说明理由（条例第三十五条）"),
}
"""What must have happened before an outcome may be chosen."""


@dataclass(frozen=True)
class Answer:
    """A decision as it was made and served; ``served_on`` is the day that counts (国办公开办函〔2016〕235号)."""

    outcome: str
    number: str
    decided_on: dt.date
    served_by: str
    served_on: dt.date
    wording: str = ""
    signed_by: Officer | None = None
    document: Document | None = None

    def decision(self, request: Request) -> Decision:
        """The row it becomes."""
        return Decision(
            request=request,
            outcome=self.outcome,
            number=self.number.strip(),
            wording=self.wording,
            decided_on=self.decided_on,
            signed_by=self.signed_by,
            served_by=self.served_by,
            served_on=self.served_on,
        )


def why_not_close(
    request: Request, answer: Answer, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands against closing the request with this answer."""
    years = years_through(answer.served_on, timezone.localdate(at))
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *_why_open_no_more(request),
        *why_not_received(request),
        *why_answer_wrong(request, answer, at),
    ]
    return found or why_clock_refuses(request, Answered(answer.served_on))


def _why_open_no_more(request: Request) -> list[Obstacle]:
    if request.closed_on is None:
        return why_set_aside(request)
    message = f"申请{request.number}已于{request.closed_on}办结"
    return [Obstacle("closed", message, "答复有误的，请更正答复决定")]


def why_answer_wrong(request: Request, answer: Answer, at: dt.datetime) -> list[Obstacle]:
    """What is wrong with a decision by itself: its fields, days, outcome, number, document and signer."""
    found = [
        *why_row_wrong(answer.decision(request)),
        *why_future(at, decided_on=answer.decided_on, served_on=answer.served_on),
        *why_outcome_wrong(request, answer.outcome),
        *_why_number_taken(request, answer.number),
    ]
    if request.received_on is not None and answer.decided_on < request.received_on:
        message = f"作出日期{answer.decided_on}早于收到日期{request.received_on}"
        found.append(Obstacle("decided_early", message, "请核对日期", "decided_on"))
    if answer.document is not None and answer.document.body_id != request.body_id:
        found.append(Obstacle("elsewhere", "所选文件不是本机关的文件", "请重新选择", "document"))
    if answer.signed_by is not None and why_not_permitted(
        answer.signed_by, Permission.APPROVE, request.body, answer.decided_on
    ):
        message = f"{answer.signed_by}在{answer.decided_on}没有审核签发权限"
        found.append(Obstacle("signer", message, "请核对签发人", "signed_by"))
    return found


def why_outcome_wrong(request: Request, outcome: str) -> list[Obstacle]:
    """No such outcome, one that comes about by itself, or one that needs a step before it."""
    if outcome not in OUTCOMES:
        return [Obstacle("outcome", f"没有“{outcome}”这种办理结果", "请重新选择", "outcome")]
    name = OUTCOMES[outcome].name
    if outcome in WITHOUT_DECISION:
        act = WITHOUT_DECISION[outcome]
        return [Obstacle("outcome", f"“{name}”不是答复决定", f"请办理“{act}”", "outcome")]
    kind, sentence = NEEDS.get(outcome, (None, ""))
    if kind is None or request.facts.filter(kind=kind, cancelled_at=None).exists():
        return []
    return [Obstacle("outcome", f"以“{name}”答复，{sentence}", "请先登记", "outcome")]


def _why_number_taken(request: Request, number: str) -> list[Obstacle]:
    others = Decision.objects.exclude(request=request)
    taken = others.filter(request__body=request.body, number=number.strip())
    if not number.strip() or not taken.exists():
        return []
    return [Obstacle("number", f"文书编号{number}已经使用", "请换一个编号", "number")]


def close_request(  # noqa: PLR0913 - a decision has that many parts
    *,
    request: Request,
    outcome: str,
    number: str,
    decided_on: dt.date,
    served_by: str,
    served_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    wording: str = "",
    signed_by: Officer | None = None,
    document: Document | None = None,
    amendment: str = "",
) -> Decision:
    """Close a request with the decision that was served. Raises RefusedError."""
    answer = Answer(outcome, number, decided_on, served_by, served_on, wording, signed_by, document)
    with transaction.atomic():
        lock_one(request.body)  # two decisions of one body must not take the same number
        request = lock_one(request)
        refuse_if(why_not_close(request, answer, actor=actor, at=at, amendment=amendment))
        decision = answer.decision(request)
        decision.save()
        _close(request, FactKind.ANSWERED, outcome, served_on, document=document, actor=actor, at=at)
        record_dated(
            verb="foi.close_request",
            actor=actor,
            target=request,
            body=request.body,
            years=years_through(served_on, timezone.localdate(at)),
            amendment=amendment,
            detail={"decision": decision.pk, "number": decision.number, "outcome": outcome, "on": served_on},
        )
    return decision


def _close(
    request: Request,
    kind: FactKind,
    outcome: str,
    on: dt.date,
    *,
    actor: Actor,
    at: dt.datetime,
    document: Document | None = None,
) -> CaseFact:
    fact = CaseFact.objects.create(
        request=request, kind=kind, on=on, recorded_at=at, recorded_by=officer_of(actor)
    )
    request.closed_on, request.outcome, request.document = on, outcome, document
    request.save(update_fields=["closed_on", "outcome", "document"])
    return fact


def why_not_withdraw(
    request: Request, *, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands against recording that the applicant withdrew."""
    years = years_through(on, timezone.localdate(at))
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *_why_open_no_more(request),
        *why_not_received(request),
        *why_future(at, on=on),
    ]
    return found or why_clock_refuses(request, Withdrawn(on))


def withdraw_request(
    *, request: Request, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> CaseFact:
    """Close a request its applicant withdrew. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_withdraw(request, on=on, actor=actor, at=at, amendment=amendment))
        fact = _close(request, FactKind.WITHDRAWN, WITHDRAWN, on, actor=actor, at=at)
        _record_end("foi.withdraw_request", request, actor=actor, at=at, amendment=amendment)
    return fact


def why_not_lapse(
    request: Request, *, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands against recording that the applicant let the case lapse."""
    years = years_through(on, timezone.localdate(at))
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *_why_open_no_more(request),
        *why_not_received(request),
        *why_future(at, on=on),
    ]
    return found or why_clock_refuses(request, Discontinued(on))


def lapse_request(
    *, request: Request, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> CaseFact:
    """Close a request that was not clarified (条例 art. 30) or not paid for in time; the facts say which.

    Raises RefusedError.
    """
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_lapse(request, on=on, actor=actor, at=at, amendment=amendment))
        unpaid = _awaits_payment(request, on)
        kind = FactKind.FEE_LAPSED if unpaid else FactKind.CLARIFICATION_LAPSED
        outcome = LAPSED_UNPAID if unpaid else LAPSED_UNCLARIFIED
        fact = _close(request, kind, outcome, on, actor=actor, at=at)
        _record_end("foi.lapse_request", request, actor=actor, at=at, amendment=amendment)
    return fact


def _awaits_payment(request: Request, on: dt.date) -> bool:
    clock = compute(clock_facts(request), current_calendar(), on)
    return any(term.key == "payment" and term.done_on is None for term in clock.sub_deadlines)


def _record_end(verb: str, request: Request, *, actor: Actor, at: dt.datetime, amendment: str) -> None:
    record_dated(
        verb=verb,
        actor=actor,
        target=request,
        body=request.body,
        years=years_through(request.closed_on, timezone.localdate(at)),
        amendment=amendment,
        detail={"outcome": request.outcome, "on": request.closed_on},
    )
