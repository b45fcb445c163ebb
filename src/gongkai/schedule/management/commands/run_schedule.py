"""The scheduler's process; `gongkai serve` starts it."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from gongkai.schedule.acts import queue_due

if TYPE_CHECKING:
    from argparse import ArgumentParser

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Look every few seconds for jobs that are due, until told to stop."""

    help = "按时安排定时任务（由 gongkai serve 启动）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--interval`: seconds between two looks."""
        parser.add_argument("--interval", type=float, default=20.0, help="两次检查的间隔秒数")

    def handle(self, *_: Any, interval: float, **__: Any) -> None:
        """Run until SIGTERM or SIGINT; a database that is away for a while is waited for."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self._look()
            stop.wait(interval)

    def _look(self) -> None:
        close_old_connections()
        try:
            for run in queue_due(now=timezone.now()):
                logger.info("queued %s", run)
        except DatabaseError:
            logger.exception("the schedule could not be read; trying again")
