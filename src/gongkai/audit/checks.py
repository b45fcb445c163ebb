"""Start-up check: the database itself protects the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from gongkai.audit import triggers

if TYPE_CHECKING:
    from collections.abc import Sequence


@register(Tags.database)
def audit_is_protected(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Silent before the first migration, when there is nothing to protect."""
    if not databases or triggers.TABLE not in connections[databases[0]].introspection.table_names():
        return []
    missing = triggers.missing(connections[databases[0]])
    if not missing:
        return []
    return [
        Error(
            f"审计表缺少保护触发器：{'、'.join(sorted(missing))}。",
            hint="先用 gongkai manage verify_audit 核对审计记录，再用 gongkai manage protect_audit 重建触发器。",
            id="gongkai.E005",
        )
    ]
