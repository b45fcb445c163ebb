"""How the records behind a figure are listed: columns per kind of record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from gongkai.core.money import plain, to_wan
from gongkai.disclosure.models import Document
from gongkai.disputes.models import Dispute
from gongkai.foi.models import Request
from gongkai.law.outcomes import OUTCOMES
from gongkai.ledgers.models import FeeReceipt, Matter, Procurement, Tally

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


class Column(NamedTuple):
    """A heading, how to tell a record's value under it, and whether it is a number."""

    label: str
    tell: Callable[[Any], object]
    is_number: bool = False


def _outcome(request: Request) -> str:
    return OUTCOMES[request.outcome].name if request.outcome else "尚未办结"


def _day(moment: Any) -> object:
    return timezone.localdate(moment) if moment else ""


def _wan(record: Any) -> str:
    return plain(to_wan(record.amount_yuan))


COLUMNS: dict[type[Model], tuple[Column, ...]] = {
    Request: (
        Column("申请编号", lambda r: r.number),
        Column("申请人类别", lambda r: r.get_applicant_kind_display()),
        Column("申请人", lambda r: r.applicant.masked_name),
        Column("所需信息", lambda r: r.subject),
        Column("收到日期", lambda r: r.received_on),
        Column("办结日期", lambda r: r.closed_on or ""),
        Column("办理结果", _outcome),
    ),
    Document: (
        Column("索引号", lambda r: r.index_number),
        Column("名称", lambda r: r.title),
        Column("文号", lambda r: r.document_number),
        Column("成文日期", lambda r: r.made_on),
        Column("首次公开", lambda r: _day(r.first_published_at)),
        Column("废止或失效", lambda r: r.ended_on or ""),
    ),
    Dispute: (
        Column("类别", lambda r: r.get_route_display()),
        Column("案号", lambda r: r.number),
        Column("案由", lambda r: r.matter),
        Column("复议机关或法院", lambda r: r.organ),
        Column("受理日期", lambda r: r.filed_on),
        Column("审结日期", lambda r: r.concluded_on or "尚未审结"),
        Column("结果", lambda r: r.get_result_display()),
    ),
    Matter: (
        Column("类别", lambda r: r.get_kind_display()),
        Column("事项名称", lambda r: r.name),
        Column("事项编码", lambda r: r.code),
        Column("列入日期", lambda r: r.since),
        Column("取消日期", lambda r: r.until or ""),
    ),
    Tally: (
        Column("事项", lambda r: r.matter.name),
        Column("期间起", lambda r: r.first_day),
        Column("期间止", lambda r: r.last_day),
        Column("处理决定数量（件）", lambda r: r.count, is_number=True),
        Column("数据来源", lambda r: r.source),
    ),
    FeeReceipt: (
        Column("收费项目", lambda r: r.matter.name),
        Column("期间起", lambda r: r.first_day),
        Column("期间止", lambda r: r.last_day),
        Column("金额（万元）", _wan, is_number=True),
        Column("数据来源", lambda r: r.source),
    ),
    Procurement: (
        Column("采购项目", lambda r: r.name),
        Column("成交日期", lambda r: r.concluded_on),
        Column("成交金额（万元）", _wan, is_number=True),
        Column("供应商", lambda r: r.supplier),
    ),
}


class Line(NamedTuple):
    """One record as told in a list: values with whether each is a number."""

    values: list[tuple[str, object, bool]]


def columns_of(records: QuerySet[Any]) -> tuple[Column, ...]:
    """The columns for the records' kind. Raises ``KeyError`` for a kind nobody counts."""
    return COLUMNS[records.model]


def lines(records: Any, columns: tuple[Column, ...]) -> list[Line]:
    """Records of one page as lines; each value carries its column's label for narrow screens."""
    return [
        Line([(column.label, column.tell(record), column.is_number) for column in columns])
        for record in records
    ]
