"""The daily work of this room."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from gongkai.organisations.models import Body
from gongkai.oversight.reminders import remind
from gongkai.schedule.jobs import daily


@daily(
    name="oversight.reminders",
    title="公开目录提醒（逾期、空白、长期未更新）",
    at=settings.GONGKAI_REMINDER_HOURS[0],
)
def remind_all() -> None:
    """The reminders of every active body that has a catalogue."""
    bodies = Body.objects.filter(is_active=True, catalogues__retired_on__isnull=True).distinct()
    for body in bodies.filter(catalogues__isnull=False).order_by("pk"):
        remind(body, at=timezone.now())
