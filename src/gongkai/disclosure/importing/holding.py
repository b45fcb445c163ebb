"""Who works on an import. One process at a time: it holds the job for a while and says so again with every batch.

When the process is gone — killed, the machine restarted — the next one takes over: at once where it can be seen that the
process is no more, else when the time it was held for is over.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
from collections.abc import Collection
from pathlib import Path

from django.db import transaction

from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.importing.enums import JOB_MOVES, JobState
from gongkai.disclosure.models import ImportJob

HELD = dt.timedelta(minutes=10)  # longer than any batch takes
_TOKEN = secrets.token_hex(4)  # tells this process from an earlier one of the same number


class LostError(Exception):
    """Another process has taken the job over."""


def _machine() -> str:
    """This machine as processes see it: two containers of one name do not share their processes."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"{socket.gethostname()[:100]}|{space}"


def this_process() -> str:
    """The name under which this process holds a job; a new one each time."""
    return f"{_machine()}|{os.getpid()}|{_TOKEN}|{secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Whether a process of this machine certainly is no more; of another machine's nothing is known."""
    parts = holder.rsplit("|", 3)
    if len(parts) != 4:  # noqa: PLR2004 - as this_process names it
        return False
    machine, number, token = parts[:3]
    if machine != _machine() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return token != _TOKEN
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def is_held(job: ImportJob, at: dt.datetime) -> bool:
    """Whether somebody works on it."""
    return bool(job.holder) and job.held_until is not None and job.held_until > at and not is_gone(job.holder)


def why_not_hold(job: ImportJob, state: JobState, at: dt.datetime) -> list[Obstacle]:
    """It is being worked on, or its state does not allow the work."""
    if is_held(job, at):
        return [Obstacle("held", "这项导入正在进行，不能同时再开一个", "请等它完成，或者先停止")]
    if state not in JOB_MOVES[job.state]:
        message = f"这项导入目前为“{job.get_state_display()}”，不能变为“{state.label}”"
        return [Obstacle("state", message, "请刷新页面查看最新状态")]
    return []


def hold(job: ImportJob, state: JobState, at: dt.datetime) -> ImportJob:
    """Take the job in hand. Raises ``RefusedError`` when another does, or when it is not to be worked on."""
    with transaction.atomic():
        job = lock_one(job)
        refuse_if(why_not_hold(job, state, at))
        job.state, job.holder, job.held_until = state, this_process(), at + HELD
        job.failure = ""
        job.save(update_fields=["state", "holder", "held_until", "failure"])
    return job


def still_held(job: ImportJob) -> ImportJob:
    """The job as it is now, locked. Raises ``LostError`` when it is another's. Inside a transaction."""
    now = lock_one(job)
    if now.holder != job.holder:
        raise LostError(job.pk)
    return now


def keep(job: ImportJob, at: dt.datetime, fields: Collection[str] = ()) -> None:
    """Hold it for a while longer, with what changed. Raises ``LostError``."""
    job.held_until = at + HELD
    values = {name: getattr(job, name) for name in (*fields, "held_until")}
    if not ImportJob.objects.filter(pk=job.pk, holder=job.holder).update(**values):
        raise LostError(job.pk)


def let_go(job: ImportJob, state: JobState, *, failure: str = "", fields: Collection[str] = ()) -> None:
    """Put it down in a state. Raises ``LostError``."""
    held_by, job.holder, job.held_until = job.holder, "", None
    job.state, job.failure, job.stop_wanted = state, failure[:500], False
    names = ("state", "failure", "holder", "held_until", "stop_wanted", *fields)
    values = {name: getattr(job, name) for name in names}
    if not ImportJob.objects.filter(pk=job.pk, holder=held_by).update(**values):
        raise LostError(job.pk)
