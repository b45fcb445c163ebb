"""What belongs to a document: what explains it, what it explains, what stands under the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.disclosure.models import Document
from gongkai.portal.freshness import remembered
from gongkai.portal.listing import listed_of
from gongkai.portal.prepared import prepared_rows

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

NEAR = 12
SHOWN = 5


class Near(NamedTuple):
    """Another document as a link."""

    pk: int
    title: str
    published: dt.datetime
    keywords: list[str]


COLUMNS = ("pk", "title", "first_published_at", "keywords")


def interpretations_of(document: Document) -> list[Near]:
    """The published interpretations of a policy paper, oldest first."""
    return [Near._make(one) for one in prepared_rows("interpretations", _interpretations, document.pk)]


def _interpretations(document: int) -> QuerySet[Document, Any]:
    found = Document.objects.listed().filter(interprets=document).order_by("first_published_at", "pk")
    return found.values_list(*COLUMNS)[:NEAR]


def near(document: Document) -> list[Near]:
    """A few of the newest under the same item, or else of the same kind in the same body: most words in common first."""
    body, item, kind = document.body_id, document.item_id, document.kind

    def read() -> list[Near]:
        if item is not None:
            return [Near._make(one) for one in prepared_rows("of the item", _of_item, body, item)]
        return [Near._make(one) for one in prepared_rows("of the kind", _of_kind, body, kind)]

    found = remembered(("near", body, item or kind), read, body=body)
    rows = [one for one in found if one.pk != document.pk]
    words = set(document.keywords)
    if words:
        rows.sort(key=lambda one: -len(words.intersection(one.keywords)))  # stable: newest first among equals
    return rows[:SHOWN]


def _of_item(body: int, item: int) -> QuerySet[Document, Any]:
    return listed_of(body).filter(item=item).values_list(*COLUMNS)[: NEAR + 1]


def _of_kind(body: int, kind: str) -> QuerySet[Document, Any]:
    return listed_of(body).filter(kind=kind).values_list(*COLUMNS)[: NEAR + 1]
