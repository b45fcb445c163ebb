"""On which day a request counts as received (条例 art. 31): the only place that sets ``Request.received_on``."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import cast

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.clock import why_clock_refuses
from gongkai.foi.details import storable
from gongkai.foi.enums import FactKind, IntakeChannel
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_future, why_not_handle, why_set_aside
from gongkai.law.facts import Received
from gongkai.law.receipt import Channel, Evidence, Receipt, ReceiptError, received
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.rules import officer_of

CHANNELS = {
    IntakeChannel.IN_PERSON: Channel.IN_PERSON,
    IntakeChannel.ORAL: Channel.ORAL,
    IntakeChannel.REGISTERED_MAIL: Channel.SIGNED_MAIL,
    IntakeChannel.ORDINARY_MAIL: Channel.ORDINARY_MAIL,
    IntakeChannel.MISDIRECTED_MAIL: Channel.MISDIRECTED_MAIL,
    IntakeChannel.FAX: Channel.FAX,
    IntakeChannel.ONLINE: Channel.ONLINE,
    IntakeChannel.EMAIL: Channel.EMAIL,
}
"""The way in, as the law of receipt names it."""


def evidence_of(request: Request, **days: dt.date | None) -> Evidence:
    """What is on file about the arrival: the channel, the day of submission, and the days given.

    ``days``: signed_on, arrived_on, confirmed_on, unreachable_on, contact_restored_on.
    """
    submitted = request.facts.filter(kind=FactKind.SUBMITTED, cancelled_at=None).first()
    return Evidence(
        channel=CHANNELS[IntakeChannel(request.channel)],
        submitted_on=submitted.on if submitted else None,
        **days,
    )


def receipt_of(evidence: Evidence) -> tuple[Receipt | None, list[Obstacle]]:
    """The day of receipt with its reason, or what is missing for it."""
    try:
        receipt = received(evidence)
    except ReceiptError as error:
        return None, [Obstacle("receipt", str(error), "请核对日期")]
    if receipt.received_on is None:
        return None, [Obstacle("receipt", receipt.explanation, f"依据{receipt.article}，请补填")]
    submitted_on = evidence.submitted_on
    if submitted_on is not None and receipt.received_on < submitted_on:
        message = f"收到日期{receipt.received_on}早于提交日期{submitted_on}"
        return None, [Obstacle("receipt", message, "请核对日期")]
    return receipt, []


def why_not_receive(
    request: Request, evidence: Evidence, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """No permission, already received, evidence missing, or a locked year."""
    found = (
        [Obstacle("received", f"已登记于{request.received_on}收到", "有误的请更正收到日期", "received_on")]
        if request.received_on is not None
        else []
    )
    return found + _why_not_on(request, evidence, actor=actor, at=at, amendment=amendment)


def _why_not_on(
    request: Request, evidence: Evidence, *, actor: Actor, at: dt.datetime, amendment: str
) -> list[Obstacle]:
    receipt, found = receipt_of(evidence)
    day = receipt.received_on if receipt else None
    years = _years(request, day, at)
    return [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_set_aside(request),
        *found,
        *why_future(at, received_on=day),
    ]


def _years(request: Request, day: dt.date | None, at: dt.datetime) -> range:
    """From the receipt on, a case counts in every year until it is closed."""
    until = request.closed_on or timezone.localdate(at)
    return years_through(day, request.received_on, until) if day else range(0)


def record_receipt(
    *, request: Request, actor: Actor, at: dt.datetime, amendment: str = "", **days: dt.date | None
) -> CaseFact:
    """Record the receipt with its evidence (``days``: see ``evidence_of``). Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        evidence = evidence_of(request, **days)
        refuse_if(why_not_receive(request, evidence, actor=actor, at=at, amendment=amendment))
        return _receive(request, evidence, "foi.record_receipt", actor=actor, at=at, amendment=amendment)


def why_not_correct_receipt(
    request: Request, evidence: Evidence, *, reason: str, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Not received at all, nothing different, no reason, or facts that would come before the new day."""
    found = _why_not_on(request, evidence, actor=actor, at=at, amendment=amendment)
    receipt, _ = receipt_of(evidence)
    if request.received_on is None:
        found.append(Obstacle("not_received", "还没有登记收到日期，无须更正", "请直接登记收到申请"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "更正收到日期应写明理由", "请填写理由", "reason"))
    if receipt is None or receipt.received_on is None or request.received_on is None:
        return found
    if receipt.received_on == request.received_on:
        found.append(Obstacle("unchanged", f"收到日期已是{request.received_on}", "无须更正", "received_on"))
    return found + why_clock_refuses(request, Received(receipt.received_on), without=_receipt_fact(request))


def _receipt_fact(request: Request) -> CaseFact | None:
    return request.facts.filter(kind=FactKind.RECEIVED, cancelled_at=None).first()


def correct_receipt(
    *,
    request: Request,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
    **days: dt.date | None,
) -> CaseFact:
    """Replace a wrong day of receipt; the old fact stays, cancelled with the reason. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        evidence = evidence_of(request, **days)
        refuse_if(
            why_not_correct_receipt(request, evidence, reason=reason, actor=actor, at=at, amendment=amendment)
        )
        CaseFact.objects.filter(request=request, kind=FactKind.RECEIVED, cancelled_at=None).update(
            cancelled_at=at, cancel_reason=reason
        )
        return _receive(
            request, evidence, "foi.correct_receipt", actor=actor, at=at, amendment=amendment, reason=reason
        )


def _receive(
    request: Request,
    evidence: Evidence,
    verb: str,
    *,
    actor: Actor,
    at: dt.datetime,
    amendment: str,
    reason: str = "",
) -> CaseFact:
    receipt = received(evidence)
    day, before = cast("dt.date", receipt.received_on), request.received_on  # the obstacles were asked
    years = _years(request, day, at)
    notes = {one.name: getattr(evidence, one.name) for one in fields(Evidence) if one.name != "channel"}
    fact = CaseFact.objects.create(
        request=request,
        kind=FactKind.RECEIVED,
        on=day,
        detail={**storable(notes), "explanation": receipt.explanation, "article": receipt.article},
        recorded_at=at,
        recorded_by=officer_of(actor),
    )
    Request.objects.filter(pk=request.pk).update(received_on=day)
    record_dated(
        verb=verb,
        actor=actor,
        target=request,
        body=request.body,
        years=years,
        amendment=amendment,
        detail={"from": before, "to": day, "explanation": receipt.explanation},
        reason=reason,
    )
    return fact
