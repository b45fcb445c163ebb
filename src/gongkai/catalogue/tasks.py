"""The daily work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.catalogue.acts.imports import sweep_drafts
from gongkai.schedule.jobs import daily


@daily(name="catalogue.drafts", title="清理未确认的目录导入", at=dt.time(3, 30))
def sweep() -> None:
    """Nobody comes back to a preview after two weeks."""
    sweep_drafts(at=timezone.now())
