"""The feeds: of the site, a body, an item of its catalogue, a key area, a search; and the page that tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.catalogue.models import Item, KeyArea
from gongkai.disclosure.models import Document
from gongkai.portal.caching import public_page
from gongkai.portal.context import Site
from gongkai.portal.feeds import matter
from gongkai.portal.feeds.matter import Feed
from gongkai.portal.feeds.writing import FORMS
from gongkai.portal.listing import listed
from gongkai.portal.pages import absolute, body_named, page
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.portal.views.search import NARROWING, asked_for, filters_of
from gongkai.search.api import Sort, find

if TYPE_CHECKING:
    from django.http import HttpRequest

SEARCHES_A_MINUTE = 30


@public_page
def feeds(request: HttpRequest) -> HttpResponse:
    """What feeds there are and how to use them."""
    crumbs = [("首页", reverse("portal:home")), ("订阅", "")]
    return page(request, "portal/feeds.html", {"crumbs": crumbs})


def _answer(request: HttpRequest, form: str, feed: Feed, body: int | None = None) -> HttpResponse:
    write, media_type = FORMS[form]
    here = absolute(request, request.get_full_path())
    content = write(feed, here, lambda path: absolute(request, path))
    response = HttpResponse(content, content_type=media_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.last_changed = feed.updated_at  # type: ignore[attr-defined]
    response.body_seen = body  # type: ignore[attr-defined]
    return response


@public_page
def of_site(request: HttpRequest, form: str) -> HttpResponse:
    """Everything public."""
    about = "本网站最新公开的信息。"
    name = f"{Site(request.path).name} · 最新公开"
    feed = Feed(name, about, reverse("portal:home"), matter.newest(listed()), matter.tombstones())
    return _answer(request, form, feed)


@public_page
def of_body(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What a body published."""
    body = body_named(slug)
    feed = Feed(
        f"{body.name} · 最新公开",
        f"{body.name}最新公开的信息。",
        reverse("portal:body", args=[slug]),
        matter.newest(listed(body)),
        matter.tombstones(document__body=body),
    )
    return _answer(request, form, feed, body.pk)


@public_page
def of_item(request: HttpRequest, slug: str, pk: str, form: str) -> HttpResponse:
    """What a body published under an item of its catalogue; under a first-level item all below it."""
    body = body_named(slug)
    item = Item.objects.filter(pk=pk, catalogue__body=body).first()
    if item is None:
        raise Http404
    keys = [item.pk, *item.children.values_list("pk", flat=True)]
    feed = Feed(
        f"{item.name} · {body.name}",
        f"{body.name}在公开事项“{item.name}”下最新公开的信息。",
        reverse("portal:item", args=[slug, pk]),
        matter.newest(listed(body).filter(item__in=keys)),
        matter.tombstones(document__body=body, document__item__in=keys),
    )
    return _answer(request, form, feed, body.pk)


@public_page
def of_key_area(request: HttpRequest, slug: str, pk: str, form: str) -> HttpResponse:
    """What a body published in a key area."""
    body = body_named(slug)
    area = KeyArea.objects.filter(pk=pk, body=body).first()
    if area is None:
        raise Http404
    feed = Feed(
        f"{area.name} · {body.name}",
        f"{body.name}重点领域“{area.name}”最新公开的信息。",
        reverse("portal:key_area", args=[slug, pk]),
        matter.newest(listed(body).filter(key_area=area)),
        matter.tombstones(document__body=body, document__key_area=area),
    )
    return _answer(request, form, feed, body.pk)


@public_page
def of_search(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds, the newest first. What left is told of every document: whoever never had it passes over it."""
    if wait := seconds_to_wait(request, "feed.search", limit=SEARCHES_A_MINUTE):
        return too_many(request, wait)
    asked = asked_for(request.GET)
    filters = filters_of(asked)
    if not asked["q"] and not filters:
        raise Http404
    found = find(asked["q"], filters=filters, sort=Sort.NEWEST, page_size=matter.ENTRIES)
    keys = [hit.document for hit in found.hits]
    rows = Document.objects.listed().select_related("body").only(*matter.FIELDS).in_bulk(keys)
    kept = {name: asked[name] for name in ("q", *NARROWING) if asked[name]}
    words = f"“{asked['q']}”" if asked["q"] else "所选条件"
    feed = Feed(
        f"检索{words} · {Site(request.path).name}",
        f"符合{words}的公开信息，最新的在前。",
        f"{reverse('portal:search')}?{urlencode(kept)}",
        matter.entries(rows[key] for key in keys if key in rows),
        matter.tombstones(**({"document__body": filters.body} if filters.body else {})),
    )
    return _answer(request, form, feed)
