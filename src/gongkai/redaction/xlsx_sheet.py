# ruff: noqa: SLF001 - openpyxl offers no other way to the cells that exist, to pictures and charts
"""One visible sheet: its visible cells as tables that fit a page, and what it hides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding
from gongkai.redaction.xlsx_values import is_blanking, shown

Json = dict[str, Any]
AnyCell = Cell | MergedCell
_SIZE = 9.0
"""Points."""
_USUAL_WIDTH = 8.43
_BAND = 130.0
"""Column widths, in digits, that fit side by side on a landscape page."""
_WIDEST, _NARROWEST = 60.0, 3.0
_LISTED = 8
"""Rows or columns named in a finding."""
_LAST_COLUMN = 16_384


class Sheet:
    """What is seen of a sheet, and what is not."""

    def __init__(self, sheet: Worksheet, limits: Limits) -> None:
        self._sheet, self._limits = sheet, limits
        self.title = sheet.title
        self.shown_cells = 0

    def value(self, place: str) -> Any:
        """The stored value of a cell such as B2."""
        return self._sheet[place].value

    @cached_property
    def _filled(self) -> dict[tuple[int, int], AnyCell]:
        """Cells with a value by row and column. Empty ones may be a million."""
        cells = self._sheet._cells
        return {place: cell for place, cell in cells.items() if getattr(cell, "value", None) is not None}

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        """Hidden by the user, collapsed, or of no width."""
        return frozenset(
            number
            for held in self._sheet.column_dimensions.values()
            if held.hidden or held.width == 0
            for number in range(held.min or 0, min(held.max or 0, _LAST_COLUMN) + 1)
        )

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        """Hidden by the user, filtered out, or of no height."""
        rows = self._sheet.row_dimensions
        found = {number for number, row in rows.items() if row.hidden or row.ht == 0}
        if self._sheet.sheet_format.zeroHeight:
            found |= {row for row, _ in self._filled if row not in rows or rows[row].hidden}
        return frozenset(found)

    @cached_property
    def _unseen(self) -> frozenset[tuple[int, int]]:
        """Cells in sight whose content is not: white on nothing, or a format that shows nothing."""
        return frozenset(
            place
            for place, cell in self._filled.items()
            if self._in_sight(place) and (is_blanking(cell.number_format or "") or _is_white(cell))
        )

    def _in_sight(self, place: tuple[int, int]) -> bool:
        return place[0] not in self.hidden_rows and place[1] not in self.hidden_columns

    @cached_property
    def _seen(self) -> dict[tuple[int, int], str]:
        return {
            place: shown(cell.value, cell.number_format or "")
            for place, cell in self._filled.items()
            if self._in_sight(place) and place not in self._unseen
        }

    @property
    def places(self) -> list[str]:
        """Names of the cells that exist and are in sight, empty ones too: a formula may have no result."""
        cells = self._sheet._cells
        return [
            f"{get_column_letter(column)}{row}"
            for row, column in sorted(cells)
            if self._in_sight((row, column))
        ]

    def blocks(self) -> list[Json]:
        """The sheet's name and its table, in bands when it is wide. Raises ``RedactionError`` (``too_complex``)."""
        if not self._seen:
            return []
        rows = [row for row in range(1, max(row for row, _ in self._seen) + 1) if row not in self.hidden_rows]
        last = max(column for _, column in self._seen)
        columns = [column for column in range(1, last + 1) if column not in self.hidden_columns]
        self.shown_cells = len(rows) * len(columns)
        if self.shown_cells > self._limits.cells:
            raise RedactionError("too_complex", f"工作表“{self.title}”超过{self._limits.cells}个单元格。")
        found: list[Json] = []
        for number, band in enumerate(self._bands(columns)):
            found += [{"type": "break"}, _line(self.title if not number else f"{self.title}（续{number}）")]
            found.append(self._table(rows, band))
        return found[1:] if found and self._is_first else found

    @property
    def _is_first(self) -> bool:
        book = self._sheet.parent
        return (
            book is not None and next(s for s in book.worksheets if s.sheet_state == "visible") is self._sheet
        )

    def _bands(self, columns: list[int]) -> Iterator[list[int]]:
        band: list[int] = []
        for column in columns:
            if band and sum(map(self._width, band)) + self._width(column) > _BAND:
                yield band
                band = []
            band.append(column)
        yield band

    def _width(self, column: int) -> float:
        for held in self._sheet.column_dimensions.values():
            if (held.min or 0) <= column <= (held.max or 0) and held.width:
                return float(min(max(held.width, _NARROWEST), _WIDEST))
        return _USUAL_WIDTH

    def _table(self, rows: list[int], columns: list[int]) -> Json:
        spans = self._spans(rows, columns)
        covered = {
            place
            for place, (down, across) in spans.items()
            for place in self._under(place, down, across, rows, columns)
        }
        cells = []
        for y, row in enumerate(rows):
            for x, column in enumerate(columns):
                if (row, column) in covered:
                    continue
                down, across = spans.get((row, column), (1, 1))
                text = self._seen.get((row, column), "")
                cells.append(
                    {"x": x, "y": y, "columns": across, "rows": down, "blocks": [_line(text)] if text else []}
                )
        return {
            "type": "table",
            "columns": len(columns),
            "widths": [self._width(each) for each in columns],
            "cells": cells,
        }

    def _spans(self, rows: list[int], columns: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
        """Merged cells whose first cell is in sight: how many visible rows and columns of this band they take."""
        in_rows, in_columns = set(rows), set(columns)
        found = {}
        for area in self._sheet.merged_cells.ranges:
            if area.min_row in in_rows and area.min_col in in_columns:
                down = sum(area.min_row <= row <= area.max_row for row in rows)
                across = sum(area.min_col <= column <= area.max_col for column in columns)
                found[area.min_row, area.min_col] = (down, across)
        return found

    @staticmethod
    def _under(
        place: tuple[int, int], down: int, across: int, rows: list[int], columns: list[int]
    ) -> Iterator[tuple[int, int]]:
        top, left = rows.index(place[0]), columns.index(place[1])
        for row in rows[top : top + down]:
            for column in columns[left : left + across]:
                if (row, column) != place:
                    yield row, column

    def findings(self) -> Iterator[Finding]:
        """Hidden rows and columns with content, unseen cells, comments, pictures, charts."""
        where = f"工作表“{self.title}”"
        rows = sorted({row for row, _ in self._filled if row in self.hidden_rows})
        columns = sorted({column for _, column in self._filled if column in self.hidden_columns})
        if rows:
            yield Finding("hidden_rows", f"有内容的隐藏行{len(rows)}行（{_listed(map(str, rows))}）", where)
        if columns:
            letters = (get_column_letter(column) for column in columns)
            yield Finding("hidden_columns", f"有内容的隐藏列{len(columns)}列（{_listed(letters)}）", where)
        if self._unseen:
            places = (f"{get_column_letter(column)}{row}" for row, column in sorted(self._unseen))
            yield Finding("hidden_cells", f"看不见的单元格{len(self._unseen)}个（{_listed(places)}）", where)
        yield from self._notes(where)

    def _notes(self, where: str) -> Iterator[Finding]:
        sheet: Any = self._sheet  # openpyxl's types do not know pictures and charts
        if comments := sum(getattr(cell, "comment", None) is not None for cell in sheet._cells.values()):
            yield Finding("comments", f"批注{comments}条", where)
        if drawn := len(sheet._images) + len(sheet._charts):
            yield Finding("drawings", f"图片和图表{drawn}个不呈现；如须公开，请另存为PDF后上传", where)
        printed = (sheet.oddHeader, sheet.oddFooter)
        if any(part.text for each in printed for part in (each.left, each.center, each.right)):
            yield Finding("header_footer", "打印页眉页脚，不带入", where)


def _line(text: str) -> Json:
    return {
        "type": "paragraph",
        "runs": [{"text": text, "bold": False, "size": _SIZE}],
        "align": "start",
        "first": 0,
        "left": 0,
    }


def _listed(names: Iterator[str]) -> str:
    every = list(names)
    return "、".join(every[:_LISTED]) + ("等" if len(every) > _LISTED else "")


def _is_white(cell: AnyCell) -> bool:
    """White letters on a cell without fill. Theme colour 0 is the background's."""
    colour = cell.font.color
    if colour is None or cell.fill.fill_type:
        return False
    if colour.type == "theme":
        return colour.theme == 0 and not colour.tint
    return colour.type == "rgb" and str(colour.rgb).upper().endswith("FFFFFF")
