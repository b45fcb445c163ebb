"""What all tables have in common, whichever file they come from: their size, and which rows are headings."""

from __future__ import annotations

import re

from gongkai.drafting.blocks import Cell, Paragraph, Table

_NUMBER = re.compile(r"^[\s0-9０-９.,，%％()（）:：年月日/-]+$")
_LONGEST_HEAD = 24
_FEWEST_ROWS = 2


def finished(table: Table, *, first_row: bool, first_column: bool = False) -> Table:
    """Sizes set; headings as the file states them, or as the first row looks like them."""
    table.columns = max((cell.column + cell.columns for cell in table.cells), default=0)
    table.rows = max((cell.row + cell.rows for cell in table.cells), default=0)
    if not table.heads and (first_row or _looks_like_heads(table)):
        table.heads = 1
    table.heads = min(_whole_heads(table, table.heads), max(table.rows - 1, 0))
    if first_column:
        for cell in table.cells:
            cell.is_head = cell.is_head or cell.column == 0
    return table


def _whole_heads(table: Table, heads: int) -> int:
    """A cell that begins among the heading rows ends there too."""
    while True:
        end = max((c.row + c.rows for c in table.cells if c.row < heads), default=heads)
        if end <= heads:
            return heads
        heads = end


def _looks_like_heads(table: Table) -> bool:
    """Short words in every cell of the first row, and something else than the same kind of words below."""
    first = [cell for cell in table.cells if cell.row == 0]
    if table.rows < _FEWEST_ROWS or len(first) < _FEWEST_ROWS:
        return False
    if not all(_is_word(cell) for cell in first) or len({cell.text for cell in first}) < len(first):
        return False
    below = [cell for cell in table.cells if cell.row]
    bold = all(block_bold(cell) for cell in first) and not all(block_bold(cell) for cell in below)
    figures = any(_NUMBER.match(cell.text.strip()) for cell in below if cell.text.strip())
    longer = max((len(cell.text) for cell in below), default=0) > max(len(cell.text) for cell in first)
    return bold or figures or (longer and table.rows > _FEWEST_ROWS)


def _is_word(cell: Cell) -> bool:
    text = cell.text.strip()
    return (
        0 < len(text) <= _LONGEST_HEAD and not _NUMBER.match(text) and not text.endswith(("。", "；", "："))
    )


def block_bold(cell: Cell) -> bool:
    """Whether all text of a cell is bold."""
    inked = [block for block in cell.blocks if isinstance(block, Paragraph) and not block.is_blank]
    return bool(inked) and all(block.bold for block in inked)
