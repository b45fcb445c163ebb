"""The recurring work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.schedule.jobs import daily
from gongkai.search.rebuilding import check


@daily(name="search.check", title="检索索引核对", at=dt.time(3, 5))
def check_index() -> None:
    """The index holds what is listed, and nothing else."""
    check(at=timezone.now())
