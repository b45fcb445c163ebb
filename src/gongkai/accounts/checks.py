"""Start-up check: no demonstration account outside a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Sequence


@register(Tags.database)
def no_demo_accounts_outside_a_demo(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """They could not sign in anyway; that they are here means that demonstration data lies among the real."""
    officer = get_user_model()
    if settings.GONGKAI_MODE == "demo" or not databases:
        return []
    if officer._meta.db_table not in connections[databases[0]].introspection.table_names():  # noqa: SLF001
        return []
    names = list(officer._default_manager.filter(is_demo=True).values_list("username", flat=True)[:5])  # noqa: SLF001
    if not names:
        return []
    return [
        Error(
            f"数据库中有演示账号（{'、'.join(names)}），说明演示数据混入了正式数据。",
            hint="请改用新的数据库（DATABASE_URL 或 GONGKAI_DATA_DIR），或设置 GONGKAI_MODE=demo。",
            id="gongkai.E003",
        )
    ]
