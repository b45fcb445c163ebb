"""Who may change a catalogue, and what every change of an item must keep to."""

from __future__ import annotations

import datetime as dt

from gongkai.catalogue.models import Catalogue
from gongkai.catalogue.tables.rows import LABELS, LIMITS, Row
from gongkai.core.errors import Obstacle
from gongkai.organisations.rules import Permission, why_not_administer_all, why_not_permitted


def why_not_change(catalogue: Catalogue, actor: object, on: dt.date) -> list[Obstacle]:
    """A body's catalogue is its handlers' work; a standard one, that of the installation's administrator."""
    if catalogue.body is None:
        obstacles = why_not_administer_all(actor)
    else:
        obstacles = why_not_permitted(actor, Permission.HANDLE, catalogue.body, on)
    if catalogue.retired_on is not None:
        message = f"《{catalogue.title}》已于{catalogue.retired_on}停用"
        obstacles.append(Obstacle("retired", message, "请改用在用的目录"))
    return obstacles


def why_not_issue(catalogue: Catalogue, actor: object, on: dt.date) -> list[Obstacle]:
    """A body's catalogue is let out by who approves."""
    if catalogue.body is None:
        return why_not_change(catalogue, actor, on)
    obstacles = why_not_change(catalogue, actor, on)
    permitted = why_not_permitted(actor, Permission.APPROVE, catalogue.body, on)
    return permitted + [one for one in obstacles if one.code != "not_permitted"]


def why_row_wrong(row: Row) -> list[Obstacle]:
    """What a line must say: named by its field."""
    found = [
        Obstacle("empty", f"{LABELS[name]}不能为空", "请填写", name)
        for name in ("level1", "level2", "content", "time_limit", "publisher")
        if not getattr(row, name)
    ]
    found += [
        Obstacle("empty", f"{LABELS[name]}至少选一项", "请选择", name)
        for name in ("channels", "audience", "method", "level")
        if not getattr(row, name)
    ]
    found += [
        Obstacle("too_long", f"{LABELS[name]}超过{limit}个字", "请缩短", name)
        for name, limit in LIMITS.items()
        if len(getattr(row, name)) > limit
    ]
    return found
