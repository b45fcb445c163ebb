"""How much reached the public, and where."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.models import COUNTED_STATES, Channel, Delivery
from gongkai.organisations.models import Body

MOST = 50  # channels in trouble that are told of


def counted_deliveries(body: Body, year: int) -> QuerySet[Delivery]:
    """The deliveries of a body that reached the public in a year, by the local calendar."""
    return Delivery.objects.filter(channel__body=body, state__in=COUNTED_STATES, delivered_at__year=year)


def delivery_counts(body: Body, year: int) -> dict[str, int]:
    """Deliveries per channel kind; 0 for a kind the body has a channel of and used not once."""
    kinds = Channel.objects.filter(body=body).values_list("kind", flat=True).order_by("kind").distinct()
    rows = counted_deliveries(body, year).order_by().values_list("channel__kind").annotate(Count("pk"))
    return dict.fromkeys(kinds, 0) | dict(rows)


@dataclass(frozen=True)
class Trouble:
    """A channel that asks for a person: why it stands still, how many deliveries failed or wait for somebody."""

    channel: int
    name: str
    error: str
    failed: int
    waiting: int


def troubles(bodies: QuerySet[Body]) -> list[Trouble]:
    """The channels in use of these bodies on which something failed or waits for a person."""
    alarming = Q(deliveries__state__in=(S.FAILED_PERMANENT, S.AWAITING_HAND, S.FOLLOW_UP_BY_HAND))
    found = Channel.objects.filter(body__in=bodies, is_active=True).annotate(
        waiting=Count("deliveries", filter=alarming),
        failed=Count("deliveries", filter=Q(deliveries__state=S.FAILED_PERMANENT)),
    )
    found = found.filter(Q(waiting__gt=0) | Q(paused_at__isnull=False) | ~Q(last_error="")).order_by(
        "body", "pk"
    )
    return [Trouble(one.pk, one.name, _said(one), one.failed, one.waiting) for one in found[:MOST]]


def _said(channel: Channel) -> str:
    if channel.paused_at is not None:
        return f"已暂停，{channel.paused_reason}" if channel.paused_reason else "已暂停"
    return channel.last_error
