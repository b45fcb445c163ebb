"""Cell → the records behind it, how they are counted, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from gongkai.core.money import to_wan
from gongkai.disputes.models import Result
from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number
from gongkai.law.report.formats import ReportFormat, format_for
from gongkai.organisations.models import Body
from gongkai.reports.compute import selections as select
from gongkai.reports.compute.period import Period
from gongkai.reports.compute.rows import outcomes_by_row

Records = QuerySet[Any]


@dataclass(frozen=True)
class Source:
    """Where a figure comes from.

    ``measure`` turns the records into the figure (in the unit of its column), ``rule`` says in Chinese what counts.
    """

    records: Records
    measure: Callable[[Records], Number]
    rule: str

    def value(self) -> Number:
        """The figure, computed from the records now."""
        return self.measure(self.records)


def source_of(cell: Cell, body: Body, year: int) -> Source:
    """The source of one cell of a body's report.

    Raises ``KeyError`` when the format of that year has no such cell and ``ValueError`` for years before 2019.
    """
    fmt = format_for(year)
    fmt.column(cell)
    period = Period(year)
    builders = {2: _table2, 3: _table3, 4: _table4}
    return builders[cell.table](cell, body, period, fmt)


def count(records: Records) -> int:
    """How many records."""
    return records.count()


def _total(field: str) -> Callable[[Records], int]:
    return lambda records: records.aggregate(total=Sum(field))["total"] or 0


def _total_wan(records: Records) -> Decimal:
    return to_wan(records.aggregate(total=Sum("amount_yuan"))["total"] or Decimal(0))


def _table2(cell: Cell, body: Body, period: Period, _fmt: ReportFormat) -> Source:
    if cell.row in select.DOCUMENT_KINDS:
        return _document_source(cell, body, period)
    if cell.column == "decisions":
        tallies = select.tallies(body, period).filter(matter__kind=cell.row).select_related("matter")
        return Source(tallies, _total("count"), "本年度各事项处理决定数量之和")
    if cell.row == "procurement":
        return _procurement_source(cell, body, period)
    if cell.row == "fee_wan":
        receipts = select.fee_receipts(body, period).select_related("matter")
        return Source(receipts, _total_wan, "本年度行政事业性收费金额之和，折合万元")
    return _matter_source(cell, body, period)


def _document_source(cell: Cell, body: Body, period: Period) -> Source:
    condition, rule = {
        "made": (select.made_in(period), "成文日期在本年度的文件"),
        "published": (select.published_in(period), "首次公开时间在本年度的文件"),
        "total": (select.public_at_end(period), "截至年末已公开且有效的文件"),
        "repealed": (select.repealed_in(period), "本年度废止或失效的文件"),
        "in_force": (select.valid_at_end(period), "截至年末现行有效的文件"),
    }[cell.column]
    return Source(select.documents(body, cell.row).filter(condition), count, rule)


def _procurement_source(cell: Cell, body: Body, period: Period) -> Source:
    records = select.procurements(body, period)
    if cell.column == "count":
        return Source(records, count, "成交日期在本年度的集中采购项目")
    return Source(records, _total_wan, "本年度集中采购项目成交金额之和，折合万元")


def _matter_source(cell: Cell, body: Body, period: Period) -> Source:
    records = select.matters(body, cell.row)
    if cell.column == "previous":
        return Source(records.filter(select.matters_before(period)), count, "上年末在权责清单上的事项")
    added, dropped = select.matters_added(period), select.matters_dropped(period)
    return Source(
        records.filter(added | dropped),
        lambda rows: rows.filter(added).count() - rows.filter(dropped).count(),
        "本年度列入的事项数减去取消的事项数",
    )


def _table3(cell: Cell, body: Body, period: Period, fmt: ReportFormat) -> Source:
    records, rule = _request_rows(cell.row, body, period, fmt)
    if cell.column != "total":
        records = records.filter(applicant_kind=cell.column)
        rule = f"{rule}，申请人为{fmt.column_label(cell)}"
    return Source(records.select_related("applicant"), count, rule)


def _request_rows(row: str, body: Body, period: Period, fmt: ReportFormat) -> tuple[Records, str]:
    match row:
        case "new":
            return select.requests_new(body, period), "收到日期在本年度的申请"
        case "carried_in":
            return select.requests_carried_in(body, period), "上年末前收到、上年末未办结的申请"
        case "carried_out":
            return select.requests_carried_out(body, period), "本年末前收到、本年末未办结的申请"
        case "total":
            return select.requests_closed(body, period), "办结日期在本年度的申请"
    outcomes = outcomes_by_row(fmt.id).get(row, ())
    records = select.requests_closed(body, period).filter(outcome__in=outcomes)
    return records, f"办结日期在本年度、结果为“{fmt.table3_row(row).label}”的申请"


def _table4(cell: Cell, body: Body, period: Period, fmt: ReportFormat) -> Source:
    records = select.disputes(body).filter(route=cell.row).select_related("request")
    concluded, pending = select.concluded_in(period), select.pending_at_end(period)
    condition: Q
    match cell.column:
        case "pending":
            condition, rule = pending, "年末前受理、年末尚未审结的案件"
        case "total":
            condition, rule = concluded | pending, "本年度审结的案件加年末尚未审结的案件"
        case _:
            condition = concluded & Q(result=Result(cell.column))
            rule = f"本年度审结、{fmt.column_label(cell)}的案件"
    return Source(records.filter(condition), count, f"{rule}（仅作为复议机关共同被告的不计）")
