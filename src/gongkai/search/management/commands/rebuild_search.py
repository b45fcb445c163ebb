"""Make the search index again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from gongkai.search.rebuilding import rebuild


class Command(BaseCommand):
    """Rebuild while searches go on; a run that was broken off is continued."""

    help = "重建检索索引：分批进行，期间照常检索；中断后再次运行即从中断处继续。--afresh 先清空索引，从头重建"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--afresh``."""
        parser.add_argument("--afresh", action="store_true", help="先清空索引（期间检索结果不全）")

    def handle(self, *_: Any, afresh: bool, **__: Any) -> None:
        """Rebuild and say how far it is."""
        run = rebuild(at=timezone.now(), afresh=afresh, tell=self._progress)
        self.stdout.write(f"检索索引已重建：{run.done} 份文件")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{max(done, total)}")
        self.stdout.flush()
