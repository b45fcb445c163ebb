"""The registry of recurring jobs, and when each is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = timedelta(days=1)
Work = TypeVar("Work", bound="Callable[[], object]")


@dataclass(frozen=True)
class Job:
    """A piece of recurring work: daily at a local time, or every so often counted from local midnight."""

    name: str
    title: str
    work: Callable[[], object]
    at: time | None = None
    every: timedelta | None = None

    def latest_due(self, now: datetime) -> datetime:
        """The last moment at or before `now` at which this job was due."""
        local = timezone.localtime(now)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.every is not None:
            return midnight + (local - midnight) // self.every * self.every
        due = datetime.combine(local.date(), self.at or time(), tzinfo=local.tzinfo)
        return due if due <= local else due - DAY


_jobs: dict[str, Job] = {}


def daily(*, name: str, title: str, at: time) -> Callable[[Work], Work]:
    """Register the function below as work for every day at a local time.

    `name` is for the record (`reports.nightly_check`), `title` for people. Raises ValueError for a name in use.
    """
    return _registering(lambda work: Job(name=name, title=title, work=work, at=at))


def every(period: timedelta, *, name: str, title: str) -> Callable[[Work], Work]:
    """Register the function below as work for every `period` (a part of a day, counted from local midnight).

    Raises ValueError for a name in use or a period longer than a day.
    """
    if not timedelta(0) < period <= DAY:
        message = f"a recurring job's period lies between nothing and a day, not {period}"
        raise ValueError(message)
    return _registering(lambda work: Job(name=name, title=title, work=work, every=period))


def _registering(make: Callable[[Callable[[], object]], Job]) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        job = make(work)
        if job.name in _jobs:
            message = f"two recurring jobs are called {job.name}"
            raise ValueError(message)
        _jobs[job.name] = job
        return work

    return register


def all_jobs() -> tuple[Job, ...]:
    """Every registered job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def job_named(name: str) -> Job:
    """One job. Raises KeyError when no room registers it any more."""
    return _jobs[name]
