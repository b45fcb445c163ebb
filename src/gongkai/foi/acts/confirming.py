"""双方确认 (条例 art. 31): the office says it has the application, the applicant says it is his; the later day counts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.own import why_not_own
from gongkai.foi.acts.receipt import evidence_of, record_receipt, why_not_receive
from gongkai.foi.enums import FactKind, IntakeChannel
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_not_handle, why_set_aside
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import officer_of

CONFIRMED = (IntakeChannel.ONLINE, IntakeChannel.FAX, IntakeChannel.EMAIL)
"""Ways in that count on the day of mutual confirmation."""


def why_not_confirm_arrival(
    request: Request, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """The office's side: no permission, confirmed or received already, another way in."""
    year = timezone.localdate(at).year
    found = why_not_handle(request.body, actor=actor, at=at, years=[year], amendment=amendment)
    return [*found, *_why_not(request, FactKind.OFFICE_CONFIRMED, actor=actor, at=at, amendment=amendment)]


def why_not_confirm(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """The applicant's side: not his case, confirmed or received already, another way in."""
    found = why_not_own(request, actor)
    return [*found, *_why_not(request, FactKind.APPLICANT_CONFIRMED, actor=actor, at=at, amendment="")]


def _why_not(
    request: Request, kind: FactKind, *, actor: Actor, at: dt.datetime, amendment: str
) -> list[Obstacle]:
    found = why_set_aside(request)
    if request.channel not in CONFIRMED:
        message = f"{request.get_channel_display()}的申请不以双方确认为准"
        found.append(Obstacle("channel", message, "由本机关登记收到日期", "channel"))
    if request.received_on is not None:
        found.append(Obstacle("received", f"已于{request.received_on}收到", "无须再确认"))
    elif _has(request, kind):
        found.append(Obstacle("again", "已经确认过", "请等待对方确认"))
    if found or not _has(request, _other(kind)):
        return found
    evidence = evidence_of(request, confirmed_on=timezone.localdate(at))
    return why_not_receive(request, evidence, actor=actor, at=at, amendment=amendment)


def _other(kind: FactKind) -> FactKind:
    office = kind is FactKind.OFFICE_CONFIRMED
    return FactKind.APPLICANT_CONFIRMED if office else FactKind.OFFICE_CONFIRMED


def _has(request: Request, kind: FactKind) -> bool:
    return request.facts.filter(kind=kind, cancelled_at=None).exists()


def confirm_arrival(*, request: Request, actor: Actor, at: dt.datetime, amendment: str = "") -> Request:
    """The office confirms; if the applicant has, the request is received today. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_confirm_arrival(request, actor=actor, at=at, amendment=amendment))
        return _confirm(request, FactKind.OFFICE_CONFIRMED, actor=actor, at=at, amendment=amendment)


def confirm_receipt(*, request: Request, actor: Actor, at: dt.datetime) -> Request:
    """The applicant confirms; if the office has, the request is received today. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_confirm(request, actor=actor, at=at))
        return _confirm(request, FactKind.APPLICANT_CONFIRMED, actor=actor, at=at, amendment="")


def _confirm(request: Request, kind: FactKind, *, actor: Actor, at: dt.datetime, amendment: str) -> Request:
    today = timezone.localdate(at)
    CaseFact.objects.create(
        request=request, kind=kind, on=today, recorded_at=at, recorded_by=officer_of(actor)
    )
    if _has(request, _other(kind)):
        record_receipt(request=request, confirmed_on=today, actor=actor, at=at, amendment=amendment)
    record_dated(
        verb="foi.confirm_arrival" if kind is FactKind.OFFICE_CONFIRMED else "foi.confirm_receipt",
        actor=actor,
        target=request,
        body=request.body,
        years=[today.year],
        amendment=amendment,
        detail={"on": today},
    )
    return Request.objects.get(pk=request.pk)
