"""The daily work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.foi.acts.online import forget_drafts
from gongkai.foi.reminders import remind
from gongkai.organisations.models import Body
from gongkai.schedule.jobs import daily


@daily(name="foi.reminders", title="依申请公开到期提醒", at=dt.time(8, 40))
def remind_all() -> None:
    """Every active body's reminders of the day."""
    for body in Body.objects.filter(is_active=True).order_by("pk"):
        remind(body, at=timezone.now())


@daily(name="foi.drafts", title="清理过期的网上申请草稿", at=dt.time(3, 20))
def forget_old_drafts() -> None:
    """Drafts are personal data: nobody's are kept longer than they are of use (个人信息保护法 art. 19)."""
    forget_drafts(at=timezone.now())
