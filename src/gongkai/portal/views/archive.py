"""Documents by year and month, each month a page that does not move: as issues of a gazette, and for copies of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists
from django.http import Http404
from django.urls import reverse

from gongkai.organisations.models import Body
from gongkai.portal.caching import public_page
from gongkai.portal.listing import first_and_last_year, listed, month_of, rows_of
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.views.lists import POLICIES, with_standing

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.disclosure.models import Document

ISSUE = 200  # documents of a month on one page
MOST_PAGES = 10_000  # of a month; more is no page anybody was led to
MONTHS = range(1, 13)
SHELVES = {"documents": "公开信息", "gazette": "政策文件月编"}
"""What is filed by month: everything, or the policy papers alone as in an issue of the gazette."""


class Place(NamedTuple):
    """Whose archive it is, and of what."""

    body: Body | None
    shelf: str

    @property
    def name(self) -> str:
        """What the archive is called."""
        return SHELVES[self.shelf]

    @property
    def rows(self) -> QuerySet[Document]:
        """Everything in it, newest first."""
        found = listed(self.body)
        return found.filter(kind__in=POLICIES) if self.shelf == "gazette" else found

    def address(self, *numbers: int) -> str:
        """Of a year, a month, or a further page of a month."""
        name = ("year", "month", "month_page")[len(numbers) - 1]
        if self.body is None:
            return reverse(f"portal:{name}", args=[self.shelf, *numbers])
        return reverse(f"portal:body_{name}", args=[self.body.slug, self.shelf, *numbers])

    def crumbs(self, *ways: tuple[str, str]) -> list[tuple[str, str]]:
        """The way to a page of the archive."""
        return crumbs_to(self.body, *ways) if self.body else [("首页", reverse("portal:home")), *ways]


def _place(slug: str, shelf: str) -> Place:
    """Raises ``Http404`` for a body or a shelf there is not."""
    if shelf not in SHELVES:
        raise Http404
    return Place(body_named(slug) if slug else None, shelf)


@public_page
def year(request: HttpRequest, shelf: str, year: int, slug: str = "") -> HttpResponse:
    """The months of a year; one without a document has no page."""
    place = _place(slug, shelf)
    years = first_and_last_year(place.rows)
    if year not in years:
        raise Http404
    filled = _filled(place, year)
    title = f"{year}年{place.name}"
    context: dict[str, object] = {
        "title": title,
        "year": year,
        "months": [(month, place.address(year, month) if month in filled else "") for month in MONTHS],
        "others": [(one, place.address(one)) for one in years[::-1] if one != year],
        "crumbs": place.crumbs((title, "")),
    }
    return page(request, "portal/year.html", context, body=place.body)


def _filled(place: Place, year: int) -> set[int]:
    """The months in which something was published: one question of twelve looks at the index."""
    rows = place.rows.order_by()
    looks = {f"in_{month}": Exists(rows.filter(month_of(year, month))) for month in MONTHS}
    found = Body.objects.order_by("pk").annotate(**looks).values(*looks).first() or {}
    return {month for month in MONTHS if found.get(f"in_{month}")}


@public_page
def month(
    request: HttpRequest, shelf: str, year: int, month: int, number: int = 1, slug: str = ""
) -> HttpResponse:
    """A month's documents in the order of the days, a fixed number on a page."""
    place = _place(slug, shelf)
    if month not in MONTHS or not 1 <= number <= MOST_PAGES or not 2000 <= year <= 9998:  # noqa: PLR2004
        raise Http404
    start = (number - 1) * ISSUE
    found = rows_of(place.rows.filter(month_of(year, month)).reverse()[start : start + ISSUE + 1])
    if not found:
        raise Http404
    title = f"{year}年{month}月{place.name}"
    context: dict[str, object] = {
        "title": title,
        "lines": with_standing(found[:ISSUE]),
        "number": number,
        "earlier": place.address(year, month, number - 1) if number > 1 else "",
        "later": place.address(year, month, number + 1) if len(found) > ISSUE else "",
        "crumbs": place.crumbs((f"{year}年", place.address(year)), (f"{month}月", "")),
    }
    return page(request, "portal/month.html", context, body=place.body)
