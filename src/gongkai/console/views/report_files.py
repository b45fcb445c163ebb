"""A version as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import version_for
from gongkai.law.report.narrative import NarrativeError
from gongkai.reports.export import KINDS, export
from gongkai.reports.writing.fonts import FontMissing

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_required
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The file; what stands in its way is told on the workbench."""
    version = version_for(request, pk)
    if kind not in KINDS:
        raise Http404
    try:
        return file_response(export(version, kind, at=timezone.now()))
    except (FontMissing, NarrativeError) as error:
        messages.error(request, str(error))
        return redirect("console:report", version.pk)
