"""What a feed holds, whichever way it is written: entries that stand, and tombstones of what left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from gongkai.disclosure.enums import OFF_THE_SITE, Attribute, DocumentKind, EditionState, LeavingWay
from gongkai.disclosure.models import Departure, Document, Edition
from gongkai.search.plain import plain
from gongkai.typesetting.text import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

ENTRIES = 50
TOMBSTONES = 50
SUMMARY = 300  # characters
BEGINNING = dt.datetime(2008, 5, 1, tzinfo=dt.timezone(dt.timedelta(hours=8)))
"""The moment of a feed with nothing in it: the day the Regulation came into force."""
OFF_THE_LISTS = (*sorted(OFF_THE_SITE), LeavingWay.ARCHIVED)
RELATED = ("body",)
FIELDS = (
    "title", "document_number", "kind", "keywords", "summary", "first_published_at", "changed_at", "body__name",
    "body__slug",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A document in a feed."""

    id: str
    path: str
    title: str
    summary: str
    author: str
    kind: str
    keywords: tuple[str, ...]
    published_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True)
class Tombstone:
    """A document that left: what its page says of it, and nothing of what it said."""

    id: str
    path: str
    at: dt.datetime
    said: str


@dataclass(frozen=True)
class Feed:
    """A feed; ``path`` is the page it belongs to."""

    title: str
    about: str
    path: str
    entries: tuple[Entry, ...]
    tombstones: tuple[Tombstone, ...]

    @property
    def updated_at(self) -> dt.datetime:
        """When anything in it last changed."""
        moments = [one.updated_at for one in self.entries] + [one.at for one in self.tombstones]
        return max(moments, default=BEGINNING)

    @property
    def id(self) -> str:
        """Its name for ever, under whatever address it is read."""
        return f"tag:{authority()},2008:{self.path}"


def authority() -> str:
    """The host by which ids are told from those of other sites."""
    return urlsplit(settings.GONGKAI_SITE_ADDRESS).hostname or "localhost"


def id_of(document: Document) -> str:
    """The name of a document for ever (RFC 4151): the same in every feed, for every edition, after it left too."""
    assert document.first_published_at is not None  # noqa: S101 - feeds hold what is or was public
    day = timezone.localdate(document.first_published_at)
    return f"tag:{authority()},{day:%Y-%m-%d}:{document.public_path}"


def entries(documents: Iterable[Document]) -> tuple[Entry, ...]:
    """The documents as entries; the beginning of the text where nobody wrote a summary."""
    rows = list(documents)
    texts = dict(
        Edition.objects.filter(
            document__in=[one.pk for one in rows if not one.summary], state=EditionState.PUBLISHED
        ).values_list("document", "text")
    )
    return tuple(_entry(one, texts.get(one.pk, "")) for one in rows)


def _entry(one: Document, text: str) -> Entry:
    assert one.first_published_at is not None  # noqa: S101 - listed documents are published
    number = f"（{one.document_number}）" if one.document_number else ""
    return Entry(
        id=id_of(one),
        path=one.public_path,
        title=writable(f"{one.title}{number}"),
        summary=writable(one.summary or plain(text)[:SUMMARY]),
        author=one.body.name,
        kind=str(DocumentKind(one.kind).label),
        keywords=tuple(writable(str(word)) for word in one.keywords),
        published_at=one.first_published_at,
        updated_at=max(one.changed_at or one.first_published_at, one.first_published_at),
    )


def newest(documents: QuerySet[Document]) -> tuple[Entry, ...]:
    """The first of a list."""
    return entries(documents.select_related(*RELATED).only(*FIELDS)[:ENTRIES])


def tombstones(**where: object) -> tuple[Tombstone, ...]:
    """What left the lists last, of the documents named; one that came back has none."""
    found = Departure.objects.filter(
        way__in=OFF_THE_LISTS,
        returned_at=None,
        document__first_published_at__isnull=False,
        document__attribute=Attribute.PROACTIVE,
        document__body__is_active=True,
        **where,
    )
    rows = found.select_related("document").order_by("-at", "-pk")[:TOMBSTONES]
    # A document may have been archived and taken back after that: one tombstone, the latest.
    seen: dict[int, Tombstone] = {}
    for row in rows:
        seen.setdefault(row.document_id, _tombstone(row))
    return tuple(seen.values())


def _tombstone(row: Departure) -> Tombstone:
    basis = f"；依据：{row.basis}" if row.basis else ""
    said = f"索引号{row.document.index_number}：{row.get_way_display()}。理由：{row.reason}{basis}"
    return Tombstone(id_of(row.document), row.document.public_path, row.at, writable(said))
