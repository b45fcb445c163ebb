"""Columns of key-area information (重点领域信息公开专栏): opened, renamed, closed, opened again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.catalogue.models import KeyArea
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted


def open_key_area(*, body: Body, name: str, actor: Actor) -> KeyArea:
    """Open a column. Raises ``RefusedError``, or ``ValidationError`` for a taken name."""
    refuse_if(why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate()))
    area = KeyArea(body=body, name=name.strip())
    area.full_clean()
    with transaction.atomic():
        area.save()
        record(
            verb="catalogue.open_key_area", actor=actor, target=area, body=body, detail={"name": area.name}
        )
    return area


def rename_key_area(*, area: KeyArea, name: str, actor: Actor) -> KeyArea:
    """Give a column another name; its address and its documents stay. Raises like ``open_key_area``."""
    with transaction.atomic():
        area = lock_one(area)
        refuse_if(why_not_permitted(actor, Permission.APPROVE, area.body, timezone.localdate()))
        before, area.name = area.name, name.strip()
        area.full_clean()
        area.save(update_fields=["name"])
        detail = {"before": before, "name": area.name}
        record(verb="catalogue.rename_key_area", actor=actor, target=area, body=area.body, detail=detail)
    return area


def why_not_close_key_area(area: KeyArea, *, reason: str, actor: Actor) -> list[Obstacle]:
    """Closed once, and for a reason."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, area.body, timezone.localdate())
    if area.closed_on is not None:
        obstacles.append(Obstacle("closed", f"栏目“{area.name}”已于{area.closed_on}停用"))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明停用理由", "请填写理由", "reason"))
    return obstacles


def close_key_area(*, area: KeyArea, reason: str, actor: Actor) -> KeyArea:
    """No more is filed in a column and it is no longer listed; what is in it stays where it is. Raises ``RefusedError``."""
    with transaction.atomic():
        area = lock_one(area)
        refuse_if(why_not_close_key_area(area, reason=reason, actor=actor))
        area.closed_on = timezone.localdate()
        area.save(update_fields=["closed_on"])
        record(
            verb="catalogue.close_key_area", actor=actor, target=area, body=area.body, reason=reason.strip()
        )
    return area


def why_not_reopen_key_area(area: KeyArea, *, actor: Actor) -> list[Obstacle]:
    """Only what was closed."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, area.body, timezone.localdate())
    if area.closed_on is None:
        obstacles.append(Obstacle("open", f"栏目“{area.name}”在用，无须恢复"))
    return obstacles


def reopen_key_area(*, area: KeyArea, actor: Actor) -> KeyArea:
    """Use a closed column again. Raises ``RefusedError``."""
    with transaction.atomic():
        area = lock_one(area)
        refuse_if(why_not_reopen_key_area(area, actor=actor))
        area.closed_on = None
        area.save(update_fields=["closed_on"])
        record(verb="catalogue.reopen_key_area", actor=actor, target=area, body=area.body)
    return area
