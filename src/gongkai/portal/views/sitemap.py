"""What robots and lost readers ask for: robots.txt, the maps of every address, the map for people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.db.models import Max, Min
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.organisations.models import Body
from gongkai.portal.caching import public_page
from gongkai.portal.listing import first_and_last_year, listed
from gongkai.portal.pages import absolute, page
from gongkai.portal.views.bodies import published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.http import HttpRequest

PART = 50_000  # addresses of a part: the protocol allows no more
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
COLUMNS = (
    "body",
    "guide",
    "institutions",
    "statutory",
    "body_reports",
    "body_policies",
    "body_documents",
    "key_areas",
)
CLOSED = ("/console/", "/accounts/", "/appearance/", "/search/")
BODIES_ON_MAP = 200


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; forms, sign-in and searches are no pages to keep."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /bodies/*/foi/apply/"]
    lines += [
        "Disallow: /bodies/*/foi/track/",
        f"Sitemap: {absolute(request, reverse('portal:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts: documents by their keys, fifty thousand keys to a part, and everything else in part 0."""
    ends = listed().order_by().aggregate(first=Min("pk"), last=Max("pk"))
    parts = [0]
    if ends["last"] is not None:
        parts += range(ends["first"] // PART + 1, ends["last"] // PART + 2)
    rows = "".join(
        f"<sitemap><loc>{escape(absolute(request, reverse('portal:sitemap_part', args=[part])))}</loc></sitemap>\n"
        for part in parts
    )
    return HttpResponse(f"{HEAD}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n", content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> StreamingHttpResponse:
    """One part; documents with the time of their last public change."""
    root = absolute(request, "/").removesuffix("/")
    rows = _documents(part) if part else _others()
    first = next(rows, None)
    if first is None:
        raise Http404
    response = StreamingHttpResponse(_written(root, first, rows), content_type=XML)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _written(
    root: str, first: tuple[str, dt.datetime | None], rows: Iterator[tuple[str, dt.datetime | None]]
) -> Iterator[str]:
    yield f"{HEAD}<urlset {SPACE}>\n{_entry(root, *first)}"
    for row in rows:
        yield _entry(root, *row)
    yield "</urlset>\n"


def _entry(root: str, path: str, changed: dt.datetime | None) -> str:
    said = (
        f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    )
    return f"<url><loc>{escape(root + path)}</loc>{said}</url>\n"


def _documents(part: int) -> Iterator[tuple[str, dt.datetime | None]]:
    """The listed documents whose keys fall into the part."""
    low = (part - 1) * PART
    found = listed().filter(pk__gte=low, pk__lt=low + PART).order_by("pk")
    for pk, changed, published_at in found.values_list("pk", "changed_at", "first_published_at").iterator():
        yield reverse("portal:document", args=[pk]), changed or published_at


def _others() -> Iterator[tuple[str, dt.datetime | None]]:
    """The pages of the site and of every body, and the annual reports."""
    for name in ("home", "bodies", "documents", "policies", "reports", "report_check", "map"):
        yield reverse(f"portal:{name}"), None
    for slug in (
        Body.objects.filter(is_active=True).order_by("path").values_list("slug", flat=True).iterator()
    ):
        for name in COLUMNS:
            yield reverse(f"portal:{name}", args=[slug]), None
    rows = published().values_list("report__body__slug", "report__year", "published_at")
    for slug, year, at in rows.iterator():
        yield reverse("portal:report", args=[slug, year]), at


@public_page
def map_page(request: HttpRequest) -> HttpResponse:
    """网站地图: every way of the site in words; of a site of very many bodies, their list leads on."""
    bodies = list(Body.objects.filter(is_active=True).order_by("path")[: BODIES_ON_MAP + 1])
    context: dict[str, object] = {
        "bodies": bodies[:BODIES_ON_MAP],
        "more": len(bodies) > BODIES_ON_MAP,
        "years": first_and_last_year(listed())[::-1],
        "crumbs": [("首页", reverse("portal:home")), ("网站地图", "")],
    }
    return page(request, "portal/map.html", context)
