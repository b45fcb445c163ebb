"""Sums over cells that may be blank, unreadable or absent, and what may honestly be concluded from them.

Counts are never negative, so a blank can only add to its side. Hence with blanks an inequality is certain when the
smaller side has none; an equality is never certain (a missing number does not pass), only said to hold "with 0".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number, Report, Standing
from gongkai.law.report.findings import Verdict

Fill = Callable[[Cell], Number]
"""What to reckon with where a cell is blank."""


def zero(_cell: Cell) -> Number:
    """A blank counts as nothing."""
    return 0


@dataclass(frozen=True)
class Sum:
    """The sum of some cells and those of them that are no plain numbers."""

    value: Number
    cells: tuple[Cell, ...]
    blank: tuple[Cell, ...]
    unreadable: tuple[Cell, ...]
    missing: tuple[Cell, ...]
    assigned: tuple[Cell, ...]


def add_up(report: Report, cells: Iterable[Cell], fill: Fill = zero) -> Sum:
    """Add the cells of a report; blanks enter with what ``fill`` says."""
    cells = tuple(cells)
    by_standing: dict[Standing, list[Cell]] = {standing: [] for standing in Standing}
    value: Number = 0
    for cell in cells:
        figure = report[cell]
        by_standing[figure.standing].append(cell)
        if figure.value is not None:
            value += figure.value
        elif figure.standing is Standing.BLANK:
            value += fill(cell)
    return Sum(
        value=value,
        cells=cells,
        blank=tuple(by_standing[Standing.BLANK]),
        unreadable=tuple(by_standing[Standing.UNCERTAIN]),
        missing=tuple(by_standing[Standing.MISSING]),
        assigned=tuple(by_standing[Standing.ASSIGNED]),
    )


@dataclass(frozen=True)
class Equation:
    """Two sums that should be equal."""

    left: Sum
    right: Sum

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells of both sides."""
        return self.left.cells + self.right.cells

    @property
    def blank(self) -> tuple[Cell, ...]:
        """The blank cells of both sides."""
        return self.left.blank + self.right.blank

    @property
    def assigned(self) -> tuple[Cell, ...]:
        """The cells whose place in the form was inferred."""
        return self.left.assigned + self.right.assigned

    @property
    def holds(self) -> bool:
        """Whether both sides are equal, blanks reckoned as filled."""
        return self.left.value == self.right.value

    @property
    def lacks_cells(self) -> bool:
        """Whether a cell is absent or unreadable, so that nothing can be said."""
        return bool(self.left.missing or self.right.missing or self.left.unreadable or self.right.unreadable)

    @property
    def verdict(self) -> Verdict:
        """What may be concluded."""
        if self.lacks_cells:
            return Verdict.NOT_ASSESSABLE
        if self.holds:
            return Verdict.NOT_ASSESSABLE if self.blank else Verdict.PASS
        smaller = min(self.left, self.right, key=lambda side: side.value)
        return Verdict.UNCERTAIN if smaller.blank or self.assigned else Verdict.FAIL

    @property
    def is_wholly_blank_right(self) -> bool:
        """Whether the right side is blank although the left side is more than nothing."""
        return not self.lacks_cells and self.right.blank == self.right.cells and self.left.value > 0
