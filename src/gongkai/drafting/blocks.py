"""What every reader makes of its file, before it becomes HTML: paragraphs, tables and pictures in their order."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """Text that looks the same throughout. ``text`` may hold line ends; ``markup`` is ready-made HTML instead."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: str = ""
    """``sup``, ``sub`` or nothing."""
    link: str = ""
    markup: str = ""
    image: Image | None = None
    """A picture in the line, before it becomes markup."""
    size: float = 0.0


@dataclass(slots=True)
class Paragraph:
    """A paragraph with all that tells what it is."""

    runs: list[Run]
    place: str
    level: int = 0
    """Of a heading, from 1; 0 for plain text."""
    bullet: int = -1
    """Depth of an item of a list; -1 for none."""
    ordinal: int = 0
    """Its number in a numbered list; 0 for a bullet."""
    is_title: bool = False
    is_caption: bool = False
    centred: bool = False
    size: float = 0.0
    """Of its largest letters, in points; 0 when it is not known."""

    @property
    def text(self) -> str:
        """Without looks."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """All of it that is not blank."""
        inked = [run for run in self.runs if run.text.strip()]
        return bool(inked) and all(run.bold for run in inked)

    @property
    def is_blank(self) -> bool:
        """Nothing to read and nothing to see."""
        return not self.text.strip() and not any(run.markup for run in self.runs)


@dataclass(slots=True)
class Image:
    """A picture of its own."""

    name: str
    alternative: str
    place: str
    caption: str = ""


@dataclass(slots=True)
class Cell:
    """A cell and where it stands, from 0."""

    blocks: list[Block]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_head: bool = False

    @property
    def text(self) -> str:
        """A line per paragraph."""
        return "\n".join(text_of(self.blocks))


@dataclass(slots=True)
class Table:
    """A table; its cells in reading order."""

    cells: list[Cell]
    place: str
    heads: int = 0
    """So many rows at the top repeat on each page or say what stands below."""
    caption: str = ""
    rows: int = 0
    columns: int = 0


@dataclass(slots=True)
class Rule:
    """A line across, before footnotes."""

    place: str = ""


Block = Paragraph | Image | Table | Rule


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph outside tables."""
    yield from (block for block in blocks if isinstance(block, Paragraph))


def text_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of blocks, tables row by row with tabs between cells."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if line := block.text.strip():
                yield line
        elif isinstance(block, Image):
            if block.caption:
                yield block.caption
        elif isinstance(block, Table):
            if block.caption:
                yield block.caption
            yield from rows_as_text(block)


def rows_as_text(table: Table) -> Iterator[str]:
    """A line per row."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    yield from ("\t".join(row) for _, row in sorted(rows.items()))


def escaped(text: str) -> str:
    """Text as HTML; a line end becomes <br>."""
    return html.escape(text, quote=False).replace("\n", "<br>")
