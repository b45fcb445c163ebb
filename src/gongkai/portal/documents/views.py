"""The page of a document, its earlier versions, what changed between them, its QR code."""

from __future__ import annotations

import datetime as dt
import io
from http import HTTPStatus
from typing import TYPE_CHECKING

import segno
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.disclosure.differences import differences
from gongkai.disclosure.enums import AttachmentRole, DocumentKind, LeavingWay
from gongkai.disclosure.models import Attachment
from gongkai.portal.caching import public_page
from gongkai.portal.documents.finding import edition_of, public_editions, readable_document, standing_of
from gongkai.portal.documents.head import banners, citation, facts
from gongkai.portal.documents.related import interpretations_of, near
from gongkai.portal.pages import absolute, page
from gongkai.portal.prepared import prepared
from gongkai.portal.sizes import size_in_words
from gongkai.portal.texts import readable
from gongkai.portal.writing import docket

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.disclosure.models import Document, Edition
    from gongkai.disclosure.queries import Standing
    from gongkai.organisations.models import Body

EXPLAINED = frozenset({DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.OTHER_POLICY})


@public_page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document in its current edition, or what is left of it."""
    found, answer = standing_of(pk)
    current = answer.edition
    if current is None:
        return _gone(request, found, answer)
    context = _context(request, found, current) | {
        "several": current.number > 1,
        "banners": banners(found, timezone.localdate()),
        "interpretations": interpretations_of(found) if found.kind in EXPLAINED else [],
        "near": near(found),
        "column": _column(found),
    }
    response = page(request, "portal/document.html", context, body=_scope(found))
    response.last_changed = _changed(found, current)  # type: ignore[attr-defined]
    return response


def _context(request: HttpRequest, found: Document, edition: Edition) -> dict[str, object]:
    today = timezone.localdate()
    address = absolute(request, found.public_path)
    attachments = prepared("files", _files, edition.pk)
    return {
        "body": found.body,
        "document": found,
        "edition": edition,
        "facts": (rows := facts(found, today)),
        "docket": docket(rows),
        "text": readable(edition.text),
        "files": [_file(one) for one in attachments if one.role != AttachmentRole.PICTURE],
        "address": address,
        "citation": citation(found, address, today),
        "crumbs": _crumbs(found),
    }


def _files(edition: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(edition=edition).order_by("position", "pk").defer("text")


def _file(attachment: Attachment) -> dict[str, str]:
    """Name, address and size of a file; the ending says its type before anybody taps."""
    ending = attachment.name.rpartition(".")[2].upper() if "." in attachment.name else "文件"
    return {
        "name": attachment.name,
        "address": attachment.public_path,
        "kind": ending,
        "size": size_in_words(attachment.size),
        "role": "原文件" if attachment.role == AttachmentRole.ORIGINAL else "",
    }


def _crumbs(found: Document, *, below: str = "") -> list[tuple[str, str]]:
    body = found.body
    column, address = _column(found)
    crumbs = [("首页", reverse("portal:home")), (body.display_name, reverse("portal:body", args=[body.slug]))]
    crumbs.append((column, address))
    return [*crumbs, ("正文", found.public_path), (below, "")] if below else [*crumbs, ("正文", "")]


def _column(found: Document) -> tuple[str, str]:
    """Where the document stands on the platform: its name and address."""
    slug = found.body.slug
    if found.item is not None:
        return found.item.name, reverse("portal:item", args=[slug, found.item.pk])
    if found.kind in EXPLAINED or found.kind == DocumentKind.INTERPRETATION:
        return "政策文件", reverse("portal:body_policies", args=[slug])
    return "公开信息", reverse("portal:body_documents", args=[slug])


def _scope(found: Document) -> Body | None:
    """Whose acts can change the page: a paper may be explained by another body, and that one's title stands here."""
    return None if found.kind in EXPLAINED or found.interprets_id else found.body


def _changed(found: Document, edition: Edition) -> dt.datetime | None:
    """The last public change; a day on which it came into force or lapsed counts from its midnight."""
    moments = [found.changed_at, edition.published_at, found.archived_at]
    today = timezone.localdate()
    lapsed = found.valid_until + dt.timedelta(days=1) if found.valid_until else None
    days = (found.effective_on, lapsed, found.ended_on, found.amended_on)
    midnights = [_midnight(day) for day in days if day is not None and day <= today]
    return max((one for one in (*moments, *midnights) if one is not None), default=None)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _gone(request: HttpRequest, found: Document, answer: Standing) -> HttpResponse:
    """What answers at the address of a document that left; a merged one leads on."""
    if answer.into is not None:
        response = HttpResponsePermanentRedirect(answer.into.public_path)
        # The other one may leave in its turn, and it may be another body's.
        response.body_seen = None  # type: ignore[attr-defined]
        return response
    context: dict[str, object] = {
        "document": found,
        "departure": answer.departure,
        "by_law": answer.status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
        "merged": answer.departure is not None and answer.departure.way == LeavingWay.MERGED,
        "status": int(answer.status),
    }
    return page(request, "portal/document_gone.html", context, body=found.body, status=answer.status)


@public_page
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version the public sees or once saw, with the reasons of the changes."""
    found = readable_document(pk)
    rows = public_editions(found)
    pairs = [(one, rows[place + 1].number if place + 1 < len(rows) else 0) for place, one in enumerate(rows)]
    context: dict[str, object] = {"document": found, "pairs": pairs, "crumbs": _crumbs(found, below="版本")}
    return page(request, "portal/document_editions.html", context, body=found.body)


@public_page
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version; the current one is the document's own page."""
    found = readable_document(pk)
    chosen = edition_of(found, number)
    rows = public_editions(found)
    if chosen.number == rows[0].number:
        return HttpResponsePermanentRedirect(found.public_path)
    context = _context(request, found, chosen) | {
        "several": True,
        "banners": banners(found, timezone.localdate(), edition=chosen),
        "edition_query": f"?edition={chosen.number}",
        "column": _column(found),
        "crumbs": _crumbs(found, below=f"第{chosen.number}版"),
    }
    return page(request, "portal/document.html", context, body=found.body)


@public_page
def comparison(request: HttpRequest, pk: int, former: int, later: int) -> HttpResponse:
    """What changed from one version to a later one, paragraph by paragraph."""
    found = readable_document(pk)
    if former >= later:
        raise Http404
    before, after = edition_of(found, former), edition_of(found, later)
    rows = differences(before.text, after.text)
    context: dict[str, object] = {
        "document": found,
        "before": before,
        "after": after,
        "rows": rows,
        "changed": sum(row.change != "same" for row in rows or ()),
        "crumbs": _crumbs(found, below=f"第{former}版与第{later}版的变化"),
    }
    return page(request, "portal/document_changes.html", context, body=found.body)


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the document as a QR code, for paper and for the notice board."""
    found = readable_document(pk)
    code = segno.make(absolute(request, found.public_path), error="m", micro=False)
    drawn = io.BytesIO()
    code.save(
        drawn, kind="svg", scale=4, border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
