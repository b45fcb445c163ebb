"""How many readers the vendors count: asked once a day for what went out in the last thirty days.

A count is a courtesy of the vendor. When it cannot be had, the channel says why and goes on publishing; nothing is
paused, and the next day asks for the same days again, so that a missed day is made up for.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.utils import timezone

from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.failures import ChannelError, redacted
from gongkai.channels.kinds import kind_of
from gongkai.channels.kinds.base import Count
from gongkai.channels.models import Channel, Delivery

logger = logging.getLogger(__name__)

DAYS = 30  # WeChat counts an article for so many days after it came out
MOST = 1000  # texts of a channel that are asked about at once
THERE = (S.PUBLISHED, S.BY_HAND, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)


def count_all() -> int:
    """Every channel in use whose vendor counts; how many deliveries got a count."""
    found = Channel.objects.filter(is_active=True, paused_at=None).select_related("body").order_by("pk")
    return sum(count_channel(channel) for channel in found if kind_of(channel).counts)


def count_channel(channel: Channel) -> int:
    """Ask the vendor and write down what it says; how many deliveries got a count. Never raises for the vendor."""
    now = timezone.now()
    deliveries = list(_recent(channel, timezone.localdate(now)))
    if not deliveries:
        return 0
    done, error = 0, ""
    try:
        for one in kind_of(channel).count(channel, deliveries):  # each as it comes: an error later loses none
            done += _keep(one, now)
    except ChannelError as refused:
        error = redacted(refused.message, [*channel.secrets.values(), channel.token])
        logger.warning("channel %s: no counts: %s %s", channel.pk, refused.code, error)
    facts: dict[str, object] = {"count_error": error} if error else {"count_error": "", "counted_at": now}
    Channel.objects.filter(pk=channel.pk).update(**facts)
    return done


def _recent(channel: Channel, today: dt.date) -> Iterable[Delivery]:
    """What went out before today and is still there: vendors count whole days."""
    first = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=DAYS), dt.time()))
    until = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    found = Delivery.objects.filter(channel=channel, state__in=THERE)
    found = found.filter(delivered_at__gte=first, delivered_at__lt=until)
    return found.order_by("-delivered_at", "-pk")[:MOST]


def _keep(one: Count, at: dt.datetime) -> int:
    """What a vendor does not tell stays as it was."""
    facts: dict[str, object] = {"counted_at": at}
    if one.readers is not None:
        facts["readers"] = one.readers
    if one.reactions:
        facts["reactions"] = dict(one.reactions)
    return Delivery.objects.filter(pk=one.delivery).update(**facts)
