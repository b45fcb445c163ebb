"""Recording an act on dated records, so that one that touches a published year is seen to be an amendment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models

from gongkai.audit.acts import record
from gongkai.audit.models import Entry
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.organisations.models import Body
from gongkai.organisations.rules import locked_years


def years_through(*days: dt.date | None) -> range:
    """The years from the earliest of these days to the latest: a case that is open in a year counts in it."""
    known = [day.year for day in days if day is not None]
    return range(min(known), max(known) + 1) if known else range(0)


def record_dated(
    *,
    verb: str,
    actor: Actor,
    target: models.Model,
    body: Body,
    years: Collection[int],
    amendment: str = "",
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Record an act that changes what these years' reports count.

    With a reason for an amendment the verb says so (``foi.amend.close_request``) and the published years among
    them are named. Raises RefusedError when a year was published while the act was under way: publishing writes to the
    same chain, so after our entry its lock is visible.
    """
    locked = locked_years(body, years)
    refuse_if(_why_just_locked(bool(locked) and not amendment.strip()))
    said = detail or {}
    if amendment.strip():
        room, _, act = verb.partition(".")
        verb, said = f"{room}.amend.{act}", {**said, "amended_years": locked}
        reason = "；".join(filter(None, (reason, amendment)))
    entry = record(verb=verb, actor=actor, target=target, body=body, detail=said, reason=reason)
    refuse_if(_why_just_locked(locked_years(body, years) != locked))
    return entry


def _why_just_locked(published: bool) -> list[Obstacle]:  # noqa: FBT001 - what was seen
    """The obstacles were asked before, so a lock that shows only now is new."""
    message = "办理期间该年度的年报刚刚公布，本次操作未保存"
    return [Obstacle("year_just_locked", message, "请刷新后按更正办理", "amendment")] if published else []
