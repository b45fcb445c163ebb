"""The platform of a body in the national shape: 指南, 制度, 法定主动公开内容, 年报, 依申请公开 (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404
from django.urls import reverse

from gongkai.catalogue.models import Catalogue, Item, KeyArea
from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import ON_LISTS
from gongkai.disclosure.queries import guide_texts
from gongkai.organisations.models import Unit
from gongkai.portal.caching import public_page
from gongkai.portal.foi.offices import accepts, office_facts, ways
from gongkai.portal.listing import counted, listed, stretch
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.shelves import duties_of, shelves
from gongkai.portal.texts import readable
from gongkai.portal.views.lists import Line, ways_on

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body


@public_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开指南: what art. 12 asks it to say, from the body's own data and in its own words."""
    body = body_named(slug)
    texts = guide_texts(body)
    context: dict[str, object] = {
        "facts": office_facts(body),
        "units": list(Unit.objects.filter(body=body, is_active=True)),
        "catalogues": list(_in_use(body)),
        "duties": duties_of(body),
        "ways": ways(body) if accepts(body) else [],
        "takes_requests": accepts(body),
        "added": {name: readable(one.text) for name, one in texts.items() if one.text},
        "updated": max((one.at for one in texts.values()), default=None),
        "crumbs": crumbs_to(body, ("政府信息公开指南", "")),
    }
    return page(request, "portal/guide.html", context, body=body)


@public_page
def institutions(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开制度: the Regulation and the body's own rules of the work."""
    body = body_named(slug)
    here = reverse("portal:institutions", args=[slug])
    context = _stretch(request, listed(body).filter(is_institution=True), here)
    context["crumbs"] = crumbs_to(body, ("政府信息公开制度", ""))
    return page(request, "portal/institutions.html", context, body=body)


class Shelf(NamedTuple):
    """An item of the Regulation with the newest documents under it."""

    key: str
    name: str
    article: str
    address: str
    newest: Document | None


@public_page
def statutory(request: HttpRequest, slug: str) -> HttpResponse:
    """法定主动公开内容: the items of arts. 20 and 21, then the body's standard catalogues by their two levels."""
    body = body_named(slug)
    context: dict[str, object] = {
        "shelves": _shelves(body),
        "catalogues": _catalogues(body),
        "areas": list(KeyArea.objects.filter(body=body, closed_on=None).order_by("pk")),
        "crumbs": crumbs_to(body, ("法定主动公开内容", "")),
    }
    return page(request, "portal/statutory.html", context, body=body)


def _shelves(body: Body) -> list[Shelf]:
    """Every item the body owes, empty ones too: one question for the newest document of each."""
    conditions = shelves(body)
    found = _newest(body, conditions)
    return [
        Shelf(
            duty.key,
            duty.name,
            duty.article,
            reverse("portal:duty", args=[body.slug, duty.key]),
            found.get(duty.key),
        )
        for duty in duties_of(body)
    ]


def _newest(body: Body, conditions: dict[str, Q]) -> dict[str, Document]:
    """The newest document under each condition, looked up by key in one question and read in another."""
    from gongkai.organisations.models import Body as Bodies

    looks = {
        f"of_{key}": Subquery(listed(body).filter(one).values("pk")[:1]) for key, one in conditions.items()
    }
    row = Bodies.objects.filter(pk=body.pk).annotate(**looks).values(*looks).first() or {}
    documents = Document.objects.only("title", "first_published_at").in_bulk(
        [pk for pk in row.values() if pk]
    )
    return {key: documents[pk] for key in conditions if (pk := row.get(f"of_{key}")) in documents}


class Branch(NamedTuple):
    """A first-level item with its second-level items."""

    item: Item
    children: list[Item]


def _catalogues(body: Body) -> list[tuple[Catalogue, list[Branch]]]:
    """The body's catalogues as trees; each item knows the day of its newest document, found along the index."""
    newest = Document.objects.filter(ON_LISTS, item=OuterRef("pk")).order_by("-first_published_at")
    rows = Item.objects.current().filter(catalogue__body=body).order_by("catalogue", "pk")
    rows = rows.only("name", "number", "catalogue_id", "parent_id")
    rows = rows.annotate(newest=Subquery(newest.values("first_published_at")[:1]))
    children: dict[int, list[Item]] = {}
    tops: dict[int, list[Item]] = {}
    for item in rows:
        where, key = (children, item.parent_id) if item.parent_id else (tops, item.catalogue_id)
        where.setdefault(key, []).append(item)
    return [
        (one, [Branch(top, children.get(top.pk, [])) for top in tops.get(one.pk, [])])
        for one in _in_use(body)
    ]


def _in_use(body: Body) -> QuerySet[Catalogue]:
    return Catalogue.objects.filter(body=body, retired_on__isnull=True).select_related("field")


@public_page
def duty(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The documents under one item of the Regulation."""
    body = body_named(slug)
    chosen = next((one for one in duties_of(body) if one.key == key), None)
    if chosen is None:
        raise Http404
    here = reverse("portal:duty", args=[slug, key])
    context = _stretch(request, listed(body).filter(shelves(body)[key]), here)
    context |= {"duty": chosen, "crumbs": crumbs_to(body, _statutory(body), (chosen.name, ""))}
    return page(request, "portal/duty.html", context, body=body)


@public_page
def item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A catalogue item: what must be public under it and why, and the documents; a first-level item has them all."""
    body = body_named(slug)
    found = (
        Item.objects.select_related("parent", "catalogue", "unit").filter(pk=pk, catalogue__body=body).first()
    )
    if found is None:
        raise Http404
    children = (
        list(found.children.order_by("pk").only("name", "number", "parent_id")) if not found.parent_id else []
    )
    here = reverse("portal:item", args=[slug, pk])
    context = _stretch(request, listed(body).filter(item__in=[pk, *(one.pk for one in children)]), here)
    ways_here = [_statutory(body)]
    if found.parent:
        ways_here.append((found.parent.name, reverse("portal:item", args=[slug, found.parent_id])))
    context |= {"item": found, "children": children, "crumbs": crumbs_to(body, *ways_here, (found.name, ""))}
    return page(request, "portal/item.html", context, body=body)


@public_page
def key_areas(request: HttpRequest, slug: str) -> HttpResponse:
    """重点领域: the body's columns, each with its newest document."""
    body = body_named(slug)
    newest = Document.objects.filter(ON_LISTS, body=body, key_area=OuterRef("pk"))
    newest = newest.order_by("-first_published_at", "-pk")
    areas = KeyArea.objects.filter(body=body, closed_on=None).order_by("pk")
    areas = areas.annotate(
        newest_title=Subquery(newest.values("title")[:1]),
        newest_at=Subquery(newest.values("first_published_at")[:1]),
    )
    context: dict[str, object] = {"areas": list(areas), "crumbs": crumbs_to(body, ("重点领域", ""))}
    return page(request, "portal/key_areas.html", context, body=body)


@public_page
def key_area(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The documents of a key area."""
    body = body_named(slug)
    area = KeyArea.objects.filter(pk=pk, body=body).first()
    if area is None:
        raise Http404
    context = _stretch(
        request, listed(body).filter(key_area=area), reverse("portal:key_area", args=[slug, pk])
    )
    areas = ("重点领域", reverse("portal:key_areas", args=[slug]))
    context |= {"area": area, "crumbs": crumbs_to(body, areas, (area.name, ""))}
    return page(request, "portal/key_area.html", context, body=body)


def _stretch(request: HttpRequest, found: QuerySet[Document], here: str) -> dict[str, object]:
    part = stretch(lambda: found, request.GET)
    return {
        "lines": [Line(one) for one in part.rows],
        "ways": ways_on(part, here),
        "here": here,
        "count": counted(found),
    }


def _statutory(body: Body) -> tuple[str, str]:
    return "法定主动公开内容", reverse("portal:statutory", args=[body.slug])
