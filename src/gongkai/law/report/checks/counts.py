"""The counts of the tables a sentence may speak of, each under every name it reasonably has.

The same word covers several countings in real reports (受理3119 = 新收; 收办3607 = 新收＋上年结转; 答复3050 = 总计), so a
claim is compared with all of them and contradicted only when none fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.subject import REQUESTS, label, row_label, short_row
from gongkai.law.report.checks.tables import result_rows, row_sum
from gongkai.law.report.figures import Number, Report, Standing
from gongkai.law.report.formats import APPLICANT_COLUMNS, TABLE4_COLUMNS

GROUPS: Mapping[str, str] = {
    "denied": "不予公开",
    "unable": "无法提供",
    "reject": "不予处理",
    "other": "其他处理",
}
TELLING = 10
"""From here on a number standing elsewhere is a hint; smaller ones stand everywhere."""
_PREFIX = {"rejected": "reject"}


class Count(NamedTuple):
    """A number of the tables: what it is, how many, and the cells it comes from."""

    name: str
    value: Number
    cells: tuple[Cell, ...]


def counts_for(report: Report, topic: str) -> tuple[Count, ...]:
    """Every count a claim on ``topic`` may mean; empty when the tables do not tell."""
    if topic in _INTAKE:
        return tuple(_intake(report, topic))
    if topic in {"review", "litigation", "direct", "after_review", "disputes"}:
        return tuple(_disputes(report, topic))
    if topic in _DUTY_CELLS:
        return tuple(_duties(report, topic))
    return tuple(_results(report, topic))


def same_elsewhere(report: Report, value: Number) -> str:
    """Where in table 3 the very same number stands, as a hint on a slip; ``""`` for common small numbers."""
    if value < TELLING:
        return ""
    cells = (cell for cell in report.figures if cell.table == REQUESTS and report[cell].value == value)
    first = next(cells, None)
    if first is not None:
        return f"（{value}正好等于{label(report, first)}）"
    rows = (row for row in result_rows(report) if row_sum(report, row) == value)
    row = next(rows, None)
    return f"（{value}正好等于{row_label(report, Cell(3, row, 'total'))}六类申请人之和）" if row else ""


def row_total(report: Report, row: str) -> Number | None:
    """The total of a row of table 3; where it was left blank, the sum of the columns that are filled."""
    figure = report[Cell(3, row, "total")]
    if figure.value is not None:
        return figure.value
    filled = any(report[Cell(3, row, column)].is_known for column in APPLICANT_COLUMNS)
    return row_sum(report, row) if figure.standing is Standing.BLANK and filled else None


def results_sum(report: Report, rows: Iterable[str]) -> Number | None:
    """The totals of several rows added up; blank rows count as nothing unless all are blank."""
    figures = {row: row_total(report, row) for row in rows}
    lacking = [row for row, value in figures.items() if value is None]
    if len(lacking) == len(figures) or any(
        report[Cell(3, row, "total")].standing is not Standing.BLANK for row in lacking
    ):
        return None
    return sum(value for value in figures.values() if value is not None)


def group_rows(report: Report, prefix: str) -> tuple[str, ...]:
    """The rows of one kind of result, e.g. all eight of 不予公开."""
    return tuple(row for row in result_rows(report) if row.startswith(f"{prefix}_"))


_INTAKE = frozenset({"received", "answered", "handled", "carried_in", "carried_out"})
_DUTY_CELLS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "licence": (("licence", "decisions"),),
    "penalty": (("penalty", "decisions"),),
    "coercion": (("coercion", "decisions"),),
    "fee": (("fee_wan", "amount_wan"),),
    "made": (("normdoc", "made"), ("normdoc", "published")),
    "in_force": (("normdoc", "in_force"), ("normdoc", "total")),
}


def _intake(report: Report, topic: str) -> Iterator[Count]:
    new, carried_in, total, carried_out = (
        row_total(report, row) for row in ("new", "carried_in", "total", "carried_out")
    )
    if topic in {"carried_in", "carried_out"}:
        value, name = (
            (carried_in, "上年结转") if topic == "carried_in" else (carried_out, "结转下年度继续办理")
        )
        if value is not None:
            yield _count(name, value, topic)
        return
    if new is not None:
        yield _count("本年新收", new, "new")
    if new is not None and carried_in is not None:
        yield _count("本年新收加上年结转", new + carried_in, "new", "carried_in")
    if total is not None:
        yield _count("办理结果总计", total, "total")
    if total is not None and topic != "received":
        yield from _less_withdrawn(report, total)


def _less_withdrawn(report: Report, total: Number) -> Iterator[Count]:
    """Many reports do not call a withdrawn request answered."""
    for rows, name in ((group_rows(report, "other"), "其他处理"), (("other_3_other",), "“其他处理”第3项")):
        withdrawn = results_sum(report, rows) if rows else None
        if withdrawn:
            yield _count(f"办理结果总计减{name}", total - withdrawn, "total", *rows)


def _results(report: Report, topic: str) -> Iterator[Count]:
    prefix = _PREFIX.get(topic, topic)
    rows: tuple[str, ...]
    if prefix in GROUPS:
        rows, name = group_rows(report, prefix), GROUPS[prefix]
    elif topic == "granted_and_partial":
        rows, name = ("granted", "partial"), "予以公开加部分公开"
    else:
        rows, name = (topic,), short_row(report, Cell(3, topic, "total"))
    value = results_sum(report, rows)
    if value is not None:
        yield _count(name, value, *rows)
    if topic == "granted":
        yield from _results(report, "granted_and_partial")


def _disputes(report: Report, topic: str) -> Iterator[Count]:
    groups = {
        "review": (("review",),),
        "direct": (("direct",),),
        "after_review": (("after_review",),),
        "litigation": (("direct", "after_review"), ("direct",), ("after_review",)),
        "disputes": (("review", "direct", "after_review"),),
    }[topic]
    names = {"review": "行政复议", "direct": "未经复议直接起诉", "after_review": "复议后起诉"}
    for keys in groups:
        name = "加".join(names[key] for key in keys)
        cells = tuple(Cell(4, key, column.key) for key in keys for column in TABLE4_COLUMNS)
        for values in (_written_totals(report, keys), _added_totals(report, keys)):
            if values is not None:
                yield Count(name, values, cells)


def _written_totals(report: Report, keys: tuple[str, ...]) -> Number | None:
    totals = [report.value(4, key, "total") for key in keys]
    known = [total for total in totals if total is not None]
    return sum(known) if len(known) == len(totals) else None


def _added_totals(report: Report, keys: tuple[str, ...]) -> Number | None:
    parts = [report[Cell(4, key, column.key)] for key in keys for column in TABLE4_COLUMNS[:-1]]
    if not any(part.is_known for part in parts) or any(part.standing is Standing.MISSING for part in parts):
        return None
    return sum(part.value for part in parts if part.value is not None)


def _duties(report: Report, topic: str) -> Iterator[Count]:
    for row, column in _DUTY_CELLS[topic]:
        cell = Cell(2, row, column)
        value = report[cell].value
        if value is not None:
            yield Count(label(report, cell), value, (cell,))


def _count(name: str, value: Number, *rows: str) -> Count:
    return Count(name, value, tuple(Cell(3, row, "total") for row in rows))
