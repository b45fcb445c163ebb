"""Obstacles that several acts on requests share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle
from gongkai.foi.models import Request
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_years_closed


def why_not_handle(
    body: Body, *, actor: Actor, at: dt.datetime, years: Collection[int] = (), amendment: str = ""
) -> list[Obstacle]:
    """The actor may not handle the body's requests, or a year the act touches is locked."""
    return [
        *why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at)),
        *why_years_closed(body, years, amendment),
    ]


def why_closed(request: Request, amendment: str = "") -> list[Obstacle]:
    """What is closed changes only as an amendment; what is handled elsewhere does not change at all."""
    if request.set_aside:
        return why_set_aside(request)
    if request.closed_on is None or amendment.strip():
        return []
    message = f"申请{request.number}已于{request.closed_on}办结"
    return [Obstacle("closed", message, "如确需更正，请填写更正理由", "amendment")]


def why_set_aside(request: Request) -> list[Obstacle]:
    """A request that was split or merged is handled in its parts or in the other one."""
    if not request.set_aside:
        return []
    if request.merged_into is not None:
        where = f"并入{request.merged_into.number}"
    else:
        where = f"拆分为{'、'.join(request.parts.order_by('pk').values_list('number', flat=True))}"
    return [Obstacle("set_aside", f"申请{request.number}已{where}", "请在该申请上办理")]


def why_over(request: Request) -> list[Obstacle]:
    """Nothing more is done in a case that is closed or handled elsewhere."""
    if request.closed_on is None:
        return why_set_aside(request)
    return [Obstacle("closed", f"申请{request.number}已于{request.closed_on}办结", "无须再办理")]


def why_not_received(request: Request) -> list[Obstacle]:
    """Nothing runs before the request is received (条例 art. 31)."""
    if request.received_on is not None:
        return []
    message = f"申请{request.number}还没有登记收到日期"
    return [Obstacle("not_received", message, "请先登记收到申请", "received_on")]


def why_future(at: dt.datetime, **days: dt.date | None) -> list[Obstacle]:
    """What has not happened yet cannot be recorded."""
    today = timezone.localdate(at)
    return [
        Obstacle("future", f"{day}还没有到，不能登记将来发生的事", "请核对日期", name)
        for name, day in days.items()
        if day is not None and day > today
    ]
