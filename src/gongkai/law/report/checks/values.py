"""What stands in single cells: zeros written as 0 (R10), units of money (R15), sensible numbers (R24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from gongkai.law.report.cells import TABLES, Cell
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import (
    PROACTIVE,
    REQUESTS,
    TABLE_NAMES,
    Subject,
    enumerate_,
    label,
    short_row,
    show_figure,
)
from gongkai.law.report.checks.tables import row_sum
from gongkai.law.report.figures import Level, Number, Report, Standing
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import TABLE4_COLUMNS, ReportFormat
from gongkai.law.report.numerals import show

YUAN_PER_WAN = 10_000
DOUBTFUL_WAN = 100_000
"""万元 (10亿元) from which an amount of a single department is more likely written in yuan."""
DOUBTFUL_WAN_GOVERNMENT = 10_000_000
"""The same (1000亿元) for the report of a whole government."""


def zeros(subject: Subject) -> Iterator[Finding]:
    """R10: a zero is written 0; one finding per table and kind, never one per cell."""
    for table in TABLES:
        if subject.report.has_table(table):
            yield from _zeros_of(subject.report, table)
        else:
            yield RULES["R10"].not_assessable(f"没有读到{TABLE_NAMES[table]}，无法核对零值写法。")


def amounts(subject: Subject) -> Iterator[Finding]:
    """R15: money is given in 万元, and not in yuan by mistake."""
    report = subject.report
    cells = tuple(cell for cell in report.format.table2_cells if report.format.column(cell).unit == "万元")
    found = [finding for cell in cells for finding in _amount(report, cell)]
    yield from found
    yield from _unit_notes(report, cells)
    if not found and any(report[cell].is_known for cell in cells):
        yield RULES["R15"].passed("金额单位和数额没有发现问题。", cells)


def sensible(subject: Subject) -> Iterator[Finding]:
    """R24: counts are whole and not negative."""
    report, rule = subject.report, RULES["R24"]
    known = [(cell, number) for cell, number in report.known() if cell in set(report.format.cells)]
    wrong = [cell for cell, number in known if not _is_sensible(report.format, cell, number)]
    for cell in wrong:
        yield rule.failed(
            f"{label(report, cell)}写的是{show_figure(report[cell])}，这一项应是不小于0的{_kind(report.format, cell)}。",
            (cell,),
            found=show_figure(report[cell]),
            remedy="对照原始记录改正。",
        )
    wrong_stock = list(_negative_stock(report))
    yield from wrong_stock
    if known and not wrong and not wrong_stock:
        yield rule.passed(f"已填的{len(known)}个数都是合理的数字。")


CHECKS = (zeros, amounts, sensible)


def _zeros_of(report: Report, table: int) -> Iterator[Finding]:
    rule, name = RULES["R10"], TABLE_NAMES[table]
    cells = [cell for cell in report.figures if cell.table == table]
    blank = [
        cell
        for cell in cells
        if report[cell].standing is Standing.BLANK and not _is_blank_total(report, cell)
    ]
    unsafe = tuple(cell for cell in blank if not _reckons_as_zero(report, cell))
    safe = tuple(cell for cell in blank if cell not in unsafe)
    unreadable = tuple(cell for cell in cells if report[cell].standing is Standing.UNCERTAIN)
    if safe:
        yield rule.failed(
            f"{name}有{len(safe)}个单元格没有写数（{_signs(report, safe)}），涉及{_rows(report, safe)}；没有数量的应写0。",
            safe,
            expected="0",
            found=_signs(report, safe),
            remedy="确为零的，可一键把这些单元格改为0；不为零的，填写实际数量。",
        )
    if unsafe:
        yield rule.failed(
            f"{name}有{len(unsafe)}个单元格没有写数（{_signs(report, unsafe)}），涉及{_rows(report, unsafe)}；"
            "按同行总计推算，其中至少有一个不是0。",
            unsafe,
            found=_signs(report, unsafe),
            remedy="对照办理台账填写实际数量，不能直接改为0。",
        )
    if unreadable:
        shown = enumerate_(f"{label(report, cell)}（{show_figure(report[cell])}）" for cell in unreadable)
        yield rule.uncertain(
            f"{name}有{len(unreadable)}个单元格读不出是多少：{shown}。", unreadable, remedy="改写为数字。"
        )
    if not (safe or unsafe or unreadable):
        yield rule.passed(f"{name}没有空白或用符号代替数字的单元格。")


def _signs(report: Report, cells: tuple[Cell, ...]) -> str:
    counts = Counter(show_figure(report[cell]) for cell in cells)
    return "、".join(f"{sign}{count}个" for sign, count in counts.most_common())


def _rows(report: Report, cells: tuple[Cell, ...]) -> str:
    return enumerate_(short_row(report, cell) for cell in cells)


def _is_blank_total(report: Report, cell: Cell) -> bool:
    """A blank total above nothing is a wrong total (R2–R4), not an unwritten zero."""
    return cell.column == "total" and cell.table != PROACTIVE and _parts(report, cell) > 0


def _reckons_as_zero(report: Report, cell: Cell) -> bool:
    """Whether the total of the same row is reached without this cell."""
    if cell.table == PROACTIVE or cell.column == "total":
        return True
    total = report[Cell(cell.table, cell.row, "total")].value
    return total is None or _parts(report, cell) >= total


def _parts(report: Report, cell: Cell) -> Number:
    if cell.table == REQUESTS:
        return row_sum(report, cell.row)
    return sum(report.value(4, cell.row, column.key) or 0 for column in TABLE4_COLUMNS[:-1])


def _amount(report: Report, cell: Cell) -> Iterator[Finding]:
    figure, rule = report[cell], RULES["R15"]
    if figure.value is None or figure.value == 0:
        return
    name = label(report, cell)
    if figure.unit == "元":
        yield rule.failed(
            f"{name}以元填报（{figure.raw.strip()}），应以万元填报，即{show(figure.value)}万元。",
            (cell,),
            expected=f"{show(figure.value)}万元",
            found=figure.raw.strip(),
            remedy=f"改为{show(figure.value)}（万元）。",
        )
    elif figure.value >= (DOUBTFUL_WAN_GOVERNMENT if report.level is Level.GOVERNMENT else DOUBTFUL_WAN):
        wan = show(Decimal(figure.value) / YUAN_PER_WAN)
        yield rule.uncertain(
            f"{name}写的是{show(figure.value)}，按万元计为{wan}亿元，疑为以元填报；若是元，应为{wan}万元。",
            (cell,),
            expected=f"{wan}万元",
            found=show(figure.value),
            remedy="核对单位，以万元填报。",
        )


def _unit_notes(report: Report, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    for note in report.shape:
        if note.kind == "unit" and not any(report[cell].unit == "元" for cell in note.cells or cells):
            yield RULES["R15"].uncertain(
                f"{note.where}的单位写的是“{note.found}”，请核对是否以{note.expected or '万元'}填报。",
                note.cells,
                expected=note.expected,
                found=note.found,
            )


def _is_sensible(form: ReportFormat, cell: Cell, number: Number) -> bool:
    column = form.column(cell)
    is_whole = number == int(number) or column.unit == "万元"
    return is_whole and (number >= 0 or column.signed)


def _kind(form: ReportFormat, cell: Cell) -> str:
    return "金额" if form.column(cell).unit == "万元" else "整数"


def _negative_stock(report: Report) -> Iterator[Finding]:
    for row in report.format.table2:
        previous, change = report.value(2, row.key, "previous"), report.value(2, row.key, "change")
        if previous is not None and change is not None and previous >= 0 and previous + change < 0:
            yield RULES["R24"].failed(
                f"表二“{row.label}”：上一年项目数量{show(previous)}、本年增减{show(change)}，相加小于0。",
                (Cell(2, row.key, "previous"), Cell(2, row.key, "change")),
                found=show(previous + change),
                remedy="核对项目数量和增减数。",
            )
