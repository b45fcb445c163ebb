"""What is submitted is what is approved and published: the whole report as one value, with its digest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Level, Number, Report, Standing
from gongkai.law.report.formats import FORMATS, SECTIONS

SCHEMA = 1
SECTION_KEYS = ("lead", *(section.key for section in SECTIONS))


def to_frozen(report: Report, adjustments: dict[Cell, tuple[Number, str]]) -> dict[str, Any]:
    """A report as plain JSON: cells as text so that no digit is lost, prose, and what was adjusted and why."""
    return {
        "schema": SCHEMA,
        "format": report.format.id,
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
        "level": report.level.value,
        "cells": {str(cell): str(value) for cell, value in report.known()},
        "sections": dict(report.sections),
        "adjustments": {
            str(cell): {"computed": str(computed), "reason": reason}
            for cell, (computed, reason) in adjustments.items()
        },
    }


def from_frozen(frozen: dict[str, Any], published_on: dt.date | None = None) -> Report:
    """The report as it was frozen. Raises ``KeyError`` for a frozen value of another schema."""
    # PostgreSQL keeps the keys of JSON in an order of its own; files are to be the same from either database.
    form, cells, sections = FORMATS[frozen["format"]], frozen["cells"], frozen["sections"]
    figures = {cell: _figure(cells[str(cell)]) for cell in form.cells if str(cell) in cells}
    return Report(
        format=form,
        year=frozen["year"],
        agency=frozen["agency"],
        figures=figures,
        title=frozen["title"],
        level=Level(frozen["level"]),
        sections={key: sections[key] for key in SECTION_KEYS if key in sections},
        published_on=published_on,
    )


def frozen_adjustments(frozen: dict[str, Any]) -> dict[Cell, tuple[Number, str]]:
    """The adjusted cells with what the records gave and the reason."""
    adjusted = frozen["adjustments"]
    return {
        cell: (number(adjusted[str(cell)]["computed"]), adjusted[str(cell)]["reason"])
        for cell in FORMATS[frozen["format"]].cells
        if str(cell) in adjusted
    }


def number(text: str) -> Number:
    """Text as a whole number where it is one, else as a Decimal without superfluous zeros."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value.normalize()


def _figure(text: str) -> Figure:
    return Figure(number(text), Standing.CLEAR, raw=text)
