"""Look a document up for the public: its text, or the word that it has left."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from gongkai.disclosure.enums import Attribute, EditionState, LeavingWay
from gongkai.disclosure.models import Departure, Document, Edition

ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)
GONE, WITHHELD_BY_LAW, MOVED = 410, 451, 301


@dataclass(frozen=True)
class Tombstone:
    """What is left at the address of a document that left: the status of the answer, why, and where it went."""

    document: Document
    status: int
    way: str
    reason: str
    basis: str
    into: Document | None = None

    @property
    def named(self) -> bool:
        """Whether its title may still be said: not of one published by mistake or taken off by law."""
        return self.way == LeavingWay.MERGED


def document_of(pk: int) -> Document:
    """A document that is public or once was. Raises ``Http404`` for any other, as if it did not exist."""
    found = (
        Document.objects.select_related("body", "unit", "item__parent", "key_area", "interprets")
        .filter(pk=pk, attribute=Attribute.PROACTIVE, first_published_at__isnull=False, body__is_active=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def tombstone_of(document: Document) -> Tombstone | None:
    """The word that is left of a document; ``None`` while its text can be read."""
    if document.withdrawn_at is None:
        return None
    ways = (LeavingWay.BY_LAW, LeavingWay.MERGED, LeavingWay.ERROR)
    open_ones = document.departures.filter(returned_at__isnull=True, way__in=ways).select_related("into")
    departures = {one.way: one for one in open_ones}
    for way in ways:
        if way in departures:
            return _departed(document, departures[way])
    withdrawn = document.editions.filter(state=EditionState.WITHDRAWN).order_by("-number").first()
    return Tombstone(document, GONE, LeavingWay.ERROR, withdrawn.reason if withdrawn else "", "")


def _departed(document: Document, departure: Departure) -> Tombstone:
    way = departure.way
    if way == LeavingWay.MERGED:
        into = departure.into
        assert into is not None  # noqa: S101 - a constraint says so
        return Tombstone(document, MOVED, way, departure.reason, departure.basis, into)
    status = WITHHELD_BY_LAW if way == LeavingWay.BY_LAW else GONE
    return Tombstone(document, status, way, departure.reason, departure.basis)


def public_editions(document: Document) -> list[Edition]:
    """The editions the public sees or once saw, newest first, without their texts."""
    found = document.editions.filter(state__in=ONCE_PUBLIC).defer("text").order_by("-number")
    return list(found)


def edition_of(document: Document, number: int) -> Edition:
    """One of them with its text. Raises ``Http404`` when there is none of that number."""
    found = document.editions.filter(state__in=ONCE_PUBLIC, number=number).first()
    if found is None:
        raise Http404
    found.document = document
    return found
