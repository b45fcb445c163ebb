"""A request is answered anew: after a review or a judgment, or because the body withdrew a wrong answer.

The first answer stays what it was: closed on its day with its outcome, counted in the year it was counted. The new
round is a row of its own (``Request.reopens``) with its own term and its own letters, and no figure counts it: that the
first answer was wrong is told by table 4.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import TextChoices

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.closing import WITHDRAWN
from gongkai.foi.copying import copy_of
from gongkai.foi.enums import FactKind, Standing
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_future, why_not_handle, why_set_aside
from gongkai.organisations.rules import officer_of

CORRECTED = "corrected"  # disputes.models.Result: the act was revoked, changed or found unlawful


class Ground(TextChoices):
    """Why a closed request is answered anew."""

    REVIEW = "review", "行政复议决定"
    JUDGMENT = "judgment", "法院判决"
    OWN = "own", "自行撤销原答复"


_ROUTES = {Ground.REVIEW: ("review",), Ground.JUDGMENT: ("direct", "after_review")}


def why_not_reopen(
    request: Request,
    *,
    ground: str,
    received_on: dt.date,
    due_on: dt.date | None = None,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against answering the request anew."""
    if ground not in Ground.values:
        return [Obstacle("ground", "请选择重新办理的依据", "请重新选择", "ground")]
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[received_on.year], amendment=amendment),
        *why_set_aside(request),
        *why_future(at, received_on=received_on),
    ]
    if request.closed_on is None and not request.set_aside:
        found.append(Obstacle("open", f"申请{request.number}尚未办结", "请直接办理"))
    if request.closed_on is not None and received_on < request.closed_on:
        message = f"日期{received_on}早于办结日期{request.closed_on}"
        found.append(Obstacle("early", message, "请核对日期", "received_on"))
    again = request.reopenings.first()
    if again is not None:
        found.append(Obstacle("again", f"已经重新办理，编号{again.number}", "请在该编号上办理"))
    if due_on is not None and due_on < received_on:
        found.append(Obstacle("due_early", f"期限{due_on}早于{received_on}", "请核对日期", "due_on"))
    return found + _why_no_ground(request, ground, received_on, due_on, reason)


def _why_no_ground(
    request: Request, ground: str, received_on: dt.date, due_on: dt.date | None, reason: str
) -> list[Obstacle]:
    if ground == Ground.OWN:
        found = []
        if request.outcome == WITHDRAWN:
            message = "申请人撤回的申请没有可以撤销的答复"
            found.append(Obstacle("no_answer", message, "请申请人重新申请", "ground"))
        if not reason.strip():
            message = "自行撤销原答复应写明理由"
            found.append(Obstacle("no_reason", message, "请填写理由", "reason"))
        if due_on is not None:
            message = "只有复议决定或者判决可以另定期限"
            found.append(Obstacle("due_own", message, "请删去期限", "due_on"))
        return found
    disputes = request.disputes.filter(route__in=_ROUTES[Ground(ground)], result=CORRECTED)
    if disputes.filter(concluded_on__lte=received_on).exists():
        return []
    message = f"没有登记{received_on}以前审结、结果为“结果纠正”的{Ground(ground).label}"
    return [Obstacle("no_ruling", message, "请先登记复议诉讼案件的结果", "ground")]


def reopen_request(
    *,
    request: Request,
    ground: str,
    received_on: dt.date,
    due_on: dt.date | None = None,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Request:
    """Open a new round; ``received_on`` is the day the ruling reached the body. Raises RefusedError.

    Twenty workdays run from the next day (条例 art. 33), unless the ruling sets the day: ``due_on``.
    """
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(
            why_not_reopen(
                request,
                ground=ground,
                received_on=received_on,
                due_on=due_on,
                reason=reason,
                actor=actor,
                at=at,
                amendment=amendment,
            )
        )
        anew = copy_of(request, number=_number(request), actor=actor, at=at)
        anew.standing, anew.reopens, anew.received_on = Standing.REDONE, request, received_on
        anew.save()
        said = f"{Ground(ground).label}，{received_on}起重新办理"
        _note(anew, FactKind.RECEIVED, received_on, actor, at, {"explanation": said})
        if due_on is not None:
            _note(anew, FactKind.TERM_ORDERED, received_on, actor, at, {"due_on": due_on.isoformat()})
        detail = {"numbers": anew.number, "reason": reason.strip() or Ground(ground).label}
        _note(request, FactKind.REOPENED, received_on, actor, at, detail)
        record(
            verb="foi.reopen_request",
            actor=actor,
            target=request,
            body=request.body,
            detail={"ground": ground, "as": anew.number, "on": received_on, "due_on": due_on},
            reason=reason,
        )
    return anew


def _number(request: Request) -> str:
    """``2024-0012-重1``; the round after that is ``2024-0012-重2``."""
    first, rounds = request, 1
    while first.reopens is not None:
        first, rounds = first.reopens, rounds + 1
    return f"{first.number}-重{rounds}"


def _note(
    request: Request, kind: FactKind, on: dt.date, actor: Actor, at: dt.datetime, detail: dict[str, str]
) -> None:
    CaseFact.objects.create(
        request=request, kind=kind, on=on, detail=detail, recorded_at=at, recorded_by=officer_of(actor)
    )


def present_round(request: Request) -> Request:
    """The round in which the request is handled now: itself, unless it was opened anew."""
    again = request.reopenings.first()
    return request if again is None else present_round(again)
