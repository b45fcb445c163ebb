"""What belongs to a document: what explains it, what it explains, what stands under the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import ON_LISTS
from gongkai.portal.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

NEAR = 12
SHOWN = 5
SHORT = ("title", "kind", "first_published_at", "keywords", "item_id")


def interpretations_of(document: Document) -> list[Document]:
    """The published interpretations of a policy paper, oldest first."""
    return prepared("interpretations", _interpretations, document.pk)


def _interpretations(document: int) -> QuerySet[Document]:
    found = Document.objects.listed().filter(interprets=document).order_by("first_published_at", "pk")
    return found.only(*SHORT)[:NEAR]


def near(document: Document) -> list[Document]:
    """A few of the newest under the same item, or else of the same kind in the same body: most words in common first."""
    if document.item_id:
        found = prepared("of the item", _of_item, document.body_id, document.item_id)
    else:
        found = prepared("of the kind", _of_kind, document.body_id, document.kind)
    rows = [one for one in found if one.pk != document.pk]
    words = set(document.keywords)
    rows.sort(key=lambda one: -len(words.intersection(one.keywords)))  # stable: newest first among equals
    return rows[:SHOWN]


def _of_item(body: int, item: int) -> QuerySet[Document]:
    return _of_body(body).filter(item=item).only(*SHORT)[: NEAR + 1]


def _of_kind(body: int, kind: str) -> QuerySet[Document]:
    return _of_body(body).filter(kind=kind).only(*SHORT)[: NEAR + 1]


def _of_body(body: int) -> QuerySet[Document]:
    return Document.objects.filter(ON_LISTS, body=body).order_by("-first_published_at", "-pk")
