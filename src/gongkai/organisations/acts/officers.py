"""Acts on accounts: opening one, what it says, a link to set its password, taking it out of use."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.models import Body, Officer, Post, Unit
from gongkai.organisations.rules import why_not_administer, why_not_govern


def why_not_email(email: str, officer: Officer | None = None) -> list[Obstacle]:
    """One address opens one account, since it can be signed in with."""
    others = Officer.objects.exclude(pk=officer.pk) if officer else Officer.objects.all()
    if not email or not others.filter(email__iexact=email).exists():
        return []
    return [Obstacle("email_taken", f"邮箱{email}已登记在另一账号", "请核对或换一个邮箱", "email")]


def why_not_open_account(body: Body, *, username: str, email: str, actor: Actor) -> list[Obstacle]:
    """Only the body's administrator opens accounts, each under a name nobody else has."""
    found = [*why_not_administer(actor, body, timezone.localdate()), *why_not_email(email)]
    if Officer.objects.filter(username__iexact=username).exists():
        found.append(Obstacle("username_taken", f"登录名{username}已被使用", "请换一个登录名", "username"))
    return found


def open_account(
    *,
    body: Body,
    username: str,
    name: str,
    role: str,
    since: dt.date,
    actor: Actor,
    email: str = "",
    unit: Unit | None = None,
) -> Officer:
    """Open an account with its first post and no password: the officer sets one by a link (``invite``).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    officer = Officer(username=username.strip(), name=name.strip(), email=email.strip())
    officer.set_unusable_password()
    with transaction.atomic():
        refuse_if(why_not_open_account(body, username=officer.username, email=officer.email, actor=actor))
        officer.full_clean(exclude=["password"])
        officer.save()
        post = Post(officer=officer, body=body, unit=unit, role=role, since=since)
        post.full_clean()
        post.save()
        detail = {"username": officer.username, "role": role, "since": since.isoformat()}
        record(verb="organisations.open_account", actor=actor, target=officer, body=body, detail=detail)
    return officer


def edit_account(*, officer: Officer, name: str, email: str, actor: Actor) -> Officer:
    """Change an officer's name and address. Raises ``RefusedError``, or ``ValidationError`` when a field is wrong."""
    with transaction.atomic():
        officer = lock_one(officer)
        refuse_if([*_why_not(officer, actor), *why_not_email(email.strip(), officer)])
        detail = {
            "from": {"name": officer.name},
            "to": {"name": name},
            "email_changed": officer.email != email,
        }
        officer.name, officer.email = name.strip(), email.strip()
        officer.full_clean(exclude=["password"])
        officer.save(update_fields=["name", "email"])
        _record("organisations.edit_account", officer, actor, detail=detail)
    return officer


def why_not_invite(officer: Officer, *, actor: Actor) -> list[Obstacle]:
    """Not the actor's to manage, or out of use."""
    found = _why_not(officer, actor)
    if not officer.is_active:
        found.append(Obstacle("inactive", f"{officer}的账号已停用", "请先恢复账号"))
    return found


def invite(*, officer: Officer, actor: Actor) -> None:
    """Record that a link to set the password was issued; the face that shows it makes it. Raises ``RefusedError``."""
    with transaction.atomic():
        officer = lock_one(officer)
        refuse_if(why_not_invite(officer, actor=actor))
        _record("organisations.invite", officer, actor)


def why_not_set_active(officer: Officer, *, actor: Actor) -> list[Obstacle]:
    """Nobody locks himself out."""
    found = _why_not(officer, actor)
    if officer.pk == actor.pk:
        found.append(Obstacle("own_account", "不能停用自己的账号", "请由另一名管理员办理"))
    return found


def set_active(*, officer: Officer, is_active: bool, actor: Actor, reason: str = "") -> Officer:
    """Take an account out of use, or back into it; what it did keeps its name. Raises ``RefusedError``."""
    with transaction.atomic():
        officer = lock_one(officer)
        refuse_if(why_not_set_active(officer, actor=actor))
        if officer.is_active != is_active:
            officer.is_active = is_active
            officer.save(update_fields=["is_active"])
            verb = "organisations.reopen_account" if is_active else "organisations.close_account"
            _record(verb, officer, actor, reason=reason)
    return officer


def _why_not(officer: Officer, actor: Actor) -> list[Obstacle]:
    return why_not_govern(officer, actor, timezone.localdate())


def _record(
    verb: str, officer: Officer, actor: Actor, *, detail: dict[str, object] | None = None, reason: str = ""
) -> None:
    post = officer.posts.select_related("body").order_by("-since", "-pk").first()
    body = post.body if post else None
    record(verb=verb, actor=actor, target=officer, body=body, detail=detail, reason=reason)
