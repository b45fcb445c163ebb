"""Subscriptions at hand, and the letters that went."""

from django.core import mail
from django.utils import timezone

from gongkai.subscriptions import acts, mailing, spreading
from gongkai.subscriptions.enums import About
from gongkai.subscriptions.models import PublicChange, Subscription
from gongkai.subscriptions.subjects import Subject

ADDRESS = "lao.wang@example.com"


def subject_for(row):
    """What a row is as the subject of a subscription; words are a search."""
    if isinstance(row, str):
        return Subject(About.SEARCH, query=row)
    name = row._meta.model_name
    return Subject(About(name), **{name: row})


def asked(row, *, address=ADDRESS, rhythm="immediate", origin="", at=None):
    """A subscription nobody confirmed yet."""
    given = {"address": address, "rhythm": rhythm, "origin": origin, "at": at or timezone.now()}
    return acts.ask(subject=subject_for(row), **given)


def confirmed(row, **more):
    """One that holds."""
    return acts.confirm(subscription=asked(row, **more), at=timezone.now())


def spread_all(at=None):
    """What the worker does with changes."""
    for key in PublicChange.objects.filter(handled_at=None).values_list("pk", flat=True):
        spreading.spread(key, at=at or timezone.now())


def send_all(at=None):
    """What the worker does with letters; those of this round."""
    before = len(mail.outbox)
    for key in mailing.due_addresses(at or timezone.now()):
        mailing.send_news(key, at=at or timezone.now())
    return mail.outbox[before:]


def told(at=None):
    """Both."""
    spread_all(at)
    return send_all(at)


def fresh(row):
    return Subscription.objects.get(pk=row.pk)
