"""The front page, the bodies of the site, the page of a body, and the list of published annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse

from gongkai.catalogue.models import KeyArea
from gongkai.disclosure.enums import DocumentKind
from gongkai.organisations.models import Body
from gongkai.portal.caching import public_page
from gongkai.portal.foi.offices import accepts
from gongkai.portal.freshness import remembered
from gongkai.portal.listing import newest
from gongkai.portal.pages import body_named, page
from gongkai.portal.views.lists import POLICIES, Line, with_standing
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

LATEST = 5
NEWEST = 8
REPORTS_PER_PAGE = 30
OTHERS = tuple(kind for kind in DocumentKind if kind not in {*POLICIES, DocumentKind.INTERPRETATION})
BODIES_PER_PAGE = 60
ON_THE_FRONT = 12
"""Bodies named on the front page; where there are more, their list has them all."""


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The front page of the site; of a site of one body, the page of that body."""
    bodies = list(_in_use()[: ON_THE_FRONT + 1])
    if len(bodies) == 1:
        return _body_page(request, bodies[0])
    context: dict[str, object] = {
        "bodies": bodies[:ON_THE_FRONT],
        "more_bodies": len(bodies) > ON_THE_FRONT,
        "policies": with_standing(newest(None, LATEST, POLICIES)),
        "newest": [Line(one) for one in newest(None, NEWEST)],
        "latest": published().defer("frozen")[:LATEST],
    }
    return page(request, "portal/home.html", context)


@public_page
def body_home(request: HttpRequest, slug: str) -> HttpResponse:
    """A body's platform: the five columns with the newest of each."""
    return _body_page(request, body_named(slug))


def _body_page(request: HttpRequest, body: Body) -> HttpResponse:
    context: dict[str, object] = {
        "policies": with_standing(newest(body, LATEST, POLICIES)),
        "newest": [Line(one) for one in newest(body, NEWEST, OTHERS)],
        "areas": list(KeyArea.objects.filter(body=body, closed_on=None).order_by("pk")),
        "versions": list(published().filter(report__body=body).defer("frozen")[:LATEST]),
        "takes_requests": accepts(body),
        "below": Body.objects.filter(parent=body, is_active=True).exists(),
    }
    return page(request, "portal/body.html", context, body=body)


@public_page
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body of the site: by name, or those below one of them; a page at a time."""
    words = request.GET.get("q", "").strip()[:60]
    above = _above(request.GET.get("under", ""))
    found = _in_use()
    if words:
        found = found.filter(name__icontains=words) | found.filter(short_name__icontains=words)
    elif above is not None:
        found = found.filter(parent=above)
    shown = Paginator(found, BODIES_PER_PAGE).get_page(request.GET.get("page"))
    parents = set(_in_use().filter(parent__in=[one.pk for one in shown]).values_list("parent", flat=True))
    context: dict[str, object] = {
        "page": shown,
        "rows": [(one, one.pk in parents) for one in shown],
        "words": words,
        "above": above,
        "crumbs": _crumbs(above),
    }
    return page(request, "portal/bodies.html", context)


def _in_use() -> QuerySet[Body]:
    return Body.objects.filter(is_active=True).select_related("parent").order_by("path")


def _above(slug: str) -> Body | None:
    """The body whose own bodies are asked for. Raises ``Http404`` for one that is not there."""
    if not slug:
        return None
    found = Body.objects.filter(slug=slug, is_active=True).select_related("parent").first()
    if found is None:
        raise Http404
    return found


def _crumbs(above: Body | None) -> list[tuple[str, str]]:
    every = reverse("portal:bodies")
    if above is None:
        return [("首页", reverse("portal:home")), ("公开机关", "")]
    return [("首页", reverse("portal:home")), ("公开机关", every), (above.display_name, "")]


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report, newest year first."""
    shown = Paginator(published().defer("frozen"), REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "portal/reports.html", {"page": shown, "several": several()})


def several() -> bool:
    """Whether more than one body is on this site, so that a list must name them."""
    return remembered("several", lambda: Body.objects.filter(is_active=True)[:2].count() > 1)


def published() -> QuerySet[Version]:
    """The versions of reports the public sees, newest year first."""
    versions = Version.objects.filter(state=VersionState.PUBLISHED, report__body__is_active=True)
    return versions.select_related("report__body").order_by("-report__year", "report__body__path")
