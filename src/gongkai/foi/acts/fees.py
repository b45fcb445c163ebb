"""The processing fee (国办函〔2020〕109号): the notice, and the payment that starts a new term."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.db import transaction

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.clock import why_clock_refuses
from gongkai.foi.details import storable
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, FeeBasis, FeeNotice, Request
from gongkai.foi.rules import why_closed, why_future, why_not_handle, why_not_received
from gongkai.law.facts import FeeNotified, FeePaid
from gongkai.law.fees import Fee, FeeError, compute_fee
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import officer_of


@dataclass(frozen=True)
class Charge:
    """What is charged for: so many items of this applicant in one month, after ``already`` earlier ones, or pages."""

    basis: str
    quantity: int
    notified_on: dt.date
    already: int = 0
    received_by_applicant_on: dt.date | None = None


def fee_of(request: Request, charge: Charge) -> tuple[Fee | None, list[Obstacle]]:
    """The amount by the tariff in force when the request was received, or why none can be charged."""
    on = request.received_on or charge.notified_on
    try:
        if charge.basis == FeeBasis.BY_ITEM:
            fee = compute_fee(on=on, items=charge.quantity, already=charge.already)
        elif charge.basis == FeeBasis.BY_PAGE:
            fee = compute_fee(on=on, pages=charge.quantity)
        else:
            return None, [Obstacle("basis", "请选择按件或者按量中的一种计收", "请重新选择", "basis")]
    except FeeError as error:
        return None, [Obstacle("fee", str(error), field="quantity")]
    if fee.amount == 0:
        return None, [Obstacle("free", f"{fee.text}，没有超出免费范围", "不应发出收费通知", "quantity")]
    return fee, []


def why_not_issue_fee_notice(
    request: Request, charge: Charge, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands against the notice; a second one, by whichever tariff, among it."""
    years = [charge.notified_on.year]
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_closed(request, amendment),
        *why_not_received(request),
        *why_future(
            at, notified_on=charge.notified_on, received_by_applicant_on=charge.received_by_applicant_on
        ),
        *fee_of(request, charge)[1],
    ]
    if request.fee_notices.exists():
        message = "本件已经发出收费通知，按件与按量只能选一种，不得重复计收"
        found.append(Obstacle("charged", message, "无须再次发出"))
    return found or why_clock_refuses(request, _notified(charge))


def _notified(charge: Charge) -> FeeNotified:
    return FeeNotified(charge.notified_on, charge.received_by_applicant_on)


def issue_fee_notice(  # noqa: PLR0913 - the notice has that many parts
    *,
    request: Request,
    basis: str,
    quantity: int,
    notified_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    already: int = 0,
    received_by_applicant_on: dt.date | None = None,
    document_number: str = "",
    amendment: str = "",
) -> FeeNotice:
    """Issue the notice; the law computes the amount. Raises RefusedError.

    By item, ``quantity`` counts the requests charged here and ``already`` those of the same applicant earlier in the
    calendar month.
    """
    charge = Charge(basis, quantity, notified_on, already, received_by_applicant_on)
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_issue_fee_notice(request, charge, actor=actor, at=at, amendment=amendment))
        fee = cast("Fee", fee_of(request, charge)[0])  # the obstacles were asked
        notice = FeeNotice.objects.create(
            request=request,
            basis=basis,
            quantity=quantity,
            amount_yuan=fee.amount,
            notified_on=notified_on,
        )
        detail = {
            "received_by_applicant_on": received_by_applicant_on,
            "notice": notice.pk,
            "computation": fee.text,
        }
        CaseFact.objects.create(
            request=request,
            kind=FactKind.FEE_NOTIFIED,
            on=notified_on,
            detail=storable(detail),
            document_number=document_number,
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        record_dated(
            verb="foi.issue_fee_notice",
            actor=actor,
            target=request,
            body=request.body,
            years=[notified_on.year],
            amendment=amendment,
            detail={**detail, "amount_yuan": notice.amount_yuan},
        )
    return notice


def why_not_record_payment(
    notice: FeeNotice,
    *,
    paid_on: dt.date,
    paid_yuan: Decimal,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Paid already, another amount than asked for, too late, or no permission."""
    request = notice.request
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=[paid_on.year], amendment=amendment),
        *why_closed(request, amendment),
        *why_future(at, paid_on=paid_on),
    ]
    if notice.paid_on is not None:
        found.append(Obstacle("paid", f"已于{notice.paid_on}缴纳", "无须重复登记", "paid_on"))
    if paid_yuan != notice.amount_yuan:
        message = f"实收{paid_yuan}元与应收{notice.amount_yuan}元不一致"
        found.append(Obstacle("amount", message, "足额缴纳后再登记；多缴的先退还", "paid_yuan"))
    return found or why_clock_refuses(request, FeePaid(paid_on))


def record_fee_payment(
    *,
    notice: FeeNotice,
    paid_on: dt.date,
    paid_yuan: Decimal,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> FeeNotice:
    """Record that the fee was paid in full: the reply term starts anew. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(notice.request)
        notice = lock_one(notice)
        obstacles = why_not_record_payment(
            notice, paid_on=paid_on, paid_yuan=paid_yuan, actor=actor, at=at, amendment=amendment
        )
        refuse_if(obstacles)
        notice.paid_on, notice.paid_yuan = paid_on, paid_yuan
        notice.save(update_fields=["paid_on", "paid_yuan"])
        CaseFact.objects.create(
            request=request,
            kind=FactKind.FEE_PAID,
            on=paid_on,
            detail={"notice": notice.pk},
            recorded_at=at,
            recorded_by=officer_of(actor),
        )
        record_dated(
            verb="foi.record_fee_payment",
            actor=actor,
            target=request,
            body=request.body,
            years=[paid_on.year],
            amendment=amendment,
            detail={"notice": notice.pk, "paid_yuan": paid_yuan},
        )
    return notice
