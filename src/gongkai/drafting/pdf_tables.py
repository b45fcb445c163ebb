"""Ruled tables of a PDF page: the boxes between lines as cells with spans; a table goes on over a page's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

from gongkai.drafting.blocks import Cell, Paragraph, Run, Table
from gongkai.drafting.pdf_lines import lines_of
from gongkai.drafting.tables import finished

_SNAP = 3.0
_FEWEST_EDGES = 4
_FEWEST_CELLS = 2


@dataclass(slots=True)
class Found:
    """A table and its place on the page."""

    table: Table
    top: float
    bottom: float
    columns: tuple[float, ...]


def tables_of(page: Page, chars: list[dict[str, Any]], number: int) -> tuple[list[Found], set[int]]:
    """The tables of a page, and which of its characters they use up (by their place in ``chars``)."""
    if len(page.edges) < _FEWEST_EDGES:
        return [], set()
    found, used = [], set()
    for index, each in enumerate(page.find_tables(), start=1):
        boxes = [tuple(map(float, box)) for box in each.cells]
        if len(boxes) < _FEWEST_CELLS:
            continue
        made, taken = _table(boxes, chars, f"第{number}页表{index}", number)
        found.append(made)
        used |= taken
    return sorted(found, key=lambda each: each.top), used


def _table(
    boxes: Sequence[tuple[float, ...]], chars: list[dict[str, Any]], place: str, number: int
) -> tuple[Found, set[int]]:
    across = _edges([side for box in boxes for side in (box[0], box[2])])
    down = _edges([side for box in boxes for side in (box[1], box[3])])
    cells, used = [], set()
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        left, right = _at(across, box[0]), _at(across, box[2])
        top, bottom = _at(down, box[1]), _at(down, box[3])
        inside = [n for n, char in enumerate(chars) if n not in used and _holds(box, char)]
        used |= set(inside)
        where = f"{place}第{top + 1}行第{left + 1}列"
        lines = lines_of([chars[n] for n in inside], number)
        text = _joined([line.text for line in lines])
        bold = bool(lines) and all(line.bold for line in lines)
        blocks = [Paragraph([Run(text, bold=bold)], where)] if text else []
        cells.append(Cell(list(blocks), top, left, max(bottom - top, 1), max(right - left, 1)))
    table = finished(Table(cells, place), first_row=False)
    return Found(table, down[0], down[-1], tuple(across)), used


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell: Chinese goes on, Latin words stay apart."""
    text = ""
    for line in lines:
        apart = text[-1:].isascii() and line[:1].isascii() and text[-1:].isalpha() and line[:1].isalpha()
        text += f" {line}" if text and apart else line
    return text


def goes_on(first: Found, second: Found, *, end: float, start: float) -> bool:
    """Whether the second, at the head of a page, continues the first, at the foot of the one before."""
    at_edges = first.bottom >= end and second.top <= start
    same = len(first.columns) == len(second.columns)
    return bool(
        at_edges
        and same
        and all(
            abs(one - other) <= 2 * _SNAP for one, other in zip(first.columns, second.columns, strict=True)
        )
    )


def continued(first: Table, second: Table) -> None:
    """The second table's rows below the first's, without headings that only come again."""
    said = [cell.text for cell in first.cells if cell.row < first.heads]
    again = [cell.text for cell in second.cells if cell.row < first.heads]
    skipped = first.heads if first.heads and said == again else 0
    below = first.rows - skipped
    for cell in second.cells:
        if cell.row >= skipped:
            cell.row += below
            first.cells.append(cell)
    first.rows += second.rows - skipped


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _holds(box: Sequence[float], char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] - 1 <= y <= box[3] + 1)
