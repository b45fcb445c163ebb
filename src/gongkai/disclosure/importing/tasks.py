"""The machine's part: a check or a run per task, and a sweep that takes up what a killed worker left."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.core.errors import RefusedError
from gongkai.disclosure.importing.acts import forget_files
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.importing.enums import JobState
from gongkai.disclosure.importing.running import left_lying, run
from gongkai.disclosure.models import ImportJob
from gongkai.schedule.jobs import daily, every

logger = logging.getLogger(__name__)

KEPT = dt.timedelta(days=30)


@task()
def check_import(job_id: int) -> None:
    """Check a source. What stands in the way is noted with the job."""
    with suppress(RefusedError):
        check(ImportJob.objects.get(pk=job_id))


@task()
def run_import(job_id: int) -> None:
    """Import from the checkpoint on. What stands in the way is noted with the job."""
    with suppress(RefusedError):
        run(ImportJob.objects.get(pk=job_id))


@every(dt.timedelta(minutes=5), name="disclosure.imports", title="继续中断的批量导入")
def sweep() -> None:
    """Imports whose process was killed, or whose task was lost, go on."""
    now = timezone.now()
    for job_id in left_lying(JobState.RUNNING, now):
        run_import.enqueue(job_id)
    for job_id in left_lying(JobState.CHECKING, now):
        check_import.enqueue(job_id)


@daily(name="disclosure.import_files", title="清理已完成导入的来源文件", at=dt.time(3, 50))
def forget_old_files() -> None:
    """The source of an import that is done goes after a month; what it brought and where from stays."""
    before = timezone.now() - KEPT
    for job in ImportJob.objects.filter(state=JobState.DONE, finished_at__lt=before).exclude(staged=""):
        with transaction.atomic():
            forget_files(job)
