"""Correcting a decision: the corrected one takes its place, both stay to be seen."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.closing import Answer, why_answer_wrong
from gongkai.foi.clock import why_clock_refuses
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Decision, Request
from gongkai.foi.rules import why_not_handle
from gongkai.law.facts import Answered
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.rules import officer_of


def why_not_correct(
    decision: Decision,
    answer: Answer,
    *,
    reason: str,
    reissued: bool,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against putting another decision in the place of this one."""
    request = decision.request
    years = _years(request, answer, reissued=reissued)
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_answer_wrong(request, answer, at),
    ]
    if decision.replaced_by_id is not None:
        found.append(Obstacle("replaced", f"{decision.number}已被更正", "请更正最新的决定"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "更正答复决定应写明理由", "请填写理由", "reason"))
    if reissued and answer.served_on < decision.served_on:
        message = f"重新制发的答复{answer.served_on}送达，早于原答复{decision.served_on}"
        found.append(Obstacle("reissued_early", message, "请核对日期", "served_on"))
    if found or reissued:
        return found
    return why_clock_refuses(request, Answered(answer.served_on), without=_answer_fact(request))


def _years(request: Request, answer: Answer, *, reissued: bool) -> range:
    return years_through(request.closed_on, None if reissued else answer.served_on)


def _answer_fact(request: Request) -> CaseFact | None:
    return request.facts.filter(kind=FactKind.ANSWERED, cancelled_at=None).first()


def correct_decision(
    *,
    decision: Decision,
    answer: Answer,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    reissued: bool = False,
    amendment: str = "",
) -> Decision:
    """Put a corrected decision in the place of a wrong one. Raises RefusedError.

    The case counts with the new outcome. When the record was wrong, it counts on the corrected day of service too.
    When the letter was wrong and a new one went out (``reissued``), it stays closed on the day of the first: that is
    when an answer left the house, and the year it was counted in keeps it.
    """
    with transaction.atomic():
        lock_one(decision.request.body)
        request = lock_one(decision.request)
        decision = lock_one(decision)
        years = _years(request, answer, reissued=reissued)
        obstacles = why_not_correct(
            decision, answer, reason=reason, reissued=reissued, actor=actor, at=at, amendment=amendment
        )
        refuse_if(obstacles)
        corrected = answer.decision(request)
        corrected.save()
        Decision.objects.filter(pk=decision.pk).update(replaced_by=corrected)
        if not reissued:
            _move_answer(request, answer.served_on, reason=reason, actor=actor, at=at)
        request.outcome = answer.outcome
        request.document = answer.document or request.document
        request.save(update_fields=["outcome", "closed_on", "document"])
        detail = {
            "from": {"decision": decision.pk, "outcome": decision.outcome, "on": decision.served_on},
            "to": {"decision": corrected.pk, "outcome": corrected.outcome, "on": corrected.served_on},
            "reissued": reissued,
        }
        record_dated(
            verb="foi.correct_decision",
            actor=actor,
            target=request,
            body=request.body,
            years=years,
            amendment=amendment,
            detail=detail,
            reason=reason,
        )
    return corrected


def _move_answer(request: Request, on: dt.date, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """The fact that ended the case moves with a wrong day; on the same day it stays as it is."""
    if request.closed_on == on:
        return
    CaseFact.objects.filter(request=request, kind=FactKind.ANSWERED, cancelled_at=None).update(
        cancelled_at=at, cancel_reason=reason
    )
    CaseFact.objects.create(
        request=request, kind=FactKind.ANSWERED, on=on, recorded_at=at, recorded_by=officer_of(actor)
    )
    request.closed_on = on
