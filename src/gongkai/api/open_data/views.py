"""The page of the open data, the files, and the catalogue of datasets for other portals."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from gongkai.api.addresses import root_of
from gongkai.api.lists import listed, published_in
from gongkai.api.open_data import datasets, dcat
from gongkai.api.open_data.streams import packed
from gongkai.audit.models import Head
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

BODIES = 50
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
OF_THE_SITE = {
    "annual-report-figures": ("csv", "政府信息公开年报数据"),
    "catalogue-items": ("csv", "公开事项"),
    "withdrawals": ("jsonl", "撤下情况"),
}
"""Files over the whole site: their ending and their name."""


def home(request: HttpRequest) -> HttpResponse:
    """What there is, under which conditions, and the bodies with documents of their own."""
    shown = Paginator(_bodies(), BODIES).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": shown,
        "licence": settings.GONGKAI_OPEN_DATA_LICENCE,
        "licence_address": settings.GONGKAI_OPEN_DATA_LICENCE_ADDRESS,
        "crumbs": [("首页", reverse("portal:home")), ("数据开放", "")],
    }
    return render(request, "api/open_data.html", context)


def body_files(request: HttpRequest, slug: str) -> HttpResponse:
    """The files of one body, a year at a time."""
    body = _body(slug)
    newest = listed(body).values_list("first_published_at", flat=True).first()
    oldest = listed(body).reverse().values_list("first_published_at", flat=True).first()
    years: list[int] = []
    if newest and oldest:
        years = list(range(timezone.localtime(newest).year, timezone.localtime(oldest).year - 1, -1))
    crumbs = [
        ("首页", reverse("portal:home")),
        ("数据开放", reverse("open_data:home")),
        (body.display_name, ""),
    ]
    return render(request, "api/open_data_body.html", {"body": body, "years": years, "crumbs": crumbs})


def _bodies() -> Any:
    return Body.objects.filter(is_active=True).order_by("path")


def _body(slug: str) -> Body:
    found = _bodies().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def body_file(
    request: HttpRequest, slug: str, year: str, ending: str
) -> StreamingHttpResponse | HttpResponse:
    """The documents a body published in a year: metadata as CSV, or with text as JSONL; packed where asked."""
    wanted = int(year)
    if not 1949 <= wanted <= 2999:  # noqa: PLR2004 - nothing was published outside
        raise Http404
    body, form = _body(slug), ending.removesuffix(".gz")
    make = {"csv": datasets.documents_csv, "jsonl": datasets.documents_jsonl}[form]
    today = timezone.localdate()
    # Also what has left counts: its leaving is a change of the file.
    known = Document.objects.filter(published_in(wanted), body=body)
    facts = known.order_by().aggregate(changed=Max("changed_at"), number=Count("pk"))
    response = _file(make(body, wanted, root_of(request), today), f"{slug}-{year}", ending)
    response.headers["ETag"] = f'W/"{today:%Y%m%d}-{facts["number"]}-{facts["changed"]}"'.replace(" ", "T")
    return response


def site_file(request: HttpRequest, name: str, ending: str) -> StreamingHttpResponse | HttpResponse:
    """A file over the whole site."""
    if name not in OF_THE_SITE or ending.removesuffix(".gz") != OF_THE_SITE[name][0]:
        raise Http404
    root = root_of(request)
    makers = {
        "annual-report-figures": datasets.figures_csv,
        "catalogue-items": lambda: datasets.items_csv(root),
        "withdrawals": lambda: datasets.withdrawals_jsonl(root),
    }
    response = _file(makers[name](), name, ending)
    # Every act is in the record: while its end stands still, nothing has changed.
    end = Head.objects.values_list("sequence", flat=True).first() or 0
    response.headers["ETag"] = f'W/"{end}"'
    return response


def _file(pieces: Iterator[bytes], name: str, ending: str) -> StreamingHttpResponse:
    form, _, is_packed = ending.partition(".")
    response = StreamingHttpResponse(
        packed(pieces) if is_packed else pieces,
        content_type="application/gzip" if is_packed else TYPES[form],
    )
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def catalogue(request: HttpRequest) -> HttpResponse:
    """The datasets after DCAT, as JSON-LD."""
    shown = Paginator(_bodies(), BODIES)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0  # noqa: PLR2004
    if not 1 <= number <= shown.num_pages:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    made = dcat.catalogue(root_of(request), list(shown.page(number)), number, shown.num_pages)
    content = json.dumps(made, ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/ld+json")
