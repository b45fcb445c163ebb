"""Addresses of the interface under /api/v1/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path, re_path

from gongkai.api.answers import READ, SEARCH, answered
from gongkai.api.endpoint import api
from gongkai.api.openapi import documentation, openapi
from gongkai.api.problems import nothing_here
from gongkai.api.views import bodies, catalogue, consultations, documents, leaving, reports, search

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

VIEWS = (bodies, catalogue, consultations, documents, leaving, reports, search)
"""Loading them adds their addresses."""

app_name = "api"


def _nothing(_request: HttpRequest, **_: object) -> HttpResponseBase:
    raise nothing_here("这个地址", "全部地址见 /api/v1/。")


def _addresses() -> list[URLPattern]:
    """What the views added, each answering as every address here does."""
    found = []
    for pattern in api.urls[0]:
        if not isinstance(pattern, URLPattern) or pattern.name == "api-root":
            continue
        name = pattern.name or ""
        cost = SEARCH if name == "search" else READ
        pattern.callback = answered(pattern.callback, cost=cost, remembered=name != "list_changes")
        found.append(pattern)
    return found


urlpatterns = [
    path("", answered(documentation), name="documentation"),
    path("openapi.json", answered(openapi), name="openapi"),
    *_addresses(),
    re_path(r"", answered(_nothing), name="nothing"),
]
