# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Ruled tables of a PDF page as grids: the boxes between the lines, their spans, the characters inside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

from gongkai.reports.reading.document import Grid, Row, Slot
from gongkai.reports.reading.pdf_lines import Glyph, words_in

SNAP = 3.0
"""Edges nearer than this, in points, are one edge."""
SHORTEST = 6.0
"""Strokes shorter than this, in points, are no side of a cell; the end of a thick line is one."""
FEWEST_UPRIGHTS = 4
"""So many upright lines ending at one height are a table cut off there."""


@dataclass(frozen=True)
class Box:
    """A cell between ruling lines, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


def ruled_tables(page: Page) -> list[list[Box]]:
    """The boxes of each ruled table of a page, from top to bottom."""
    found = []
    closing = _closing_lines(page)
    for table in page.find_tables({"explicit_horizontal_lines": closing} if closing else None):
        boxes = [Box(*map(float, cell)) for cell in table.cells]
        if len(boxes) >= 2:
            found.append(boxes)
    return sorted(found, key=lambda boxes: min(box.top for box in boxes))


def _closing_lines(page: Page) -> list[float]:
    """Heights at which a table is cut off by the page: its upright lines end there and no line closes them."""
    level = [edge for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > SHORTEST]
    open_ends: list[float] = []
    for edge in page.edges:
        if edge["orientation"] != "v" or edge["bottom"] - edge["top"] < SHORTEST:
            continue
        open_ends += [y for y in (edge["top"], edge["bottom"]) if not _closed(edge["x0"], y, level)]
    ends = _edges(open_ends)
    return [y for y in ends if sum(1 for other in open_ends if abs(other - y) <= SNAP) >= FEWEST_UPRIGHTS]


def _closed(x: float, y: float, level: Sequence[dict[str, Any]]) -> bool:
    return any(abs(line["top"] - y) <= SNAP and line["x0"] - SNAP <= x <= line["x1"] + SNAP for line in level)


def grid_from(boxes: list[Box], every: Sequence[Glyph], place: str) -> tuple[Grid | None, set[int]]:
    """The grid of a table and the numbers of the characters used up by it.

    Rows with one single box are left out: they are paragraphs with a border, clause lines, headings.
    """
    levels = _edges([box.top for box in boxes] + [box.bottom for box in boxes])
    spans = [(_at(levels, box.top), _at(levels, box.bottom)) for box in boxes]
    beside = {
        level: sum(1 for start, end in spans if start <= level < max(end, start + 1))
        for level in range(len(levels))
    }
    kept = [
        (box, span)
        for box, span in zip(boxes, spans, strict=True)
        if any(beside[i] > 1 for i in range(span[0], max(span[1], span[0] + 1)))
    ]
    if not kept:
        return None, set()
    inside = _inside([box for box, _ in kept], every)
    slots = [
        (Slot(words_in([every[i] for i in inside[n]]), box.x0, box.x1), span)
        for n, (box, span) in enumerate(kept)
    ]
    used = {index for indices in inside for index in indices}
    return Grid(tuple(_rows(slots, place)), place), used


def _rows(slots: list[tuple[Slot, tuple[int, int]]], place: str) -> list[Row]:
    rows: list[Row] = []
    for level in sorted({span[0] for _, span in slots}):
        number = len(rows) + 1
        beginning = sorted((slot for slot, span in slots if span[0] == level), key=lambda slot: slot.x0)
        named = tuple(
            Slot(slot.text, slot.x0, slot.x1, f"{place} 第{number}行第{order}列")
            for order, slot in enumerate(beginning, start=1)
        )
        above = tuple(
            sorted((slot for slot, span in slots if span[0] < level < span[1]), key=lambda slot: slot.x0)
        )
        rows.append(Row(named, above))
    return rows


def _edges(values: list[float]) -> list[float]:
    """Values without those that are the same but for the thickness of a line."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _inside(boxes: list[Box], every: Sequence[Glyph]) -> list[list[int]]:
    """For each box the characters whose middle lies in it."""
    found: list[list[int]] = [[] for _ in boxes]
    for index, glyph in enumerate(every):
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
        for number, box in enumerate(boxes):
            if box.x0 <= x <= box.x1 and box.top - 1 <= y <= box.bottom + 1:
                found[number].append(index)
                break
    return found
