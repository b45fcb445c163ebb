"""How often something was asked for, counted in the database: for all worker processes together, and exactly.

A cache of each process would let a guesser try as often again with every worker. One statement counts and tells, so
that two that come at the same moment are two. What is counted is kept as a keyed digest: an address is personal data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

from django.conf import settings
from django.db import connection

from gongkai.core.models import Rate

_COUNT = (
    "INSERT INTO core_rate (slot, hits, ends) VALUES (%s, 1, %s)"
    " ON CONFLICT (slot) DO UPDATE SET hits = core_rate.hits + 1 RETURNING hits"
)


def count(name: str, whose: str, *, at: dt.datetime, window: int) -> tuple[int, int]:
    """Count one in the running window of so many seconds; how many there were with it, and seconds to its end."""
    now = int(at.timestamp())
    ends = now - now % window + window
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_slot(name, whose, ends), ends])
        (hits,) = cursor.fetchone()
    return hits, ends - now


def _slot(name: str, whose: str, ends: int) -> str:
    said = f"rate:{name}:{whose}:{ends}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def forget_rates(*, at: dt.datetime) -> int:
    """Delete the windows that are over; how many there were."""
    deleted, _ = Rate.objects.filter(ends__lte=int(at.timestamp())).delete()
    return deleted
