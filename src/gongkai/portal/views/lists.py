"""Lists of documents: the newest, and the policy library with validity and interpretation side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.enums import DocumentKind, Subject, Validity
from gongkai.disclosure.models import Document
from gongkai.disclosure.validity import HAS_VALIDITY, validity_of
from gongkai.portal.addresses import of_body
from gongkai.portal.caching import public_page
from gongkai.portal.context import Site
from gongkai.portal.documents.head import STATUS
from gongkai.portal.frames import framed
from gongkai.portal.freshness import remembered
from gongkai.portal.listing import (
    ROWS,
    Row,
    Stretch,
    counted,
    first_and_last_year,
    listed,
    newest,
    stretch,
    year_of,
)
from gongkai.portal.pages import body_named, crumbs_to
from gongkai.portal.prepared import prepared_rows
from gongkai.portal.standing import in_standing
from gongkai.portal.writing import empty, entries, turning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

POLICIES = (DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.OTHER_POLICY)


class Line(NamedTuple):
    """A document in a list, its standing beside it and what explains it below: key and title of each."""

    document: Row
    validity: Validity | None = None
    explained_by: Sequence[tuple[int, str]] = ()

    @property
    def status(self) -> str:
        """The class that seconds the word of its validity."""
        return STATUS[self.validity] if self.validity else ""


def with_standing(rows: Sequence[Row]) -> list[Line]:
    """The lines of a policy list: one question for the interpretations of all of them."""
    today = timezone.localdate()
    explaining: dict[int | None, list[tuple[int, str]]] = {}
    concerned = [one.pk for one in rows if one.kind in HAS_VALIDITY]
    for paper, key, title in _explaining(concerned):
        explaining.setdefault(paper, []).append((key, title))
    return [Line(one, validity_of(one, today), explaining.get(one.pk, ())) for one in rows]


def _explaining(papers: Sequence[int]) -> list[tuple[Any, ...]]:
    """The interpretations of some papers, as paper, key and title: one question, worked out once for a page of them."""
    if not papers:
        return []
    if len(papers) > ROWS:
        return list(_interpretations(*papers))
    filled = [*papers, *range(-ROWS, -len(papers))]  # no paper has such a key
    return prepared_rows("explaining", _interpretations, *filled)


def _interpretations(*papers: int) -> QuerySet[Document, Any]:
    found = Document.objects.listed().filter(interprets__in=papers).order_by("first_published_at", "pk")
    return found.values_list("interprets_id", "pk", "title")


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
    kind = request.GET.get("kind", "")
    kind = kind if kind in DocumentKind.values else ""
    years = _years(body, "documents", lambda: listed(body))
    part = stretch(
        lambda: listed(body).filter(kind=kind) if kind else listed(body),
        request.GET,
        quick=None if kind else lambda size, position: newest(body, size, after=position),
    )
    here = of_body(slug, "documents") if slug else reverse("portal:documents")

    def fixed() -> dict[str, object]:
        return {
            "title": "公开信息",
            "filters": [Filter("kind", "类别", list(DocumentKind.choices), kind)],
            "filtered": bool(kind),
            "here": here,
            "years": years,
            "crumbs": _crumbs(body, "公开信息"),
        }

    lines = [Line(one) for one in part.rows]
    none = "没有符合条件的信息，请减少筛选条件。" if kind else "还没有公开的信息。"
    return _list(
        request, "documents", Listed(body, part, here, {"kind": kind}, lines, none, bool(years)), fixed
    )


@public_page
def policies(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The policy library: validity and interpretation beside each paper."""
    body = body_named(slug) if slug else None
    years = _years(body, "policies", lambda: _policies(body))
    chosen = _chosen(request.GET, years)
    here = of_body(slug, "policies") if slug else reverse("portal:policies")
    narrowed = any(chosen.values())
    part = stretch(
        lambda: _narrowed(body, chosen),
        request.GET,
        quick=None if narrowed else lambda size, position: newest(body, size, POLICIES, position),
    )

    def fixed() -> dict[str, object]:
        return {
            "title": "政策文件库",
            "filters": _policy_filters(years, chosen),
            "filtered": narrowed,
            "here": here,
            "years": years,
            "crumbs": _crumbs(body, "政策文件库"),
            "count": counted(_narrowed(body, chosen)),
        }

    none = "没有符合条件的文件，请减少筛选条件。" if narrowed else "还没有公开的政策文件。"
    shown = Listed(body, part, here, chosen, with_standing(part.rows), none, bool(years))
    return _list(request, "policies", shown, fixed)


def _policies(body: Body | None) -> QuerySet[Document]:
    return listed(body).filter(kind__in=POLICIES)


def _narrowed(body: Body | None, chosen: Mapping[str, str]) -> QuerySet[Document]:
    found = _policies(body)
    if chosen["kind"]:
        found = found.filter(kind=chosen["kind"])
    if chosen["year"]:
        found = found.filter(year_of(int(chosen["year"])))
    if chosen["subject"]:
        found = found.filter(subject=chosen["subject"])
    if chosen["validity"]:
        found = found.filter(in_standing(Validity(chosen["validity"]), timezone.localdate()))
    return found


def _years(body: Body | None, name: str, base: Callable[[], QuerySet[Document]]) -> range:
    """The years of the archive, newest first; known until something public changes."""
    key = ("years", name, body and body.pk)
    return remembered(key, lambda: first_and_last_year(base())[::-1])


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


class Listed(NamedTuple):
    """What a list shows: whose, the stretch of it, its address, what was chosen, its lines, and the word for none."""

    body: Body | None
    part: Stretch
    here: str
    chosen: Mapping[str, str]
    lines: Sequence[Line]
    none: str
    archived: bool


def _list(
    request: HttpRequest, name: str, shown: Listed, fixed: Callable[[], dict[str, object]]
) -> HttpResponse:
    """The page of a list; the choices stay in the addresses that lead on. Only the lines change from page to page."""
    kept = urlencode({field: value for field, value in shown.chosen.items() if value})
    ways = ways_on(shown.part, shown.here, kept)
    several = Site(request.path).several
    matter = entries(shown.lines, show_body=several) if shown.lines else empty(shown.none)
    values = {"lines": matter, "ways": turning(ways, shown.here, archived=shown.archived)}
    # Narrowed in all the ways there are it would be a thousand frames.
    return framed(request, f"portal/{name}.html", values, body=shown.body, keep=not kept, fixed=fixed)


def ways_on(part: Stretch, here: str, kept: str = "") -> dict[str, str]:
    """The addresses of the stretches before and after, by ``older`` and ``newer``; no key where there is none."""
    ends = {"older": part.older, "newer": part.newer}
    return {name: f"{here}?{'&'.join(filter(None, (kept, end)))}" for name, end in ends.items() if end}


def _crumbs(body: Body | None, title: str) -> list[tuple[str, str]]:
    return crumbs_to(body, (title, "")) if body else [("首页", reverse("portal:home")), (title, "")]
