"""How much reached the public, and where."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from gongkai.channels.models import COUNTED_STATES, Channel, Delivery
from gongkai.organisations.models import Body


def counted_deliveries(body: Body, year: int) -> QuerySet[Delivery]:
    """The deliveries of a body that reached the public in a year, by the local calendar."""
    return Delivery.objects.filter(channel__body=body, state__in=COUNTED_STATES, delivered_at__year=year)


def delivery_counts(body: Body, year: int) -> dict[str, int]:
    """Deliveries per channel kind; 0 for a kind the body has a channel of and used not once."""
    kinds = Channel.objects.filter(body=body).values_list("kind", flat=True).order_by("kind").distinct()
    rows = counted_deliveries(body, year).order_by().values_list("channel__kind").annotate(Count("pk"))
    return dict.fromkeys(kinds, 0) | dict(rows)
