"""How the schedule is doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone

from gongkai.schedule.acts import GIVEN_UP_AFTER
from gongkai.schedule.jobs import Job, all_jobs
from gongkai.schedule.models import Run

State = Literal["ok", "late", "failing"]
GRACE = timedelta(minutes=15)  # a job due a moment ago is not late yet


@dataclass(frozen=True)
class JobState:
    """A job, its last run if any, and how that is to be judged."""

    job: Job
    run: Run | None
    state: State


def job_states(*, now: datetime) -> list[JobState]:
    """Every job with its last run."""
    return [_state(job, now) for job in all_jobs()]


def _state(job: Job, now: datetime) -> JobState:
    run = Run.objects.filter(job=job.name).order_by("-due_at").first()
    if run is not None and run.error:
        return JobState(job, run, "failing")
    expected = job.latest_due(now - GRACE)
    on_time = run is not None and run.due_at >= expected and not _is_stuck(run, now)
    return JobState(job, run, "ok" if on_time else "late")


def _is_stuck(run: Run, now: datetime) -> bool:
    """No worker took it up, or the one that did was lost with it."""
    patience = GRACE if run.started_at is None else GIVEN_UP_AFTER
    return run.finished_at is None and run.queued_at < now - patience


def schedule_state() -> State:
    """The worst state of any job."""
    states = {state.state for state in job_states(now=timezone.now())}
    return "failing" if "failing" in states else "late" if "late" in states else "ok"
