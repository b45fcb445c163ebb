"""What an attempt to serve a letter does to the case: the day that counts, the answer, the terms that begin."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle
from gongkai.foi.acts.answering import CORRECTION, is_answer, why_not_answer_with
from gongkai.foi.acts.closing import Answer, close_request, why_not_close
from gongkai.foi.acts.corrections import correct_decision, why_not_correct
from gongkai.foi.acts.facts import supplement_fact
from gongkai.foi.acts.steps import Step, why_step_refused
from gongkai.foi.enums import FactKind, ServiceMethod
from gongkai.foi.models import CaseFact, Decision, Dispatch, Letter
from gongkai.foi.models.letters import LetterState
from gongkai.law import delivery
from gongkai.law.outcomes import OUTCOMES

METHODS = {
    ServiceMethod.IN_PERSON: delivery.DeliveryMethod.DIRECT,
    ServiceMethod.COMMISSIONED: delivery.DeliveryMethod.ENTRUSTED,
    ServiceMethod.POST: delivery.DeliveryMethod.MAIL,
    ServiceMethod.ELECTRONIC: delivery.DeliveryMethod.ELECTRONIC,
}
"""The way out, as the law of delivery names it."""


RECEIVED_KEYS = {
    FactKind.THIRD_PARTY_CONSULTED: "received_on",
    FactKind.CO_AUTHOR_CONSULTED: "received_on",
    FactKind.FEE_NOTIFIED: "received_by_applicant_on",
}
"""Facts whose term runs from the day the letter was received."""


def counted_on(dispatch: Dispatch) -> dt.date | None:
    """The day the letter counts as served by this attempt; None while it does not."""
    if dispatch.failed_on is not None and dispatch.method != ServiceMethod.POST:
        return None
    if dispatch.method == ServiceMethod.ELECTRONIC and dispatch.received_on is None:
        return None
    found = delivery.delivered(
        delivery.Dispatch(
            method=METHODS[ServiceMethod(dispatch.method)],
            sent_on=dispatch.sent_on,
            signed_on=dispatch.received_on,
        )
    )
    return found.delivered_on


def why_effect_refused(
    dispatch: Dispatch, *, actor: Actor, at: dt.datetime, amendment: str
) -> list[Obstacle]:
    """What the case says: against the step of a letter that leaves by this, against the answer that is served by it."""
    letter = dispatch.letter
    if not is_answer(letter):
        if letter.state == LetterState.ISSUED:
            return []
        return why_step_refused(Step(letter, dispatch.sent_on, actor, at, amendment))
    day = counted_on(dispatch)
    if letter.decision_id is not None:
        return []
    if day is None:
        return why_not_answer_with(letter, on=dispatch.sent_on)
    answer = answer_of(letter, dispatch, day)
    if letter.kind == CORRECTION:
        return why_not_answer_with(letter, on=dispatch.sent_on) or why_not_correct(
            _former(letter),
            answer,
            reason=_reason(letter),
            reissued=True,
            actor=actor,
            at=at,
            amendment=amendment,
        )
    return why_not_close(letter.request, answer, actor=actor, at=at, amendment=amendment) or (
        why_not_answer_with(letter, on=dispatch.sent_on)
    )


def _former(letter: Letter) -> Decision:
    """The decision a correction is of; ``answering`` asked that there is one."""
    return cast("Decision", letter.replaces and letter.replaces.decision)


def _reason(letter: Letter) -> str:
    return str(letter.facts.get("reasons", "")) or letter.title


def answer_of(letter: Letter, dispatch: Dispatch, served_on: dt.date) -> Answer:
    """The decision as it was signed and served. The wording is the law's: the letter's own names persons."""
    return Answer(
        outcome=letter.outcome,
        number=letter.number,
        decided_on=timezone.localdate(letter.signed_at) if letter.signed_at else dispatch.sent_on,
        served_by=dispatch.method,
        served_on=served_on,
        wording=OUTCOMES[letter.outcome].wording,
        signed_by=letter.signed_by,
        document=letter.request.document,
    )


def take_effect(dispatch: Dispatch, *, actor: Actor, at: dt.datetime, amendment: str) -> None:
    """Close or correct the case on the day that counts; start the term of who received the letter."""
    letter, day = dispatch.letter, counted_on(dispatch)
    if is_answer(letter):
        if day is not None and letter.decision_id is None:
            _answer(letter, answer_of(letter, dispatch, day), actor=actor, at=at, amendment=amendment)
        return
    fact, detail = term_of(dispatch)
    if fact is not None and letter.request.closed_on is None:
        supplement_fact(fact=fact, detail=detail, actor=actor, at=at, amendment=amendment)


def _answer(letter: Letter, answer: Answer, *, actor: Actor, at: dt.datetime, amendment: str) -> None:
    if letter.kind == CORRECTION:
        decision = correct_decision(
            decision=_former(letter),
            answer=answer,
            reason=_reason(letter),
            reissued=True,
            actor=actor,
            at=at,
            amendment=amendment,
        )
    else:
        decision = close_request(
            request=letter.request,
            outcome=answer.outcome,
            number=answer.number,
            decided_on=answer.decided_on,
            served_by=answer.served_by,
            served_on=answer.served_on,
            wording=answer.wording,
            signed_by=answer.signed_by,
            document=answer.document,
            actor=actor,
            at=at,
            amendment=amendment,
        )
    letter.decision = decision
    letter.save(update_fields=["decision"])


def term_of(dispatch: Dispatch) -> tuple[CaseFact | None, dict[str, object]]:
    """The fact of this letter whose day of receipt becomes known, if it was not known."""
    letter = dispatch.letter
    if dispatch.received_on is None or not letter.number:
        return None, {}
    facts = letter.request.facts.filter(
        document_number=letter.number, cancelled_at=None, kind__in=list(RECEIVED_KEYS)
    )
    for fact in facts:
        key = RECEIVED_KEYS[FactKind(fact.kind)]
        if key not in fact.detail:
            return fact, {key: dispatch.received_on}
    return None, {}
