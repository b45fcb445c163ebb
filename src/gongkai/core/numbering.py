"""Numbers from one locked counter: unique, without gaps unless the transaction fails, never recomputed."""

from __future__ import annotations

from django.db import transaction

from gongkai.core.locks import lock_one
from gongkai.core.models import Counter


def next_number(series: str, *, count: int = 1) -> int:
    """Take the next number (or the first of ``count`` consecutive numbers) of a series.

    Runs inside the caller's transaction: when that fails, the number is not used up. Raises ``ValueError`` for a
    count below one.
    """
    if count < 1:
        message = f"cannot take {count} numbers"
        raise ValueError(message)
    with transaction.atomic():
        row, _ = Counter.objects.get_or_create(series=series)
        locked = lock_one(row)
        first = locked.last + 1
        Counter.objects.filter(pk=locked.pk).update(last=locked.last + count)
    return first
