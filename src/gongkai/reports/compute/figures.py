"""All figures of a report in a dozen grouped queries; equal, cell by cell, to ``sources``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from gongkai.core.money import to_wan
from gongkai.foi.models import Request
from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number
from gongkai.law.report.formats import (
    APPLICANT_COLUMNS,
    TABLE4_COLUMNS,
    TABLE4_GROUPS,
    ReportFormat,
    format_for,
)
from gongkai.organisations.models import Body
from gongkai.reports.compute import selections as select
from gongkai.reports.compute.period import Period
from gongkai.reports.compute.rows import row_by_outcome

Values = dict[Cell, Number]


def compute_figures(body: Body, year: int) -> Values:
    """Every cell of a body's report on a year, in the format of that year.

    Raises ``ValueError`` for years before 2019.
    """
    fmt, period = format_for(year), Period(year)
    values: Values = dict.fromkeys(fmt.cells, 0)
    values |= _documents(fmt, body, period) | _matters(fmt, body, period) | _money(fmt, body, period)
    values |= _requests(fmt, body, period) | _disputes(body, period)
    return add_totals(values, fmt)


def add_totals(values: Values, fmt: ReportFormat) -> Values:
    """Fill the cells that are sums of others: total column and total row of table 3, group totals of table 4."""
    for column in APPLICANT_COLUMNS:
        values[Cell(3, "total", column)] = sum(values[Cell(3, row, column)] for row in fmt.result_rows)
    for row in fmt.table3:
        values[Cell(3, row.key, "total")] = sum(values[Cell(3, row.key, key)] for key in APPLICANT_COLUMNS)
    for group in TABLE4_GROUPS:
        parts = [values[Cell(4, group.key, column.key)] for column in TABLE4_COLUMNS[:-1]]
        values[Cell(4, group.key, "total")] = sum(parts)
    return values


def is_derived(cell: Cell) -> bool:
    """Whether a cell is a sum of other cells and therefore never adjusted by itself."""
    return (cell.table, cell.row) == (3, "total") or (cell.table in {3, 4} and cell.column == "total")


def _documents(fmt: ReportFormat, body: Body, period: Period) -> Values:
    conditions = {
        "made": select.made_in(period),
        "published": select.published_in(period),
        "total": select.public_at_end(period),
        "repealed": select.repealed_in(period),
        "in_force": select.valid_at_end(period),
    }
    values: Values = {}
    for row in (row for row in fmt.table2 if row.key in select.DOCUMENT_KINDS):
        for column in row.columns:
            records = select.documents(body, row.key).filter(conditions[column.key])
            values[Cell(2, row.key, column.key)] = records.count()
    return values


def _matters(fmt: ReportFormat, body: Body, period: Period) -> Values:
    values: Values = {}
    decisions = dict(
        select.tallies(body, period).order_by().values_list("matter__kind").annotate(total=Sum("count"))
    )
    for row in fmt.table2:
        columns = {column.key for column in row.columns}
        if "decisions" in columns:
            values[Cell(2, row.key, "decisions")] = decisions.get(row.key, 0)
        if "previous" in columns:
            previous, added, dropped = _matter_counts(body, row.key, period)
            values[Cell(2, row.key, "previous")] = previous
            values[Cell(2, row.key, "change")] = added - dropped
    return values


def _matter_counts(body: Body, kind: str, period: Period) -> tuple[int, int, int]:
    found = select.matters(body, kind).aggregate(
        previous=Count("pk", filter=select.matters_before(period)),
        added=Count("pk", filter=select.matters_added(period)),
        dropped=Count("pk", filter=select.matters_dropped(period)),
    )
    return found["previous"], found["added"], found["dropped"]


def _money(fmt: ReportFormat, body: Body, period: Period) -> Values:
    rows = {row.key for row in fmt.table2}
    values: Values = {}
    if "procurement" in rows:
        found = select.procurements(body, period).aggregate(count=Count("pk"), yuan=Sum("amount_yuan"))
        values[Cell(2, "procurement", "count")] = found["count"]
        values[Cell(2, "procurement", "amount_wan")] = to_wan(found["yuan"] or Decimal(0))
    if "fee_wan" in rows:
        yuan = select.fee_receipts(body, period).aggregate(yuan=Sum("amount_yuan"))["yuan"]
        values[Cell(2, "fee_wan", "amount_wan")] = to_wan(yuan or Decimal(0))
    return values


def _requests(fmt: ReportFormat, body: Body, period: Period) -> Values:
    values: Values = {}
    for row, records in {
        "new": select.requests_new(body, period),
        "carried_in": select.requests_carried_in(body, period),
        "carried_out": select.requests_carried_out(body, period),
    }.items():
        values |= {Cell(3, row, kind): number for kind, number in _by_kind(records)}
    rows = row_by_outcome(fmt.id)
    closed: Counter[Cell] = Counter()
    grouped = select.requests_closed(body, period).order_by().values_list("outcome", "applicant_kind")
    for outcome, kind, number in grouped.annotate(number=Count("pk")):
        closed[Cell(3, rows[outcome], kind)] += number
    return values | dict(closed)


def _by_kind(records: QuerySet[Request]) -> Iterable[tuple[str, int]]:
    return records.order_by().values_list("applicant_kind").annotate(number=Count("pk"))


def _disputes(body: Body, period: Period) -> Values:
    concluded = select.disputes(body).filter(select.concluded_in(period)).order_by()
    pending = select.disputes(body).filter(select.pending_at_end(period)).order_by()
    values: Values = {
        Cell(4, route, result): number
        for route, result, number in concluded.values_list("route", "result").annotate(number=Count("pk"))
    }
    for route, number in pending.values_list("route").annotate(number=Count("pk")):
        values[Cell(4, route, "pending")] = number
    return values
