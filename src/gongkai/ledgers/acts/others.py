"""Record fees received, procurement concluded, trainings held, assessments and appraisals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.ledgers.models import FeeReceipt, Matter, MatterKind, Procurement, Supervision, Training
from gongkai.ledgers.rules import why_not_period, why_overlapping
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_year_closed


def why_not_record_fee_receipt(
    matter: Matter,
    *,
    first_day: dt.date,
    last_day: dt.date,
    amount_yuan: Decimal,
    actor: Actor,
    amendment: str = "",
) -> list[Obstacle]:
    """Fees belong to a fee matter; a period is told once."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, matter.body, timezone.localdate())
    if matter.kind != MatterKind.FEE:
        message = f"“{matter.name}”不是行政事业性收费项目"
        obstacles.append(Obstacle("not_fee", message, "请选择收费项目", "matter"))
    if amount_yuan < 0:
        obstacles.append(Obstacle("negative", "收费金额不能为负", "请核对金额（单位：元）", "amount_yuan"))
    obstacles += why_not_period(matter, first_day, last_day)
    periods = matter.receipts.values_list("first_day", "last_day")
    obstacles += why_overlapping(matter, periods, first_day, last_day)
    return obstacles + why_year_closed(matter.body, first_day.year, amendment)


def record_fee_receipt(
    *,
    matter: Matter,
    first_day: dt.date,
    last_day: dt.date,
    amount_yuan: Decimal,
    actor: Actor,
    source: str = "",
    amendment: str = "",
) -> FeeReceipt:
    """Record administrative fees received in a period, in yuan.

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    with transaction.atomic():
        matter = lock_one(matter)
        refuse_if(
            why_not_record_fee_receipt(
                matter,
                first_day=first_day,
                last_day=last_day,
                amount_yuan=amount_yuan,
                actor=actor,
                amendment=amendment,
            )
        )
        receipt = FeeReceipt(
            matter=matter, first_day=first_day, last_day=last_day, amount_yuan=amount_yuan, source=source
        )
        receipt.full_clean()
        receipt.save()
        detail = {"from": first_day.isoformat(), "to": last_day.isoformat(), "yuan": str(amount_yuan)}
        body = matter.body
        record_dated(
            verb="ledgers.record_fee_receipt",
            actor=actor,
            target=receipt,
            body=body,
            detail=detail,
            years=[first_day.year],
            amendment=amendment,
        )
    return receipt


def record_procurement(
    *,
    body: Body,
    name: str,
    concluded_on: dt.date,
    amount_yuan: Decimal,
    actor: Actor,
    supplier: str = "",
    amendment: str = "",
) -> Procurement:
    """Record a project of centralised procurement with its price in yuan.

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    refuse_if(_why_not_enter(body, concluded_on, actor, amendment, "concluded_on"))
    row = Procurement(
        body=body, name=name.strip(), concluded_on=concluded_on, amount_yuan=amount_yuan, supplier=supplier
    )
    row.full_clean()
    with transaction.atomic():
        row.save()
        detail = {"name": row.name, "on": concluded_on.isoformat(), "yuan": str(amount_yuan)}
        record_dated(
            verb="ledgers.record_procurement",
            actor=actor,
            target=row,
            body=body,
            detail=detail,
            years=[concluded_on.year],
            amendment=amendment,
        )
    return row


def record_training(
    *,
    body: Body,
    held_on: dt.date,
    title: str,
    attendees: int,
    actor: Actor,
    organiser: str = "",
    amendment: str = "",
) -> Training:
    """Record a training on disclosure work (条例 art. 48).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    refuse_if(_why_not_enter(body, held_on, actor, amendment, "held_on"))
    row = Training(body=body, held_on=held_on, title=title.strip(), attendees=attendees, organiser=organiser)
    row.full_clean()
    with transaction.atomic():
        row.save()
        detail = {"on": held_on.isoformat(), "attendees": attendees}
        record_dated(
            verb="ledgers.record_training",
            actor=actor,
            target=row,
            body=body,
            detail=detail,
            years=[held_on.year],
            amendment=amendment,
        )
    return row


def record_supervision(
    *,
    body: Body,
    kind: str,
    held_on: dt.date,
    title: str,
    actor: Actor,
    people: int = 0,
    result: str = "",
    amendment: str = "",
) -> Supervision:
    """Record an assessment, a public appraisal or a case of accountability (条例 arts. 46, 50(4)).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    refuse_if(_why_not_enter(body, held_on, actor, amendment, "held_on"))
    row = Supervision(
        body=body, kind=kind, held_on=held_on, title=title.strip(), people=people, result=result
    )
    row.full_clean()
    with transaction.atomic():
        row.save()
        detail = {"kind": kind, "on": held_on.isoformat(), "people": people}
        record_dated(
            verb="ledgers.record_supervision",
            actor=actor,
            target=row,
            body=body,
            detail=detail,
            years=[held_on.year],
            amendment=amendment,
        )
    return row


def _why_not_enter(body: Body, on: dt.date, actor: Actor, amendment: str, field: str) -> list[Obstacle]:
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    if on > timezone.localdate():
        obstacles.append(Obstacle("future", f"日期（{on}）晚于今天", "请核对日期", field))
    return obstacles + why_year_closed(body, on.year, amendment)
