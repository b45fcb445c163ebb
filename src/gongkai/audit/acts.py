"""Adding to the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from gongkai.audit.chain import digest_of, storable
from gongkai.audit.models import NAME_LENGTH, TARGET_NAME_LENGTH, Entry, Head

if TYPE_CHECKING:
    from gongkai.core.actors import Actor
    from gongkai.organisations.models import Body


def record(
    *,
    verb: str,
    actor: Actor,
    target: models.Model,
    body: Body | None = None,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Append one entry inside the caller's transaction, so that an act and its record stand or fall together.

    Call it last: it holds the end of the chain until the transaction ends, and everybody else's record waits.
    `detail` takes text, whole numbers, dates and Decimals. Raises TransactionManagementError outside a
    transaction, TypeError for a float in `detail`.
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"{verb}: an act is recorded inside its own transaction"
        raise transaction.TransactionManagementError(message)
    head = _locked_head()
    # Names are for reading; one longer than its column is cut, as PostgreSQL would refuse the whole act.
    entry = Entry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=actor.name_for_record[:NAME_LENGTH],
        body=body,
        verb=verb,
        target_type=target._meta.label_lower,  # noqa: SLF001 - Django's documented interface
        target_id=str(target.pk),
        target_name=str(target)[:TARGET_NAME_LENGTH],
        detail=storable(detail or {}),
        reason=reason,
        previous_digest=head.digest,
    )
    entry.digest = digest_of(entry.sealed_values())
    entry.save()
    Head.objects.filter(pk=Head.ONLY).update(sequence=entry.sequence, digest=entry.digest)
    return entry


def _locked_head() -> Head:
    # The lock is taken by key, so two first appends meet at the insert and the second waits for the first.
    Head.objects.get_or_create(pk=Head.ONLY)
    return Head.objects.select_for_update().get(pk=Head.ONLY)
