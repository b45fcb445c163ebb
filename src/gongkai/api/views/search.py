"""Searching what is public."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import HttpRequest
from ninja import Query

from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.problems import wrong
from gongkai.api.schemas import others as schemas
from gongkai.organisations.models import Body
from gongkai.search.api import Filters, Hit, find

_MARK = re.compile(r"</?mark>")


@endpoint(
    "/search", response=schemas.Found, tag="检索", summary="检索", asked=schemas.SearchAsked, missing=MISSING
)
def search(request: HttpRequest, asked: Query[schemas.SearchAsked]) -> dict[str, Any]:
    """在公开信息的名称、文号、正文和附件的文字中检索。检索词和筛选条件至少给出一项。"""
    filters = Filters(
        body=body_named(asked.body).pk if asked.body else None,
        year=asked.year,
        subject=asked.subject or "",
        kind=asked.kind or "",
        validity=asked.validity or "",
    )
    if not asked.q.strip() and not filters:
        raise wrong("q", "没有检索词，也没有筛选条件，请至少给出一项")
    cursor = unpacked("search", asked.cursor, (str,))[0] if asked.cursor else ""
    found = find(asked.q, filters=filters, sort=asked.sort, page_size=asked.limit, cursor=cursor[:30])
    root = root_of(request)
    slugs = _slugs([each.value for one in found.facets if one.name == "body" for each in one.values])
    following = packed("search", found.next_cursor) if found.next_cursor else ""
    return {
        "total": found.total.number,
        "total_is_exact": found.total.is_exact,
        "items": [_hit(one, root) for one in found.hits],
        "facets": [
            {
                "parameter": one.name,
                "label": one.label,
                "values": [
                    {
                        "value": slugs.get(each.value, "") if one.name == "body" else each.value,
                        "label": each.label,
                        "count": each.count.number,
                    }
                    for each in one.values
                ],
            }
            for one in found.facets
        ],
        "notes": list(found.notes),
        "next": next_page(request, following),
    }


def _slugs(keys: list[str]) -> dict[str, str]:
    """The bodies of a facet by the word this interface knows them by."""
    found = Body.objects.filter(pk__in=keys).values_list("pk", "slug") if keys else ()
    return {str(pk): slug for pk, slug in found}


def _hit(one: Hit, root: str) -> dict[str, Any]:
    return {
        "id": one.document,
        "url": f"{root}{one.path}",
        "title": html.unescape(_MARK.sub("", one.title)),
        "snippet": one.snippet,
        "body": one.body,
        "document_number": one.document_number,
        "index_number": one.index_number,
        "kind_label": one.kind,
        "validity_label": one.validity,
        "made_on": one.made_on,
        "published_at": one.published_at,
    }
