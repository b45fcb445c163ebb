"""A third party objects, and the public interest outweighs it: disclose, and tell the third party why (条例 art. 32)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_closed, why_future, why_not_handle, why_not_received
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import officer_of


def objecting_parties(request: Request) -> list[str]:
    """The third parties that do not consent and were not told that their interest is overridden, in order.

    Silence is no consent either, but then the body decides by itself (条例 art. 32).
    """
    standing = request.facts.filter(cancelled_at=None)
    answers: dict[str, object] = {}
    for fact in standing.filter(kind=FactKind.THIRD_PARTY_ANSWERED).order_by("on", "pk"):
        answers[fact.detail.get("party", "第三方")] = fact.detail.get("consents")
    told = {fact.detail.get("party") for fact in standing.filter(kind=FactKind.THIRD_PARTY_OVERRIDDEN)}
    return [party for party, consents in answers.items() if consents is False and party not in told]


def why_not_override(
    request: Request,
    *,
    party: str,
    reason: str,
    on: dt.date,
    number: str = "",  # noqa: ARG001 - the act's own arguments
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """No such objection, no reason, or the case is over."""
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[on.year], amendment=amendment),
        *why_closed(request, amendment),
        *why_not_received(request),
        *why_future(at, on=on),
    ]
    if party not in objecting_parties(request):
        message = f"没有登记{party}不同意公开的意见，或者已经告知"
        found.append(Obstacle("no_objection", message, "请先登记第三方的意见", "party"))
    if not reason.strip():
        message = "认为不公开可能对公共利益造成重大影响的，应当写明理由并告知第三方（条例第三十二条）"
        found.append(Obstacle("no_reason", message, "请填写理由", "reason"))
    return found


def record_override(
    request: Request,
    *,
    party: str,
    reason: str,
    on: dt.date,
    number: str = "",
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> CaseFact:
    """Record that the third party was told what is disclosed against its will, and why. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(
            why_not_override(
                request, party=party, reason=reason, on=on, actor=actor, at=at, amendment=amendment
            )
        )
        fact = CaseFact.objects.create(
            request=request,
            kind=FactKind.THIRD_PARTY_OVERRIDDEN,
            on=on,
            detail={"party": party, "reason": reason.strip()},
            document_number=number,
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        record_dated(
            verb="foi.record_override",
            actor=actor,
            target=request,
            body=request.body,
            years=[on.year],
            amendment=amendment,
            detail={"fact": fact.pk, "on": on},
        )
    return fact
