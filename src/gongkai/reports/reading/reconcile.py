"""Two readings of a PDF compared: by its ruling lines, and by the lines of text alone."""

from __future__ import annotations

from dataclasses import replace

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Standing
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.labels import COLUMN_ORDER

FILLED_IN = "表格线不完整，按文字位置读出"
DISPUTED = "按表格线和按文字位置读出的数字不同"


def reconcile(ruled: Found, plain: Found) -> Found:
    """Table 3 out of both readings.

    A row only one of them has is taken from it. Where they differ, the reading whose row adds up is taken; when
    both or neither do, the cells that differ are uncertain.
    """
    merged = Found(dict(ruled.figures), list(ruled.notes))
    for row in dict.fromkeys(cell.row for cell in plain.figures):
        ours, theirs = _row(ruled, row), _row(plain, row)
        if not any(figure.is_known for figure in theirs):
            continue
        if not ours or all(figure.standing is Standing.UNCERTAIN for figure in ours):
            if _complete(theirs):
                _put(merged, row, [_noted(figure, FILLED_IN) for figure in theirs])
        elif _complete(ours) and _complete(theirs) and _values(ours) != _values(theirs):
            _settle(merged, row, ours, theirs)
    return merged


def _row(found: Found, row: str) -> list[Figure]:
    figures = [found.figures.get(Cell(3, row, column)) for column in COLUMN_ORDER]
    return [figure for figure in figures if figure is not None] if any(figures) else []


def _complete(figures: list[Figure]) -> bool:
    return len(figures) == len(COLUMN_ORDER) and all(figure.is_known for figure in figures)


def _values(figures: list[Figure]) -> list[object]:
    return [figure.value for figure in figures]


def _adds_up(figures: list[Figure]) -> bool:
    numbers = [figure.value or 0 for figure in figures]
    return sum(numbers[:-1]) == numbers[-1]


def _settle(merged: Found, row: str, ours: list[Figure], theirs: list[Figure]) -> None:
    if _adds_up(ours) and not _adds_up(theirs):
        return
    if _adds_up(theirs) and not _adds_up(ours):
        _put(merged, row, [_noted(figure, DISPUTED + "，取合计相符的一种") for figure in theirs])
        return
    disputed = [
        figure
        if figure.value == other.value
        else replace(figure, value=None, standing=Standing.UNCERTAIN, note=DISPUTED)
        for figure, other in zip(ours, theirs, strict=True)
    ]
    _put(merged, row, disputed)


def _put(merged: Found, row: str, figures: list[Figure]) -> None:
    for column, figure in zip(COLUMN_ORDER, figures, strict=True):
        merged.figures[Cell(3, row, column)] = figure


def _noted(figure: Figure, note: str) -> Figure:
    return replace(figure, standing=Standing.ASSIGNED, note=note) if figure.is_known else figure
