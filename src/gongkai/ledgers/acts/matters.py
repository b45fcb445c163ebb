"""Put a matter on the body's list, take it off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.ledgers.models import Matter
from gongkai.ledgers.rules import why_later_years_closed, years_from
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, why_not_permitted


def why_not_list_matter(
    *, body: Body, since: dt.date, unit: Unit | None, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """The unit is the body's own; a matter counts from the year it is listed."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    if unit is not None and unit.body_id != body.pk:
        message = f"“{unit.name}”不是{body.display_name}的机构"
        obstacles.append(Obstacle("foreign_unit", message, "请另选承办机构", "unit"))
    return obstacles + why_later_years_closed(body, since, amendment)


def list_matter(
    *,
    body: Body,
    kind: str,
    name: str,
    since: dt.date,
    actor: Actor,
    code: str = "",
    unit: Unit | None = None,
    amendment: str = "",
) -> Matter:
    """Put a matter on the list of powers from a day on.

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong or the matter is listed already.
    """
    refuse_if(why_not_list_matter(body=body, since=since, unit=unit, actor=actor, amendment=amendment))
    matter = Matter(body=body, kind=kind, name=name.strip(), code=code, unit=unit, since=since)
    matter.full_clean()
    with transaction.atomic():
        matter.save()
        detail = {"kind": kind, "name": matter.name, "since": since.isoformat()}
        record_dated(
            verb="ledgers.list_matter",
            actor=actor,
            target=matter,
            body=body,
            detail=detail,
            years=years_from(since),
            amendment=amendment,
        )
    return matter


def why_not_cancel_matter(
    matter: Matter, *, until: dt.date, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """A matter is cancelled once, not before it was listed."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, matter.body, timezone.localdate())
    if matter.until is not None:
        obstacles.append(Obstacle("cancelled", f"该事项已于{matter.until}取消"))
    if until < matter.since:
        message = f"取消日期早于列入日期（{matter.since}）"
        obstacles.append(Obstacle("before_listed", message, "请核对日期", "until"))
    return obstacles + why_later_years_closed(matter.body, until, amendment)


def cancel_matter(
    *, matter: Matter, until: dt.date, actor: Actor, reason: str = "", amendment: str = ""
) -> Matter:
    """Take a matter off the list; what was decided under it stays counted. Raises ``RefusedError``."""
    with transaction.atomic():
        matter = lock_one(matter)
        refuse_if(why_not_cancel_matter(matter, until=until, actor=actor, amendment=amendment))
        matter.until = until
        matter.save(update_fields=["until"])
        detail = {"until": until.isoformat(), "reason": reason}
        body = matter.body
        record_dated(
            verb="ledgers.cancel_matter",
            actor=actor,
            target=matter,
            body=body,
            detail=detail,
            years=years_from(until),
            amendment=amendment,
        )
    return matter
