"""What the public may see, as lists read by position: the same documents as on the pages, along the same indexes."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from gongkai.api.cursors import moment_of, number_of, packed, unpacked
from gongkai.api.problems import nothing_here
from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import ON_LISTS
from gongkai.organisations.models import Body

if TYPE_CHECKING:
    from django.db.models import QuerySet

RELATED = ("body", "item", "key_area", "interprets")
OK = HTTPStatus.OK


def body_named(slug: str) -> Body:
    """A body in use. Raises ``ProblemError``."""
    found = Body.objects.filter(slug=slug, is_active=True).first()
    if found is None:
        raise nothing_here(f"网址代号为“{slug}”的机关", "机关的网址代号见 /api/v1/bodies。")
    return found


def resting() -> list[int]:
    """The bodies out of use, by key: a join would lead the database to read body after body."""
    return list(Body.objects.filter(is_active=False).values_list("pk", flat=True))


def listed(body: Body | None = None) -> QuerySet[Document]:
    """The documents of public lists, of one body or of all, newest first."""
    found = Document.objects.filter(ON_LISTS)
    if body is not None:
        found = found.filter(body=body)
    elif out_of_use := resting():
        found = found.exclude(body_id__in=out_of_use)
    return found.order_by("-first_published_at", "-pk")


def stretch(documents: QuerySet[Document], limit: int, cursor: str) -> tuple[list[Document], str]:
    """A stretch of documents and the cursor of the next; "" at the end."""
    if cursor:
        number, key = unpacked("documents", cursor, (int, int))
        moment = moment_of(number)
        earlier = Q(first_published_at__lt=moment) | Q(pk__lt=key)
        documents = documents.filter(Q(first_published_at__lte=moment) & earlier)
    rows = list(documents.select_related(*RELATED)[: limit + 1])
    if len(rows) <= limit:
        return rows, ""
    rows = rows[:limit]
    last = rows[-1]
    assert last.first_published_at is not None  # noqa: S101 - listed documents are published
    return rows, packed("documents", number_of(last.first_published_at), last.pk)


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of a day by the clock of the installation."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def published_in(year: int) -> Q:
    """First published in a year."""
    return Q(
        first_published_at__gte=start_of(dt.date(year, 1, 1)),
        first_published_at__lt=start_of(dt.date(year + 1, 1, 1)),
    )
