"""The recurring work of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.disclosure.acts.dropping import forget_drops
from gongkai.disclosure.acts.nightly import check_published
from gongkai.disclosure.acts.timing import publish_due
from gongkai.disclosure.importing import tasks as importing
from gongkai.schedule.jobs import daily, every

__all__ = ["importing"]  # its recurring work is registered with ours


@every(dt.timedelta(minutes=5), name="disclosure.publish_due", title="定时发布")
def publish_what_is_due() -> None:
    """Put online what is signed and whose time has come."""
    publish_due(at=timezone.now())


@daily(name="disclosure.nightly_check", title="已公开内容复查", at=dt.time(2, 10))
def check_what_is_public() -> None:
    """Links, files, terms, personal data: over everything online."""
    check_published(at=timezone.now())


@daily(name="disclosure.drops", title="清理未整理的来稿", at=dt.time(3, 40))
def forget_old_drops() -> None:
    """A dropped file that became no document goes after a week."""
    forget_drops(at=timezone.now())
