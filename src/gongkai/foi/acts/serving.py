"""Serving a letter (国办公开办函〔2016〕235号), attempt by attempt; the day that counts is reckoned by ``law.delivery``.

When an answer closes its case: posted, on the posting day, at once — a letter that comes back later does not open the
case again, the next attempt is another dispatch. Handed over or handed over by another body, on the day the applicant
signs. Electronically, on the day of sending, but only once the arrival is confirmed: what bounced was never served.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.answering import is_answer
from gongkai.foi.acts.issuing import leave, locked_for_leaving, why_not_leave
from gongkai.foi.acts.letters import why_in_state
from gongkai.foi.acts.service_effects import counted_on, take_effect, why_effect_refused
from gongkai.foi.acts.steps import Step
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.models import Dispatch, Letter
from gongkai.foi.models.letters import LetterState
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.law import delivery
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.rules import officer_of

__all__ = ["Posting", "counted_on", "dispatch_letter", "record_service", "why_days_wrong", "why_not_dispatch"]

POSTAL = ("邮政", "EMS")
"""How a postal enterprise calls itself; another carrier is asked about."""


@dataclass(frozen=True)
class Posting:
    """What an officer says of a posted letter beyond the dispatch itself."""

    postal_confirmed: bool = False
    paid_by_recipient: bool = False


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
        *why_days_wrong(dispatch, at),
        *_why_method_wrong(dispatch, posting or Posting()),
        *_why_again(dispatch),
    ]
    return found or why_effect_refused(dispatch, actor=actor, at=at, amendment=amendment)


def why_days_wrong(dispatch: Dispatch, at: dt.datetime) -> list[Obstacle]:
    """Received before it was sent, or in the future."""
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
        take_effect(dispatch, actor=actor, at=at, amendment=amendment)
        record_service("foi.dispatch_letter", dispatch, sent_on, actor=actor, amendment=amendment)
    return dispatch


def record_service(verb: str, dispatch: Dispatch, on: dt.date, *, actor: Actor, amendment: str) -> None:
    """The audit's entry on an attempt: which letter, which way, which day; not who signed for it."""
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
