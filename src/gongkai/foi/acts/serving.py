"""Serving a letter (国办公开办函〔2016〕235号), attempt by attempt; the day that counts is reckoned by ``law.delivery``.

When an answer closes its case: posted, on the posting day, at once — a letter that comes back later does not open the
case again, the next attempt is another dispatch. Handed over or handed over by another body, on the day the applicant
signs. Electronically, on the day of sending, but only once the arrival is confirmed: what bounced was never served.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.answering import CORRECTION, is_answer, why_not_answer_with
from gongkai.foi.acts.closing import Answer, close_request, why_not_close
from gongkai.foi.acts.corrections import correct_decision, why_not_correct
from gongkai.foi.acts.facts import supplement_fact, why_not_supplement
from gongkai.foi.acts.issuing import leave, locked_for_leaving, why_not_leave
from gongkai.foi.acts.letters import why_in_state
from gongkai.foi.acts.steps import Step, why_step_refused
from gongkai.foi.enums import FactKind, ServiceMethod
from gongkai.foi.models import CaseFact, Decision, Dispatch, Letter, Material
from gongkai.foi.models.letters import LetterState
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.law import delivery
from gongkai.law.outcomes import OUTCOMES
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.rules import officer_of

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

POSTAL = ("邮政", "EMS")
"""How a postal enterprise calls itself; another carrier is asked about."""


@dataclass(frozen=True)
class Posting:
    """What an officer says of a posted letter beyond the dispatch itself."""

    postal_confirmed: bool = False
    paid_by_recipient: bool = False


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


def why_not_dispatch(
    dispatch: Dispatch,
    *,
    posting: Posting | None = None,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against this attempt, the case's own objection to being closed by it among it."""
    letter = dispatch.letter
    years = (
        years_through(dispatch.sent_on, timezone.localdate(at))
        if is_answer(letter)
        else [dispatch.sent_on.year]
    )
    found = [
        *why_not_handle(letter.request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_in_state(letter, LetterState.SIGNED, LetterState.ISSUED, remedy="签发以后才能送达"),
        *why_not_leave(letter, on=dispatch.sent_on, at=at),
        *why_row_wrong(dispatch),
        *_why_days_wrong(dispatch, at),
        *_why_method_wrong(dispatch, posting or Posting()),
        *_why_again(dispatch),
    ]
    return found or _why_effect_refused(dispatch, actor=actor, at=at, amendment=amendment)


def _why_days_wrong(dispatch: Dispatch, at: dt.datetime) -> list[Obstacle]:
    received_on = dispatch.received_on
    if received_on is not None and received_on < dispatch.sent_on:
        message = f"签收日期{received_on}早于发出日期{dispatch.sent_on}"
        return [Obstacle("received_early", message, "请核对日期", "received_on")]
    return why_future(at, received_on=received_on)


def _why_method_wrong(dispatch: Dispatch, posting: Posting) -> list[Obstacle]:
    if dispatch.method == ServiceMethod.POST:
        return _why_post_wrong(dispatch, posting)
    if dispatch.method == ServiceMethod.IN_PERSON and dispatch.received_on is None:
        message = "直接送达以签收当日为准，没有填写签收日期"
        return [Obstacle("not_signed", message, "请填写签收日期", "received_on")]
    if dispatch.method == ServiceMethod.COMMISSIONED and not dispatch.carrier.strip():
        message = "委托送达应写明受托的行政机关"
        return [Obstacle("no_carrier", message, "请填写受托机关", "carrier")]
    return []


def _why_post_wrong(dispatch: Dispatch, posting: Posting) -> list[Obstacle]:
    named = any(word in dispatch.carrier.upper() for word in POSTAL)
    postal = posting.postal_confirmed or named
    found = [
        Obstacle("posting", problem, "确属邮政企业的，请勾选确认" if "邮政企业" in problem else "", "carrier")
        for problem in delivery.delivered(
            delivery.Dispatch(
                method=delivery.DeliveryMethod.MAIL,
                sent_on=dispatch.sent_on,
                by_postal_enterprise=postal,
                paid_by_recipient=posting.paid_by_recipient,
            )
        ).problems
    ]
    if not dispatch.tracking_number.strip():
        message = "没有填写邮件号，无法证明交邮日期"
        found.append(Obstacle("no_tracking", message, "请填写挂号或者特快专递的邮件号", "tracking_number"))
    return found


def _why_again(dispatch: Dispatch) -> list[Obstacle]:
    """One attempt at a time; what was received is not sent again."""
    others = dispatch.letter.dispatches.exclude(pk=dispatch.pk)
    if others.exclude(received_on=None).exists():
        return [Obstacle("served", "文书已经送达", "无须再次送达")]
    if others.filter(failed_on=None).exists():
        return [Obstacle("under_way", "文书已经发出，尚无结果", "请先登记签收或者退回")]
    return []


def _why_effect_refused(
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


def dispatch_letter(  # noqa: PLR0913 - an attempt has that many parts
    *,
    letter: Letter,
    method: str,
    sent_on: dt.date,
    carrier: str = "",
    tracking_number: str = "",
    received_on: dt.date | None = None,
    received_by: str = "",
    posting: Posting | None = None,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Dispatch:
    """Record an attempt to serve a signed letter; the first one issues it. Raises RefusedError.

    What counts as served by it closes the case, or puts a corrected answer in the place of the wrong one.
    """
    with transaction.atomic():
        letter = locked_for_leaving(letter)
        dispatch = Dispatch(
            letter=letter,
            method=method,
            carrier=carrier.strip(),
            tracking_number=tracking_number.strip(),
            sent_on=sent_on,
            received_on=received_on,
            received_by=received_by.strip(),
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        refuse_if(why_not_dispatch(dispatch, posting=posting, actor=actor, at=at, amendment=amendment))
        dispatch.save()
        if letter.state == LetterState.SIGNED:
            leave(Step(letter, sent_on, actor, at, amendment))
        _take_effect(dispatch, actor=actor, at=at, amendment=amendment)
        _record("foi.dispatch_letter", dispatch, sent_on, actor=actor, amendment=amendment)
    return dispatch


def _record(verb: str, dispatch: Dispatch, on: dt.date, *, actor: Actor, amendment: str) -> None:
    letter = dispatch.letter
    record_dated(
        verb=verb,
        actor=actor,
        target=letter.request,
        body=letter.request.body,
        years=[on.year],
        amendment=amendment,
        detail={
            "letter": letter.pk,
            "number": letter.number,
            "dispatch": dispatch.pk,
            "method": dispatch.method,
            "on": on,
        },
    )


def _take_effect(dispatch: Dispatch, *, actor: Actor, at: dt.datetime, amendment: str) -> None:
    """Close or correct the case on the day that counts; start the term of who received the letter."""
    letter, day = dispatch.letter, counted_on(dispatch)
    if is_answer(letter):
        if day is not None and letter.decision_id is None:
            _answer(letter, answer_of(letter, dispatch, day), actor=actor, at=at, amendment=amendment)
        return
    fact, detail = _term_of(dispatch)
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


def _term_of(dispatch: Dispatch) -> tuple[CaseFact | None, dict[str, object]]:
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


def why_not_confirm_service(
    dispatch: Dispatch,
    *,
    received_on: dt.date,
    received_by: str = "",
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Ended already, a day that cannot be, or a case that objects."""
    letter = dispatch.letter
    after = _received(dispatch, received_on, received_by)
    days = [after.sent_on, received_on, timezone.localdate(at)]
    years = years_through(*days) if is_answer(letter) else [received_on.year]
    found = [
        *why_not_handle(letter.request.body, actor=actor, at=at, years=years, amendment=amendment),
        *_why_ended(dispatch),
        *_why_days_wrong(after, at),
    ]
    if found:
        return found
    if is_answer(letter):
        return _why_effect_refused(after, actor=actor, at=at, amendment=amendment)
    fact, detail = _term_of(after)
    if fact is None or letter.request.closed_on is not None:
        return []
    return why_not_supplement(fact, detail=detail, actor=actor, at=at, amendment=amendment)


def _received(dispatch: Dispatch, on: dt.date, by: str) -> Dispatch:
    """The attempt as it would be."""
    names = [field.attname for field in Dispatch._meta.concrete_fields]  # noqa: SLF001 - documented interface
    after = Dispatch(**{name: getattr(dispatch, name) for name in names})
    after.letter = dispatch.letter
    after.received_on, after.received_by = on, by.strip()
    return after


def _why_ended(dispatch: Dispatch) -> list[Obstacle]:
    if dispatch.received_on is not None:
        return [Obstacle("served", f"已登记于{dispatch.received_on}签收", "无须重复登记")]
    if dispatch.failed_on is not None:
        message = f"已登记于{dispatch.failed_on}退回（{dispatch.failure}）"
        return [Obstacle("failed", message, "重新送达的，请另行登记送达")]
    return []


def confirm_service(
    *,
    dispatch: Dispatch,
    received_on: dt.date,
    received_by: str = "",
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Dispatch:
    """Record that the letter arrived: signed for, or its electronic arrival confirmed. Raises RefusedError."""
    with transaction.atomic():
        letter = locked_for_leaving(dispatch.letter)
        dispatch = lock_one(dispatch)
        dispatch.letter = letter
        refuse_if(
            why_not_confirm_service(
                dispatch,
                received_on=received_on,
                received_by=received_by,
                actor=actor,
                at=at,
                amendment=amendment,
            )
        )
        dispatch.received_on, dispatch.received_by = received_on, received_by.strip()
        dispatch.save(update_fields=["received_on", "received_by"])
        _take_effect(dispatch, actor=actor, at=at, amendment=amendment)
        _record("foi.confirm_service", dispatch, received_on, actor=actor, amendment=amendment)
    return dispatch


def why_not_fail_service(
    dispatch: Dispatch, *, failed_on: dt.date, failure: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Ended already, no cause, or a day that cannot be."""
    found = [
        *why_not_handle(dispatch.letter.request.body, actor=actor, at=at),
        *_why_ended(dispatch),
        *why_future(at, failed_on=failed_on),
    ]
    if failed_on < dispatch.sent_on:
        message = f"退回日期{failed_on}早于发出日期{dispatch.sent_on}"
        found.append(Obstacle("failed_early", message, "请核对日期", "failed_on"))
    if not failure.strip():
        found.append(Obstacle("no_failure", "未送达应写明原因", "请填写原因", "failure"))
    return found


def fail_service(
    *, dispatch: Dispatch, failed_on: dt.date, failure: str, actor: Actor, at: dt.datetime
) -> Dispatch:
    """Record that the letter came back or bounced; the next attempt is another dispatch. Raises RefusedError."""
    with transaction.atomic():
        letter = locked_for_leaving(dispatch.letter)
        dispatch = lock_one(dispatch)
        dispatch.letter = letter
        refuse_if(why_not_fail_service(dispatch, failed_on=failed_on, failure=failure, actor=actor, at=at))
        dispatch.failed_on, dispatch.failure = failed_on, failure.strip()[:200]
        dispatch.save(update_fields=["failed_on", "failure"])
        request = letter.request
        record(
            verb="foi.fail_service",
            actor=actor,
            target=request,
            body=request.body,
            detail={"letter": letter.pk, "dispatch": dispatch.pk, "on": failed_on},
        )
    return dispatch


def why_not_attach_proof(
    dispatch: Dispatch, *, proof: Material, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A file of another case, or a proof that is attached already."""
    found = why_not_handle(dispatch.letter.request.body, actor=actor, at=at)
    if proof.request_id != dispatch.letter.request_id:
        found.append(Obstacle("elsewhere", "所选材料不是本件的", "请重新选择", "proof"))
    if dispatch.proof_id == proof.pk:
        found.append(Obstacle("again", "该凭证已经关联", "无须重复关联", "proof"))
    return found


def attach_proof(*, dispatch: Dispatch, proof: Material, actor: Actor, at: dt.datetime) -> Dispatch:
    """Attach the receipt, the postal slip or the log that proves the service. Raises RefusedError."""
    with transaction.atomic():
        letter = locked_for_leaving(dispatch.letter)
        dispatch = lock_one(dispatch)
        dispatch.letter = letter
        refuse_if(why_not_attach_proof(dispatch, proof=proof, actor=actor, at=at))
        dispatch.proof = proof
        dispatch.save(update_fields=["proof"])
        request = letter.request
        record(
            verb="foi.attach_proof",
            actor=actor,
            target=request,
            body=request.body,
            detail={"dispatch": dispatch.pk, "material": proof.pk},
        )
    return dispatch
