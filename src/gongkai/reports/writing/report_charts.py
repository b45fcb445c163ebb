"""Which charts go with which part of the annual report, and the numbers in them."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.formats import APPLICANT_COLUMNS, TABLE3_COLUMNS, TABLE4_COLUMNS, TABLE4_GROUPS
from gongkai.reports.writing.charts import Series, bar_chart, figure_with_table, stacked_bar_chart
from gongkai.reports.writing.markup import EMPTY, Safe, join

Items = list[tuple[str, Number]]


def charts_for(report: Report, section: str) -> Safe:
    """The charts of a section, with their tables; nothing where there is nothing but zeros or blanks."""
    makers: dict[str, tuple[Callable[[Report], Safe], ...]] = {
        "proactive": (_decisions,),
        "requests": (_applicants, _results),
        "disputes": (_disputes,),
    }
    return join(maker(report) for maker in makers.get(section, ()))


def _bars(report: Report, name: str, title: str, heading: str, items: Items) -> Safe:
    if not any(value for _, value in items):
        return EMPTY
    caption = _captioned(report, title)
    chart = bar_chart(name=f"rep-chart-{name}", title=caption, items=items, unit="件")
    return figure_with_table(chart, caption=caption, header=(heading, "件数"), rows=items)


def _captioned(report: Report, title: str) -> str:
    return title if report.year is None else f"{report.year}年{title}"


def _decisions(report: Report) -> Safe:
    """Permits, penalties and coercion: the rows of table 2 that count decisions."""
    rows = [row for row in report.format.table2 if any(column.key == "decisions" for column in row.columns)]
    known = [(row.label, report.value(2, row.key, "decisions")) for row in rows]
    items = [(label, value) for label, value in known if value is not None]
    return _bars(report, "decisions", "行政处理决定数量", "事项", items)


def _applicants(report: Report) -> Safe:
    """New requests by who asked."""
    labels = {column.key: column.label for column in TABLE3_COLUMNS}
    known = [(labels[key], report.value(3, "new", key)) for key in APPLICANT_COLUMNS]
    items = [(label, value) for label, value in known if value is not None]
    return _bars(report, "applicants", "新收政府信息公开申请的申请人构成", "申请人", items)


def _results(report: Report) -> Safe:
    """Results by group of item three; a group is the sum of its rows over all applicants, as far as known."""
    sums: dict[str, Number] = {}
    for key in report.format.result_rows:
        row = report.format.table3_row(key)
        name = (row.group or row.label).partition("）")[2].partition("（")[0]
        sums[name] = sums.get(name, 0) + _row_total(report, key)
    return _bars(report, "results", "政府信息公开申请办理结果", "办理结果", list(sums.items()))


def _row_total(report: Report, key: str) -> Number:
    total = report.value(3, key, "total")
    if total is not None:
        return total
    return sum((report[Cell(3, key, column)].value or 0 for column in APPLICANT_COLUMNS), 0)


def _disputes(report: Report) -> Safe:
    """Reviews and suits by how they ended."""
    kinds = TABLE4_COLUMNS[:-1]
    series = [
        Series(kind.label, tuple(report.value(4, group.key, kind.key) for group in TABLE4_GROUPS))
        for kind in kinds
    ]
    if not any(value for item in series for value in item.values):
        return EMPTY
    labels = [group.label for group in TABLE4_GROUPS]
    caption = _captioned(report, "行政复议、行政诉讼结果")
    chart = stacked_bar_chart(
        name="rep-chart-disputes", title=caption, categories=labels, series=series, unit="件"
    )
    rows = [(label, *(item.values[at] for item in series)) for at, label in enumerate(labels)]
    return figure_with_table(
        chart, caption=caption, header=("类别", *(kind.label for kind in kinds)), rows=rows
    )
