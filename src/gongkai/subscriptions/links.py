"""The signed words in letters: whoever has one has read the letter, and may do just what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing

from gongkai.channels.material import public_address
from gongkai.subscriptions.models import Subscriber, Subscription
from gongkai.subscriptions.rules import LINK_FOR

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONFIRM, LEAVE = "gongkai.subscriptions.confirm", "gongkai.subscriptions.leave"


def confirmation_word(subscription: Subscription) -> str:
    """The word that confirms a subscription; it expires."""
    return signing.dumps(subscription.pk, salt=CONFIRM)


def to_confirm(word: str) -> Subscription | None:
    """The subscription a word confirms; None when it is not ours, too old, or the subscription is gone."""
    try:
        key = signing.loads(word, salt=CONFIRM, max_age=LINK_FOR)
    except signing.BadSignature:
        return None
    return _whole().filter(pk=key).first()


def leaving_word(subscriber: Subscriber, subscriptions: list[int]) -> str:
    """The word by which an address leaves, now or in years; it names what its letter was about."""
    return signing.Signer(salt=LEAVE).sign_object(
        [subscriber.pk, subscriber.address_index[:16], subscriptions]
    )


def to_leave(word: str) -> tuple[Subscriber, list[Subscription], list[int]] | None:
    """The address with its subscriptions, and those the letter was about; None when there is nothing to leave."""
    try:
        key, mark, meant = signing.Signer(salt=LEAVE).unsign_object(word)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    subscriber = Subscriber.objects.filter(pk=key, address_index__startswith=mark).first()
    if subscriber is None:
        return None
    return subscriber, list(_whole().filter(subscriber=subscriber, confirmed_at__isnull=False)), meant


def _whole() -> QuerySet[Subscription]:
    return Subscription.objects.select_related("subscriber", "body", "item__catalogue__body", "document")


def confirmation_address(subscription: Subscription) -> str:
    """Where the letter leads to confirm."""
    return public_address(f"/subscriptions/confirm/{confirmation_word(subscription)}/")


def leaving_address(subscriber: Subscriber, subscriptions: list[int]) -> str:
    """Where a letter leads to leave."""
    return public_address(f"/subscriptions/leave/{leaving_word(subscriber, subscriptions)}/")
