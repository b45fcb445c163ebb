"""Subscribing: asked by anybody, valid once whoever reads the address confirms it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.fields import blind_index
from gongkai.core.locks import lock_one
from gongkai.disclosure.models import Document
from gongkai.engagement.actors import PUBLIC
from gongkai.subscriptions.enums import About, Rhythm
from gongkai.subscriptions.models import Subscriber, Subscription
from gongkai.subscriptions.rules import MOST_SUBSCRIPTIONS, why_no_mail, why_not_address, why_too_often
from gongkai.subscriptions.subjects import LONGEST_QUERY, Subject


def why_not_subject(subject: Subject) -> list[Obstacle]:
    """Something public, or words to look for."""
    if subject.about == About.DOCUMENT:
        document = subject.document
        if document is None or not Document.objects.public().filter(pk=document.pk).exists():
            return [Obstacle("not_public", "这份文件没有公开或者已经撤下", "请从文件的页面订阅")]
    if subject.about == About.BODY and (subject.body is None or not subject.body.is_active):
        return [Obstacle("no_body", "没有这个机关", "请从机关的页面订阅")]
    if subject.about == About.ITEM and (subject.item is None or subject.item.catalogue.body is None):
        return [Obstacle("no_item", "没有这个公开事项", "请从事项的页面订阅")]
    if subject.about == About.SEARCH and not subject.query:
        return [Obstacle("no_query", "没有检索词，也没有筛选条件", "请先检索，再订阅结果")]
    if len(subject.query) > LONGEST_QUERY:
        return [Obstacle("query", "检索条件太长", "请减少检索词")]
    return []


def why_not_ask(*, address: str, subject: Subject, rhythm: str) -> list[Obstacle]:
    """Letters can lead back here, the address is one, and there is something to be told of."""
    found = [*why_no_mail(), *why_not_address(address.strip()), *why_not_subject(subject)]
    if rhythm not in Rhythm.values:
        found.append(Obstacle("rhythm", "没有选择多久告知一次", "请选择其中一项", "rhythm"))
    return found


def ask(*, address: str, subject: Subject, rhythm: str, origin: str, at: dt.datetime) -> Subscription | None:
    """Take down a subscription and have the letter sent that confirms it. Raises ``RefusedError``.

    None for one that is confirmed already: nothing is sent, and the page says the same as ever, so that nobody learns
    who subscribed to what. No record names it: nothing was confirmed, and the row goes by itself.
    """
    address = address.strip()
    refuse_if(why_not_ask(address=address, subject=subject, rhythm=rhythm))
    refuse_if(why_too_often(address, origin, at))
    with transaction.atomic():
        index = blind_index(address)
        subscriber, _ = Subscriber.objects.get_or_create(
            address_index=index, defaults={"address": address, "asked_at": at}
        )
        subscriber = lock_one(subscriber)
        found = subscriber.subscriptions.filter(subject=subject.mark).first()
        if found is None:
            refuse_if(_why_too_many(subscriber))
            found = Subscription(subscriber=subscriber, about=subject.about, subject=subject.mark)
            found.body, found.item, found.document = subject.body, subject.item, subject.document
            found.query = subject.query
        elif found.confirmed_at is not None:
            return None
        found.rhythm, found.asked_at = rhythm, at
        found.confirmation_sent_at, found.confirmation_tries = None, 0
        found.save()
        transaction.on_commit(partial(_wake, found.pk))
    return found


def _why_too_many(subscriber: Subscriber) -> list[Obstacle]:
    if subscriber.subscriptions.count() < MOST_SUBSCRIPTIONS:
        return []
    return [
        Obstacle(
            "many", f"这个邮箱已经登记了{MOST_SUBSCRIPTIONS}项订阅", "请先退订不需要的，再订阅新的", "address"
        )
    ]


def _wake(subscription: int) -> None:
    from gongkai.subscriptions.tasks import send_confirmation

    send_confirmation.enqueue(subscription)


def confirm(*, subscription: Subscription, at: dt.datetime) -> Subscription:
    """The reader of the address wants it; a second click changes nothing."""
    with transaction.atomic():
        subscription = lock_one(subscription)
        if subscription.confirmed_at is None:
            subscription.confirmed_at = at
            subscription.save(update_fields=["confirmed_at"])
            record(verb="subscriptions.confirm", actor=PUBLIC, target=subscription)
    return subscription
