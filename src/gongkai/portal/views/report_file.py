"""A published annual report as a file: Word, PDF, Excel, JSON, CSV, a single web page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.portal.views.report import chosen_version, presentation_of, public_versions
from gongkai.reports.drafting import draft_of
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.pdf import PdfUnavailable
from gongkai.reports.writing.presentation import title_of

if TYPE_CHECKING:
    from django.http import HttpRequest

FILES_PER_MINUTE = 30


@require_safe
def report_file(request: HttpRequest, slug: str, year: int, ending: str) -> HttpResponse:
    """The file of the public version, or with ``?version=`` of one that was public."""
    version = chosen_version(public_versions(slug, year), request.GET.get("version", ""))
    output = OUTPUTS.get(ending)
    if output is None or version.published_at is None:
        raise Http404
    wait = seconds_to_wait(request, "report-file", limit=FILES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    draft = draft_of(version)
    try:
        content = output.render(draft.report, presentation_of(version, draft), at=version.published_at)
    except PdfUnavailable:
        address = reverse("portal:report", args=[slug, year])
        return render(
            request, "portal/file_unavailable.html", {"name": output.name, "address": address}, status=503
        )
    response = HttpResponse(content, content_type=output.media_type)
    name = quote(f"{title_of(draft.report)}.{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
