"""The check before an import: every row read, told what is wrong with it, and what can be imported staged.

Nothing is imported here. A check that was killed is simply done again.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from gongkai.core.errors import RefusedError
from gongkai.core.files import files_or_nothing
from gongkai.disclosure.importing.enums import ImportKind, JobState
from gongkai.disclosure.importing.errors import unreadable
from gongkai.disclosure.importing.holding import LostError, hold, keep, let_go, still_held
from gongkai.disclosure.importing.known import Seen, years_of
from gongkai.disclosure.importing.reading import Reader
from gongkai.disclosure.importing.row import Raw, Remark, Row, to_line
from gongkai.disclosure.importing.sources import feeds, tables
from gongkai.disclosure.importing.sources.enclosures import Enclosures
from gongkai.disclosure.importing.sources.feeds import LABELS as FEED_LABELS
from gongkai.disclosure.importing.sources.files import Files, Folder, NoFiles, archive_of
from gongkai.disclosure.models import ImportJob, ImportProblem

CHUNK = 500
KEPT_REMARKS = 20_000  # told one by one; all are counted
LARGEST_FEED_FILE = 100 * 1024 * 1024
COUNTS = ("total", "wrong", "findings", "unchanged", "changed", "files")
Tell = Callable[[int], object]


def check(
    job: ImportJob, *, tell: Tell = lambda _done: None, now: Callable[[], dt.datetime] = timezone.now
) -> ImportJob:
    """Check a source from its first row to its last. Raises ``RefusedError``: it cannot be read, or another checks it.

    A source that cannot be read leaves the job waiting for a check, with the reason.
    """
    job = hold(job, JobState.CHECKING, now())
    try:
        _check(job, tell, now)
    except RefusedError as refused:
        let_go(job, JobState.NEW, failure=str(refused))
        raise
    except OSError as error:
        message = f"读取来源出错：{error.strerror or error}"
        let_go(job, JobState.NEW, failure=message)
        raise unreadable("unreadable", message, "请核对文件是否还在、能否读取") from error
    except LostError:
        raise
    except BaseException:
        let_go(job, JobState.NEW, failure="检查中断，请重新检查")
        raise
    job.refresh_from_db()
    return job


def _check(job: ImportJob, tell: Tell, now: Callable[[], dt.datetime]) -> None:
    ImportProblem.objects.filter(job=job).delete()
    for name in COUNTS:
        setattr(job, name, 0)
    with ExitStack() as stack, tempfile.TemporaryFile() as staged:
        labels, raws, first = _source(job, stack)
        seen = Seen(job)
        files = NoFiles() if job.address else files_of(job, stack)
        reader = Reader(job, labels, files, now())
        package = stack.enter_context(tempfile.TemporaryFile()) if job.kind == ImportKind.FEED else None
        enclosures = Enclosures(job.address, package) if package else None
        room = KEPT_REMARKS - _keep_remarks(job, first, KEPT_REMARKS)
        years: set[int] = set()
        done = 0
        while chunk := list(itertools.islice(raws, CHUNK)):
            rows, remarks = _read(reader, chunk, seen)
            years |= years_of(rows)
            if enclosures:
                rows, unfetched = _fetch(job, enclosures, rows, seen, now)
                remarks += unfetched
            staged.writelines(map(to_line, rows))
            _count(job, rows, remarks)
            room -= _keep_remarks(job, remarks, room)
            done += len(chunk)
            keep(job, now(), COUNTS)
            tell(done)
        job.unchanged, job.changed = seen.unchanged, seen.changed
        if not done:
            raise unreadable("empty", "来源里没有可以导入的内容", "请核对文件或网址")
        job.years = sorted(years)
        if enclosures:
            enclosures.close()
        _store(job, staged, now(), None if enclosures is None or enclosures.is_empty else package)


def _source(job: ImportJob, stack: ExitStack) -> tuple[dict[str, str], Iterator[Raw], list[Remark]]:
    """The headings, the rows, and what is to be said about the whole."""
    if job.address:
        return FEED_LABELS, feeds.entries(job.address), []
    file = stack.enter_context(_opened(job))
    if job.kind == ImportKind.FEED:
        content = file.read(LARGEST_FEED_FILE + 1)
        if len(content) > LARGEST_FEED_FILE:
            raise unreadable(
                "too_large", f"订阅文件超过{LARGEST_FEED_FILE // 1024 // 1024}MB", "请分成几个文件"
            )
        return FEED_LABELS, feeds.of_file(content), []
    table = stack.enter_context(tables.opened(file, job.mapping))
    head = table.head
    remarks = [
        Remark(head.row, one, "ignored", f"栏目“{one}”不导入", "如需导入，请指定它对应的字段", is_error=False)
        for one in head.ignored
    ]
    return head.labels, table.rows, remarks


def _opened(job: ImportJob) -> IO[bytes]:
    if job.path:
        return Path(job.path).open("rb")
    file: IO[bytes] = job.file.storage.open(str(job.file.name)).file
    return file


def files_of(job: ImportJob, stack: ExitStack) -> Files:
    """The files the rows name. Raises ``RefusedError``, OSError."""
    if job.archive:
        file = stack.enter_context(job.archive.storage.open(str(job.archive.name)))
        return stack.enter_context(archive_of(file.file))
    if not job.folder:
        return NoFiles()
    path = Path(job.folder)
    if path.is_dir():
        return Folder(path)
    return stack.enter_context(archive_of(stack.enter_context(path.open("rb"))))


def _read(reader: Reader, chunk: Iterable[Raw], seen: Seen) -> tuple[list[Row], list[Remark]]:
    rows: list[Row] = []
    remarks: list[Remark] = []
    for raw in chunk:
        row, said = reader.read(raw)
        remarks += said
        if row is not None:
            rows.append(row)
    good, wrong = seen.sift(rows)
    remarks += wrong
    looked_at = []
    for row in good:
        shown, found = (row, []) if row.number in seen.same else reader.inspect(row)
        looked_at.append(shown)
        remarks += found
    return looked_at, remarks


def _fetch(
    job: ImportJob,
    enclosures: Enclosures,
    rows: list[Row],
    seen: Seen,
    now: Callable[[], dt.datetime],
) -> tuple[list[Row], list[Remark]]:
    """The rows with their files; of those that are here already and say the same nothing is asked for again."""
    complete: list[Row] = []
    remarks: list[Remark] = []
    for row in rows:
        if row.number in seen.same:
            complete.append(row)
            continue
        whole, unfetched = enclosures.take(row)
        complete.append(whole)
        remarks += unfetched
        if whole.files or unfetched:
            keep(job, now())
    return complete, remarks


def _count(job: ImportJob, rows: list[Row], remarks: list[Remark]) -> None:
    job.total += len(rows)
    job.wrong += len({one.row for one in remarks if one.is_error})
    job.findings += sum(row.findings > 0 for row in rows)
    job.files += sum(len(row.files) for row in rows)


def _keep_remarks(job: ImportJob, remarks: list[Remark], room: int) -> int:
    """Errors before remarks, while there is room. How many were kept."""
    chosen = sorted(remarks, key=lambda one: (not one.is_error, one.row))[: max(room, 0)]
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(
                job=job,
                row=one.row,
                column=one.column,
                code=one.code[:40],
                message=one.message,
                remedy=one.remedy,
                is_error=one.is_error,
            )
            for one in chosen
        ],
        batch_size=CHUNK,
    )
    return len(chosen)


def _store(job: ImportJob, staged: IO[bytes], at: dt.datetime, package: IO[bytes] | None = None) -> None:
    """The staged rows, what was fetched and the checked state, together; what an earlier check kept goes."""
    staged.seek(0)
    earlier = [str(job.staged.name or "")]
    with files_or_nothing(), transaction.atomic():
        still_held(job)
        job.staged.save("rows.jsonl", File(staged), save=False)
        if job.address:
            earlier.append(str(job.archive.name or ""))
            job.archive = ""
        if package is not None:
            package.seek(0)
            job.archive.save("fetched.zip", File(package), save=False)
        job.position = job.offset = 0
        job.checked_at = at
        let_go(
            job,
            JobState.CHECKED,
            fields=(*COUNTS, "staged", "archive", "position", "offset", "years", "checked_at"),
        )
        for name in filter(None, earlier):
            transaction.on_commit(partial(job.staged.storage.delete, name))
