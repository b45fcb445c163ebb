"""From a change to the notices it makes: once for each subscription, however often it is tried."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.core.locks import lock_one
from gongkai.subscriptions.enums import Rhythm
from gongkai.subscriptions.matching import concerned
from gongkai.subscriptions.models import Notice, PublicChange

DIGEST_AT = dt.time(7, 30)
TOO_OLD = dt.timedelta(days=7)  # what a standstill of the machine made stale is not sent any more


def spread(key: int, *, at: dt.datetime) -> int:
    """Make the notices of a change that has none yet; how many."""
    with transaction.atomic():
        found = PublicChange.objects.filter(pk=key, handled_at=None).first()
        if found is None:
            return 0
        change = lock_one(found)
        if change.handled_at is not None:
            return 0
        wanted = concerned(change) if change.noted_at > at - TOO_OLD else []
        Notice.objects.bulk_create(
            [Notice(subscription=one, change=change, due_at=due(one.rhythm, at)) for one in wanted],
            ignore_conflicts=True,
        )
        change.handled_at = at
        change.save(update_fields=["handled_at"])
    return len(wanted)


def due(rhythm: str, at: dt.datetime) -> dt.datetime:
    """Now, or with the next digest."""
    if rhythm == Rhythm.IMMEDIATE:
        return at
    local = timezone.localtime(at)
    digest = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return digest if digest > local else digest + dt.timedelta(days=1)


def waiting() -> list[int]:
    """Changes nobody has looked at yet: their task was lost."""
    found = PublicChange.objects.filter(handled_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True)[:500])
