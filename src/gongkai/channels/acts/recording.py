"""Record by hand what appeared on a channel, one by one or in a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.channels.models import Channel, Delivery, DeliveryState
from gongkai.channels.rules import why_not_deliverable, why_not_new, why_year_of_delivery_closed
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.models import Edition
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted, why_years_closed

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class DeliveryRow:
    """One edition that appeared on one channel: when, where, which issue and page, how many readers."""

    channel: Channel
    edition: Edition
    delivered_at: dt.datetime
    address: str = ""
    issue: str = ""
    page: str = ""
    readers: int | None = None


def why_not_record_delivery(*, row: DeliveryRow, actor: Actor, amendment: str = "") -> list[Obstacle]:
    """Everything that stands in the way of recording a delivery by hand."""
    return [
        *why_not_permitted(actor, Permission.HANDLE, row.channel.body, timezone.localdate()),
        *why_not_deliverable(row.channel, row.edition, row.delivered_at),
        *why_not_new(row.channel, row.edition),
        *why_year_of_delivery_closed(row.channel, row.delivered_at, amendment),
    ]


def record_delivery(*, row: DeliveryRow, actor: Actor, amendment: str = "") -> Delivery:
    """Record by hand that an edition appeared on a channel. Raises ``RefusedError``."""
    with transaction.atomic():
        lock_one(row.channel)
        refuse_if(why_not_record_delivery(row=row, actor=actor, amendment=amendment))
        delivery = _delivery(row, actor)
        delivery.save()
        detail = {"channel": row.channel.name, "at": row.delivered_at.isoformat(), "issue": row.issue}
        body = row.channel.body
        record_dated(
            verb="channels.record_delivery",
            actor=actor,
            target=delivery,
            body=body,
            detail=detail,
            years=[timezone.localdate(row.delivered_at).year],
            amendment=amendment,
        )
    return delivery


def _delivery(row: DeliveryRow, actor: Actor) -> Delivery:
    return Delivery(
        channel=row.channel,
        edition=row.edition,
        state=DeliveryState.BY_HAND,
        delivered_at=row.delivered_at,
        address=row.address,
        issue=row.issue,
        page=row.page,
        readers=row.readers,
        recorded_by=officer_of(actor),
    )


def why_not_import_deliveries(
    *, body: Body, rows: Sequence[DeliveryRow], actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """Everything wrong with the batch; what is wrong with a row names the row, counted from 1."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    if not rows:
        obstacles.append(Obstacle("empty", "没有可以导入的发布记录", "请检查所选文件"))
    obstacles += why_years_closed(body, years_of(rows), amendment)
    return obstacles + list(_wrong_rows(body, rows))


def years_of(rows: Iterable[DeliveryRow]) -> set[int]:
    """The years the deliveries are counted in, by the local calendar."""
    return {timezone.localdate(row.delivered_at).year for row in rows}


def _wrong_rows(body: Body, rows: Sequence[DeliveryRow]) -> Iterator[Obstacle]:
    channels = {row.channel.pk for row in rows}
    known = set(Delivery.objects.filter(channel__in=channels).values_list("channel_id", "edition_id"))
    for position, row in enumerate(rows, start=1):
        obstacles = why_not_deliverable(row.channel, row.edition, row.delivered_at)
        if row.channel.body_id != body.pk:
            obstacles.append(
                Obstacle("foreign", f"渠道“{row.channel.name}”不属于{body.display_name}", field="channel")
            )
        key = (row.channel.pk, row.edition.pk)
        if key in known:
            message = f"《{row.edition.title}》在“{row.channel.name}”已有发布记录，或在本批中重复"
            obstacles.append(Obstacle("delivered", message, "请删除重复的行", "edition"))
        known.add(key)
        for obstacle in obstacles:
            message = f"第{position}行：{obstacle.message}"
            yield Obstacle(obstacle.code, message, obstacle.remedy, obstacle.field)


def import_deliveries(
    *, body: Body, rows: Sequence[DeliveryRow], actor: Actor, amendment: str = ""
) -> list[Delivery]:
    """Record many deliveries, all or none, with one audit entry. Raises ``RefusedError`` naming every wrong row."""
    rows = list(rows)
    with transaction.atomic():
        refuse_if(why_not_import_deliveries(body=body, rows=rows, actor=actor, amendment=amendment))
        deliveries = Delivery.objects.bulk_create((_delivery(row, actor) for row in rows), batch_size=BATCH)
        detail = {"count": len(deliveries), "channels": sorted({row.channel.name for row in rows})}
        record_dated(
            verb="channels.import_deliveries",
            actor=actor,
            target=body,
            body=body,
            detail=detail,
            years=years_of(rows),
            amendment=amendment,
        )
    return deliveries
