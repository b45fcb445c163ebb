"""The address of one cell of the annual report.

A cell is named the same way everywhere — in a reader, a check, a query, a drill-down link, an adjustment — so that
every figure can be traced. ``str(cell)`` is the stable form (``t3.granted.natural``) used in URLs and files.
"""

from __future__ import annotations

from typing import NamedTuple

TABLES = (2, 3, 4)


class Cell(NamedTuple):
    """Table number (2, 3 or 4, as the report counts its parts), row key and column key."""

    table: int
    row: str
    column: str

    def __str__(self) -> str:
        return f"t{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, text: str) -> Cell:
        """Read the stable form back. Raises ``ValueError`` when it is not one."""
        head, _, rest = text.partition(".")
        row, _, column = rest.partition(".")
        if head not in {f"t{number}" for number in TABLES} or not row or not column or "." in column:
            message = f"不是报告单元格的编号：{text!r}"
            raise ValueError(message)
        return cls(int(head[1:]), row, column)
