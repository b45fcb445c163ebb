"""Sending: a letter for an address, what is due in it, and never the same change twice.

What is about to be sent is marked first. When the machine stops in between, nobody knows whether the letter went; it is
not sent again. A mail server that refuses or cannot be reached says so, and then it is tried again.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from enum import Enum

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F

from gongkai.core.locks import lock_one
from gongkai.subscriptions.acts.leaving import note_refusal
from gongkai.subscriptions.letters import Letter, confirmation, news
from gongkai.subscriptions.models import Notice, Subscriber, Subscription
from gongkai.subscriptions.rules import why_no_mail

logger = logging.getLogger(__name__)

FOR_GOOD = 500  # SMTP answers from here on are final
MOST_TRIES = 6
MOST_NOTICES = 500
WAITS = (5, 15, 60, 240, 720)  # minutes


class Sent(Enum):
    """What became of a letter."""

    GONE = "gone"
    """The mail server took it."""
    LATER = "later"
    """It did not, and may take it later."""
    REFUSED = "refused"
    """The address takes nothing."""
    UNKNOWN = "unknown"
    """It may have taken it."""


def due_addresses(at: dt.datetime) -> list[int]:
    """Subscribers for whom something is due."""
    found = Notice.objects.filter(due_at__lte=at, sent_at=None, ended="", begun_at=None)
    return list(found.order_by("subscription__subscriber").values_list("subscription__subscriber", flat=True).distinct()[:500])  # fmt: skip


def send_news(subscriber_id: int, *, at: dt.datetime) -> Sent | None:
    """One letter with everything due for an address; None when there is nothing to say."""
    if why_no_mail():
        return None
    claimed = _claim(subscriber_id, at)
    if claimed is None:
        return None
    subscriber, notices = claimed
    letter = news(subscriber, notices)
    keys = [one.pk for one in notices]
    if letter is None:
        Notice.objects.filter(pk__in=keys).update(ended="内容已撤下")
        return None
    outcome = deliver(subscriber.address, letter)
    _settle(subscriber, keys, outcome, at)
    return outcome


def _claim(subscriber_id: int, at: dt.datetime) -> tuple[Subscriber, list[Notice]] | None:
    """Mark what is due as begun, so that no other worker sends it."""
    with transaction.atomic():
        found = Subscriber.objects.filter(pk=subscriber_id).first()
        if found is None:
            return None
        subscriber = lock_one(found)
        waiting = Notice.objects.filter(
            subscription__subscriber=subscriber,
            subscription__confirmed_at__isnull=False,
            due_at__lte=at,
            sent_at=None,
            ended="",
            begun_at=None,
        )
        related = ("subscription__body", "subscription__item__catalogue__body", "subscription__document")
        rows = list(
            waiting.select_related(*related, "change__document__body").order_by("change")[:MOST_NOTICES]
        )
        Notice.objects.filter(pk__in=[one.pk for one in rows]).update(begun_at=at, tries=F("tries") + 1)
    return (subscriber, rows) if rows else None


def _settle(subscriber: Subscriber, keys: list[int], outcome: Sent, at: dt.datetime) -> None:
    rows = Notice.objects.filter(pk__in=keys)
    if outcome is Sent.GONE:
        rows.update(sent_at=at)
        Subscriber.objects.filter(pk=subscriber.pk, refusals__gt=0).update(refusals=0)
    elif outcome is Sent.UNKNOWN:
        rows.update(ended="发送中断，不知是否送达")
    elif outcome is Sent.REFUSED:
        rows.update(ended="邮箱拒收")
        note_refusal(subscriber)
    else:
        for row in rows:
            _later(row, at)


def _later(row: Notice, at: dt.datetime) -> None:
    if row.tries >= MOST_TRIES:
        row.ended = "多次发送未成"
    else:
        row.begun_at = None
        row.due_at = at + dt.timedelta(minutes=WAITS[min(row.tries, len(WAITS)) - 1])
    row.save(update_fields=["ended", "begun_at", "due_at"])


def send_confirmation(subscription_id: int, *, at: dt.datetime) -> Sent | None:
    """The letter that asks for confirmation, once for each asking."""
    with transaction.atomic():
        found = Subscription.objects.filter(
            pk=subscription_id, confirmed_at=None, confirmation_sent_at=None
        ).first()
        if found is None or why_no_mail():
            return None
        subscription = lock_one(found)
        if subscription.confirmation_sent_at is not None or subscription.confirmation_tries >= MOST_TRIES:
            return None
        subscription.confirmation_sent_at = at
        subscription.confirmation_tries += 1
        subscription.save(update_fields=["confirmation_sent_at", "confirmation_tries"])
    outcome = deliver(subscription.subscriber.address, confirmation(subscription))
    if outcome is Sent.LATER:
        Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmation_sent_at=None)
    if outcome is Sent.REFUSED:
        note_refusal(subscription.subscriber)
    return outcome


def unsent_confirmations() -> list[int]:
    """Subscriptions whose letter did not go yet."""
    found = Subscription.objects.filter(
        confirmed_at=None, confirmation_sent_at=None, confirmation_tries__lt=MOST_TRIES
    )
    return list(found.order_by("pk").values_list("pk", flat=True)[:500])


def deliver(address: str, letter: Letter) -> Sent:
    """Hand a letter to the mail server. Nothing of the address is logged."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("mail server not reached: %s", type(error).__name__)
        return Sent.LATER
    try:
        EmailMessage(
            letter.subject, letter.text, to=[address], headers=letter.headers, connection=connection
        ).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return Sent.REFUSED if all(code >= FOR_GOOD for code in codes) else Sent.LATER
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPHeloError) as error:
        logger.warning("mail server refused a letter: %s", type(error).__name__)
        return Sent.LATER
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("sending a letter broke off: %s", type(error).__name__)
        return Sent.UNKNOWN
    finally:
        connection.close()
    return Sent.GONE
