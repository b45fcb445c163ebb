"""Leaving: what was asked for goes at once, and the address with the last of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.fields import blind_index
from gongkai.core.locks import lock_one
from gongkai.engagement.actors import PUBLIC
from gongkai.subscriptions.models import Notice, Subscriber, Subscription
from gongkai.subscriptions.rules import UNCONFIRMED_FOR


def leave(
    *, subscriber: Subscriber, subscriptions: Iterable[int] | None = None, actor: Actor = PUBLIC
) -> int:
    """End some subscriptions of an address, or all; how many there were. A second click finds none."""
    with transaction.atomic():
        try:
            lock_one(subscriber)
        except Subscriber.DoesNotExist:
            return 0
        rows = Subscription.objects.filter(subscriber=subscriber)
        rows = rows if subscriptions is None else rows.filter(pk__in=list(subscriptions))
        ended = list(rows)
        for one in ended:
            record(verb="subscriptions.leave", actor=actor, target=one)
        rows.delete()
        _forget_if_empty(subscriber.pk)
    return len(ended)


def _forget_if_empty(key: int) -> None:
    if not Subscription.objects.filter(subscriber=key).exists():
        Subscriber.objects.filter(pk=key).delete()


def forget_address(address: str, *, actor: Actor) -> int:
    """End everything of an address, for whoever asks the office or whose letters come back; how many there were."""
    found = Subscriber.objects.filter(address_index=blind_index(address)).first()
    return leave(subscriber=found, actor=actor) if found else 0


def sweep_unconfirmed(*, at: dt.datetime) -> int:
    """What nobody confirmed goes with its address (个人信息保护法 art. 47); how many there were."""
    with transaction.atomic():
        old = Subscription.objects.filter(confirmed_at=None, asked_at__lte=at - UNCONFIRMED_FOR)
        number = len(old)
        old.delete()
        Subscriber.objects.filter(subscriptions=None, asked_at__lte=at - UNCONFIRMED_FOR).delete()
    return number


def sweep_notices(*, at: dt.datetime) -> int:
    """Say of what a killed worker had begun that nobody knows; forget what was told long ago; how many rows."""
    begun = Notice.objects.filter(sent_at=None, ended="", begun_at__lte=at - BEGUN_FOR)
    number = begun.update(ended="发送中断，不知是否送达")
    old, _ = Notice.objects.filter(due_at__lte=at - NOTICES_FOR).delete()
    return number + old


BEGUN_FOR = dt.timedelta(hours=6)
NOTICES_FOR = dt.timedelta(days=400)


def note_refusal(subscriber: Subscriber) -> None:
    """The mail server says the address takes nothing; after the third time in a row it is forgotten."""
    refusals = subscriber.refusals + 1
    if refusals >= MOST_REFUSALS:
        leave(subscriber=subscriber, actor=SYSTEM)
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(refusals=refusals)


MOST_REFUSALS = 3
