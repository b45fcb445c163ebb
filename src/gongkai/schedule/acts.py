"""Hand due jobs to the task worker, and do them there."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.schedule.jobs import Job, all_jobs, job_named
from gongkai.schedule.models import Run

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

GIVEN_UP_AFTER = timedelta(hours=6)  # a run this old was lost with its worker and blocks the job no longer


def queue_due(*, now: datetime) -> list[Run]:
    """Queue every job whose latest due time has no run yet; of missed times only the latest is made up for."""
    return [run for job in all_jobs() if (run := _queue(job, now)) is not None]


def _queue(job: Job, now: datetime) -> Run | None:
    due_at = job.latest_due(now)
    if Run.objects.filter(job=job.name, due_at=due_at).exists() or is_under_way(job, now=now):
        return None
    with transaction.atomic():
        run, created = Run.objects.get_or_create(job=job.name, due_at=due_at, defaults={"queued_at": now})
        if created:
            perform.enqueue(run.pk)
    return run if created else None


def is_under_way(job: Job, *, now: datetime) -> bool:
    """Whether an earlier run of the job is still queued or working: a job never overtakes itself."""
    return Run.objects.filter(
        job=job.name, finished_at__isnull=True, queued_at__gt=now - GIVEN_UP_AFTER
    ).exists()


@task()
def perform(run_id: int) -> None:
    """Do one run. A failure is kept with the run, logged, and raised so that the worker's record shows it too."""
    run = Run.objects.get(pk=run_id)
    _note(run, started_at=timezone.now())
    try:
        job_named(run.job).work()
    except Exception as error:
        logger.exception("recurring job %s failed", run.job)
        _note(run, finished_at=timezone.now(), error=f"{type(error).__name__}: {error}")
        raise
    _note(run, finished_at=timezone.now())


def _note(run: Run, **facts: object) -> None:
    Run.objects.filter(pk=run.pk).update(**facts)
