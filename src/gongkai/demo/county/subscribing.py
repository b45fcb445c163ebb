"""Who asked to be told by e-mail: confirmed ones and one whose letter lies unread. Nobody's addresses; nothing is sent."""

from __future__ import annotations

import datetime as dt

from gongkai.audit.acts import record
from gongkai.core.fields import blind_index
from gongkai.demo.offices import Office
from gongkai.disclosure.models import Document
from gongkai.engagement.actors import PUBLIC
from gongkai.subscriptions.enums import About, Rhythm
from gongkai.subscriptions.models import Subscriber, Subscription
from gongkai.subscriptions.subjects import Subject

DAY = dt.timedelta(1)


def build_subscriptions(office: Office) -> None:
    """A body, an item, a document and a search; the last is not confirmed yet."""
    paper = (
        Document.objects.public().filter(body=office.body, title__contains="学校招生入学工作的意见").first()
    )
    asked = (
        ("reader-1@example.org", Subject(About.BODY, body=office.body), Rhythm.DAILY, 60),
        ("reader-2@example.org", Subject(About.ITEM, item=office.items["招生政策"]), Rhythm.IMMEDIATE, 33),
        ("reader-2@example.org", Subject(About.SEARCH, query="q=课后服务"), Rhythm.DAILY, 33),
        ("reader-3@example.org", Subject(About.DOCUMENT, document=paper), Rhythm.IMMEDIATE, 9),
        ("reader-4@example.org", Subject(About.SEARCH, query="q=校车"), Rhythm.DAILY, 1),
    )
    for number, (address, subject, rhythm, days) in enumerate(asked):
        _subscribe(address, subject, rhythm, office.now - days * DAY, confirmed=number < len(asked) - 1)


def _subscribe(address: str, subject: Subject, rhythm: str, at: dt.datetime, *, confirmed: bool) -> None:
    """As ``ask`` and ``confirm`` would have left it, without the letters they send."""
    subscriber, _ = Subscriber.objects.get_or_create(
        address_index=blind_index(address), defaults={"address": address, "asked_at": at}
    )
    row = Subscription.objects.create(
        subscriber=subscriber,
        about=subject.about,
        body=subject.body,
        item=subject.item,
        document=subject.document,
        query=subject.query,
        subject=subject.mark,
        rhythm=rhythm,
        asked_at=at,
        confirmation_sent_at=at,
        confirmation_tries=1,
        confirmed_at=at + dt.timedelta(minutes=14) if confirmed else None,
    )
    if confirmed:
        record(verb="subscriptions.confirm", actor=PUBLIC, target=row)
