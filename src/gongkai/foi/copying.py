"""A row that goes on where another stops: a part of a split request, a new round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai.core.actors import Actor
from gongkai.foi.models import CaseFact, Request
from gongkai.organisations.rules import officer_of


def copy_of(request: Request, *, number: str, actor: Actor, at: dt.datetime) -> Request:
    """The same applicant's same wishes under another number; not saved, without facts."""
    return Request(
        body=request.body,
        number=number,
        applicant=request.applicant,
        applicant_kind=request.applicant_kind,
        channel=request.channel,
        subject=request.subject,
        description=request.description,
        special_needs=request.special_needs,
        wanted_form=request.wanted_form,
        wanted_delivery=request.wanted_delivery,
        unit=request.unit,
        agent_name=request.agent_name,
        agent_phone=request.agent_phone,
        registered_at=at,
        registered_by=officer_of(actor),
    )


def copy_facts(facts: Iterable[CaseFact], request: Request) -> None:
    """What happened so far happened to this row too: its clock goes on as it was."""
    CaseFact.objects.bulk_create(
        CaseFact(
            request=request,
            kind=one.kind,
            on=one.on,
            detail=one.detail,
            document_number=one.document_number,
            recorded_at=one.recorded_at,
            recorded_by=one.recorded_by,
        )
        for one in facts
    )
