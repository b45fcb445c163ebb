"""`gongkai demo`: build the demonstration, compute and check the seed report, write its files, and serve.

Exit status: 0 when it is built (and was served and stopped), 1 when serving failed, 2 when it cannot be built or
a file cannot be written.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from pathlib import Path

from gongkai.cli.framework import WRONG_CONFIGURATION, require_database, start_framework
from gongkai.cli.progress import Progress

HOST, PORT, LAST_PORT = "127.0.0.1", 8000, 65535
YEAR = 2020
REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to serve, where, and where the report's files go."""
    parser.add_argument("--no-serve", action="store_true", help="只建立数据、写出文件，不启动网站")
    parser.add_argument("--port", type=port, default=PORT, help=f"网站端口（默认 {PORT}）")
    parser.add_argument("--out", type=Path, default=Path("out"), help="写出年度报告文件的目录（默认 out）")


def port(text: str) -> int:
    """A port number. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= LAST_PORT:
        message = f"{text!r} 不是端口号，例如 {PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Build, report, write, and serve unless told not to."""
    os.environ.setdefault("GONGKAI_MODE", "demo")
    start_framework()
    status = prepare() or build() or report(args.out)
    if status:
        return status
    print_accounts(args.port)
    print_codes(args.port)
    if args.no_serve:
        return 0
    from gongkai.cli.serve import serve

    return serve(bind=(HOST, args.port))


def prepare() -> int:
    """Refuse a database that is not ours to build in, check the settings, bring the database up to date."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    require_database()
    obstacles = _obstacles()
    if obstacles:
        return _refuse("\n".join(obstacles))
    try:
        call_command("check", stdout=io.StringIO())
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        return WRONG_CONFIGURATION
    call_command("migrate", interactive=False, verbosity=0)
    return 0


def _obstacles() -> list[str]:
    """Why not to build here. Asked before the database is migrated: somebody's own is not to be touched at all."""
    from django.db import connection
    from django.utils import timezone

    from gongkai.demo.build import why_not_build, why_not_mode
    from gongkai.organisations.models import Body

    is_new = Body._meta.db_table not in connection.introspection.table_names()  # noqa: SLF001 - documented interface
    today = timezone.localdate()
    return [str(obstacle) for obstacle in (why_not_mode(today) if is_new else why_not_build(today))]


def build() -> int:
    """Build what is missing, with progress; say so when everything is there."""
    from django.utils import timezone

    from gongkai.demo import build as demo

    today, started = timezone.localdate(), time.monotonic()
    steps = len(demo.missing(today))
    if not steps:
        print("演示数据已经建立，直接使用。")
        return 0
    with Progress("建立演示数据", steps) as progress:
        demo.build(today, lambda _step: progress.advance())
    print(f"演示数据已建立：{steps}步，用时{time.monotonic() - started:.0f}秒。")
    return 0


def report(folder: Path) -> int:
    """Compute the seed report, print its figures and the verdict of the checks, write every file."""
    from gongkai.cli.report import tell, write
    from gongkai.demo.offices import SEED
    from gongkai.demo.telling import as_lines
    from gongkai.organisations.models import Body
    from gongkai.reports.drafting import report_of_year
    from gongkai.reports.writing.outputs import OUTPUTS

    body = Body.objects.get(slug=SEED)
    draft = report_of_year(body, YEAR)
    print("\n".join(as_lines(draft.report)))
    tell(body, draft)
    return 0 if write(draft, folder, list(OUTPUTS)) else REFUSED


def print_accounts(number: int) -> None:
    """Where to look and how to sign in."""
    from gongkai.demo.accounts import ACCOUNTS, PASSWORD
    from gongkai.demo.offices import SEED

    site = f"http://{HOST}:{number}"
    print(f"\n门户：{site}/　　工作台：{site}/console/　　年报体检：{site}/report-check/")
    print(f"年度报告：{site}/bodies/{SEED}/reports/{YEAR}/")
    print(f"演示账号（口令均为 {PASSWORD}，仅在演示模式有效）：")
    for account in ACCOUNTS:
        print(f"  {account.username:<18}{account.role_name}　{account.name}")


def print_codes(number: int) -> None:
    """Cases of the county whose progress a visitor can look up: what they are about, number and query code."""
    from gongkai.core.query_codes import shown_code
    from gongkai.demo.county.running import open_to_visitors
    from gongkai.demo.offices import COUNTY
    from gongkai.demo.telling import padded

    print(
        f"申请进度：http://{HOST}:{number}/bodies/{COUNTY}/foi/track/（申请编号、查询码如下，仅能打开演示案件）"
    )
    for request, code in open_to_visitors():
        print(f"  {padded(request.number, 14)}{padded(shown_code(code), 16)}{request.subject}")


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return REFUSED
