"""`gongkai manage enter_arrangement FILE.json`: a year's holidays, entered from a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import RefusedError
from gongkai.foi.recalculation import Recalculation, enter_arrangement_and_recompute
from gongkai.organisations.models import Officer

LARGEST_FILE = 1024 * 1024  # bytes; a year's arrangement has about one thousand
KEYS = ("year", "notice", "holidays", "workdays")
EXAMPLE = (
    '{"year": 2027, "notice": "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕…号）", '
    '"holidays": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}, …], '
    '"workdays": [{"day": "2027-02-06", "name": "春节"}, …]}'
)


class Command(BaseCommand):
    """Enter the arrangement and recompute the due days of all open requests."""

    help = f"录入国务院公布的年度放假安排，并重新计算全部未办结申请的答复期限。文件格式：{EXAMPLE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and on whose behalf."""
        parser.add_argument("file", type=Path, help="放假安排文件（JSON，UTF-8）")
        parser.add_argument("--officer", default="", help="录入人的用户名；不填时记为系统")

    def handle(self, *_: Any, file: Path, officer: str, **__: Any) -> None:
        """Raises CommandError with everything that is wrong."""
        try:
            done = enter_arrangement_and_recompute(
                **_read(file), actor=_actor(officer), at=timezone.now(), progress=self._tell
            )
        except RefusedError as error:
            raise CommandError("\n".join(["放假安排没有录入：", *map(str, error.obstacles)])) from error
        self._report(done)

    def _tell(self, looked_at: int, total: int) -> None:
        self.stderr.write(f"已重新计算 {looked_at}/{total} 件未办结申请")

    def _report(self, done: Recalculation) -> None:
        self.stdout.write(f"已录入{done.arrangement}，{len(done.changes)} 件申请的答复期限有变化")
        for change in done.changes:
            self.stdout.write(
                f"  {change.request.body} {change.request.number}：{change.before} → {change.after}"
            )


def _actor(username: str) -> Actor:
    if not username:
        return SYSTEM
    try:
        return Officer.objects.get(username=username)
    except Officer.DoesNotExist as error:
        message = f"没有用户名为“{username}”的人员"
        raise CommandError(message) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        size = file.stat().st_size
        content = file.read_text(encoding="utf-8-sig") if size <= LARGEST_FILE else ""
    except OSError as error:
        message = f"无法读取文件 {file}：{error.strerror}"
        raise CommandError(message) from error
    except UnicodeDecodeError as error:
        message = f"文件 {file} 不是UTF-8编码的文本"
        raise CommandError(message) from error
    if size > LARGEST_FILE:
        message = f"文件 {file} 过大，不像是放假安排"
        raise CommandError(message)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        message = f"文件 {file} 不是正确的JSON：{error}"
        raise CommandError(message) from error
    if not _is_arrangement(value):
        message = f"文件应有且只有 {'、'.join(KEYS)} 四项，year 为整数，notice 为文字，例如：{EXAMPLE}"
        raise CommandError(message)
    arrangement: dict[str, Any] = value
    return arrangement


def _is_arrangement(value: object) -> bool:
    """The four parts and the types of the plain ones; the lines are judged by the act."""
    if not isinstance(value, dict) or set(value) != set(KEYS):
        return False
    return type(value["year"]) is int and isinstance(value["notice"], str)
