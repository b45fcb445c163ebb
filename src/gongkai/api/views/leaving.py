"""What left and what changed: what somebody who keeps a copy has to know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from gongkai.api import shapes
from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import moment_of, number_of, packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.problems import wrong
from gongkai.api.schemas import documents as schemas
from gongkai.api.schemas.others import Changes, ChangesAsked
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.models import Departure, Document
from gongkai.subscriptions.models import PublicChange

TAG = "撤下与变更"
SETTLED = dt.timedelta(seconds=30)
"""A change is listed when every act that began before it must have ended, so that no later one comes before it."""


def whole_moment(moment: dt.datetime, name: str = "since") -> dt.datetime:
    """A moment in UTC. Raises ``ProblemError`` for one without a zone, or far from any calendar.

    A zone of 18 hours and more is one to the standard library, and none to PostgreSQL.
    """
    if timezone.is_naive(moment) or not 1900 <= moment.year <= 2999:  # noqa: PLR2004 - nothing happened outside
        raise wrong(name, "应当是带时区的时刻，例如 2024-03-01T09:00:00+08:00")
    return moment.astimezone(dt.UTC)


@endpoint(
    "/withdrawals",
    response=schemas.Withdrawals,
    tag=TAG,
    summary="离开的信息",
    asked=schemas.WithdrawalsAsked,
    missing=MISSING,
)
def list_withdrawals(request: HttpRequest, asked: Query[schemas.WithdrawalsAsked]) -> dict[str, Any]:
    """现在已经撤下、归档或者失效的信息，按离开的时间从早到晚。已经恢复的不在其中。"""
    found = departures()
    if asked.body:
        found = found.filter(document__body=body_named(asked.body))
    if asked.since is not None:
        found = found.filter(at__gte=whole_moment(asked.since))
    if asked.cursor:
        number, key = unpacked("withdrawals", asked.cursor, (int, int))
        moment = moment_of(number)
        found = found.filter(Q(at__gt=moment) | Q(at=moment, pk__gt=key))
    rows = list(found[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    cursor = packed("withdrawals", number_of(rows[-1].at), rows[-1].pk) if more else ""
    root = root_of(request)
    return {"items": [shapes.withdrawal(row, root) for row in rows], "next": next_page(request, cursor)}


def departures() -> Any:
    """The documents that are gone at present in one of the five ways, the earliest first."""
    found = Departure.objects.filter(
        returned_at=None,
        document__first_published_at__isnull=False,
        document__attribute=Attribute.PROACTIVE,
        document__body__is_active=True,
    )
    return found.select_related("document__body", "into").order_by("at", "pk")


@endpoint("/changes", response=Changes, tag=TAG, summary="变更记录", asked=ChangesAsked)
def list_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> dict[str, Any]:
    """公开信息发生的变更，按记录的先后。保存副本的可以记下最后一个游标，下次从那里接着读。"""
    found = PublicChange.objects.filter(
        noted_at__lte=timezone.now() - SETTLED, document__body__is_active=True
    )
    if asked.since is not None:
        found = found.filter(noted_at__gte=whole_moment(asked.since))
    if asked.cursor:
        (key,) = unpacked("changes", asked.cursor, (int,))
        found = found.filter(pk__gt=key)
    rows = list(found.select_related("document").order_by("pk")[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    root = root_of(request)
    return {
        "items": [
            {
                "id": row.document_id,
                "url": f"{root}{row.document.public_path}",
                "change": row.change,
                "at": row.at,
                "now": _now(row.document),
            }
            for row in rows
        ],
        "next": next_page(request, packed("changes", rows[-1].pk) if more else ""),
    }


def _now(row: Document) -> str:
    """How a document stands."""
    if row.withdrawn_at is not None or row.attribute != Attribute.PROACTIVE or row.first_published_at is None:
        return "gone"
    return "archived" if row.archived_at is not None else "listed"
