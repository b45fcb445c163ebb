"""Open an import, start it, stop it, give it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.files import files_or_nothing, store
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_not_text
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.importing.enums import JOB_MOVES, ImportKind, JobState, OnChange
from gongkai.disclosure.importing.headings import why_not_mapping
from gongkai.disclosure.importing.holding import is_held
from gongkai.disclosure.importing.sources.feeds import looks_like_feed
from gongkai.disclosure.importing.sources.fetching import why_not_address
from gongkai.disclosure.models import ImportJob
from gongkai.disclosure.numbering import why_not_numbered
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted, why_years_closed


def why_not_open(  # noqa: PLR0913 - all that a source is told by
    *,
    body: Body,
    actor: Actor,
    at: dt.datetime,
    content: bytes | None = None,
    archive: bytes | None = None,
    address: str = "",
    path: str = "",
    mapping: Mapping[str, str] | None = None,
    origin: str = "",
    default_kind: str = "",
    on_change: str = OnChange.REPORT,
) -> list[Obstacle]:
    """No permission, no source or more than one, an address that is none, a mapping to nothing."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))
    given = [content is not None, bool(address), bool(path)]
    if sum(given) != 1:
        message = "没有选择来源" if not any(given) else "只能选择一个来源"
        obstacles.append(Obstacle("source", message, "请上传表格文件，或者填写订阅网址，二者选一", "file"))
    if content == b"":
        obstacles.append(Obstacle("empty_file", "文件是空的", "请重新选择文件", "file"))
    if address and (problem := why_not_address(address)):
        obstacles.append(Obstacle("address", problem, "请核对网址", "address"))
    if archive is not None and not archive.startswith(b"PK"):
        obstacles.append(Obstacle("not_zip", "附件不是ZIP压缩包", "请用ZIP格式重新压缩", "archive"))
    if archive is not None and address:
        obstacles.append(Obstacle("archive", "订阅网址没有附件压缩包", "请去掉压缩包", "archive"))
    if problem := why_not_mapping(mapping or {}):
        obstacles.append(Obstacle("mapping", problem, "请改正栏目对应", "mapping"))
    if default_kind and default_kind not in DocumentKind.values:
        obstacles.append(Obstacle("kind", f"没有“{default_kind}”这个类别", "请重新选择", "default_kind"))
    if on_change not in OnChange.values:
        obstacles.append(Obstacle("on_change", "没有这种处理方式", "请重新选择", "on_change"))
    return obstacles + why_not_text(origin, "来源系统", limit=80, field="origin")


def open_import(  # noqa: PLR0913 - all that a source is told by
    *,
    body: Body,
    actor: Actor,
    at: dt.datetime,
    name: str = "",
    content: bytes | None = None,
    archive: bytes | None = None,
    address: str = "",
    path: str = "",
    folder: str = "",
    is_feed: bool | None = None,
    mapping: Mapping[str, str] | None = None,
    origin: str = "",
    default_kind: str = "",
    on_change: str = OnChange.REPORT,
) -> ImportJob:
    """Keep a source that is to be imported. Nothing is read of it yet. Raises ``RefusedError``.

    The source is an uploaded table or feed (``content`` with ``archive``), an ``address``, or a ``path`` on this machine
    with a ``folder``.
    """
    given = {
        "content": content, "archive": archive, "address": address, "path": path, "mapping": mapping,
        "origin": origin, "default_kind": default_kind, "on_change": on_change,
    }  # fmt: skip
    refuse_if(why_not_open(body=body, actor=actor, at=at, **given))  # type: ignore[arg-type]
    if is_feed is None:
        is_feed = bool(address) or (content is not None and looks_like_feed(content[:64]))
    with files_or_nothing(), transaction.atomic():
        job = ImportJob(
            body=body,
            kind=ImportKind.FEED if is_feed else ImportKind.TABLE,
            name=(name or address or path)[:300],
            address=address,
            path=path,
            folder=folder,
            mapping=dict(mapping or {}),
            origin=origin.strip(),
            default_kind=default_kind,
            on_change=on_change,
            made_at=at,
            made_by=officer_of(actor),
        )
        if content is not None:
            store(job.file, content, "source")
        if archive is not None:
            store(job.archive, archive, "zip")
        job.save()
        _record("open_import", job, actor, {"source": job.name})
    return job


def why_not_start(
    job: ImportJob, *, actor: Actor, at: dt.datetime, skip_wrong: bool = False, amendment: str = ""
) -> list[Obstacle]:
    """Not checked, nothing to import, wrong rows that are not to be skipped, years whose report is published."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, job.body, timezone.localdate(at))
    obstacles += why_not_numbered(job.body)
    if is_held(job, at):
        obstacles.append(Obstacle("held", "这项导入正在进行，不能同时再开一个", "请等它完成，或者先停止"))
    elif JobState.RUNNING not in JOB_MOVES[job.state]:
        message = f"这项导入目前为“{job.get_state_display()}”，不能开始"
        obstacles.append(Obstacle("state", message, "请先检查；检查完毕后才能导入"))
    elif not job.total:
        obstacles.append(Obstacle("nothing", "没有一行可以导入", "请改正错误后重新建立导入"))
    elif job.wrong and not (skip_wrong or job.skip_wrong):
        message = f"有{job.wrong}行有错误"
        remedy = "请下载检查结果，改正后重新导入；或者选择跳过这些行"
        obstacles.append(Obstacle("wrong", message, remedy, "skip_wrong"))
    obstacles += why_not_text(amendment, "更正理由", limit=300, field="amendment")
    return obstacles + why_years_closed(job.body, job.years, amendment or job.amendment)


def start_import(
    *, job: ImportJob, actor: Actor, at: dt.datetime, skip_wrong: bool = False, amendment: str = ""
) -> ImportJob:
    """Let a checked import go, or go on. The caller runs it, or has the worker do so. Raises ``RefusedError``."""
    with transaction.atomic():
        job = lock_one(job)
        given = {"skip_wrong": skip_wrong, "amendment": amendment}
        refuse_if(why_not_start(job, actor=actor, at=at, **given))  # type: ignore[arg-type]
        job.skip_wrong = job.skip_wrong or skip_wrong
        job.amendment = amendment.strip() or job.amendment
        job.started_at, job.started_by = job.started_at or at, officer_of(actor)
        job.state, job.stop_wanted, job.failure = JobState.RUNNING, False, ""
        if not job.position:
            job.unchanged = job.changed = 0  # the run counts what the check foresaw
        job.held_until = at  # nobody holds it; the sweep finds it when its task is lost
        job.holder = ""
        job.save()
        detail = {"rows": job.total, "from": job.position, "skipped": job.wrong}
        _record("start_import", job, actor, detail, reason=job.amendment)
    return job


def why_not_stop(job: ImportJob, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only what runs is stopped."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, job.body, timezone.localdate(at))
    if job.state != JobState.RUNNING:
        obstacles.append(
            Obstacle("state", f"这项导入目前为“{job.get_state_display()}”，无须停止", "请刷新页面")
        )
    return obstacles


def stop_import(*, job: ImportJob, actor: Actor, at: dt.datetime) -> ImportJob:
    """Ask for a stop after the batch under way; where nobody works on it, it stops at once. Raises ``RefusedError``."""
    with transaction.atomic():
        job = lock_one(job)
        refuse_if(why_not_stop(job, actor=actor, at=at))
        if is_held(job, at):
            job.stop_wanted = True
        else:
            job.state, job.holder, job.held_until = JobState.STOPPED, "", None
        job.save(update_fields=["stop_wanted", "state", "holder", "held_until"])
        _record("stop_import", job, actor, {"position": job.position})
    return job


def why_not_discard(job: ImportJob, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """What runs is stopped first; what is done stays."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, job.body, timezone.localdate(at))
    if is_held(job, at) or JobState.DISCARDED not in JOB_MOVES[job.state]:
        message = f"这项导入目前为“{job.get_state_display()}”，不能放弃"
        obstacles.append(Obstacle("state", message, "正在进行的，请先停止"))
    return obstacles


def discard_import(*, job: ImportJob, actor: Actor, at: dt.datetime) -> ImportJob:
    """Give an import up; what it brought stays, its files go. Raises ``RefusedError``."""
    with transaction.atomic():
        job = lock_one(job)
        refuse_if(why_not_discard(job, actor=actor, at=at))
        job.state = JobState.DISCARDED
        job.save(update_fields=["state"])
        forget_files(job)
        _record("discard_import", job, actor, {"imported": job.imported})
    return job


def forget_files(job: ImportJob) -> None:
    """Let go of the source and the staged rows; inside the caller's transaction."""
    for field in (job.file, job.archive, job.staged):
        if field:
            transaction.on_commit(partial(field.storage.delete, str(field.name)))
    job.file = job.archive = job.staged = ""
    job.save(update_fields=["file", "archive", "staged"])


def _record(act: str, job: ImportJob, actor: Actor, detail: dict[str, Any], reason: str = "") -> None:
    record(verb=f"disclosure.{act}", actor=actor, target=job, body=job.body, detail=detail, reason=reason)
