"""Published annual reports, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Path, Query

from gongkai.api import shapes
from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.problems import nothing_here
from gongkai.api.schemas import others as schemas
from gongkai.api.schemas.common import SLUG
from gongkai.reports.drafting import Draft, figures_of
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Version
from gongkai.reports.writing.json import number

if TYPE_CHECKING:
    from django.db.models import QuerySet

TAG = "政府信息公开年报"


def published() -> QuerySet[Version]:
    """The versions the public sees, newest year first."""
    found = Version.objects.filter(state=VersionState.PUBLISHED, report__body__is_active=True)
    return found.select_related("report__body").order_by("-report__year", "-pk")


def line(row: Version, root: str) -> dict[str, Any]:
    """A published report."""
    body, year = row.report.body, row.report.year
    return {
        "body": shapes.body_ref(body),
        "year": year,
        "edition": row.number,
        "title": str(row.report),
        "url": f"{root}/bodies/{body.slug}/reports/{year}/",
        "published_at": row.published_at,
        "digest": row.digest,
    }


def cells(draft: Draft) -> list[dict[str, Any]]:
    """Every cell of the format in reading order."""
    report, form = draft.report, draft.report.format
    return [
        {
            "cell": str(cell),
            "table": cell.table,
            "row": cell.row,
            "column": cell.column,
            "label": form.label(cell),
            "value": number(report[cell].value, form.column(cell).unit),
            "unit": form.column(cell).unit,
            "adjusted_reason": draft.adjustments[cell][1] if cell in draft.adjustments else "",
        }
        for cell in form.cells
    ]


@endpoint(
    "/reports",
    response=schemas.Reports,
    tag=TAG,
    summary="年报列表",
    asked=schemas.ReportsAsked,
    missing=MISSING,
)
def list_reports(request: HttpRequest, asked: Query[schemas.ReportsAsked]) -> dict[str, Any]:
    """已经公布的年报，按年度从新到旧；更正过的只列现行版本。"""
    found = published().defer("frozen")
    if asked.body:
        found = found.filter(report__body=body_named(asked.body))
    if asked.year is not None:
        found = found.filter(report__year=asked.year)
    if asked.cursor:
        year, key = unpacked("reports", asked.cursor, (int, int))
        found = found.filter(Q(report__year__lt=year) | Q(report__year=year, pk__lt=key))
    rows = list(found[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    root = root_of(request)
    cursor = packed("reports", rows[-1].report.year, rows[-1].pk) if more else ""
    return {"items": [line(row, root) for row in rows], "next": next_page(request, cursor)}


@endpoint(
    "/reports/{slug}/{int:year}",
    response=schemas.Report,
    tag=TAG,
    summary="一份年报的每个单元格",
    missing=MISSING,
)
def get_report(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=SLUG, max_length=60, description="机关的网址代号")],
    year: Annotated[int, Path(ge=1, le=9999, description="报告年度")],
) -> dict[str, Any]:
    """各部分的文字，表二、表三、表四的每个单元格；人工调整过的写明理由。"""
    body = body_named(slug)
    row = published().filter(report__body=body, report__year=year).first()
    if row is None:
        raise nothing_here(f"{body.name}{year}年的已公布年报")
    draft = figures_of(row)
    request.last_changed = row.published_at  # type: ignore[attr-defined]
    return {
        **line(row, root_of(request)),
        "format": draft.report.format.id,
        "sections": dict(draft.report.sections),
        "cells": cells(draft),
    }
