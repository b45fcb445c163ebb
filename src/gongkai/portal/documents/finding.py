"""Look a document up for the public: its text, or the word that it has left."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404

from gongkai.disclosure.enums import Attribute, EditionState
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.queries import Standing, standing
from gongkai.portal.pages import body_of
from gongkai.portal.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

LARGEST_KEY = 2**62  # more is no key of a database
OF_DOCUMENT = [field.name for field in Document._meta.concrete_fields]  # noqa: SLF001 - documented for use
OF_EDITION = ("document", "number", "title", "text", "state", "published_at")
OF_OTHERS = ("item__name", "item__parent__name", "key_area__name", "interprets__title")
ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)


def standing_of(pk: int) -> tuple[Document, Standing]:
    """A document that is public or once was, and how its address answers. Raises ``Http404`` for any other."""
    if pk > LARGEST_KEY:
        raise Http404
    found = prepared("document", _document, pk)
    if not found:
        raise Http404
    document = found[0]
    document.body = body_of(document.body_id)
    answer = _readable(document) or standing(document)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Http404
    return document, answer


def _document(pk: int) -> QuerySet[Document]:
    found = Document.objects.select_related("item__parent", "key_area", "interprets")
    found = found.only(*OF_DOCUMENT, *OF_OTHERS)
    return found.filter(pk=pk, first_published_at__isnull=False)


def _readable(document: Document) -> Standing | None:
    """The common case without further questions: ``standing`` would say the same after asking what cannot be."""
    if document.withdrawn_at is not None or document.attribute != Attribute.PROACTIVE:
        return None
    if not document.body.is_active:
        return None
    editions = prepared("edition online", _online, document.pk)
    return Standing(HTTPStatus.OK, edition=editions[0]) if editions else None


def _online(document: int) -> QuerySet[Edition]:
    return (
        Edition.objects.filter(document=document, state=EditionState.PUBLISHED).only(*OF_EDITION).order_by()
    )


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
