"""The records behind a figure, listed as their own lists list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from gongkai.console.records import RecordList, cells
from gongkai.console.views.disputes import DISPUTES
from gongkai.console.views.documents import DOCUMENTS
from gongkai.console.views.ledgers import FEE_RECEIPTS, MATTERS, PROCUREMENTS, TALLIES
from gongkai.console.views.requests import REQUESTS

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

PER_PAGE = 50
LISTS: dict[type[Model], RecordList] = {
    spec.model: spec for spec in (REQUESTS, DOCUMENTS, DISPUTES, MATTERS, TALLIES, FEE_RECEIPTS, PROCUREMENTS)
}


def records_page(records: QuerySet[Any], number: str | None) -> tuple[dict[str, Any], Page[Any]]:
    """One page of the records as the table of a page. Raises ``KeyError`` for a kind no figure counts."""
    spec = LISTS[records.model]
    rows = records.select_related(*spec.related).prefetch_related(*spec.prefetch).order_by(*spec.order)
    page = Paginator(rows, PER_PAGE).get_page(number)
    columns = [column for column in spec.columns if column.on_page]
    table = {
        "key": "records",
        "title": "记录",
        "columns": columns,
        "lines": [cells(row, columns) for row in spec.filled(page)],
        "empty": "没有记录，数据为0。",
    }
    return table, page
