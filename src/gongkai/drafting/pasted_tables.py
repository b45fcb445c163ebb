"""Tables of pasted HTML: spans kept, looks dropped, cells at their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.drafting.blocks import Block, Cell, Table, text_of
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.tables import finished

if TYPE_CHECKING:
    from gongkai.drafting.pasted import Reader

Element = etree._Element  # noqa: SLF001 - the only name lxml gives to the type
_WIDEST = 200


def table_of(element: Element, place: str, reader: Reader, depth: int) -> list[Block]:
    """The table, or the blocks of its only cell. Raises ``DraftingError``."""
    rows = list(_rows(element))
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    heads = 0
    for number, row in enumerate(rows):
        column = 0
        held = [each for each in row if _name(each) in {"td", "th"}]
        in_head = _name(row.getparent()) == "thead" or (bool(held) and all(_name(e) == "th" for e in held))
        heads += in_head and heads == number
        for each in held:
            while (number, column) in taken:
                column += 1
            cell = _cell(each, number, column, len(rows), place, reader, depth)
            taken |= {
                (number + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
            cells.append(cell)
            column += cell.columns
    if len(cells) == 1:
        return cells[0].blocks
    made = Table(cells, place, heads, _caption(element, reader, depth))
    return [finished(made, first_row=False)] if cells else []


def _cell(element: Element, row: int, column: int, rows: int, place: str, reader: Reader, depth: int) -> Cell:
    down = min(_span(element, "rowspan"), rows - row)
    across = _span(element, "colspan")
    reader.cells += down * across
    if reader.cells > reader.limits.cells:
        raise DraftingError("too_complex", "表格过大。")
    blocks = reader.flow(element, depth + 1, f"{place}第{row + 1}行第{column + 1}列")
    return Cell(blocks, row, column, down, across, is_head=_name(element) == "th")


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        if _name(each) == "tr":
            yield each
        elif _name(each) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in each if _name(row) == "tr")


def _caption(table: Element, reader: Reader, depth: int) -> str:
    found = next((each for each in table if _name(each) == "caption"), None)
    return " ".join(text_of(reader.flow(found, depth + 1, "表题"))) if found is not None else ""


def _span(element: Element, name: str) -> int:
    said = element.get(name) or ""
    return min(max(int(said), 1), _WIDEST) if re.fullmatch(r"[0-9]{1,5}", said) else 1


def _name(element: Element | None) -> str:
    tag: object = element.tag if element is not None else None
    return tag.lower() if isinstance(tag, str) else ""
