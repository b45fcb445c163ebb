"""The folder of a case as one file: everything in order, with an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one, require
from gongkai.core.errors import RefusedError
from gongkai.foi.archive.folder import archive_request
from gongkai.foi.models import Request
from gongkai.organisations.rules import Permission
from gongkai.typesetting.fonts import CharacterMissing, FontMissing

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@login_required
@require_safe
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The folder as ZIP; taking it along is recorded by the act. What stands in its way is told on the case."""
    row = reach_one(request, Request, pk, "applicant")
    require(request, Permission.HANDLE, row.body)
    try:
        content = archive_request(request=row, actor=officer_of(request), at=timezone.now())
    except RefusedError as refused:
        for obstacle in refused.obstacles:
            messages.error(request, str(obstacle))
        return redirect("console:request", row.pk)
    except (FontMissing, CharacterMissing, ValueError, OSError) as error:
        messages.error(request, f"不能生成案卷：{error}")
        return redirect("console:request", row.pk)
    name = f"{row.number}案卷.zip"
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
