"""Acts on posts: who does what where, from when until when."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, Post, Unit
from gongkai.organisations.rules import why_not_administer


def why_not_appoint(officer: Officer, body: Body, *, actor: Actor) -> list[Obstacle]:
    """Only an administrator of the body gives posts in it, and to a known account that is in use."""
    found = why_not_administer(actor, body, timezone.localdate())
    if not officer.is_active:
        found.append(Obstacle("inactive", f"{officer}的账号已停用", "请先恢复账号", "officer"))
    return found


def appoint(
    *, officer: Officer, body: Body, role: str, since: dt.date, actor: Actor, unit: Unit | None = None
) -> Post:
    """Give an officer a post. Raises ``RefusedError``, or ``ValidationError`` when the officer already holds it."""
    refuse_if(why_not_appoint(officer, body, actor=actor))
    post = Post(officer=officer, body=body, unit=unit, role=role, since=since)
    post.full_clean()
    with transaction.atomic():
        post.save()
        record(verb="organisations.appoint", actor=actor, target=post, body=body, detail={"role": role})
    return post


def why_not_end_post(post: Post, *, actor: Actor) -> list[Obstacle]:
    """Nobody takes away the post by which he administers: the body could be left without anyone."""
    found = why_not_administer(actor, post.body, timezone.localdate())
    if post.role == Role.ADMINISTRATOR and post.officer_id == actor.pk:
        message = "不能终止自己的管理员岗位"
        found.append(Obstacle("own_post", message, "请由另一名管理员办理"))
    return found


def end_post(*, post: Post, until: dt.date, actor: Actor) -> None:
    """End a post on a day; the officer keeps what was done under it. Raises ``RefusedError``."""
    refuse_if(why_not_end_post(post, actor=actor))
    post.until = until
    post.full_clean()
    with transaction.atomic():
        post.save(update_fields=["until"])
        detail = {"until": until.isoformat()}
        record(verb="organisations.end_post", actor=actor, target=post, body=post.body, detail=detail)
