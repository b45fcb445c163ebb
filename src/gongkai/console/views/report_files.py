"""A version as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.console.access import version_for
from gongkai.law.report.narrative import NarrativeError
from gongkai.reports.export import export
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.pdf import PdfUnavailable

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_required
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The file; what stands in its way is told on the workbench."""
    version = version_for(request, pk)
    if kind not in OUTPUTS:
        raise Http404
    try:
        file = export(version, kind, at=timezone.now())
    except (PdfUnavailable, NarrativeError) as error:
        messages.error(request, str(error))
        return redirect("console:report", version.pk)
    disposition = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)
