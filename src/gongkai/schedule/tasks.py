"""Housekeeping: what grows by itself is kept in bounds."""

from __future__ import annotations

from datetime import time, timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.schedule.jobs import daily
from gongkai.schedule.models import Run

KEEP_RUNS = timedelta(days=180)
KEEP_TASKS = timedelta(days=60)


@daily(name="schedule.housekeeping", title="清理过期会话与旧任务记录", at=time(3, 10))
def tidy_up() -> None:
    """Drop expired sessions and old records of tasks; failed runs stay as long as the others, so they are seen."""
    call_command("clearsessions")
    now = timezone.now()
    Run.objects.filter(due_at__lt=now - KEEP_RUNS).delete()
    DBTaskResult.objects.filter(finished_at__lt=now - KEEP_TASKS).delete()
