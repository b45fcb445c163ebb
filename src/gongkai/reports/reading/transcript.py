# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The report as the plain JSON of a transcription: ``format``, ``year``, ``agency``, ``table2``, ``table3``, ``table4``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import MISSING, Figure, Level, Number, Report, ShapeNote, Standing
from gongkai.law.report.formats import (
    FORMAT_2019,
    FORMAT_2021,
    FORMATS,
    TABLE3_COLUMNS,
    Column,
    ReportFormat,
    Table2Row,
)
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.facts import level_of
from gongkai.reports.reading.labels import COLUMN_ORDER, ROW_ORDER
from gongkai.reports.reading.numbers import heading_unit, read_cell
from gongkai.reports.reading.words import fold

Json = dict[str, Any]


def to_transcript(report: Report) -> Json:
    """The report in the shape transcribers use. A blank or unreadable cell is ``null``, a missing table too."""
    return {
        "format": report.format.id,
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
        "table2": _table2(report) if report.has_table(2) else None,
        "table3": _table3(report) if report.has_table(3) else None,
        "table4": [plain(report[cell].value) for cell in report.format.table4_cells]
        if report.has_table(4)
        else None,
    }


def plain(value: Number | None) -> int | float | None:
    """A number as JSON has them."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _table2(report: Report) -> Json:
    table: Json = {}
    for row in report.format.table2:
        figures = report.row(2, row.key)
        if all(figure.standing is Standing.MISSING for figure in figures):
            continue
        values: list[Any] = [
            _amount(figure) if column.unit == "万元" and len(row.columns) > 1 else plain(figure.value)
            for column, figure in zip(row.columns, figures, strict=True)
        ]
        table[row.key] = values if len(values) > 1 else values[0]
    return table


def _amount(figure: Figure) -> Any:
    """An amount beside a count is text with its unit, as the document wrote it; zero is 0."""
    if figure.value == 0:
        return 0
    written = fold(figure.raw).replace(",", "")
    if figure.value is None:
        return written or None
    if not written:
        return f"{figure.value}万元"
    if re.search(r"[元万亿]$", written) or (figure.standing is Standing.ASSIGNED and not figure.unit):
        return written
    return written + (figure.unit or "万元")


def _table3(report: Report) -> Json:
    keys = list(dict.fromkeys(cell.row for cell in report.figures if cell.table == 3))
    rows = {
        key: [plain(report[Cell(3, key, column)].value) for column in COLUMN_ORDER]
        for key in sorted(keys, key=lambda key: ROW_ORDER.get(key, 99))
    }
    return {"columns": list(COLUMN_ORDER), "rows": rows}


def cells_json(report: Report) -> Json:
    """Every cell with its raw text, place, standing, unit and note."""
    return {str(cell): _cell_json(figure) for cell, figure in report.figures.items()}


def _cell_json(figure: Figure) -> Json:
    return {
        "raw": figure.raw,
        "value": plain(figure.value),
        "standing": figure.standing.value,
        "place": figure.place,
        "note": figure.note,
        "unit": figure.unit,
    }


def from_transcript(data: Mapping[str, Any]) -> Report:
    """A report from such JSON, with or without ``cells``. Raises ``ReadingError`` (``not_our_json``)."""
    if not any(isinstance(data.get(f"table{n}"), (dict, list)) for n in (2, 3, 4)):
        raise ReadingError("not_our_json")
    year = data.get("year") if isinstance(data.get("year"), int) else None
    fmt = _format(data, year)
    figures = {
        **_read_table2(data.get("table2"), fmt),
        **_read_table3(data.get("table3")),
        **_read_table4(data.get("table4")),
    }
    figures |= _read_cells(data.get("cells"))
    agency = str(data.get("agency") or "")
    return Report(
        format=fmt,
        year=year,
        agency=agency,
        figures=figures,
        title=str(data.get("title") or ""),
        level=_level(data.get("level"), agency),
        sections=_sections(data.get("sections") or data.get("narrative")),
        published_on=_date(data.get("published_on") or data.get("published")),
        shape=_shape(data.get("shape")),
    )


def _format(data: Mapping[str, Any], year: int | None) -> ReportFormat:
    named = FORMATS.get(str(data.get("format")))
    if named is not None:
        return named
    return FORMAT_2019 if year is not None and year <= 2020 else FORMAT_2021


def _figure(value: object, column: Column) -> Figure:
    if value is None:
        return Figure(None, Standing.BLANK)
    if isinstance(value, bool):
        return Figure(None, Standing.UNCERTAIN, raw=str(value))
    if isinstance(value, int):
        number: Number = Decimal(value) if column.unit == "万元" else value
        return Figure(number, Standing.CLEAR, raw=str(value))
    if isinstance(value, float):
        return read_cell(_text(value), column, heading=column.label + column.unit)
    return read_cell(str(value), column)


def _text(value: float) -> str:
    try:
        return format(Decimal(repr(value)).normalize(), "f")
    except InvalidOperation:
        return str(value)


def _read_table2(table: object, fmt: ReportFormat) -> dict[Cell, Figure]:
    found: dict[Cell, Figure] = {}
    if not isinstance(table, Mapping):
        return found
    for row in fmt.table2:
        if row.key in table:
            found |= _read_row2(row, table[row.key])
    return found


def _read_row2(row: Table2Row, values: object) -> dict[Cell, Figure]:
    listed = list(values) if isinstance(values, list) else [values]
    return {
        Cell(2, row.key, column.key): _amount_or_figure(value, column, single=len(row.columns) == 1)
        for column, value in zip(row.columns, listed, strict=False)
    }


def _amount_or_figure(value: object, column: Column, *, single: bool) -> Figure:
    if column.unit == "万元" and isinstance(value, str):
        return read_cell(value, column, heading="万元" if single and not heading_unit(value) else "")
    return _figure(value, column)


def _read_table3(table: object) -> dict[Cell, Figure]:
    found: dict[Cell, Figure] = {}
    if not isinstance(table, Mapping) or not isinstance(table.get("rows"), Mapping):
        return found
    order = table.get("columns")
    keys = order if isinstance(order, list) and set(order) == set(COLUMN_ORDER) else list(COLUMN_ORDER)
    columns = {column.key: column for column in TABLE3_COLUMNS}
    for row, values in table["rows"].items():
        if row not in ROW_ORDER or not isinstance(values, list):
            continue
        for key, value in zip(keys, values, strict=False):
            found[Cell(3, row, key)] = _figure(value, columns[key])
    return found


def _read_table4(values: object) -> dict[Cell, Figure]:
    if not isinstance(values, list):
        return {}
    cells = FORMAT_2021.table4_cells
    return {
        cell: _figure(value, FORMAT_2021.column(cell)) for cell, value in zip(cells, values, strict=False)
    }


def _read_cells(cells: object) -> dict[Cell, Figure]:
    """Cells with raw text and standing, where the file has them; they say more than the tables."""
    found: dict[Cell, Figure] = {}
    if not isinstance(cells, Mapping):
        return found
    for name, told in cells.items():
        try:
            cell, standing = Cell.parse(str(name)), Standing(told["standing"])
        except (ValueError, KeyError, TypeError):
            continue
        if standing is MISSING.standing:
            continue
        value = _number(told.get("value"))
        known = standing in {Standing.CLEAR, Standing.NORMALISED, Standing.ASSIGNED}
        if known != (value is not None):
            continue
        texts = {key: str(told.get(key) or "") for key in ("raw", "place", "unit", "note")}
        found[cell] = Figure(value, standing, **texts)
    return found


def _number(value: object) -> Number | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, (float, str)):
        try:
            return Decimal(repr(value) if isinstance(value, float) else value)
        except InvalidOperation:
            return None
    return None


def _sections(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(key): text for key, text in value.items() if isinstance(text, str)}


def _level(value: object, agency: str) -> Level:
    try:
        return Level(str(value))
    except ValueError:
        return level_of(agency)


def _date(value: object) -> dt.date | None:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})$", str(value or ""))
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _shape(value: object) -> tuple[ShapeNote, ...]:
    if not isinstance(value, list):
        return ()
    notes = []
    for told in value:
        if isinstance(told, Mapping) and isinstance(told.get("kind"), str):
            kind, where, found, expected = (
                str(told.get(key) or "") for key in ("kind", "where", "found", "expected")
            )
            notes.append(ShapeNote(kind, where, found, expected))
    return tuple(notes)
