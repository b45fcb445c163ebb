"""The daily work of this room."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from gongkai.disputes.reminders import remind_of_disputes
from gongkai.organisations.models import Body
from gongkai.schedule.jobs import daily


@daily(name="disputes.reminders", title="复议诉讼期限提醒", at=settings.GONGKAI_REMINDER_HOURS[0])
def remind_all() -> None:
    """Every active body's reminders of the day."""
    for body in Body.objects.filter(is_active=True).order_by("pk"):
        remind_of_disputes(body, at=timezone.now())
