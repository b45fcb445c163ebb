"""Recording what happened to a request, and cancelling what was recorded by mistake.

A fact is never changed: what became known later makes a fuller fact that takes the place of the first one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.clock import why_clock_refuses
from gongkai.foi.details import NOTES, law_fact, storable, why_detail_wrong
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_closed, why_future, why_not_handle, why_not_received
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import officer_of

OF_OTHER_ACTS = {
    FactKind.SUBMITTED: "登记申请",
    FactKind.RECEIVED: "登记收到申请",
    FactKind.FEE_NOTIFIED: "发出收费通知",
    FactKind.FEE_PAID: "登记缴费",
    FactKind.CLARIFICATION_LAPSED: "登记不再处理",
    FactKind.FEE_LAPSED: "登记不再处理",
    FactKind.WITHDRAWN: "登记撤回",
    FactKind.ANSWERED: "办结",
    FactKind.OFFICE_CONFIRMED: "确认收件",
    FactKind.APPLICANT_CONFIRMED: "确认收件",
    FactKind.THIRD_PARTY_OVERRIDDEN: "决定公开并告知第三方",
    FactKind.SPLIT: "拆分",
    FactKind.MERGED: "合并办理",
    FactKind.REOPENED: "重新办理",
    FactKind.TERM_ORDERED: "重新办理",
}
"""Facts that are half of an act on another record, and the act that records them."""


def why_not_record(
    request: Request,
    *,
    kind: str,
    on: dt.date,
    detail: Mapping[str, object],
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against recording this fact; the law's order of facts last."""
    if kind not in FactKind.values:
        return [Obstacle("kind", f"没有“{kind}”这种办理事实", "请重新选择", "kind")]
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[on.year], amendment=amendment),
        *why_closed(request, amendment),
        *why_not_received(request),
        *why_future(at, on=on),
        *(_why_other_act(kind) or why_detail_wrong(kind, detail)),
        *_why_again(request, kind, on, detail),
    ]
    return found or why_clock_refuses(request, law_fact(kind, on, detail))


def _why_other_act(kind: str) -> list[Obstacle]:
    act = OF_OTHER_ACTS.get(FactKind(kind))
    if act is None:
        return []
    message = f"“{FactKind(kind).label}”由“{act}”记录，不能单独登记"
    return [Obstacle("other_act", message, f"请办理“{act}”", "kind")]


def _why_again(request: Request, kind: str, on: dt.date, detail: Mapping[str, object]) -> list[Obstacle]:
    same = request.facts.filter(kind=kind, on=on, cancelled_at=None)
    if not any(fact.detail == storable(detail) for fact in same):
        return []
    return [Obstacle("again", f"{on}的“{FactKind(kind).label}”已经登记过", "无须重复登记", "kind")]


def record_fact(
    *,
    request: Request,
    kind: str,
    on: dt.date,
    actor: Actor,
    at: dt.datetime,
    detail: Mapping[str, object] | None = None,
    document_number: str = "",
    amendment: str = "",
) -> CaseFact:
    """Record something that happened; what goes into ``detail`` per kind is in ``details.NOTES``.

    Raises RefusedError.
    """
    notes = detail or {}
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(
            why_not_record(request, kind=kind, on=on, detail=notes, actor=actor, at=at, amendment=amendment)
        )
        fact = CaseFact.objects.create(
            request=request,
            kind=kind,
            on=on,
            detail=storable(notes),
            document_number=document_number,
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        record_dated(
            verb="foi.record_fact",
            actor=actor,
            target=request,
            body=request.body,
            years=[on.year],
            amendment=amendment,
            detail={"fact": fact.pk, "kind": kind, "on": on},
        )
    return fact


def why_not_cancel(
    fact: CaseFact, *, reason: str, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Cancelled already, no reason, part of another act, or later facts rest on it."""
    request = fact.request
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[fact.on.year], amendment=amendment),
        *why_closed(request, amendment),
        *_why_other_act(fact.kind),
    ]
    if fact.cancelled_at is not None:
        found.append(Obstacle("cancelled", f"该记录已作废：{fact.cancel_reason}", "无须再次作废"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "作废办理事实应写明理由", "请填写理由", "reason"))
    return found or why_clock_refuses(request, without=fact)


def cancel_fact(
    *, fact: CaseFact, reason: str, actor: Actor, at: dt.datetime, amendment: str = ""
) -> CaseFact:
    """Cancel a fact recorded by mistake; it stays visible with the reason. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(fact.request)
        fact = lock_one(fact)
        refuse_if(why_not_cancel(fact, reason=reason, actor=actor, at=at, amendment=amendment))
        fact.cancelled_at, fact.cancel_reason = at, reason.strip()
        fact.save(update_fields=["cancelled_at", "cancel_reason"])
        record_dated(
            verb="foi.cancel_fact",
            actor=actor,
            target=request,
            body=request.body,
            years=[fact.on.year],
            amendment=amendment,
            detail={"fact": fact.pk, "kind": fact.kind, "on": fact.on},
            reason=reason,
        )
    return fact


def why_not_supplement(
    fact: CaseFact,
    *,
    detail: Mapping[str, object],
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Only what was left open can be supplemented: a day of signing, of telling the applicant."""
    request = fact.request
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[fact.on.year], amendment=amendment),
        *why_closed(request, amendment),
        *why_detail_wrong(fact.kind, {**_notes_of(fact), **detail}),
    ]
    if fact.cancelled_at is not None:
        found.append(Obstacle("cancelled", f"该记录已作废：{fact.cancel_reason}", "请在有效的记录上补充"))
    known = [key for key in detail if key in fact.detail]
    if known or not storable(detail):
        found.append(
            Obstacle("known", "只能补充登记时尚不知道的内容", "已登记的内容有误的，请作废后重新登记")
        )
    days = {key: day for key, day in detail.items() if isinstance(day, dt.date)}
    found += why_future(at, **{key: day for key, day in days.items() if key != "due_on"})
    if found:
        return found
    return why_clock_refuses(request, law_fact(fact.kind, fact.on, {**fact.detail, **detail}), without=fact)


def _notes_of(fact: CaseFact) -> dict[str, object]:
    """Without what its act kept for the file: the number of a fee notice, the computation."""
    notes = NOTES.get(fact.kind, {})
    return {key: value for key, value in fact.detail.items() if key in notes}


def supplement_fact(
    *, fact: CaseFact, detail: Mapping[str, object], actor: Actor, at: dt.datetime, amendment: str = ""
) -> CaseFact:
    """Add what became known later, e.g. when a third party signed for the letter. Raises RefusedError.

    Returns the fuller fact; the first one stays, cancelled.
    """
    with transaction.atomic():
        request = lock_one(fact.request)
        fact = lock_one(fact)
        refuse_if(why_not_supplement(fact, detail=detail, actor=actor, at=at, amendment=amendment))
        fuller = CaseFact.objects.create(
            request=request,
            kind=fact.kind,
            on=fact.on,
            detail={**fact.detail, **storable(detail)},
            document_number=fact.document_number,
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        CaseFact.objects.filter(pk=fact.pk).update(cancelled_at=at, cancel_reason="补充登记")
        record_dated(
            verb="foi.supplement_fact",
            actor=actor,
            target=request,
            body=request.body,
            years=[fact.on.year],
            amendment=amendment,
            detail={"fact": fuller.pk, "in_place_of": fact.pk, **storable(detail)},
        )
    return fuller
