"""The machine's part in the queue: one task per delivery, and a sweep that loses nothing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from gongkai.channels import counting, work
from gongkai.schedule.jobs import daily, every


@task()
def deliver(delivery_id: int) -> None:
    """One attempt at a delivery, if it is due and nobody else has it."""
    work.work_on(delivery_id)


@every(dt.timedelta(minutes=5), name="channels.sweep", title="发送到期的渠道发布")
def sweep() -> None:
    """Whatever is due and has no task any more: retries whose task was lost, leases of killed workers, ends of rests."""
    for delivery_id in work.due(timezone.now()):
        deliver.enqueue(delivery_id)


@daily(name="channels.count", title="取得公众号、微博的阅读数", at=dt.time(8, 40))
def count() -> None:
    """Yesterday's counts are complete at WeChat from eight in the morning on."""
    counting.count_all()
