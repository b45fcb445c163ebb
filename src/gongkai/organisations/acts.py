"""Acts on bodies, officers and posts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.models import Body, Officer, Post, Unit, YearLock
from gongkai.organisations.rules import officer_of


def register_body(*, actor: Actor, parent: Body | None = None, **fields: Any) -> Body:
    """Add a body under its parent. Raises ``ValidationError`` when a field is wrong."""
    body = Body(parent=parent, path="/", **fields)
    body.clean_fields(exclude=["path"])
    body.validate_unique(exclude=["path"])
    with transaction.atomic():
        body.path = f"/new/{body.slug}/"
        body.save()
        body.path = f"{parent.path if parent else '/'}{body.pk}/"
        body.save(update_fields=["path"])
        record(verb="organisations.register_body", actor=actor, target=body, body=body, detail={"name": body.name})
    return body


def why_not_move(body: Body, parent: Body | None) -> list[Obstacle]:
    """A body cannot stand below itself."""
    if parent is not None and parent.path.startswith(body.path):
        return [Obstacle("cycle", "上级机关不能是本机关或其下级机关", "请另选上级机关", "parent")]
    return []


def move_body(*, body: Body, parent: Body | None, actor: Actor, reason: str) -> None:
    """Give a body another parent; everything below moves along."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_move(body, parent))
        old, new = body.path, f"{parent.path if parent else '/'}{body.pk}/"
        for row in Body.objects.filter(path__startswith=old):
            row.path = new + row.path.removeprefix(old)
            row.save(update_fields=["path"])
        Body.objects.filter(pk=body.pk).update(parent=parent)
        detail = {"from": old, "to": new}
        record(verb="organisations.move_body", actor=actor, target=body, body=body, detail=detail, reason=reason)


def add_unit(*, body: Body, name: str, kind: str, actor: Actor) -> Unit:
    """Add a unit to a body. Raises ``ValidationError`` when the name is taken."""
    unit = Unit(body=body, name=name, kind=kind)
    unit.full_clean()
    with transaction.atomic():
        unit.save()
        record(verb="organisations.add_unit", actor=actor, target=unit, body=body, detail={"name": name})
    return unit


def appoint(
    *, officer: Officer, body: Body, role: str, since: dt.date, actor: Actor, unit: Unit | None = None
) -> Post:
    """Give an officer a post. Raises ``ValidationError`` when the officer already holds it."""
    post = Post(officer=officer, body=body, unit=unit, role=role, since=since)
    post.full_clean()
    with transaction.atomic():
        post.save()
        record(verb="organisations.appoint", actor=actor, target=post, body=body, detail={"role": role})
    return post


def end_post(*, post: Post, until: dt.date, actor: Actor) -> None:
    """End a post on a day; the officer keeps what was done under it."""
    post.until = until
    post.full_clean()
    with transaction.atomic():
        post.save(update_fields=["until"])
        detail = {"until": until.isoformat()}
        record(verb="organisations.end_post", actor=actor, target=post, body=post.body, detail=detail)


def lock_year(*, body: Body, year: int, actor: Actor, at: dt.datetime) -> None:
    """Close the records of a body's year; doing it twice changes nothing."""
    with transaction.atomic():
        _, created = YearLock.objects.get_or_create(
            body=body, year=year, defaults={"locked_at": at, "locked_by": officer_of(actor)}
        )
        if created:
            record(verb="organisations.lock_year", actor=actor, target=body, body=body, detail={"year": year})
