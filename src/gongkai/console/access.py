"""What an officer may reach: every page of the console looks its objects up here, so that scope cannot be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.utils import timezone

from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import visible_bodies
from gongkai.reports.models import AnnualReport, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def officer_of(request: HttpRequest) -> Officer:
    """Who is signed in. The views are behind ``login_required``."""
    return cast("Officer", request.user)


def bodies_for(request: HttpRequest) -> QuerySet[Body]:
    """The bodies whose records this officer may read today."""
    return visible_bodies(officer_of(request), timezone.localdate())


def version_for(request: HttpRequest, pk: int) -> Version:
    """A version of a report this officer may read. Raises ``Http404`` for any other, existing or not."""
    found = Version.objects.filter(pk=pk, report__body__in=bodies_for(request))
    version = found.select_related("report__body", "submitted_by", "approved_by", "created_by").first()
    if version is None:
        raise Http404
    return version


def reports_for(request: HttpRequest) -> QuerySet[AnnualReport]:
    """The annual reports this officer may read."""
    return AnnualReport.objects.filter(body__in=bodies_for(request)).select_related("body")
