# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The neutral shape every source is turned into: prose lines and grids of cells, in reading order.

The recognisers of the tables know only this shape; what a file format does to a report ends in its adapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slot:
    """A cell of a grid: its text and the columns ``x0`` to ``x1`` it covers (counted, or points on a PDF page)."""

    text: str
    x0: float
    x1: float
    place: str = ""


@dataclass(frozen=True)
class Row:
    """The slots that begin in a row, and those that reach into it from above (row spans)."""

    slots: tuple[Slot, ...]
    above: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table. ``loose``: its columns are only counted separators (copied text), so blanks prove nothing."""

    rows: tuple[Row, ...]
    place: str = ""
    loose: bool = False


@dataclass(frozen=True)
class Word:
    """A run of characters on a PDF line and where it stands, in points."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Prose:
    """A paragraph, or one line of one.

    ``joins``: the line goes on where the line before it stopped. ``gap``: empty lines before it.
    ``path``: identities of the enclosing HTML elements, outermost first. ``in_grid``: it stood alone in a table row.
    ``empty_cell``: no words at all, but an empty cell of a table copied with a line for each cell.
    """

    text: str
    place: str = ""
    joins: bool = False
    gap: int = 0
    path: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()
    in_grid: bool = False
    empty_cell: bool = False


Block = Prose | Grid


@dataclass(frozen=True)
class Document:
    """A file as blocks. ``meta`` holds what the file says of itself (``title``, ``published``, ``site``)."""

    kind: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Prose, ...] = ()
    """For a PDF: all text as plain lines, tables included, for a second reading to compare the grids with."""

    def grids(self) -> Iterator[Grid]:
        """All grids in order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def prose(self) -> Iterator[Prose]:
        """All prose in order."""
        return (block for block in self.blocks if isinstance(block, Prose))


@dataclass
class RawCell:
    """A cell as an adapter finds it, before spans are laid out."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    place: str = ""


def lay_out(raw_rows: list[list[RawCell]], *, place: str, loose: bool = False) -> Grid:
    """Give every cell its columns, taking the row and column spans above it into account."""
    reaching: dict[int, tuple[int, Slot]] = {}
    rows: list[Row] = []
    for number, raw in enumerate(raw_rows, start=1):
        above = tuple(dict.fromkeys(slot for _, slot in (reaching[c] for c in sorted(reaching))))
        slots: list[Slot] = []
        begun: dict[int, tuple[int, Slot]] = {}
        column = 0
        for order, cell in enumerate(raw, start=1):
            while column in reaching:
                column += 1
            width = max(cell.colspan, 1)
            where = cell.place or f"{place} 第{number}行第{order}列"
            slot = Slot(cell.text, float(column), float(column + width), where)
            slots.append(slot)
            if cell.rowspan > 1:
                for covered in range(column, column + width):
                    begun[covered] = (cell.rowspan, slot)
            column += width
        reaching = {c: (left - 1, slot) for c, (left, slot) in reaching.items() if left > 1}
        reaching |= {c: (left - 1, slot) for c, (left, slot) in begun.items()}
        rows.append(Row(tuple(slots), above))
    return Grid(tuple(rows), place, loose)


def loosen_lone_rows(grid: Grid, path: tuple[int, ...] = ()) -> list[Block]:
    """Turn rows that hold one single cell (clause lines, headings, boxed paragraphs) into prose.

    Layout tables come apart into prose this way, and real tables into their data rows.
    """
    blocks: list[Block] = []
    kept: list[Row] = []

    def flush() -> None:
        if kept:
            blocks.append(Grid(tuple(kept), grid.place, grid.loose))
            kept.clear()

    for row in grid.rows:
        spoken = [slot for slot in row.slots if slot.text.strip()]
        alone = len(row.slots) == 1 or (grid.loose and len(spoken) == 1 and _is_sentence(spoken[0].text))
        if alone and not row.above and spoken:
            flush()
            lines = [line for line in spoken[0].text.splitlines() if line.strip()]
            blocks += [Prose(line.strip(), spoken[0].place, path=path, in_grid=True) for line in lines]
        elif row.slots:
            kept.append(row)
    flush()
    return blocks


def _is_sentence(text: str) -> bool:
    return len(text.strip()) > 24
