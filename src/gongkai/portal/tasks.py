"""The portal's recurring work."""

from __future__ import annotations

import datetime as dt

from gongkai.portal.foi.keeping import sweep
from gongkai.schedule.jobs import daily


@daily(name="portal.waiting_files", title="清理无人认领的上传文件", at=dt.time(3, 40))
def sweep_waiting_files() -> None:
    """Files handed in for an application or a reply that never came."""
    sweep()
