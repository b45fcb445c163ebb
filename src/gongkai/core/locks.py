"""The one place that spells row locks, always ordered by key so that two acts cannot deadlock each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import models, transaction

M = TypeVar("M", bound=models.Model)


def lock(model: type[M], keys: Iterable[object]) -> dict[object, M]:
    """Lock rows for the rest of the transaction, ordered by primary key.

    Must be called inside a transaction. On SQLite the whole transaction is IMMEDIATE, so reading suffices.
    Keys never change here, so the weaker lock is taken: another act may still refer to the row (an audit entry
    to its body), which would otherwise wait for us while we wait for the end of its audit chain.
    Raises ``model.DoesNotExist`` when a row is gone.
    """
    wanted = set(keys)
    if not transaction.get_connection().in_atomic_block:
        message = "locks are taken inside a transaction only"
        raise transaction.TransactionManagementError(message)
    rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")  # noqa: SLF001
    found: dict[object, M] = {row.pk: row for row in rows}
    if len(found) != len(wanted):
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return found


def lock_one(row: M) -> M:
    """Lock one row and return it as it is now, not as it was when the caller read it."""
    return lock(type(row), [row.pk])[row.pk]
