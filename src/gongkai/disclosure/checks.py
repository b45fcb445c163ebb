"""Start-up check: the pattern of index numbers."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from gongkai.disclosure.numbering import pattern, why_not_pattern


@register()
def index_pattern_is_usable(**_: Any) -> list[CheckMessage]:
    """A pattern without a serial, or with an unknown part, would stop the first document months later."""
    problem = why_not_pattern(pattern())
    if not problem:
        return []
    hint = "请修改 GONGKAI_INDEX_PATTERN，例如 {credit_code}/{year}-{serial:05}。"
    return [Error(f"索引号格式“{pattern()}”不可用：{problem}。", hint=hint, id="gongkai.E011")]
