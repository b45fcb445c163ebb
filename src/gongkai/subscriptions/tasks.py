"""The recurring and the queued work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from gongkai.schedule.jobs import daily, every
from gongkai.subscriptions import mailing, spreading
from gongkai.subscriptions.acts import sweep_notices, sweep_unconfirmed


@task()
def send_confirmation(subscription_id: int) -> None:
    """The letter that asks for confirmation."""
    mailing.send_confirmation(subscription_id, at=timezone.now())


@task()
def spread_change(change_id: int) -> None:
    """Make the notices of a change and send what is due at once."""
    now = timezone.now()
    if spreading.spread(change_id, at=now):
        send_due()


@every(dt.timedelta(minutes=5), name="subscriptions.send", title="发送订阅邮件")
def send_due() -> None:
    """Everything that is due: changes nobody looked at, confirmations and letters whose time has come."""
    for change in spreading.waiting():
        spreading.spread(change, at=timezone.now())
    for subscription in mailing.unsent_confirmations():
        mailing.send_confirmation(subscription, at=timezone.now())
    for subscriber in mailing.due_addresses(timezone.now()):
        mailing.send_news(subscriber, at=timezone.now())


@daily(name="subscriptions.sweep", title="删除未确认的订阅", at=dt.time(3, 50))
def forget_unconfirmed() -> None:
    """What nobody confirmed goes with its address."""
    sweep_unconfirmed(at=timezone.now())
    sweep_notices(at=timezone.now())
