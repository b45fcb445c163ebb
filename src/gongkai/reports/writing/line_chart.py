"""Lines over categories such as years: see ``charts``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law.report.figures import Number
from gongkai.reports.writing.markup import Safe, join, tag
from gongkai.reports.writing.svg import LINE, SMALL, WIDTH, Series, frame, series_class, spot, words
from gongkai.reports.writing.values import plain

_DASHES = ("", "6 4", "2 3", "10 4 2 4", "12 3", "4 8")
_MARKERS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",  # circle
    "M-4 -4H4V4H-4Z",  # square
    "M0 -5L5 4H-5Z",  # triangle
    "M0 -5L5 0L0 5L-5 0Z",  # diamond
)


def line_chart(
    *, name: str, title: str, categories: Sequence[str], series: Sequence[Series], unit: str = ""
) -> Safe:
    """Lines over categories such as years; a line is known by its dashes and markers, a gap has no number."""
    known = [value for item in series for value in item.values if value is not None]
    plot = _Plot(len(categories), max((*known, 0)))
    curves = join(_curve(plot, item, index) for index, item in enumerate(series))
    legend, bottom = _legend(series, _Plot.bottom + 2 * LINE)
    said = "；".join(f"{item.name}：{_said(categories, item, unit)}" for item in series)
    return frame(name, title, said, bottom, Safe(_axis(plot, categories) + curves + legend))


def _said(categories: Sequence[str], series: Series, unit: str) -> str:
    return "，".join(
        f"{category}{'无数据' if value is None else f'{plain(value)}{unit}'}"
        for category, value in zip(categories, series.values, strict=True)
    )


@dataclass(frozen=True)
class _Plot:
    """The area between the first and the last category, and zero and the largest value."""

    count: int
    largest: Number

    left = 24
    top = 28
    bottom = 180

    def x(self, index: int) -> float:
        """The place of a category; the only one stands in the middle."""
        room = WIDTH - 2 * self.left
        return self.left + (room / 2 if self.count == 1 else room * index / (self.count - 1))

    def y(self, value: Number) -> float:
        """The height of a value above the zero line."""
        share = float(Decimal(value) / Decimal(self.largest)) if self.largest else 0.0
        return self.bottom - share * (self.bottom - self.top)


def _axis(plot: _Plot, categories: Sequence[str]) -> Safe:
    line = tag(
        "line",
        x1=0,
        y1=plot.bottom,
        x2=WIDTH,
        y2=plot.bottom,
        stroke="currentColor",
        class_="rep-chart-axis",
    )
    labels = (
        words(plot.x(index), plot.bottom + LINE, label, kind="axis-label", anchor="middle", size=SMALL)
        for index, label in enumerate(categories)
    )
    return Safe(line + join(labels))


def _curve(plot: _Plot, series: Series, index: int) -> Safe:
    """The line, broken where there is no number, its markers and the number at each."""
    parts = [_stroke(path, index) for path in _runs(plot, series)]
    for place, value in enumerate(series.values):
        if value is None:
            continue
        x, y = plot.x(place), plot.y(value)
        above = y - 8 if index % 2 == 0 else y + LINE
        parts.append(_marker(x, y, index))
        parts.append(words(x, above, plain(value), kind="value", anchor="middle", size=SMALL))
    return join(parts)


def _runs(plot: _Plot, series: Series) -> list[str]:
    """The unbroken pieces of a line as path data."""
    paths: list[str] = []
    broken = True
    for place, value in enumerate(series.values):
        if value is not None:
            point = f"{spot(plot.x(place))} {spot(plot.y(value))}"
            paths = [*paths, f"M{point}"] if broken else [*paths[:-1], f"{paths[-1]}L{point}"]
        broken = value is None
    return paths


def _stroke(path: str, index: int) -> Safe:
    return tag(
        "path",
        d=path,
        fill="none",
        stroke="currentColor",
        stroke_width=2,
        stroke_dasharray=_DASHES[index % len(_DASHES)],
        class_=series_class(index),
    )


def _marker(x: float, y: float, index: int) -> Safe:
    return tag(
        "path",
        d=_MARKERS[index % len(_MARKERS)],
        transform=f"translate({spot(x)} {spot(y)})",
        fill="currentColor",
        class_=series_class(index),
    )


def _legend(series: Sequence[Series], top: int) -> tuple[Safe, int]:
    """The name of each line beside a piece of it; also where they end."""
    parts: list[Safe] = []
    for index, item in enumerate(series):
        height = top + LINE * index
        parts += [_stroke(f"M0 {height}L36 {height}", index), _marker(18, height, index)]
        parts.append(words(44, height + 5, item.name))
    return join(parts), top + LINE * len(series)
