"""What belongs to a document: what explains it, what it explains, what stands under the same item."""

from __future__ import annotations

from gongkai.disclosure.models import Document
from gongkai.portal.listing import listed

NEAR = 30
SHOWN = 5
SHORT = ("title", "kind", "first_published_at", "keywords", "item_id")


def interpretations_of(document: Document) -> list[Document]:
    """The published interpretations of a policy paper, oldest first."""
    found = Document.objects.listed().filter(interprets=document).order_by("first_published_at", "pk")
    return list(found.only(*SHORT)[:NEAR])


def near(document: Document) -> list[Document]:
    """A few of the newest under the same item, or else of the same kind in the same body: most words in common first."""
    found = listed(document.body)
    found = found.filter(item=document.item_id) if document.item_id else found.filter(kind=document.kind)
    rows = [one for one in found.only(*SHORT)[: NEAR + 1] if one.pk != document.pk]
    words = set(document.keywords)
    rows.sort(key=lambda one: -len(words.intersection(one.keywords)))  # stable: newest first among equals
    return rows[:SHOWN]
