"""The one function through which a version changes state."""

from __future__ import annotations

from typing import Any

from gongkai.core.errors import Obstacle
from gongkai.reports.enums import MOVES, VersionState
from gongkai.reports.models import Version


def why_not_move(version: Version, to: VersionState) -> list[Obstacle]:
    """The obstacle when a version cannot come into a state from where it is."""
    if to in MOVES[version.state]:
        return []
    message = f"年报版本现在是“{version.get_state_display()}”，不能变为“{to.label}”"
    return [Obstacle("wrong_state", message, "请刷新页面查看当前状态")]


def move(version: Version, to: VersionState, **changes: Any) -> None:
    """Set the state together with what belongs to it. The caller has checked ``why_not_move`` under lock."""
    version.state = to
    for name, value in changes.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *changes])
