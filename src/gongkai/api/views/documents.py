"""Documents: the list, one, its editions."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query

from gongkai.api import shapes
from gongkai.api.addresses import api_path, next_page, root_of, whole
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named, listed, published_in, start_of, stretch
from gongkai.api.problems import ProblemError, nothing_here, wrong
from gongkai.api.schemas import documents as schemas
from gongkai.api.schemas.common import LARGEST_KEY, Problem
from gongkai.catalogue.models import Item
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.queries import Standing, standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

TAG = "公开信息"
ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)
GONE = {**MISSING, 410: Problem, 451: Problem}
Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="文件编号")]
Number = Annotated[int, Path(ge=1, le=32767, description="版次")]


@endpoint(
    "/documents",
    response=schemas.Documents,
    tag=TAG,
    summary="公开信息列表",
    asked=schemas.DocumentsAsked,
    missing=MISSING,
)
def list_documents(request: HttpRequest, asked: Query[schemas.DocumentsAsked]) -> dict[str, Any]:
    """已经公开、在列表中的信息，按首次公开时间从新到旧。归档的和已经撤下的不在其中。"""
    rows, cursor = stretch(_narrowed(asked), asked.limit, asked.cursor)
    root, today = root_of(request), timezone.localdate()
    return {
        "items": [shapes.document(row, root, today) for row in rows],
        "next": next_page(request, cursor),
    }


def _narrowed(asked: schemas.DocumentsAsked) -> QuerySet[Document]:
    found = listed(body_named(asked.body) if asked.body else None)
    for name in ("kind", "subject"):
        if (value := getattr(asked, name)) is not None:
            found = found.filter(**{name: value})
    if asked.item is not None:
        found = found.filter(
            item__in=Item.objects.filter(Q(pk=asked.item) | Q(parent=asked.item)).values("pk")
        )
    if asked.key_area is not None:
        found = found.filter(key_area=asked.key_area)
    if asked.year is not None:
        found = found.filter(published_in(asked.year))
    if asked.published_from and asked.published_to and asked.published_from > asked.published_to:
        raise wrong("published_to", "不能早于 published_from")
    if asked.published_from is not None:
        found = found.filter(first_published_at__gte=_start(asked.published_from, "published_from"))
    if asked.published_to is not None:
        after = _start(asked.published_to, "published_to") + dt.timedelta(days=1)
        found = found.filter(first_published_at__lt=after)
    return found


def _start(day: dt.date, name: str) -> dt.datetime:
    if not 1900 <= day.year <= 2999:  # noqa: PLR2004 - nothing was published outside
        raise wrong(name, "年份应在1900至2999之间")
    return start_of(day)


@endpoint(
    "/documents/{int:id}", response=schemas.DocumentWhole, tag=TAG, summary="一份公开信息", missing=GONE
)
def get_document(request: HttpRequest, id: Id) -> Any:  # noqa: A002 - the name in the documentation
    """元数据、现行版本的正文和附件。已经撤下的答复 410，依法不再公开的答复 451，并入其他文件的转到该文件。"""
    row, answer = _standing(id)
    if answer.status == HTTPStatus.MOVED_PERMANENTLY and answer.into is not None:
        return _moved(request, answer.into)
    _readable(row, answer)
    edition = answer.edition
    assert edition is not None  # noqa: S101 - readable
    request.last_changed = row.changed_at  # type: ignore[attr-defined]
    root, files = root_of(request), list(edition.attachments.order_by("position", "pk"))
    return {
        **shapes.document(row, root, timezone.localdate()),
        "edition": shapes.edition(edition, root, edition.number, files),
        "editions_url": whole(request, api_path("list_editions", id=row.pk)),
    }


def _standing(key: int) -> tuple[Document, Standing]:
    related = ("body", "item", "key_area", "interprets")
    row = Document.objects.select_related(*related).filter(pk=key, first_published_at__isnull=False).first()
    if row is None:
        raise nothing_here(f"编号为{key}的公开信息")
    return row, standing(row)


def _readable(row: Document, answer: Standing) -> None:
    """Raises ``ProblemError`` unless the text can be read."""
    if answer.status == HTTPStatus.OK:
        return
    if answer.status == HTTPStatus.NOT_FOUND:
        raise nothing_here(f"编号为{row.pk}的公开信息")
    by_law = answer.status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS
    gone = answer.departure
    said = "依法不再公开" if by_law else "已经撤下"
    status = HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS if by_law else HTTPStatus.GONE
    reason = f"理由：{gone.reason}。" if gone and gone.reason else ""
    raise ProblemError(status, f"这份信息{said}。{reason}保存了副本的请删除。", index_number=row.index_number)


def _moved(request: HttpRequest, into: Document) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.MOVED_PERMANENTLY)
    response.headers["Location"] = whole(request, api_path("get_document", id=into.pk))
    return response


@endpoint("/documents/{int:id}/editions", response=schemas.Editions, tag=TAG, summary="各版本", missing=GONE)
def list_editions(request: HttpRequest, id: Id) -> Any:  # noqa: A002 - the name in the documentation
    """一份信息公开过的各个版本，从新到旧，不含正文。"""
    row, answer = _standing(id)
    if answer.into is not None and answer.status == HTTPStatus.MOVED_PERMANENTLY:
        return _moved(request, answer.into)
    _readable(row, answer)
    current = answer.edition.number if answer.edition else None
    found = row.editions.filter(state__in=ONCE_PUBLIC).defer("text").order_by("-number")
    return {"items": [shapes.edition_line(one, current) for one in found]}


@endpoint(
    "/documents/{int:id}/editions/{int:number}",
    response=schemas.Edition,
    tag=TAG,
    summary="一个版本",
    missing=GONE,
)
def get_edition(request: HttpRequest, id: Id, number: Number) -> Any:  # noqa: A002 - see above
    """一个公开过的版本的正文和附件。附件的下载地址只对现行版本有效。"""
    row, answer = _standing(id)
    if answer.into is not None and answer.status == HTTPStatus.MOVED_PERMANENTLY:
        return _moved(request, answer.into)
    _readable(row, answer)
    edition = Edition.objects.filter(document=row, number=number, state__in=ONCE_PUBLIC).first()
    if edition is None:
        raise nothing_here(f"第{number}版")
    current = answer.edition.number if answer.edition else None
    return shapes.edition(
        edition, root_of(request), current, list(edition.attachments.order_by("position", "pk"))
    )
