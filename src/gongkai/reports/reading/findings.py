# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""What a table recogniser found: figures by cell, and the oddities of shape it met."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, ShapeNote, Standing
from gongkai.law.report.formats import Column
from gongkai.reports.reading.align import Aligned
from gongkai.reports.reading.numbers import read_cell

MOST_NOTES = 500


@dataclass
class Found:
    """Figures and shape notes of one table, in the order they were met."""

    figures: dict[Cell, Figure] = field(default_factory=dict)
    notes: list[ShapeNote] = field(default_factory=list)

    def put_row(
        self,
        table: int,
        row: str,
        columns: tuple[Column, ...],
        aligned: Aligned,
        headings: tuple[str, ...] = (),
        where: str = "",
    ) -> None:
        """Read the slots of one row into its cells."""
        for number, (column, slot) in enumerate(zip(columns, aligned.slots, strict=True)):
            cell = Cell(table, row, column.key)
            if slot is None:
                if aligned.doubtful:
                    self.figures[cell] = Figure(None, Standing.UNCERTAIN, note=aligned.note)
                continue
            heading = headings[number] if number < len(headings) else ""
            figure = read_cell(slot.text, column, place=slot.place, heading=heading)
            self.figures[cell] = _qualified(figure, aligned)
        if aligned.extra:
            cells = tuple(Cell(table, row, column.key) for column in columns)
            texts = "、".join(slot.text.strip() for slot in aligned.extra)
            expected = f"{15 if table == 4 else len(columns)}个单元格"
            self.note("cell_extra", where or aligned.extra[0].place, f"多出单元格：{texts}", expected, cells)

    def note(
        self, kind: str, where: str, found: str = "", expected: str = "", cells: tuple[Cell, ...] = ()
    ) -> None:
        """Keep a shape note, once; of thousands the first tell enough."""
        if len(self.notes) >= MOST_NOTES:
            return
        noted = ShapeNote(kind, where, found, expected, cells)
        if noted not in self.notes:
            self.notes.append(noted)


def _qualified(figure: Figure, aligned: Aligned) -> Figure:
    if aligned.doubtful and figure.standing is not Standing.BLANK:
        return replace(figure, value=None, standing=Standing.UNCERTAIN, note=aligned.note)
    if aligned.note and figure.value is not None:
        note = "；".join(part for part in (figure.note, aligned.note) if part)
        return replace(figure, standing=Standing.ASSIGNED, note=note)
    return figure
