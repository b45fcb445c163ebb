"""Registered with the disclosure room: every public change is noted, in the transaction that makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from gongkai.disclosure.effects import Change, register
from gongkai.disclosure.models import Document
from gongkai.subscriptions.models import PublicChange, Subscription


def note(document: Document, change: Change, at: dt.datetime) -> None:
    """Note the change; whoever subscribed is looked up after the commit, if there is anybody."""
    has_subscribers = Subscription.objects.filter(confirmed_at__isnull=False).exists()
    handled_at = None if has_subscribers else timezone.now()
    made = PublicChange.objects.create(document=document, change=change.value, at=at, handled_at=handled_at)
    if has_subscribers:
        transaction.on_commit(partial(_wake, made.pk))


def note_many(documents: Sequence[Document], change: Change, at: dt.datetime) -> None:
    """An import brings what was published long ago and elsewhere: it is noted, and nobody is written to."""
    now = timezone.now()
    PublicChange.objects.bulk_create(
        [
            PublicChange(document=one, change=change.value, at=at, noted_at=now, handled_at=now)
            for one in documents
        ],
        batch_size=500,
    )


def _wake(change: int) -> None:
    from gongkai.subscriptions.tasks import spread_change

    spread_change.enqueue(change)


def install() -> None:
    """Take part in every public change."""
    register("subscriptions", note, many=note_many)
