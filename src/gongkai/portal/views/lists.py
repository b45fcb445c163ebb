"""Lists of documents: the newest, and the policy library with validity and interpretation side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.enums import DocumentKind, Subject, Validity
from gongkai.disclosure.models import Document
from gongkai.disclosure.models.documents import HAS_VALIDITY
from gongkai.portal.caching import public_page
from gongkai.portal.documents.head import STATUS
from gongkai.portal.freshness import remembered
from gongkai.portal.listing import (
    ROWS,
    Stretch,
    counted,
    first_and_last_year,
    listed,
    newest,
    stretch,
    year_of,
)
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.standing import in_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

POLICIES = (DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.OTHER_POLICY)


class Line(NamedTuple):
    """A document in a list, its standing beside it and what explains it below."""

    document: Document
    validity: Validity | None
    explained_by: list[Document]

    @property
    def status(self) -> str:
        """The class that seconds the word of its validity."""
        return STATUS[self.validity] if self.validity else ""


def with_standing(documents: Iterable[Document]) -> list[Line]:
    """The lines of a policy list: one question for the interpretations of all of them."""
    today = timezone.localdate()
    rows = list(documents)
    explaining: dict[int, list[Document]] = {}
    concerned = [one.pk for one in rows if one.kind in HAS_VALIDITY]
    if concerned:
        found = (
            Document.objects.listed().filter(interprets__in=concerned).order_by("first_published_at", "pk")
        )
        for one in found.only("title", "interprets_id"):
            explaining.setdefault(one.interprets_id or 0, []).append(one)
    return [Line(one, one.validity(today), explaining.get(one.pk, [])) for one in rows]


class Filter(NamedTuple):
    """A choice above a list: its field, its name, what can be chosen and what is."""

    field: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@public_page
def documents(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Everything public, newest first: of a body or of the whole site, by kind."""
    body = body_named(slug) if slug else None
    base = listed(body)
    kind = request.GET.get("kind", "")
    kind = kind if kind in DocumentKind.values else ""
    found = base.filter(kind=kind) if kind else base
    filters = [Filter("kind", "类别", list(DocumentKind.choices), kind)]
    here = reverse("portal:body_documents", args=[slug]) if slug else reverse("portal:documents")
    first = None if kind else partial(newest, body)
    context = _list(request, found, here, filters, first)
    context |= {
        "title": "公开信息",
        "years": _years(body, "documents", base),
        "crumbs": _crumbs(body, "公开信息"),
    }
    context["lines"] = [Line(one, None, []) for one in context.pop("rows")]  # type: ignore[attr-defined]
    return page(request, "portal/documents.html", context, body=body)


@public_page
def policies(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The policy library: validity and interpretation beside each paper."""
    body = body_named(slug) if slug else None
    base = listed(body).filter(kind__in=POLICIES)
    years = _years(body, "policies", base)
    chosen = _chosen(request.GET, years)
    found = base
    if chosen["kind"]:
        found = found.filter(kind=chosen["kind"])
    if chosen["year"]:
        found = found.filter(year_of(int(chosen["year"])))
    if chosen["subject"]:
        found = found.filter(subject=chosen["subject"])
    if chosen["validity"]:
        found = found.filter(in_standing(Validity(chosen["validity"]), timezone.localdate()))
    here = reverse("portal:body_policies", args=[slug]) if slug else reverse("portal:policies")
    narrowed = any(chosen.values())
    first = None if narrowed else partial(newest, body, kinds=POLICIES)
    context = _list(request, found, here, _policy_filters(years, chosen), first)
    context |= {
        "title": "政策文件库",
        "years": years,
        "crumbs": _crumbs(body, "政策文件库"),
        "count": counted(found),
    }
    context["lines"] = with_standing(context.pop("rows"))  # type: ignore[arg-type]
    return page(request, "portal/policies.html", context, body=body)


def _years(body: Body | None, name: str, base: QuerySet[Document]) -> range:
    """The years of the archive, newest first; known until something public changes."""
    key = ("years", name, body and body.pk)
    return remembered(key, lambda: first_and_last_year(base)[::-1])


def _chosen(asked: Mapping[str, str], years: Iterable[int]) -> dict[str, str]:
    """What was asked for, as far as there is such a thing; anything else counts as not chosen."""
    known = {
        "kind": {kind.value for kind in POLICIES},
        "year": {str(year) for year in years},
        "subject": set(Subject.values),
        "validity": set(Validity.values),
    }
    return {
        field: value if (value := asked.get(field, "")) in values else "" for field, values in known.items()
    }


def _policy_filters(years: Iterable[int], chosen: Mapping[str, str]) -> list[Filter]:
    kinds = [(kind.value, str(kind.label)) for kind in POLICIES]
    return [
        Filter("kind", "类别", kinds, chosen["kind"]),
        Filter("year", "年份", [(str(year), f"{year}年") for year in years], chosen["year"]),
        Filter("validity", "有效性", list(Validity.choices), chosen["validity"]),
        Filter("subject", "主题", list(Subject.choices), chosen["subject"]),
    ]


def _list(
    request: HttpRequest,
    found: QuerySet[Document],
    here: str,
    filters: list[Filter],
    first: Callable[[int], list[Document]] | None = None,
) -> dict[str, object]:
    """A stretch of a list with the ways on; the choices stay in the address."""
    part = stretch(found, request.GET, ROWS, first)
    kept = urlencode({one.field: one.chosen for one in filters if one.chosen})
    return {
        "rows": part.rows,
        "ways": ways_on(part, here, kept),
        "filters": filters,
        "here": here,
        "filtered": bool(kept),
    }


def ways_on(part: Stretch, here: str, kept: str = "") -> dict[str, str]:
    """The addresses of the stretches before and after, by ``older`` and ``newer``; no key where there is none."""
    ends = {"older": part.older, "newer": part.newer}
    return {name: f"{here}?{'&'.join(filter(None, (kept, end)))}" for name, end in ends.items() if end}


def _crumbs(body: Body | None, title: str) -> list[tuple[str, str]]:
    return crumbs_to(body, (title, "")) if body else [("首页", reverse("portal:home")), (title, "")]
