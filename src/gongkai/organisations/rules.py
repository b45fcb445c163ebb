"""Who may do what where. Every list, act and export asks here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q, QuerySet

from gongkai.core.errors import Obstacle
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, Post, YearLock


class Permission(StrEnum):
    """What a post can allow."""

    READ = "查阅"
    HANDLE = "经办"
    APPROVE = "审核签发"
    ADMINISTER = "管理"


ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.READ}),
    Role.HANDLER: frozenset({Permission.READ, Permission.HANDLE}),
    Role.APPROVER: frozenset({Permission.READ, Permission.HANDLE, Permission.APPROVE}),
    Role.SUPERVISOR: frozenset({Permission.READ}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.ADMINISTER}),
}


def current_posts(officer: Officer, on: dt.date) -> QuerySet[Post]:
    """The posts an officer holds on a day."""
    holds = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    return Post.objects.filter(holds, officer=officer, officer__is_active=True).select_related("body", "unit")


def visible_bodies(officer: Officer, on: dt.date) -> QuerySet[Body]:
    """The bodies whose records an officer may read: those of the posts and, for supervisors, all bodies below."""
    scope = Q(pk__in=[])
    for post in current_posts(officer, on):
        scope |= Q(path__startswith=post.body.path) if post.role == Role.SUPERVISOR else Q(pk=post.body_id)
    return Body.objects.filter(scope)


def may(officer: Officer, permission: Permission, body: Body, on: dt.date) -> bool:
    """Whether an officer has a permission in a body on a day."""
    for post in current_posts(officer, on):
        if permission not in ROLE_PERMISSIONS[post.role]:
            continue
        if post.body_id == body.pk:
            return True
        if post.role == Role.SUPERVISOR and body.path.startswith(post.body.path):
            return True
    return False


def why_not_permitted(officer: object, permission: Permission, body: Body, on: dt.date) -> list[Obstacle]:
    """The obstacle when the actor lacks the permission. The system actor may do what the clock demands."""
    if not isinstance(officer, Officer) or may(officer, permission, body, on):
        return []
    message = f"您在“{body.name}”没有“{permission.value}”权限"
    return [Obstacle("not_permitted", message, "请联系本机关管理员调整岗位")]


def why_year_closed(body: Body, year: int, amendment: str = "") -> list[Obstacle]:
    """The obstacle when the year's report is published and no reason for an amendment is given."""
    return why_years_closed(body, [year], amendment)


def why_years_closed(body: Body, years: Iterable[int], amendment: str = "") -> list[Obstacle]:
    """One obstacle per year of these whose report is published, unless a reason for an amendment is given."""
    if amendment.strip():
        return []
    remedy = "如确需更正，请填写更正理由，更正将单独记录"
    return [
        Obstacle(
            "year_locked",
            f"{body.display_name}{year}年度的年报已经公布，该年度的记录已锁定",
            remedy,
            "amendment",
        )
        for year in locked_years(body, years)
    ]


def locked_years(body: Body, years: Iterable[int]) -> list[int]:
    """Those of the years whose records are closed for this body, in order."""
    locks = YearLock.objects.filter(body=body, year__in=set(years))
    return list(locks.order_by("year").values_list("year", flat=True))


def officer_of(actor: object) -> Officer | None:
    """The officer behind an actor, to name in a record; ``None`` for the system."""
    return actor if isinstance(actor, Officer) else None


def administered_bodies(officer: Officer, on: dt.date) -> QuerySet[Body]:
    """The bodies an officer administers: those of the administrator's posts with all below them.

    A superuser, who has no post, sets the installation up and administers all. Administering opens no records.
    """
    if officer.is_superuser and officer.is_active:
        return Body.objects.all()
    scope = Q(pk__in=[])
    for post in current_posts(officer, on):
        if Permission.ADMINISTER in ROLE_PERMISSIONS[post.role]:
            scope |= Q(path__startswith=post.body.path)
    return Body.objects.filter(scope)


def why_not_administer(actor: object, body: Body, on: dt.date) -> list[Obstacle]:
    """The obstacle when the actor administers neither the body nor one above it."""
    if not isinstance(actor, Officer) or administered_bodies(actor, on).filter(pk=body.pk).exists():
        return []
    return [Obstacle("not_permitted", f"您不是“{body.name}”或其上级机关的管理员", "请联系该机关的管理员")]


def why_not_administer_all(actor: object) -> list[Obstacle]:
    """The obstacle when the actor is an officer who is not the installation's own administrator."""
    if not isinstance(actor, Officer) or (actor.is_superuser and actor.is_active):
        return []
    return [Obstacle("not_permitted", "登记或调整最上级机关由系统管理员办理", "请联系系统管理员", "parent")]


def why_not_govern(account: Officer, actor: object, on: dt.date) -> list[Obstacle]:
    """The obstacle when an account is not the actor's to manage: it reaches bodies the actor does not administer.

    Whoever can give an account a new password can act as that account, so every post it holds must be in his hands.
    """
    if not isinstance(actor, Officer) or (actor.is_superuser and actor.is_active):
        return []
    mine = administered_bodies(actor, on)
    held = Post.objects.filter(officer=account)
    standing = held.filter(Q(until__isnull=True) | Q(until__gte=on))
    reaches_further = account.is_superuser or standing.exclude(body__in=mine).exists()
    if held.filter(body__in=mine).exists() and not reaches_further:
        return []
    message = f"{account}在您管理范围以外任职，或者不在您管理的机关任职"
    return [Obstacle("not_governed", message, "请联系其任职机关共同上级的管理员")]
