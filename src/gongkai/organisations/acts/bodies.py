"""Acts on bodies and their units; closing a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock, lock_one
from gongkai.organisations.models import Body, Unit, YearLock
from gongkai.organisations.rules import officer_of, why_not_administer, why_not_administer_all


def why_not_register_body(parent: Body | None, *, actor: Actor) -> list[Obstacle]:
    """Only an administrator of a body adds bodies below it; a body without a parent is the installation's."""
    today = timezone.localdate()
    return why_not_administer(actor, parent, today) if parent else why_not_administer_all(actor)


def register_body(*, actor: Actor, parent: Body | None = None, **fields: Any) -> Body:
    """Add a body under its parent. Raises ``RefusedError``, or ``ValidationError`` when a field is wrong."""
    refuse_if(why_not_register_body(parent, actor=actor))
    body = Body(parent=parent, path="/", **fields)
    body.clean_fields(exclude=["path"])
    body.clean()
    body.validate_unique(exclude=["path"])
    with transaction.atomic():
        body.path = f"/new/{body.slug}/"
        body.save()
        body.path = f"{parent.path if parent else '/'}{body.pk}/"
        body.save(update_fields=["path"])
        record(
            verb="organisations.register_body",
            actor=actor,
            target=body,
            body=body,
            detail={"name": body.name},
        )
    return body


EDITABLE = frozenset(
    {"name", "short_name", "kind", "tier", "credit_code", "makes_rules", "office", "address", "postcode"}
    | {"office_hours", "phone", "fax", "email", "website", "review_organ", "court", "report_due", "is_active"}
)


def edit_body(*, body: Body, actor: Actor, reason: str = "", **changes: Any) -> Body:
    """Change what a body says of itself (its 公开指南, 条例 art. 12); the audit keeps what it said before.

    Raises ``RefusedError``, ``ValidationError`` when a field is wrong, TypeError for no such field.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        message = f"a body has no {', '.join(sorted(unknown))} to edit"
        raise TypeError(message)
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_administer(actor, body, timezone.localdate()))
        before = {name: getattr(body, name) for name in changes}
        for name, value in changes.items():
            setattr(body, name, value)
        body.full_clean(exclude=["path", "parent"])
        changed = [name for name, value in changes.items() if value != before[name]]
        if changed:
            body.save(update_fields=changed)
            detail = {name: {"from": before[name], "to": changes[name]} for name in changed}
            record(
                verb="organisations.edit_body",
                actor=actor,
                target=body,
                body=body,
                detail=detail,
                reason=reason,
            )
    return body


def why_not_move(body: Body, parent: Body | None) -> list[Obstacle]:
    """A body cannot stand below itself."""
    if parent is not None and parent.path.startswith(body.path):
        return [Obstacle("cycle", "上级机关不能是本机关或其下级机关", "请另选上级机关", "parent")]
    return []


def move_body(*, body: Body, parent: Body | None, actor: Actor, reason: str) -> None:
    """Give a body another parent; everything below moves along. Raises ``RefusedError``.

    All that moves is locked, and where it goes: of two moves that would close a circle together the second waits,
    sees the first, and is refused.
    """
    with transaction.atomic():
        moving = Body.objects.filter(path__startswith=body.path).values_list("pk", flat=True)
        rows = lock(Body, {body.pk, *moving, *([parent.pk] if parent else [])})
        body, parent = rows[body.pk], rows[parent.pk] if parent else None
        refuse_if([*why_not_move(body, parent), *why_not_administer_all(actor)])
        old, new = body.path, f"{parent.path if parent else '/'}{body.pk}/"
        for row in Body.objects.filter(path__startswith=old):
            row.path = new + row.path.removeprefix(old)
            row.save(update_fields=["path"])
        Body.objects.filter(pk=body.pk).update(parent=parent)
        detail = {"from": old, "to": new}
        record(
            verb="organisations.move_body", actor=actor, target=body, body=body, detail=detail, reason=reason
        )


def add_unit(*, body: Body, name: str, kind: str, actor: Actor) -> Unit:
    """Add a unit to a body. Raises ``RefusedError``, or ``ValidationError`` when the name is taken."""
    refuse_if(why_not_administer(actor, body, timezone.localdate()))
    unit = Unit(body=body, name=name, kind=kind)
    unit.full_clean()
    with transaction.atomic():
        unit.save()
        record(verb="organisations.add_unit", actor=actor, target=unit, body=body, detail={"name": name})
    return unit


def change_unit(*, unit: Unit, actor: Actor, name: str, kind: str, is_active: bool) -> Unit:
    """Rename a unit, or use it no longer; what it did stays under its name.

    Raises ``RefusedError``, or ``ValidationError`` when the name is taken.
    """
    with transaction.atomic():
        unit = lock_one(unit)
        refuse_if(why_not_administer(actor, unit.body, timezone.localdate()))
        before = {"name": unit.name, "kind": unit.kind, "is_active": unit.is_active}
        after = {"name": name.strip(), "kind": kind, "is_active": is_active}
        if after == before:
            return unit
        unit.name, unit.kind, unit.is_active = name.strip(), kind, is_active
        unit.full_clean()
        unit.save()
        detail = {"from": before, "to": after}
        record(verb="organisations.change_unit", actor=actor, target=unit, body=unit.body, detail=detail)
    return unit


def lock_year(*, body: Body, year: int, actor: Actor, at: dt.datetime) -> None:
    """Close the records of a body's year; doing it twice changes nothing."""
    with transaction.atomic():
        _, created = YearLock.objects.get_or_create(
            body=body, year=year, defaults={"locked_at": at, "locked_by": officer_of(actor)}
        )
        if created:
            record(verb="organisations.lock_year", actor=actor, target=body, body=body, detail={"year": year})
