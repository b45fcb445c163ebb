"""The catalogue: fields, catalogues of bodies, their items."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from gongkai.api import shapes
from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.problems import nothing_here
from gongkai.api.schemas import others as schemas
from gongkai.api.schemas.common import LARGEST_KEY
from gongkai.catalogue.models import Catalogue, Field, Item

TAG = "公开目录"


def field_shape(row: Field) -> dict[str, str]:
    """A field."""
    return {"code": row.code, "name": row.name}


def item_shape(row: Item, root: str) -> dict[str, Any]:
    """An item of a body's catalogue."""
    body = row.catalogue.body
    assert body is not None  # noqa: S101 - only items of bodies are given out
    return {
        "id": row.pk,
        "url": f"{root}/bodies/{body.slug}/items/{row.pk}/",
        "catalogue": row.catalogue_id,
        "body": body.slug,
        "parent": {"id": row.parent.pk, "name": row.parent.name} if row.parent else None,
        "number": row.number,
        "name": row.name,
        "content": row.content,
        "basis": row.basis,
        "time_limit": row.time_limit,
        "publisher": row.publisher,
        "channels": [str(one) for one in row.channels],
        "audience": row.audience,
        "method": row.method,
        "level": row.level,
        "not_applicable": row.not_applicable,
    }


def public_items() -> Any:
    """The items of catalogues that bodies in use have adopted."""
    found = Item.objects.current().filter(catalogue__body__is_active=True)
    return found.select_related("catalogue__body", "parent").order_by("pk")


@endpoint("/catalogue/fields", response=schemas.Fields, tag=TAG, summary="领域")
def list_fields(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - a view
    """标准目录的全部领域。"""
    return {"items": [field_shape(one) for one in Field.objects.order_by("code")]}


@endpoint(
    "/catalogue/catalogues",
    response=schemas.Catalogues,
    tag=TAG,
    summary="各机关的标准目录",
    asked=schemas.CataloguesAsked,
    missing=MISSING,
)
def list_catalogues(request: HttpRequest, asked: Query[schemas.CataloguesAsked]) -> dict[str, Any]:  # noqa: ARG001
    """各机关正在使用的目录。"""
    found = Catalogue.objects.filter(body__is_active=True, retired_on__isnull=True)
    if asked.body:
        found = found.filter(body=body_named(asked.body))
    if asked.field:
        found = found.filter(field__code=asked.field)
    return {
        "items": [
            {
                "id": one.pk,
                "title": one.title,
                "field": field_shape(one.field),
                "body": shapes.body_ref(one.body),
                "adopted_on": one.adopted_on,
            }
            for one in found.select_related("field", "body").order_by("pk")
            if one.body is not None
        ]
    }


@endpoint(
    "/catalogue/items",
    response=schemas.Items,
    tag=TAG,
    summary="公开事项列表",
    asked=schemas.ItemsAsked,
    missing=MISSING,
)
def list_items(request: HttpRequest, asked: Query[schemas.ItemsAsked]) -> dict[str, Any]:
    """各机关目录中的一级、二级事项。"""
    found = public_items()
    if asked.catalogue is not None:
        found = found.filter(catalogue=asked.catalogue)
    if asked.body:
        found = found.filter(catalogue__body=body_named(asked.body))
    if asked.cursor:
        (key,) = unpacked("items", asked.cursor, (int,))
        found = found.filter(pk__gt=key)
    rows = list(found[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    root = root_of(request)
    return {
        "items": [item_shape(row, root) for row in rows],
        "next": next_page(request, packed("items", rows[-1].pk) if more else ""),
    }


@endpoint(
    "/catalogue/items/{int:id}", response=schemas.Item, tag=TAG, summary="一个公开事项", missing=MISSING
)
def get_item(
    request: HttpRequest,
    id: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="事项编号")],  # noqa: A002 - see above
) -> dict[str, Any]:
    """一个事项应当公开什么、依据什么、多长时间之内。"""
    row = public_items().filter(pk=id).first()
    if row is None:
        raise nothing_here(f"编号为{id}的公开事项")
    return item_shape(row, root_of(request))
