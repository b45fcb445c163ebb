"""Lists of public documents that stay quick at any length: read by position, never counted to their end.

A list is read from the newest backwards. The next stretch begins after the last row of this one (its moment and its
key stand in the address), so a page far down costs what the first one costs. Nothing counts a whole table.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.utils import timezone

from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import ON_LISTS
from gongkai.organisations.models import Body
from gongkai.portal.freshness import remembered
from gongkai.portal.prepared import prepared_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

ROWS = 20
COUNTED_TO = 1000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Row(NamedTuple):
    """A document as a line of a list needs it; the rest of it stays in the database."""

    pk: int
    title: str
    document_number: str
    kind: str
    first_published_at: dt.datetime
    effective_on: dt.date | None
    valid_until: dt.date | None
    amended_on: dt.date | None
    ended_on: dt.date | None
    ended_how: str
    body_name: str
    body_short_name: str

    @property
    def issuer(self) -> str:
        """The short name of the body where it has one."""
        return self.body_short_name or self.body_name


COLUMNS = tuple(name.replace("body_", "body__") for name in Row._fields)


def listed(body: Body | None = None) -> QuerySet[Document]:
    """The documents of public lists, of one body in use or of all, newest first; read along one index."""
    if body is not None:
        return listed_of(body.pk)
    # By key, not by a join: a join may lead the database to read body after body and to sort it all.
    resting = remembered("resting", _resting)
    found = Document.objects.filter(ON_LISTS)
    found = found.exclude(body_id__in=resting) if resting else found
    return found.order_by("-first_published_at", "-pk")


def listed_of(body: int) -> QuerySet[Document]:
    """The same of one body in use, by its key."""
    return Document.objects.filter(ON_LISTS, body=body).order_by("-first_published_at", "-pk")


def _resting() -> list[int]:
    """The bodies out of use."""
    return list(Body.objects.filter(is_active=False).values_list("pk", flat=True))


def rows_of(documents: QuerySet[Document]) -> list[Row]:
    """The documents as lines of a list."""
    return [Row._make(one) for one in documents.values_list(*COLUMNS)]


class Stretch(NamedTuple):
    """A page of a list with the addresses' ends that lead on; "" where there is nothing more."""

    rows: list[Row]
    older: str
    newer: str


def newest(body: Body | None, size: int, kinds: tuple[str, ...] = (), after: str = "") -> list[Row]:
    """The newest documents, or those after a position: ``rows_of(listed(body))``, its query worked out once.

    Raises ``BadRequest`` for a made-up position.
    """
    # The bodies out of use stand in the query itself.
    resting = () if body is not None else tuple(remembered("resting", _resting))
    name = ("newest", body is None, resting, size, kinds, bool(after))
    values: list[int | dt.datetime] = [] if body is None else [body.pk]
    if after:
        values += _position(after)

    def build(*given: Any) -> QuerySet[Document, Any]:
        found = listed() if body is None else listed_of(given[0])
        found = found.filter(kind__in=kinds) if kinds else found
        found = found.filter(_before(*given[-2:])) if after else found
        return found.values_list(*COLUMNS)[:size]

    return [Row._make(one) for one in prepared_rows(name, build, *values)]


def stretch(
    documents: Callable[[], QuerySet[Document]],
    asked: Mapping[str, str],
    size: int = ROWS,
    quick: Callable[[int, str], list[Row]] | None = None,
) -> Stretch:
    """The rows asked for by ``after`` or ``before`` in the address; where ``quick`` can read a number of them after a
    position, ``documents`` is asked for nothing but the way back. Raises ``BadRequest`` for a made-up position.
    """
    if position := asked.get("before", ""):
        return _backwards(documents(), position, size)
    position = asked.get("after", "")
    if quick is not None:
        rows = quick(size + 1, position)
    else:
        found = documents().filter(_before(*_position(position))) if position else documents()
        rows = rows_of(found[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Stretch(
        rows,
        f"after={mark(rows[-1])}" if more else "",
        f"before={mark(rows[0])}" if position and rows else "",
    )


def _backwards(documents: QuerySet[Document], position: str, size: int) -> Stretch:
    found = documents.filter(_after(*_position(position))).order_by("first_published_at", "pk")
    rows = rows_of(found[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    return Stretch(
        rows,
        f"after={mark(rows[-1])}" if rows else "",
        f"before={mark(rows[0])}" if more else "",
    )


def mark(row: Row) -> str:
    """The position of a row: its moment in microseconds and its key."""
    return f"{(row.first_published_at - EPOCH) // dt.timedelta(microseconds=1)}-{row.pk}"


def _position(text: str) -> tuple[dt.datetime, int]:
    moment, _, key = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit()):
        raise BadRequest
    if len(moment) > 17 or len(key) > 18:  # noqa: PLR2004 - beyond any moment and any key
        raise BadRequest
    return EPOCH + dt.timedelta(microseconds=int(moment)), int(key)


def _before(moment: dt.datetime, key: int) -> Q:
    return Q(first_published_at__lte=moment) & (Q(first_published_at__lt=moment) | Q(pk__lt=key))


def _after(moment: dt.datetime, key: int) -> Q:
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
