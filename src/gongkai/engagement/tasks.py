"""The recurring work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.engagement.reminders import remind_of_public
from gongkai.organisations.models import Body
from gongkai.schedule.jobs import every


@every(dt.timedelta(minutes=30), name="engagement.reminders", title="互动交流期限提醒")
def remind_all() -> None:
    """Every active body's reminders; a term of five hours needs more than a daily look."""
    for body in Body.objects.filter(is_active=True).order_by("pk"):
        remind_of_public(body, at=timezone.now())
