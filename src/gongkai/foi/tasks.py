"""The daily work of this room."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from gongkai.foi.acts.online import forget_drafts
from gongkai.foi.orphans import sweep_orphans
from gongkai.foi.reminders import remind
from gongkai.organisations.models import Body
from gongkai.schedule.jobs import daily


@daily(name="foi.reminders", title="依申请公开到期提醒", at=settings.GONGKAI_REMINDER_HOURS[0])
def remind_all() -> None:
    """Every active body's reminders of the day."""
    for body in Body.objects.filter(is_active=True).order_by("pk"):
        remind(body, at=timezone.now())


@daily(name="foi.drafts", title="清理过期的网上申请草稿", at=dt.time(3, 20))
def forget_old_drafts() -> None:
    """Drafts are personal data: nobody's are kept longer than they are of use (个人信息保护法 art. 19)."""
    forget_drafts(at=timezone.now())


@daily(name="foi.orphans", title="清理没有登记的案卷文件", at=dt.time(3, 50))
def sweep_files() -> None:
    """Files of acts that were cut off before their row was kept."""
    sweep_orphans(at=timezone.now())
