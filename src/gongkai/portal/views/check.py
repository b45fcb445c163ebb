"""年报体检: anyone uploads an annual report and sees what is wrong in it. Nothing uploaded is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.law.report.checks import check
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.figures import Level, Report
from gongkai.portal.checking import Result, unseal
from gongkai.portal.forms import CheckForm, file_limit
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.portal.uploads import InMemoryUploads
from gongkai.reports.reading import DEFAULT_LIMITS, ReadingError, read
from gongkai.reports.reading.limits import MEBIBYTE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

CHECKS_PER_MINUTE = 30
PUBLIC_LIMITS = replace(DEFAULT_LIMITS, seconds=20.0)
SAVED_AS = {"html": "text/html; charset=utf-8", "json": "application/json"}


@csrf_exempt  # only until the upload handler is in place: _report_check is protected
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_check(request: HttpRequest) -> HttpResponse:
    """The form, and for an upload the result. Files stay in memory."""
    request.upload_handlers = [InMemoryUploads(request)]
    return _report_check(request)


@csrf_protect
def _report_check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CheckForm())
    wait = seconds_to_wait(request, "report-check", limit=CHECKS_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    form = CheckForm(request.POST, request.FILES)
    result = _result(form) if form.is_valid() else None
    return _page(request, form, result)


def _page(request: HttpRequest, form: CheckForm, result: Result | None = None) -> HttpResponse:
    context = {"form": form, "result": result, "limit_mb": file_limit() // MEBIBYTE, "rule_count": len(RULES)}
    return render(request, "portal/check.html", context)


def _result(form: CheckForm) -> Result | None:
    """Read and check what was uploaded; a file that cannot be read becomes an error of its field."""
    report = _read(form, "report")
    previous = _read(form, "previous")
    if report is None or form.errors:
        return None
    level = form.cleaned_data["level"]
    if level:
        report = report.with_(level=Level(level))
    found = check(report, previous, calendar=current_calendar(), today=timezone.localdate())
    return Result(report, found)


def _read(form: CheckForm, field: str) -> Report | None:
    upload: UploadedFile | None = form.cleaned_data.get(field)
    if upload is None:
        return None
    try:
        return read(upload.read(), filename=upload.name or "", limits=PUBLIC_LIMITS)
    except ReadingError as error:
        form.add_error(field, str(error))
        return None


@never_cache
@require_POST
def save_result(request: HttpRequest) -> HttpResponse:
    """A result from the page as a file. It travels in the page itself, sealed; the server has kept none."""
    kind = request.POST.get("as", "")
    try:
        content = unseal(request.POST.get("result", ""))[kind]
    except (signing.BadSignature, KeyError):
        return render(request, "portal/check_expired.html", status=400)
    response = HttpResponse(content, content_type=SAVED_AS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="report-check.{kind}"'
    return response


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the check."""
    return render(request, "portal/check_rules.html", {"rules": RULES.values()})
