"""Lists of public documents that stay quick at any length: read by position, never counted to their end.

A list is read from the newest backwards. The next stretch begins after the last row of this one (its moment and its
key stand in the address), so a page far down costs what the first one costs. Nothing counts a whole table.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.utils import timezone

from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import ON_LISTS
from gongkai.organisations.models import Body
from gongkai.portal.freshness import remembered
from gongkai.portal.prepared import prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

ROWS = 20
COUNTED_TO = 1000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LINE = (
    "title",
    "document_number",
    "kind",
    "made_on",
    "effective_on",
    "valid_until",
    "amended_on",
    "ended_on",
    "ended_how",
    "first_published_at",
    "interprets_id",
    "body__name",
    "body__short_name",
    "body__slug",
)
"""What a line of a list needs; the rest of a document stays in the database."""


def listed(body: Body | None = None) -> QuerySet[Document]:
    """The documents of public lists, of one body in use or of all, newest first; read along one index."""
    found = Document.objects.filter(
        attribute=Attribute.PROACTIVE,
        first_published_at__isnull=False,
        withdrawn_at__isnull=True,
        archived_at__isnull=True,
    )
    if body is not None:
        return found.filter(body=body).order_by("-first_published_at", "-pk")
    # By key, not by a join: a join may lead the database to read body after body and to sort it all.
    resting = remembered("resting", _resting)
    found = found.exclude(body_id__in=resting) if resting else found
    return found.order_by("-first_published_at", "-pk")


def _resting() -> list[int]:
    """The bodies out of use."""
    return list(Body.objects.filter(is_active=False).values_list("pk", flat=True))


def lines(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The same with just what a line shows."""
    return documents.select_related("body").only(*LINE)


class Stretch(NamedTuple):
    """A page of a list with the addresses' ends that lead on; "" where there is nothing more."""

    rows: list[Document]
    older: str
    newer: str


def newest(body: Body | None, size: int, kinds: tuple[str, ...] = ()) -> list[Document]:
    """The newest documents as lines of a list: the same as of ``lines(listed(body))``, its query worked out once."""
    if body is None:
        # The bodies out of use stand in the query itself.
        resting = tuple(remembered("resting", _resting))
        return prepared(("newest", resting, size, kinds), lambda: _first(listed(), size, kinds))
    return prepared(("of a body", size, kinds), lambda key: _first(_of_body(key), size, kinds), body.pk)


def _first(found: QuerySet[Document], size: int, kinds: tuple[str, ...]) -> QuerySet[Document]:
    return lines(found.filter(kind__in=kinds) if kinds else found)[:size]


def _of_body(body: int) -> QuerySet[Document]:
    return Document.objects.filter(ON_LISTS, body=body).order_by("-first_published_at", "-pk")


def stretch(
    documents: QuerySet[Document],
    asked: Mapping[str, str],
    size: int = ROWS,
    first: Callable[[int], list[Document]] | None = None,
) -> Stretch:
    """The rows asked for by ``after`` or ``before`` in the address; ``first`` reads the first ones where it can be
    done quicker. Raises ``BadRequest`` for a made-up position.
    """
    if position := asked.get("before", ""):
        return _backwards(documents, position, size)
    position = asked.get("after", "")
    if first is not None and not position:
        rows = first(size + 1)
    else:
        found = documents.filter(_older_than(position)) if position else documents
        rows = list(lines(found)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Stretch(
        rows,
        f"after={mark(rows[-1])}" if more else "",
        f"before={mark(rows[0])}" if position and rows else "",
    )


def _backwards(documents: QuerySet[Document], position: str, size: int) -> Stretch:
    found = documents.filter(_newer_than(position)).order_by("first_published_at", "pk")
    rows = list(lines(found)[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    return Stretch(
        rows,
        f"after={mark(rows[-1])}" if rows else "",
        f"before={mark(rows[0])}" if more else "",
    )


def mark(document: Document) -> str:
    """The position of a row: its moment in microseconds and its key."""
    assert document.first_published_at is not None  # noqa: S101 - listed documents are published
    return f"{(document.first_published_at - EPOCH) // dt.timedelta(microseconds=1)}-{document.pk}"


def _position(text: str) -> tuple[dt.datetime, int]:
    moment, _, key = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit()):
        raise BadRequest
    if len(moment) > 17 or len(key) > 18:  # noqa: PLR2004 - beyond any moment and any key
        raise BadRequest
    return EPOCH + dt.timedelta(microseconds=int(moment)), int(key)


def _older_than(text: str) -> Q:
    moment, key = _position(text)
    return Q(first_published_at__lte=moment) & (Q(first_published_at__lt=moment) | Q(pk__lt=key))


def _newer_than(text: str) -> Q:
    moment, key = _position(text)
    return Q(first_published_at__gte=moment) & (Q(first_published_at__gt=moment) | Q(pk__gt=key))


def month_of(year: int, month: int) -> Q:
    """Published in a month, by the local calendar."""
    start = timezone.make_aware(dt.datetime(year, month, 1))  # noqa: DTZ001 - made aware
    end = timezone.make_aware(dt.datetime(year + month // 12, month % 12 + 1, 1))  # noqa: DTZ001 - made aware
    return Q(first_published_at__gte=start, first_published_at__lt=end)


def year_of(year: int) -> Q:
    """Published in a year, by the local calendar."""
    return Q(
        first_published_at__gte=timezone.make_aware(dt.datetime(year, 1, 1)),  # noqa: DTZ001 - made aware
        first_published_at__lt=timezone.make_aware(dt.datetime(year + 1, 1, 1)),  # noqa: DTZ001 - made aware
    )


def counted(rows: QuerySet[Document], limit: int = COUNTED_TO) -> str:
    """How many there are in words for a page; beyond the limit nobody counts: "1000以上"."""
    found = rows.order_by().values("pk")[: limit + 1].count()
    return str(found) if found <= limit else f"{limit}以上"


def first_and_last_year(documents: QuerySet[Document]) -> range:
    """The years the documents were published in, as a range: two looks at the ends of the index."""
    newest = documents.values_list("first_published_at", flat=True).first()
    oldest = documents.reverse().values_list("first_published_at", flat=True).first()
    if newest is None or oldest is None:
        return range(0)
    return range(timezone.localtime(oldest).year, timezone.localtime(newest).year + 1)
