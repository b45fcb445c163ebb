"""Charts as SVG that reads without colour, without CSS and aloud.

Classes and presentation attributes only, no styles; text is text; every bar, segment and point carries its
number, and segments differ by pattern. Nothing here knows the annual report: any page may use it. Put a chart
on a page with ``figure_with_table`` so that its numbers are there as a table too.

Classes: ``rep-chart`` the svg; ``rep-chart-label``, ``rep-chart-value``, ``rep-chart-axis``,
``rep-chart-axis-label`` texts and lines; ``rep-fill--1`` … ``rep-fill--6`` what parts of a series are
drawn with (currentColor unless CSS says otherwise); ``rep-figure``, ``rep-figure-title``,
``rep-figure-body``, ``rep-figure-table`` the figure and its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gongkai.law.report.figures import Number
from gongkai.reports.writing.line_chart import line_chart
from gongkai.reports.writing.markup import Safe, esc, join, tag
from gongkai.reports.writing.svg import (
    BAR,
    LINE,
    SMALL,
    TEXT,
    WIDTH,
    Series,
    bar,
    frame,
    patterns,
    text_width,
    words,
    wrapped,
)
from gongkai.reports.writing.values import plain

__all__ = ["Series", "bar_chart", "figure_with_table", "line_chart", "stacked_bar_chart"]

GAP = 12
"""Between one bar and the next label."""


def bar_chart(*, name: str, title: str, items: Sequence[tuple[str, Number]], unit: str = "") -> Safe:
    """Horizontal bars, the label and the number above each. ``name`` must be unique on the page."""
    largest = max((value for _, value in items), default=0)
    parts = [patterns(name)]
    top = 0
    for label, value in items:
        drawn, top = _bar(name, label, f"{plain(value)}{unit}", _share(value, largest), top)
        parts.append(drawn)
    said = "；".join(f"{label}{plain(value)}{unit}" for label, value in items)
    return frame(name, title, said, top, join(parts))


def stacked_bar_chart(
    *, name: str, title: str, categories: Sequence[str], series: Sequence[Series], unit: str = ""
) -> Safe:
    """One bar per category, split by series; every part is named with its number under its bar."""
    totals = [
        sum((item.values[index] or 0 for item in series), Decimal(0)) for index in range(len(categories))
    ]
    largest = max(totals, default=Decimal(0))
    parts = [patterns(name)]
    said: list[str] = []
    top = 0
    for index, category in enumerate(categories):
        split = [(place, item.name, item.values[index] or 0) for place, item in enumerate(series)]
        head = f"{category} {plain(totals[index])}{unit}"
        drawn, top = _stack(name, head, split, largest, top)
        parts.append(drawn)
        said.append(f"{head}（{'，'.join(f'{label}{plain(value)}' for _, label, value in split)}）")
    return frame(name, title, "；".join(said), top, join(parts))


def figure_with_table(
    chart: Safe, *, caption: str, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> Safe:
    """A chart, its caption and beside it the table of its numbers; the first cell of a row is its heading."""
    head = tag("tr", *(tag("th", esc(text), scope="col") for text in header))
    data = tag(
        "table",
        tag("thead", head),
        tag("tbody", *(_data_row(row) for row in rows)),
        class_="rep-figure-table",
        aria_label=f"{caption}（数据）",
    )
    region = tag("div", data, class_="rep-scroll", tabindex=0, role="region", aria_label=f"{caption}的数据表")
    title = tag("figcaption", esc(caption), class_="rep-figure-title")
    return tag("figure", title, tag("div", chart, region, class_="rep-figure-body"), class_="rep-figure")


def _data_row(row: Sequence[object]) -> Safe:
    heading, *values = row
    return tag(
        "tr", tag("th", esc(heading), scope="row"), *(tag("td", esc(_told(value))) for value in values)
    )


def _told(value: object) -> str:
    if value is None:
        return "—"
    return plain(value) if isinstance(value, int | Decimal) else str(value)


def _share(value: Number, largest: Number) -> float:
    """The width of a bar; a value that is not zero is never invisible."""
    if not largest or value <= 0:
        return 0.0
    return max(float(Decimal(value) / Decimal(largest)) * (WIDTH - 2), 2.0)


def _bar(name: str, label: str, number: str, width: float, top: int) -> tuple[Safe, int]:
    """A label with its number, and the bar below when there is one; also where the next one starts."""
    lines = wrapped(label, WIDTH - text_width(number, TEXT) - TEXT, TEXT)
    parts = [words(0, top + TEXT + LINE * index, line) for index, line in enumerate(lines)]
    parts.append(words(WIDTH, top + TEXT, number, kind="value", anchor="end"))
    bottom = top + LINE * len(lines)
    if width:
        parts.append(bar(1, bottom, width, BAR, name=name, index=0))
        bottom += BAR
    return join(parts), bottom + GAP


def _stack(
    name: str, head: str, split: Sequence[tuple[int, str, Number]], largest: Number, top: int
) -> tuple[Safe, int]:
    parts = [words(0, top + TEXT, head)]
    left = 1.0
    for index, _, value in split:
        width = _share(value, largest)
        if width:
            parts.append(bar(left, top + LINE, width, BAR, name=name, index=index))
        left += width
    present = [part for part in split if part[2]]
    if not present:
        return join(parts), top + LINE + GAP
    legend, bottom = _legend(name, present, top + LINE + BAR + GAP // 2)
    return Safe(join(parts) + legend), bottom + GAP


def _legend(name: str, split: Sequence[tuple[int, str, Number]], top: int) -> tuple[Safe, int]:
    """Swatches with names and numbers, wrapped to the width; also where they end."""
    parts: list[Safe] = []
    left = 0.0
    for index, label, value in split:
        text = f"{label} {plain(value)}"
        width = text_width(text, SMALL) + 2 * BAR
        if left and left + width > WIDTH:
            left, top = 0.0, top + LINE
        parts.append(bar(left + 1, top + 1, SMALL, SMALL, name=name, index=index))
        parts.append(words(left + BAR + 2, top + SMALL, text, size=SMALL))
        left += width
    return join(parts), top + LINE
