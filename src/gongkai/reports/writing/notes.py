"""Adjusted figures in words."""

from __future__ import annotations

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Report
from gongkai.reports.writing.presentation import Adjustment, Presentation
from gongkai.reports.writing.values import shown, written
from gongkai.typesetting.text import writable


def told(report: Report, cell: Cell, adjustment: Adjustment) -> str:
    """An adjustment in words, after the name of its cell."""
    unit = report.format.column(cell).unit
    computed = "无法计算" if adjustment.computed is None else f"为{written(adjustment.computed, unit)}"
    return f"：按记录计算{computed}，填报为{shown(report[cell], unit) or '空'}。理由：{adjustment.reason}"


def adjustment_notes(report: Report, presentation: Presentation, table: int) -> list[str]:
    """The adjustments of one table, each a sentence that names its cell."""
    return [
        writable(
            f"调{presentation.adjusted[cell]} {report.format.label(cell)}{told(report, cell, adjustment)}"
        )
        for cell, adjustment in presentation.adjustments.items()
        if cell.table == table
    ]
