"""Look a document up for the public: its text, or the word that it has left."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404

from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Document
from gongkai.disclosure.queries import Standing, standing

if TYPE_CHECKING:
    from gongkai.disclosure.models import Edition

ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)


def standing_of(pk: int) -> tuple[Document, Standing]:
    """A document that is public or once was, and how its address answers. Raises ``Http404`` for any other."""
    found = Document.objects.select_related("body", "unit", "item__parent", "key_area", "interprets")
    document = found.filter(pk=pk, first_published_at__isnull=False).first()
    if document is None:
        raise Http404
    answer = standing(document)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Http404
    return document, answer


def readable_document(pk: int) -> Document:
    """A document whose text can be read. Raises ``Http404``."""
    document, answer = standing_of(pk)
    if answer.status != HTTPStatus.OK:
        raise Http404
    return document


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
