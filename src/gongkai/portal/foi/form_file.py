"""The form 政府信息公开申请表 with the body's name in it, to be filled in by hand: as Word and as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.foi.application_form import application_form
from gongkai.portal.foi.offices import accepting_body
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.fonts import PdfUnavailable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.organisations.models import Body
    from gongkai.typesetting.document import OfficialDocument

FILES_PER_MINUTE = 30
DRAWN_ON = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)  # of this layout; the file does not change from day to day


class Kind(NamedTuple):
    """A kind of file the form is made as."""

    name: str
    media_type: str
    render: Callable[..., bytes]


KINDS = {
    "docx": Kind(
        "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render
    ),
    "pdf": Kind("PDF", "application/pdf", pdf.render),
}


@require_safe
def form_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The empty form as a file."""
    body, kind = accepting_body(slug), KINDS.get(ending)
    if kind is None:
        raise Http404
    wait = seconds_to_wait(request, "foi-form", limit=FILES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    return as_file(request, application_form(body), ending, at=DRAWN_ON, back=_guide(body))


def _guide(body: Body) -> str:
    return reverse("portal:foi_guide", args=[body.slug])


def as_file(
    request: HttpRequest, document: OfficialDocument, ending: str, *, at: dt.datetime, back: str
) -> HttpResponse:
    """A document as a download; a page that says so where the server lacks the font for it."""
    kind = KINDS[ending]
    try:
        content = kind.render(document, at=timezone.localtime(at))
    except PdfUnavailable:
        context = {"name": kind.name, "address": back}
        return render(request, "portal/foi/file_unavailable.html", context, status=503)
    response = HttpResponse(content, content_type=kind.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name)}.{ending}"
    return response
