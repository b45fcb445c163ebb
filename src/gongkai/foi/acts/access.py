"""Looking at who asks: personal data is shown to those who handle the case, and every look is recorded."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.foi.models import Applicant, Request
from gongkai.foi.rules import why_not_handle


def why_not_view_applicant(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only who handles the body's requests needs the applicant's data (个人信息保护法 arts. 6, 51)."""
    return why_not_handle(request.body, actor=actor, at=at)


def view_applicant(*, request: Request, actor: Actor, at: dt.datetime) -> Applicant:
    """The applicant's data in the clear, with the access recorded. Raises RefusedError."""
    with transaction.atomic():
        refuse_if(why_not_view_applicant(request, actor=actor, at=at))
        record(verb="foi.view_applicant", actor=actor, target=request, body=request.body)
    return request.applicant
