"""Rows of a table as its recogniser wants them: the label texts on the left, the cells on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gongkai.reports.reading.document import Grid, Row, Slot
from gongkai.reports.reading.numbers import kind

Span = tuple[float, float]


@dataclass(frozen=True)
class Record:
    """One row: its labels from the outermost group inwards, its cells, the grid it stands in."""

    labels: tuple[Slot, ...]
    fields: tuple[Slot, ...]
    grid: Grid
    number: int
    lone: bool = False
    """Whether the cells were read off running text, without any table."""
    context: str = ""
    """For running text: what stood between the cells of the row before and this row's label."""

    @property
    def label(self) -> str:
        """The innermost label."""
        return self.labels[-1].text if self.labels else ""

    @property
    def place(self) -> str:
        """Where the row stands."""
        cells = self.labels or self.fields
        return cells[-1].place if cells else self.grid.place

    def with_label(self, text: str) -> Record:
        """The same row under another innermost label."""
        head = self.labels[:-1]
        last = self.labels[-1] if self.labels else Slot("", 0, 0, self.place)
        return replace(self, labels=(*head, replace(last, text=text)))


def records(grids: Iterable[Grid], is_label: Callable[[str], bool]) -> list[Record]:
    """Every row of the grids, cut into labels and cells after the last slot that ``is_label``."""
    return [_record(row, grid, number, is_label) for grid in grids for number, row in enumerate(grid.rows)]


def _record(row: Row, grid: Grid, number: int, is_label: Callable[[str], bool]) -> Record:
    texts = [index for index, slot in enumerate(row.slots) if kind(slot.text) == "text"]
    named = [index for index in texts if is_label(row.slots[index].text)]
    cut = _first_value_after(row, texts, named)
    spoken = tuple(slot for slot in row.slots[:cut] if kind(slot.text) == "text")
    return Record((*row.above, *spoken), row.slots[cut:], grid, number)


def _first_value_after(row: Row, texts: list[int], named: list[int]) -> int:
    """The label part ends after the last recognised label that stands before any value, else after the first text run.

    A number before the first text is a serial number.
    """
    if named:
        first_value = next(
            (i for i, slot in enumerate(row.slots) if i > texts[0] and kind(slot.text) in {"value", "sign"}),
            len(row.slots),
        )
        before = [index for index in named if index < first_value]
        return (before[-1] if before else named[0]) + 1
    if not texts:
        return 0
    cut = texts[0] + 1
    while cut < len(row.slots) and kind(row.slots[cut].text) == "text":
        cut += 1
    return cut
