"""政府信息公开年报 of a body: by year, side by side, as charts, as files."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.caching import public_page
from gongkai.portal.freshness import remembered
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.views.bodies import published
from gongkai.reports.drafting import draft_of
from gongkai.reports.writing.charts import bar_chart
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.values import plain

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.law.report.figures import Number, Report
    from gongkai.organisations.models import Body
    from gongkai.reports.models import Version

COMPARED = 10  # years side by side

ROWS: tuple[tuple[str, tuple[tuple[int, str, str], ...]], ...] = (
    ("新收政府信息公开申请", ((3, "new", "total"),)),
    ("予以公开", ((3, "granted", "total"),)),
    ("部分公开", ((3, "partial", "total"),)),
    ("结转下年度继续办理", ((3, "carried_out", "total"),)),
    ("行政许可处理决定", ((2, "licence", "decisions"),)),
    ("行政处罚处理决定", ((2, "penalty", "decisions"),)),
    ("行政复议", ((4, "review", "total"),)),
    ("行政诉讼", ((4, "direct", "total"), (4, "after_review", "total"))),
)
"""What is compared over the years, with the cells of the report it is the sum of."""
CHARTED = ("新收政府信息公开申请", "行政许可处理决定")


class Entry(NamedTuple):
    """A year in the list with its files."""

    version: Version
    address: str
    files: list[tuple[str, str]]


@public_page
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published report of a body, newest first, and the years beside each other."""
    body = body_named(slug)
    versions = list(published().filter(report__body=body))
    context: dict[str, object] = {
        "entries": [_entry(version) for version in versions],
        "crumbs": crumbs_to(body, ("政府信息公开年报", "")),
    }
    compared = versions[:COMPARED][::-1]
    if len(compared) > 1:
        context |= remembered(("annual", body.pk, _stamp(compared)), lambda: _side_by_side(body, compared))
    return page(request, "portal/annual.html", context, body=body)


def _stamp(versions: list[Version]) -> tuple[int, ...]:
    return tuple(version.pk for version in versions)


def _entry(version: Version) -> Entry:
    address = reverse("portal:report", args=[version.report.body.slug, version.report.year])
    files = [(output.name, f"{address}{output.ending}/") for output in OUTPUTS.values()]
    return Entry(version, address, files)


def _side_by_side(body: Body, versions: list[Version]) -> dict[str, object]:
    """The table of the years with the change from the one before, and its charts."""
    reports = [draft_of(version).report for version in versions]
    years = [str(version.report.year) for version in versions]
    table = [(name, [_value(report, cells) for report in reports]) for name, cells in ROWS]
    return {
        "years": years,
        "rows": [(name, _cells(values)) for name, values in table],
        "charts": _charts(body, years, dict(table)),
    }


def _value(report: Report, cells: tuple[tuple[int, str, str], ...]) -> Number | None:
    values = [report.value(*cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(values) else None


class Figure(NamedTuple):
    """A figure of a year and how it stands to the year before; "" where there is nothing to compare."""

    value: str
    change: str


def _cells(values: list[Number | None]) -> list[Figure]:
    figures = []
    for place, value in enumerate(values):
        before = values[place - 1] if place else None
        figures.append(Figure("未载明" if value is None else plain(value), _change(before, value)))
    return figures


def _change(before: Number | None, value: Number | None) -> str:
    if before is None or value is None:
        return ""
    was, now = Decimal(before), Decimal(value)
    if was == now:
        return "持平"
    word = "增" if now > was else "减"
    share = f"（{abs(now - was) * 100 / was:.0f}%）" if was else ""
    return f"{word}{plain(abs(now - was))}{share}"


def _charts(
    body: Body, years: list[str], table: dict[str, list[Number | None]]
) -> list[tuple[str, SafeString]]:
    """One chart for each of the chosen rows: a bar for every year that states the figure."""
    charts = []
    for place, name in enumerate(CHARTED):
        items = [
            (f"{year}年", value) for year, value in zip(years, table[name], strict=True) if value is not None
        ]
        if items:
            drawn = bar_chart(name=f"years-{body.pk}-{place}", title=name, items=items, unit="件")
            charts.append((name, mark_safe(drawn)))  # noqa: S308 - escaped by the writer
    return charts
