"""What became of an attempt to serve a letter: it arrived, it came back; and the proof."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.answering import is_answer
from gongkai.foi.acts.facts import why_not_supplement
from gongkai.foi.acts.issuing import locked_for_leaving
from gongkai.foi.acts.service_effects import take_effect, term_of, why_effect_refused
from gongkai.foi.acts.serving import record_service, why_days_wrong
from gongkai.foi.models import Dispatch, Material
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.organisations.amendments import years_through


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
        *why_days_wrong(after, at),
    ]
    if found:
        return found
    if is_answer(letter):
        return why_effect_refused(after, actor=actor, at=at, amendment=amendment)
    fact, detail = term_of(after)
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
        take_effect(dispatch, actor=actor, at=at, amendment=amendment)
        record_service("foi.confirm_service", dispatch, received_on, actor=actor, amendment=amendment)
    return dispatch


def _why_ended(dispatch: Dispatch) -> list[Obstacle]:
    if dispatch.received_on is not None:
        return [Obstacle("served", f"已登记于{dispatch.received_on}签收", "无须重复登记")]
    if dispatch.failed_on is not None:
        message = f"已登记于{dispatch.failed_on}退回（{dispatch.failure}）"
        return [Obstacle("failed", message, "重新送达的，请另行登记送达")]
    return []


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
