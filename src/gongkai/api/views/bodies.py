"""The bodies of the site."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from gongkai.api import shapes
from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.schemas import others as schemas
from gongkai.api.schemas.common import SLUG
from gongkai.organisations.models import Body

TAG = "机关"


def body_shape(row: Body, root: str) -> dict[str, Any]:
    """A body."""
    return {
        **shapes.body_ref(row),
        "short_name": row.short_name,
        "url": f"{root}/bodies/{row.slug}/",
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "tier": row.tier,
        "tier_label": row.get_tier_display(),
        "credit_code": row.credit_code,
        "parent": row.parent.slug if row.parent else None,
        "office": row.office,
        "address": row.address,
        "phone": row.phone,
        "email": row.email,
        "website": row.website,
    }


@endpoint(
    "/bodies",
    response=schemas.Bodies,
    tag=TAG,
    summary="机关列表",
    asked=schemas.BodiesAsked,
    missing=MISSING,
)
def list_bodies(request: HttpRequest, asked: Query[schemas.BodiesAsked]) -> dict[str, Any]:
    """在本网站公开信息的机关，上级在前，下级随后。"""
    found = Body.objects.filter(is_active=True).select_related("parent").order_by("path")
    if asked.parent:
        found = found.filter(parent=body_named(asked.parent))
    if asked.cursor:
        (path,) = unpacked("bodies", asked.cursor, (str,))
        found = found.filter(path__gt=path)
    rows = list(found[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    root = root_of(request)
    return {
        "items": [body_shape(row, root) for row in rows],
        "next": next_page(request, packed("bodies", rows[-1].path) if more else ""),
    }


@endpoint("/bodies/{slug}", response=schemas.Body, tag=TAG, summary="一个机关", missing=MISSING)
def get_body(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=SLUG, max_length=60, description="机关的网址代号")],
) -> dict[str, Any]:
    """机关的名称、类别和联系方式。"""
    return body_shape(body_named(slug), root_of(request))
