"""What charts are drawn with: the frame, words, fills told apart without colour, widths of Chinese text."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from gongkai.law.report.figures import Number
from gongkai.reports.writing.markup import Safe, esc, tag

WIDTH = 400
"""Units of the viewBox: on a phone a unit is about a pixel, so that 14-unit text stays readable."""
TEXT = 14
SMALL = 12
BAR = 16
LINE = 20
PATTERNS = 6


@dataclass(frozen=True)
class Series:
    """A named row of numbers, one per category; ``None`` where there is none."""

    name: str
    values: tuple[Number | None, ...]


def frame(name: str, title: str, description: str, height: int, content: Safe) -> Safe:
    """The svg element with its title and description."""
    return tag(
        "svg",
        tag("title", esc(title), id=f"{name}-title"),
        tag("desc", esc(description), id=f"{name}-desc"),
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="rep-chart",
    )


def words(
    x: float, y: float, text: str, *, kind: str = "label", anchor: str = "start", size: int = TEXT
) -> Safe:
    """Text as text."""
    return tag(
        "text",
        esc(text),
        x=spot(x),
        y=spot(y),
        font_size=size,
        text_anchor=anchor,
        fill="currentColor",
        class_=f"rep-chart-{kind}",
    )


def bar(x: float, y: float, width: float, height: float, *, name: str, index: int) -> Safe:
    """A rectangle with the fill of a series. ``name`` is the chart that defines the patterns."""
    return tag(
        "rect",
        x=spot(x),
        y=spot(y),
        width=spot(width),
        height=spot(height),
        fill=f"url(#{name}-p{index % PATTERNS + 1})",
        stroke="currentColor",
        class_=series_class(index),
    )


def spot(number: float) -> str:
    """A coordinate, one decimal at most, so that the same figures always give the same text."""
    return f"{number:.1f}".removesuffix(".0")


def series_class(index: int) -> str:
    """The class of the n-th series; after six they start again."""
    return f"rep-fill--{index % PATTERNS + 1}"


def patterns(name: str) -> Safe:
    """Six fills told apart in black and white: solid, strokes four ways, dots."""
    strokes = ("", "M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8M0 8L8 0", "")
    return tag("defs", *(_pattern(name, index, stroke) for index, stroke in enumerate(strokes)))


def _pattern(name: str, index: int, stroke: str) -> Safe:
    kind = series_class(index)
    if index == 0:
        content = tag("rect", width=8, height=8, fill="currentColor", class_=kind)
    elif stroke:
        content = tag("path", d=stroke, stroke="currentColor", stroke_width=2, fill="none", class_=kind)
    else:
        content = tag("circle", cx=4, cy=4, r=2, fill="currentColor", class_=kind)
    return tag(
        "pattern", content, id=f"{name}-p{index + 1}", width=8, height=8, patternUnits="userSpaceOnUse"
    )


def text_width(text: str, size: int) -> float:
    """About how wide a text is: Chinese characters are one em, others a little over half."""
    return sum(size if east_asian_width(character) in "WFA" else size * 0.6 for character in text)


def wrapped(text: str, width: float, size: int) -> list[str]:
    """The text cut into lines of at most ``width``; at least one line."""
    lines = [""]
    for character in text:
        if lines[-1] and text_width(lines[-1] + character, size) > width:
            lines.append("")
        lines[-1] += character
    return lines
