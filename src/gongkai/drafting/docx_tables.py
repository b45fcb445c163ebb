"""Tables of a DOCX: spans from merged cells, and which rows are headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.drafting.blocks import Cell, Paragraph, Table
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.tables import finished
from gongkai.redaction.ooxml import Element, attribute, child, switched_on, whole

if TYPE_CHECKING:
    from gongkai.drafting.docx_walk import Walk

_WIDEST = 200


def laid_out(rows: list[Element], table: Element, place: str, walk: Walk, depth: int) -> Table:
    """Cells at their places; a cell merged downwards is one with a row span. Raises ``DraftingError``."""
    from gongkai.drafting.docx_walk import cells_of

    cells: list[Cell] = []
    above: dict[int, Cell] = {}
    for number, row in enumerate(rows):
        column = whole(attribute(child(row, "trPr", "gridBefore"), "val"), 0)
        column = min(max(column, 0), _WIDEST)
        if column:
            cells.append(Cell([], number, 0, columns=column))
        for element in cells_of(row):
            walk.cells += 1
            if walk.cells > walk.limits.cells:
                raise DraftingError("too_complex", "文件中的表格过大。")
            properties = child(element, "tcPr")
            span = min(max(1, whole(attribute(child(properties, "gridSpan"), "val"), 1)), _WIDEST)
            where = f"{place}第{number + 1}行第{column + 1}列"
            blocks = walk.blocks(element, depth + 1, where)
            owner = above.get(column)
            if _continues(properties) and owner is not None and owner.row + owner.rows == number:
                owner.rows += 1
                owner.blocks += [b for b in blocks if not (isinstance(b, Paragraph) and b.is_blank)]
            else:
                above[column] = Cell(blocks, number, column, columns=span)
                cells.append(above[column])
            column += span
    made = Table(cells, place, _stated_heads(rows), rows=len(rows))
    return finished(made, first_row=_first_row(table), first_column=False)


def _continues(properties: Element | None) -> bool:
    merge = child(properties, "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _stated_heads(rows: list[Element]) -> int:
    """Rows at the top that Word repeats on every page."""
    count = 0
    for row in rows:
        if not switched_on(child(row, "trPr", "tblHeader")):
            break
        count += 1
    return count


def _first_row(table: Element) -> bool:
    """A style of its own for the first row was chosen on purpose only when a style was."""
    look = child(table, "tblPr", "tblLook")
    styled = attribute(child(table, "tblPr", "tblStyle"), "val") not in {"", "TableGrid", "TableNormal"}
    return styled and (attribute(look, "firstRow") == "1" or _bit(attribute(look, "val")))


def _bit(value: str) -> bool:
    try:
        return bool(int(value, 16) & 0x20)
    except ValueError:
        return False
