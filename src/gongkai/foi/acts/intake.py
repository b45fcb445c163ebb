"""Registering who asks and what is asked (条例 arts. 29, 45)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.fields import blind_index
from gongkai.core.locks import lock_one
from gongkai.core.numbering import next_number
from gongkai.core.validation import why_row_wrong
from gongkai.foi.enums import FactKind
from gongkai.foi.models import Applicant, CaseFact, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import officer_of


def why_not_register_applicant(applicant: Applicant, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """A wrong field, no permission, or a person this body already knows."""
    found = [*why_not_handle(applicant.body, actor=actor, at=at), *why_row_wrong(applicant)]
    known = Applicant.objects.filter(
        body=applicant.body,
        name_index=blind_index(applicant.name),
        identity_index=blind_index(applicant.identity_number),
    )
    if applicant.identity_number and known.exists():
        found.append(Obstacle("known", "该申请人已经登记过", "请选用已登记的申请人", "identity_number"))
    return found


def register_applicant(
    *, body: Body, kind: str, name: str, actor: Actor, at: dt.datetime, **data: str
) -> Applicant:
    """Keep who asks; ``data``: identity_number, phone, address, email. All of it is encrypted at rest.

    The audit names the kind and the masked name only. Raises RefusedError.
    """
    applicant = Applicant(body=body, kind=kind, name=name.strip(), **data)
    with transaction.atomic():
        lock_one(body)
        refuse_if(why_not_register_applicant(applicant, actor=actor, at=at))
        applicant.name_index = blind_index(applicant.name)
        applicant.identity_index = blind_index(applicant.identity_number)
        applicant.save()
        record(verb="foi.register_applicant", actor=actor, target=applicant, body=body, detail={"kind": kind})
    return applicant


def why_not_register_request(
    request: Request,
    *,
    submitted_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    duplicate_confirmed: bool = False,
    amendment: str = "",
) -> list[Obstacle]:
    """A wrong field, no permission, another body's applicant, or the very same request once more."""
    years = [submitted_on.year]
    return [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_row_wrong(request, exclude=["number"]),
        *why_future(at, submitted_on=submitted_on),
        *_why_elsewhere(request),
        *_why_agent_unknown(request),
        *([] if duplicate_confirmed else _why_again(request, submitted_on)),
    ]


def _why_elsewhere(request: Request) -> list[Obstacle]:
    linked = (("applicant", "申请人"), ("unit", "承办机构"), ("parent", "母申请"))
    return [
        Obstacle("elsewhere", f"所选{label}不属于{request.body.display_name}", "请重新选择", name)
        for name, label in linked
        if (row := getattr(request, name)) is not None and row.body_id != request.body_id
    ]


def _why_agent_unknown(request: Request) -> list[Obstacle]:
    """Whoever acts for another says who he is and how to reach him (条例 art. 29)."""
    name, phone = request.agent_name.strip(), request.agent_phone.strip()
    if phone and not name:
        return [Obstacle("agent", "填写了代理人电话，没有填写代理人姓名", "请填写代理人姓名", "agent_name")]
    if name and not phone:
        return [Obstacle("agent", "填写了代理人姓名，没有填写代理人电话", "请填写代理人电话", "agent_phone")]
    return []


def why_agent_unproved(request: Request) -> list[Obstacle]:
    """An agent's authority is not on file yet. The office asks for it; it does not refuse to register the request."""
    if not request.agent_name or request.materials.filter(kind=MaterialKind.AUTHORITY).exists():
        return []
    message = "代理人还没有提交授权委托书"
    return [Obstacle("no_authority", message, "请上传授权委托书；没有的，请通知补正")]


def _why_again(request: Request, submitted_on: dt.date) -> list[Obstacle]:
    """A double click, or a second letter of the same day that the officer has to look at."""
    same = CaseFact.objects.filter(
        kind=FactKind.SUBMITTED,
        on=submitted_on,
        request__applicant=request.applicant,
        request__subject=request.subject,
        request__channel=request.channel,
    ).select_related("request")
    return [
        Obstacle(
            "duplicate",
            f"该申请人当日相同内容的申请已登记为{fact.request.number}",
            "确为另一件的，请确认后再登记",
            "duplicate_confirmed",
        )
        for fact in same[:1]
    ]


def register_request(  # noqa: PLR0913 - a request has that many parts
    *,
    body: Body,
    applicant: Applicant,
    channel: str,
    subject: str,
    submitted_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    duplicate_confirmed: bool = False,
    amendment: str = "",
    **more: Any,
) -> Request:
    """Register a request under the next number of the body and the year of submission, e.g. ``2024-0001``.

    ``more``: description, wanted_form, unit, parent, agent_name, agent_phone. It is not received yet: see ``record_receipt``.
    Raises RefusedError.
    """
    request = Request(
        body=body,
        applicant=applicant,
        applicant_kind=applicant.kind,
        channel=channel,
        subject=subject.strip(),
        registered_at=at,
        registered_by=officer_of(actor),
        **more,
    )
    with transaction.atomic():
        lock_one(applicant)
        obstacles = why_not_register_request(
            request,
            submitted_on=submitted_on,
            actor=actor,
            at=at,
            duplicate_confirmed=duplicate_confirmed,
            amendment=amendment,
        )
        refuse_if(obstacles)
        request.number = request_number(body, submitted_on.year)
        request.save()
        CaseFact.objects.create(
            request=request,
            kind=FactKind.SUBMITTED,
            on=submitted_on,
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        record_dated(
            verb="foi.register_request",
            actor=actor,
            target=request,
            body=body,
            years=[submitted_on.year],
            amendment=amendment,
            detail={"number": request.number, "channel": channel, "submitted_on": submitted_on},
        )
    return request


def request_number(body: Body, year: int) -> str:
    """The next number of a body's year; longer than four digits when a year has more than 9999 requests."""
    return f"{year}-{next_number(f'foi.request:{body.pk}:{year}'):04d}"
