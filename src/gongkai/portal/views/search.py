"""Searching what is public: words, ways to narrow, what was perhaps meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import mark_safe

from gongkai.organisations.models import Body
from gongkai.portal.caching import public_page
from gongkai.portal.freshness import remembered
from gongkai.portal.pages import page
from gongkai.search.api import Facet, Filters, Results, Sort, find, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from gongkai.search.results import Hit

LONGEST = 200  # characters of a query that are looked at
SORTS = ((Sort.RELEVANCE, "按相关度"), (Sort.NEWEST, "按时间"))
NARROWING = ("body", "year", "subject", "kind", "validity")


class Choice(NamedTuple):
    """A value of a facet as a way: where it leads, how many there are, whether it is chosen."""

    label: str
    many: str
    address: str
    is_chosen: bool


class Group(NamedTuple):
    """A facet with its ways; ``every`` leads back to all."""

    label: str
    choices: list[Choice]
    every: str


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found. Everything asked stands in the address, so that a search can be kept and sent on."""
    asked = asked_for(request.GET)
    words = asked["q"]
    filters = filters_of(asked)
    results = None
    if words or filters:
        results = find(words, filters=filters, sort=asked["sort"], cursor=request.GET.get("cursor", "")[:30])
    context: dict[str, object] = {
        "words": words,
        "results": results,
        "hits": _hits(results),
        "suggestions": suggest(words) if results is not None and words and not results.hits else (),
        "kept": [(name, asked[name]) for name in NARROWING if asked[name]],
        "crumbs": [("首页", reverse("portal:home")), ("检索", "")],
    }
    if results is not None:
        context |= _ways(asked, results)
    return page(request, "portal/search.html", context)


def asked_for(given: Mapping[str, str]) -> dict[str, str]:
    """What was asked: the words and the narrowing, each cut to what makes sense."""
    asked = {name: given.get(name, "")[:60] for name in NARROWING}
    asked["q"] = given.get("q", "").strip()[:LONGEST]
    asked["sort"] = given.get("sort", "")
    if asked["sort"] not in set(Sort):
        asked["sort"] = Sort.RELEVANCE.value
    return asked


def filters_of(asked: Mapping[str, str]) -> Filters:
    """A body by its slug or key; what is none narrows nothing."""
    year = asked["year"]
    return Filters(
        body=_body(asked["body"]),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,  # noqa: PLR2004
        subject=asked["subject"],
        kind=asked["kind"],
        validity=asked["validity"],
    )


def _body(named: str) -> int | None:
    if not named:
        return None
    if named.isascii() and named.isdigit() and len(named) < 19:  # noqa: PLR2004 - digits of a key
        return int(named)
    return remembered(
        ("body-key", named),
        lambda: Body.objects.filter(slug=named, is_active=True).values_list("pk", flat=True).first(),
    )


def _hits(results: Results | None) -> list[tuple[Hit, SafeString, SafeString]]:
    """The hits with their marked words: the room that finds them escaped everything but its own marks."""
    return [
        (one, mark_safe(one.title), mark_safe(one.snippet))  # noqa: S308 - see above
        for one in (results.hits if results is not None else ())
    ]


def _ways(asked: dict[str, str], results: Results) -> dict[str, object]:
    """Where one can go from here."""
    return {
        "groups": [_group(asked, facet) for facet in results.facets if facet.values],
        "sorts": [(label, _address(asked, sort=sort.value), asked["sort"] == sort) for sort, label in SORTS],
        "corrections": [(text, _address(asked, q=text)) for text in results.corrections],
        "older": _address(asked, cursor=results.next_cursor) if results.next_cursor else "",
        "every": _address(dict.fromkeys(NARROWING, "") | {"q": asked["q"], "sort": asked["sort"]}),
    }


def _group(asked: dict[str, str], facet: Facet) -> Group:
    choices = [
        Choice(
            one.label,
            str(one.count),
            _address(asked, **{facet.name: "" if one.is_chosen else one.value}),
            one.is_chosen,
        )
        for one in facet.values
    ]
    return Group(facet.label, choices, _address(asked, **{facet.name: ""}))


def _address(asked: Mapping[str, str], **changed: str) -> str:
    """The same search with something changed; what is not narrowed does not stand in the address."""
    kept = {**asked, **changed}
    if kept.get("sort") == Sort.RELEVANCE:
        kept["sort"] = ""
    return f"{reverse('portal:search')}?{urlencode({name: value for name, value in kept.items() if value})}"
