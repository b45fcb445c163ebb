"""A published annual report as a file: Word, PDF, Excel, JSON, CSV, a single web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.portal.views.report import chosen_version, public_versions
from gongkai.reports.export import export
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.pdf import PdfUnavailable

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
    try:
        file = export(version, ending, at=version.published_at)
    except PdfUnavailable:
        address = reverse("portal:report", args=[slug, year])
        return render(
            request, "portal/file_unavailable.html", {"name": output.name, "address": address}, status=503
        )
    disposition = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return HttpResponse(
        file.content, content_type=file.media_type, headers={"Content-Disposition": disposition}
    )
