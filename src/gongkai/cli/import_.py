"""`gongkai import`: take over many documents from a table with files, or from another site's feed.

Exit status: 0 imported (or checked without errors), 1 something is wrong with rows or the import stopped, 2 refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.framework import require_database, start_framework

if TYPE_CHECKING:
    from datetime import datetime

    from gongkai.core.actors import Actor
    from gongkai.core.errors import RefusedError
    from gongkai.disclosure.models import ImportJob
    from gongkai.organisations.models import Body

DONE, UNFINISHED, REFUSED = 0, 1, 2
SHOWN = 20  # errors told on the terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The source and how to take it; or a job to go on with."""
    parser.add_argument("source", nargs="?", default="", help="XLSX、CSV或订阅文件，或者订阅网址")
    parser.add_argument("--body", default="", help="机关的网址代号或全称；只有一个机关时可省略")
    parser.add_argument("--files", type=Path, help="附件所在的目录或ZIP压缩包")
    parser.add_argument("--kind", default="", help="没有写明类别的行作为哪一类，例如 通知公告")
    parser.add_argument("--origin", default="", help="旧网站或旧系统的简称；同一系统每次写得一样")
    parser.add_argument(
        "--map", action="append", default=[], metavar="栏目=字段", help="指定表格的某一栏是什么，可写多次"
    )
    parser.add_argument("--as", dest="officer", default="", metavar="账号", help="以哪位审核签发人的名义导入")
    parser.add_argument("--check", action="store_true", help="只检查，不导入")
    parser.add_argument("--skip-wrong", action="store_true", help="跳过有错误的行，导入其余")
    parser.add_argument("--revise", action="store_true", help="以前导入过、内容有变的行发布为新版本")
    parser.add_argument("--amendment", default="", help="更正理由；涉及的年度年报已经公布时必须填写")
    parser.add_argument("--report", type=Path, metavar="XLSX", help="把检查结果写成表格")
    parser.add_argument("--resume", type=int, metavar="编号", help="继续这项导入（被停止、中断或强行结束的）")
    parser.add_argument("--list", action="store_true", help="列出各项导入")
    parser.epilog = (
        "退出状态：0 完成；1 有错误的行，或者没有做完；2 被拒绝。中断后用 --resume 从断点继续，不重不漏。"
    )


def run(args: argparse.Namespace) -> int:
    """Open, check, import; or go on; or list."""
    start_framework()
    require_database(with_tables=True)
    from django.utils import timezone

    from gongkai.cli.report import body_named
    from gongkai.core.errors import RefusedError

    if args.list:
        return _list()
    if not args.resume and not args.source:
        return _refuse("请写明要导入的文件或网址；gongkai import --help 有说明。")
    body = None if args.resume else body_named(args.body)
    if body is None and not args.resume:
        return REFUSED
    try:
        return _work(args, body, timezone.now())
    except RefusedError as refused:
        return _tell_refused(refused)


def _work(args: argparse.Namespace, body: Body | None, at: datetime) -> int:
    """Raises ``RefusedError``."""
    actor = _actor(args.officer)
    if body is None:
        return _import(args, _job(args.resume), actor, at)
    job = _open(args, body, actor, at)
    print(f"导入编号 {job.pk}。中断后继续：gongkai import --resume {job.pk}", flush=True)
    job = _checked(args, job)
    if args.check:
        return UNFINISHED if job.wrong else DONE
    return _import(args, job, actor, at)


def _open(args: argparse.Namespace, body: Body, actor: Actor, at: datetime) -> ImportJob:
    """Raises ``RefusedError``."""
    from gongkai.disclosure.importing.acts import open_import
    from gongkai.disclosure.importing.enums import OnChange
    from gongkai.disclosure.importing.errors import unreadable
    from gongkai.disclosure.importing.sources.feeds import looks_like_feed
    from gongkai.disclosure.importing.values import kind_named

    if args.kind and not kind_named(args.kind):
        raise unreadable("kind", f"没有“{args.kind}”这个类别", "请写类别的名称，例如 通知公告")
    mapping = dict(one.partition("=")[::2] for one in args.map)
    given = {
        "mapping": mapping,
        "origin": args.origin,
        "default_kind": kind_named(args.kind) if args.kind else "",
        "on_change": OnChange.REVISE if args.revise else OnChange.REPORT,
    }
    if "://" in args.source:
        return open_import(body=body, actor=actor, at=at, address=args.source, **given)
    path = Path(args.source).resolve()
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise unreadable(
            "no_file", f"不能打开“{args.source}”：{error.strerror}", "请核对路径和权限"
        ) from error
    if args.files and not args.files.exists():
        raise unreadable("no_files", f"没有“{args.files}”这个目录或压缩包", "请核对路径")
    folder = str(args.files.resolve()) if args.files else ""
    return open_import(
        body=body,
        actor=actor,
        at=at,
        name=path.name,
        path=str(path),
        folder=folder,
        is_feed=looks_like_feed(start),
        **given,
    )


def _checked(args: argparse.Namespace, job: ImportJob) -> ImportJob:
    """Check with progress, print the errors, write the report. Raises ``RefusedError``."""
    from gongkai.cli.progress import Progress
    from gongkai.disclosure.importing.checking import check
    from gongkai.disclosure.importing.report import report

    with Progress("检查") as progress:
        job = check(job, tell=lambda done: progress.advance(done - progress.done))
    print(
        f"可以导入 {job.total} 行（其中以前导入过的 {job.unchanged + job.changed} 行），有错误 {job.wrong} 行，"
        f"有待核对内容 {job.findings} 行。"
    )
    errors = job.problems.filter(is_error=True)
    for one in errors[:SHOWN]:
        place = f"第{one.row}行" + (f"“{one.column}”" if one.column else "")
        print(f"  {place}：{one.message}" + (f"（{one.remedy}）" if one.remedy else ""))
    if job.wrong > SHOWN:
        print("  ……其余见检查结果，用 --report 写成表格。")
    if args.report:
        try:
            args.report.write_bytes(report(job))
        except OSError as error:
            print(f"不能写入“{args.report}”：{error.strerror}。", file=sys.stderr)
        else:
            print(f"检查结果已写入 {args.report}")
    return job


def _import(args: argparse.Namespace, job: ImportJob, actor: Actor, at: datetime) -> int:
    """Start or go on, with progress. Raises ``RefusedError``."""
    from gongkai.cli.progress import Progress
    from gongkai.disclosure.importing.acts import start_import
    from gongkai.disclosure.importing.enums import JobState
    from gongkai.disclosure.importing.holding import is_held
    from gongkai.disclosure.importing.running import run as run_job

    if job.state in {JobState.NEW, JobState.CHECKING}:
        job = _checked(args, job)
    if job.state != JobState.RUNNING or is_held(job, at):
        job = start_import(job=job, actor=actor, at=at, skip_wrong=args.skip_wrong, amendment=args.amendment)
    with Progress("导入", job.total) as progress:
        progress.done = job.position
        try:
            job = run_job(job, tell=lambda done, _total: progress.advance(done - progress.done))
        except KeyboardInterrupt:
            print(f"\n已停止。继续：gongkai import --resume {job.pk}", file=sys.stderr)
            raise
    print(
        f"{job.get_state_display()}：新导入 {job.imported}，更新 {job.revised}，以前已导入 {job.unchanged}，"
        f"内容有变未改动 {job.changed}，有错误未导入 {job.wrong}。"
    )
    return DONE if job.state == JobState.DONE else UNFINISHED


def _list() -> int:
    from django.utils import timezone

    from gongkai.disclosure.models import ImportJob

    for job in ImportJob.objects.select_related("body")[:50]:
        made = timezone.localtime(job.made_at)
        told = f"{job.position}/{job.total}"
        print(
            f"{job.pk:>5}  {made:%Y-%m-%d %H:%M}  {job.get_state_display()}  {told}  {job.body}  {job.name}"
        )
    return DONE


def _job(number: int) -> ImportJob:
    from gongkai.disclosure.importing.errors import unreadable
    from gongkai.disclosure.models import ImportJob

    job = ImportJob.objects.filter(pk=number).select_related("body").first()
    if job is None:
        raise unreadable("no_job", f"没有编号为 {number} 的导入", "gongkai import --list 列出全部")
    return job


def _actor(name: str) -> Actor:
    from gongkai.core.actors import SYSTEM
    from gongkai.disclosure.importing.errors import unreadable
    from gongkai.organisations.models import Officer

    if not name:
        return SYSTEM
    officer = Officer.objects.filter(username=name, is_active=True).first()
    if officer is None:
        raise unreadable("no_officer", f"没有账号“{name}”", "请核对账号")
    return officer


def _tell_refused(refused: RefusedError) -> int:
    for obstacle in refused.obstacles:
        print(str(obstacle), file=sys.stderr)
    return REFUSED


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return REFUSED
