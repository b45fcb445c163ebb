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
OF_OTHERS = ("item__name", "item__parent__name", "key_area__name", "interprets__title")
OF_EDITION = (
    *("number", "title", "text", "state", "published_at"),
    *(f"document__{name}" for name in (*OF_DOCUMENT, *OF_OTHERS)),
)
ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)


def standing_of(pk: int) -> tuple[Document, Standing]:
    """A document that is public or once was, and how its address answers. Raises ``Http404`` for any other."""
    if pk > LARGEST_KEY:
        raise Http404
    online = prepared("edition online", _online, pk)
    if online:
        document = online[0].document
        document.body = body_of(document.body_id)
        if _is_readable(document):
            return document, Standing(HTTPStatus.OK, edition=online[0])
    found = Document.objects.select_related("body", "item__parent", "key_area", "interprets")
    left = found.filter(pk=pk, first_published_at__isnull=False).first()
    if left is None:
        raise Http404
    answer = standing(left)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Http404
    return left, answer


def _online(document: int) -> QuerySet[Edition]:
    """The edition the public reads, with its document."""
    others = (f"document__{name}" for name in ("item__parent", "key_area", "interprets"))
    found = Edition.objects.select_related(*others).only(*OF_EDITION)
    return found.filter(document=document, state=EditionState.PUBLISHED).order_by()


def _is_readable(document: Document) -> bool:
    """The common case without further questions: ``standing`` would say the same after asking what cannot be."""
    return (
        document.first_published_at is not None
        and document.withdrawn_at is None
        and document.attribute == Attribute.PROACTIVE
        and document.body.is_active
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
