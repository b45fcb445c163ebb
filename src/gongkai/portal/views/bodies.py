"""The front page, the page of a body, and the lists of published annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.organisations.models import Body
from gongkai.portal.foi.offices import accepts
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

LATEST = 5
REPORTS_PER_PAGE = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this site has: the newest reports, the check, and the bodies where there are several."""
    bodies = list(Body.objects.filter(is_active=True))
    context = {"bodies": bodies, "several": len(bodies) > 1, "latest": published()[:LATEST]}
    return render(request, "portal/home.html", context)


@require_safe
def body_home(request: HttpRequest, slug: str) -> HttpResponse:
    """A body: its published reports and what 条例 art. 12 asks it to say about its office."""
    body = get_object_or_404(Body, slug=slug, is_active=True)
    versions = published().filter(report__body=body)
    context = {"body": body, "versions": versions, "takes_requests": accepts(body)}
    return render(request, "portal/body.html", context)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report, newest year first."""
    page = Paginator(published(), REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    several = Body.objects.filter(is_active=True).count() > 1
    return render(request, "portal/reports.html", {"page": page, "several": several})


def published() -> QuerySet[Version]:
    """The versions of reports the public sees, newest year first."""
    versions = Version.objects.filter(state=VersionState.PUBLISHED, report__body__is_active=True)
    return versions.select_related("report__body").order_by("-report__year", "report__body__path")
