"""The import itself: batch after batch from the checkpoint on. A kill between or within batches loses and doubles nothing."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.core.errors import Obstacle, RefusedError
from gongkai.core.files import files_or_nothing
from gongkai.core.locks import lock_one
from gongkai.disclosure.importing.checking import files_of
from gongkai.disclosure.importing.entering import Batch, enter, make_ready
from gongkai.disclosure.importing.enums import JobState
from gongkai.disclosure.importing.holding import HELD, LostError, hold, is_held, let_go, still_held
from gongkai.disclosure.importing.row import Row, from_line
from gongkai.disclosure.models import ImportJob, ImportProblem

logger = logging.getLogger(__name__)

BATCH = 500  # rows
BATCH_FILES = (
    25  # a batch ends with the row that reaches it: files are slow, and lie in memory until it is written
)
COUNTS = ("position", "offset", "imported", "revised", "unchanged", "changed", "wrong", "files")
Tell = Callable[[int, int], object]


def run(
    job: ImportJob,
    *,
    tell: Tell = lambda _done, _total: None,
    now: Callable[[], dt.datetime] = timezone.now,
) -> ImportJob:
    """Import from the checkpoint to the end, or until somebody asks for a stop. Returns the job as it then is.

    ``tell(done, total)`` is called after each batch. Raises ``RefusedError`` when it is not to be run or another
    runs it, and for what stands in the way of a batch; that is noted, the job goes on from there the next time.
    """
    job = hold(job, JobState.RUNNING, now())
    try:
        _run(job, tell, now)
    except RefusedError as refused:
        let_go(job, JobState.FAILED, failure=str(refused))
        raise
    except KeyboardInterrupt:
        let_go(job, JobState.STOPPED, failure="在命令行被中断")
        raise
    except LostError:
        raise
    except Exception as error:
        logger.exception("import %s failed", job.pk)
        kind = (
            "数据库" if isinstance(error, DatabaseError) else "文件" if isinstance(error, OSError) else "程序"
        )
        let_go(job, JobState.FAILED, failure=f"{kind}错误（{type(error).__name__}），已导入的保留，可以继续")
        raise
    job.refresh_from_db()
    return job


def _run(job: ImportJob, tell: Tell, now: Callable[[], dt.datetime]) -> None:
    with ExitStack() as stack:
        staged = stack.enter_context(job.staged.storage.open(str(job.staged.name)))
        files = files_of(job, stack)
        while job.position < job.total:
            rows, offset = _next(staged.file, job.offset)
            if not rows:
                raise RefusedError([Obstacle("short", "暂存的行比检查时少", "请重新建立这项导入")])
            _batch(job, rows, offset, make_ready(job, rows, files), now())
            tell(job.position, job.total)
            if ImportJob.objects.filter(pk=job.pk, stop_wanted=True).exists():
                let_go(job, JobState.STOPPED)
                return
    job.finished_at = now()
    let_go(job, JobState.DONE, fields=("finished_at",))


def _next(staged: IO[bytes], offset: int) -> tuple[list[Row], int]:
    """The rows of the next batch, and where the one after begins."""
    staged.seek(offset)
    rows: list[Row] = []
    files = 0
    while len(rows) < BATCH and files < BATCH_FILES and (line := staged.readline()):
        rows.append(from_line(line))
        files += len(rows[-1].files)
        offset += len(line)
    return rows, offset


def _batch(job: ImportJob, rows: list[Row], offset: int, batch: Batch, at: dt.datetime) -> None:
    """The batch and the checkpoint, together or not at all."""
    _refuse_wrong(job, batch)
    with files_or_nothing(), transaction.atomic():
        lock_one(job.body)  # two imports of one body take turns, so that each sees what the other brought
        now = still_held(job)
        enter(job, batch, at)
        _refuse_wrong(job, batch)  # of what shows only under the lock
        late = len({one.row for one in batch.remarks if one.is_error})
        now.position, now.offset = job.position + len(rows), offset
        now.imported += batch.imported
        now.revised += batch.revised
        now.unchanged += batch.unchanged
        now.changed += batch.changed
        now.wrong += late
        now.held_until = at + HELD
        now.save(update_fields=[*COUNTS, "held_until"])
        ImportProblem.objects.bulk_create(
            [
                ImportProblem(
                    job=job,
                    row=one.row,
                    column=one.column,
                    code=one.code[:40],
                    message=one.message[:400],
                    remedy=one.remedy[:300],
                    is_error=one.is_error,
                )
                for one in batch.remarks
            ]
        )
    for name in COUNTS:
        setattr(job, name, getattr(now, name))


def _refuse_wrong(job: ImportJob, batch: Batch) -> None:
    """A row that went wrong since the check stops the batch, unless wrong rows are skipped."""
    wrong = [one for one in batch.remarks if one.is_error]
    if wrong and not job.skip_wrong:
        first = wrong[0]
        remedy = f"{first.remedy}；或者选择跳过有错误的行后继续"
        raise RefusedError([Obstacle(first.code, f"第{first.row}行：{first.message}", remedy)])


def left_lying(state: JobState, at: dt.datetime) -> list[int]:
    """Imports whose process was killed in this state; those that read paths of one machine wait for that machine."""
    found = ImportJob.objects.filter(state=state, path="", folder="").order_by("pk")
    return [job.pk for job in found if not is_held(job, at)]
