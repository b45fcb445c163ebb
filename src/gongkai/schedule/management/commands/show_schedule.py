"""Which recurring jobs there are and how each last went."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.schedule.queries import job_states

WORDS = {"ok": "正常", "late": "未按时运行", "failing": "失败"}


class Command(BaseCommand):
    """List the jobs; exit status 1 when any is late or failing."""

    help = "列出定时任务及最近一次结果；有未按时或失败的任务时退出码为 1"

    def handle(self, *_: Any, **__: Any) -> None:
        """Print one line per job, and the error of a failed one."""
        states = job_states(now=timezone.now())
        for state in states:
            due = f"{timezone.localtime(state.run.due_at):%Y-%m-%d %H:%M}" if state.run else "从未"
            self.stdout.write(f"{WORDS[state.state]}\t{state.job.name}\t{state.job.title}\t最近：{due}")
            if state.run is not None and state.run.error:
                self.stdout.write(f"\t{state.run.error}")
        if any(state.state != "ok" for state in states):
            sys.exit(1)
