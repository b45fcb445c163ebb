"""The page of a document, its earlier versions, what changed between them, its QR code."""

from __future__ import annotations

import datetime as dt
import io
from http import HTTPStatus
from typing import TYPE_CHECKING

import segno
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.disclosure.differences import differences
from gongkai.disclosure.enums import DocumentKind, LeavingWay
from gongkai.disclosure.models import Attachment
from gongkai.portal.addresses import HOME, of_body, of_item
from gongkai.portal.caching import public_page
from gongkai.portal.documents import writing
from gongkai.portal.documents.finding import edition_of, public_editions, readable_document, standing_of
from gongkai.portal.documents.head import banners, citation, facts
from gongkai.portal.documents.related import interpretations_of, near
from gongkai.portal.frames import framed
from gongkai.portal.pages import absolute, page
from gongkai.portal.prepared import prepared
from gongkai.portal.texts import readable
from gongkai.portal.writing import docket, local_minute

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.disclosure.models import Document, Edition
    from gongkai.disclosure.queries import Standing

EXPLAINED = frozenset({DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.OTHER_POLICY})


@public_page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document in its current edition, or what is left of it."""
    found, answer = standing_of(pk)
    current = answer.edition
    if current is None:
        return _gone(request, found, answer)
    column, today = _column(found), timezone.localdate()
    values = _values(request, found, current, column, today) | {
        "banners": writing.notes(banners(found, today)),
        "crumbs": writing.crumbs(_crumbs(found, column)),
        "versions": writing.versions(found, several=current.number > 1),
        "near": writing.links("相关信息", "near", near(found), " no-print"),
    }
    if found.kind in EXPLAINED:
        values["explained"] = writing.links("政策解读", "explained", interpretations_of(found))
    response = framed(request, "portal/document.html", values, body=found.body)
    if found.kind in EXPLAINED or found.interprets_id:
        # A paper may be explained by another body, and that one's title stands here.
        response.body_seen = None  # type: ignore[attr-defined]
    response.last_changed = _changed(found, current, today)  # type: ignore[attr-defined]
    return response


def _values(
    request: HttpRequest,
    found: Document,
    edition: Edition,
    column: tuple[str, str],
    today: dt.date,
    query: str = "",
) -> dict[str, str]:
    """What the page of any version has."""
    address = absolute(request, found.public_path)
    moments = found.first_published_at, edition.published_at
    published, online = (local_minute(one) if one else "" for one in moments)
    return {
        "title": edition.title,
        "summary": found.summary or edition.title,
        "column": column[0],
        "published": published,
        "canonical": writing.canonical(address),
        "docket": docket(facts(found, today)),
        "number": writing.number(found),
        "explains": writing.explains(found),
        "text": readable(edition.text),
        "files": writing.files(prepared("files", _files, edition.pk), query),
        "explained": writing.NOTHING,
        "near": writing.NOTHING,
        "qr": writing.qr(found, address),
        "citation": citation(found, address, today),
        "edition": str(edition.number),
        "edition_published": online,
        "key": str(found.pk),
    }


def _files(edition: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(edition=edition).order_by("position", "pk").defer("text")


def _crumbs(found: Document, column: tuple[str, str], below: str = "") -> list[tuple[str, str]]:
    body = found.body
    crumbs = [("首页", HOME), (body.display_name, of_body(body.slug)), column]
    return [*crumbs, ("正文", found.public_path), (below, "")] if below else [*crumbs, ("正文", "")]


def _column(found: Document) -> tuple[str, str]:
    """Where the document stands on the platform: its name and address."""
    slug = found.body.slug
    if found.item is not None:
        return found.item.name, of_item(slug, found.item.pk)
    if found.kind in EXPLAINED or found.kind == DocumentKind.INTERPRETATION:
        return "政策文件", of_body(slug, "policies")
    return "公开信息", of_body(slug, "documents")


def _changed(found: Document, edition: Edition, today: dt.date) -> dt.datetime | None:
    """The last public change; a day on which it came into force or lapsed counts from its midnight."""
    moments = [found.changed_at, edition.published_at, found.archived_at]
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
    context: dict[str, object] = {
        "document": found,
        "pairs": pairs,
        "crumbs": _crumbs(found, _column(found), "版本"),
    }
    return page(request, "portal/document_editions.html", context, body=found.body)


@public_page
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version; the current one is the document's own page."""
    found = readable_document(pk)
    chosen = edition_of(found, number)
    rows = public_editions(found)
    if chosen.number == rows[0].number:
        return HttpResponsePermanentRedirect(found.public_path)
    column, today = _column(found), timezone.localdate()
    values = _values(request, found, chosen, column, today, f"?edition={chosen.number}") | {
        "banners": writing.notes(banners(found, today, edition=chosen)),
        "crumbs": writing.crumbs(_crumbs(found, column, f"第{chosen.number}版")),
        "versions": writing.versions(found, several=True),
    }
    return framed(request, "portal/document.html", values, body=found.body)


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
        "crumbs": _crumbs(found, _column(found), f"第{former}版与第{later}版的变化"),
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
