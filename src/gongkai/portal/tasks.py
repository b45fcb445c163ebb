"""The portal's recurring work."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.core.rates import forget_rates
from gongkai.portal.foi.keeping import sweep
from gongkai.schedule.jobs import daily, every


@daily(name="portal.waiting_files", title="清理无人认领的上传文件", at=dt.time(3, 40))
def sweep_waiting_files() -> None:
    """Files handed in for an application or a reply that never came."""
    sweep()


@every(dt.timedelta(hours=1), name="portal.rates", title="清理过期的访问计数")
def forget_old_rates() -> None:
    """How often who asked for what is of no use once its minute is over."""
    forget_rates(at=timezone.now())
