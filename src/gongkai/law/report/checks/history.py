"""What this year's report must take over from last year's: R5, R6, R23."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.equations import Equation, add_up
from gongkai.law.report.checks.rules import RULES, Rule
from gongkai.law.report.checks.subject import Subject, enumerate_, label, show_figure
from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding, Verdict
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, TABLE3_COLUMNS
from gongkai.law.report.numerals import show


@dataclass(frozen=True)
class Carried:
    """A figure that should follow from last year's."""

    name: str
    cells: tuple[Cell, ...]
    verdict: Verdict
    holds_as_zero: bool
    expected: str
    found: str


def carried_over(subject: Subject) -> Iterator[Finding]:
    """R5: 上年结转 is last year's 结转下年度, column by column. Both formats have both rows."""
    rule, previous = RULES["R5"], subject.previous
    if previous is None or not subject.follows():
        yield rule.not_assessable(subject.why_not_followed())
        return
    items = [
        _carried(
            column.label,
            (Cell(3, "carried_in", column.key),),
            Equation(
                add_up(previous, (Cell(3, "carried_out", column.key),)),
                add_up(subject.report, (Cell(3, "carried_in", column.key),)),
            ),
        )
        for column in TABLE3_COLUMNS
    ]
    what = "上年结转等于上一年度报告的结转下年度"
    yield from _conclude(rule, items, what, "核对上一年度报告；确有调整的，在第六部分说明。")


def documents_in_force(subject: Subject) -> Iterator[Finding]:
    """R6: 现行有效 follows from last year's; only between two reports in the 2021 format."""
    rule, previous, report = RULES["R6"], subject.previous, subject.report
    if previous is None or not subject.follows():
        yield rule.not_assessable(subject.why_not_followed())
        return
    if not (report.format is FORMAT_2021 and previous.format is FORMAT_2021):
        yield rule.not_assessable("两个年度不都使用2021年格式，2019年格式没有“现行有效件数”，无法递推。")
        return
    items = [_in_force(report, previous, key) for key in ("rules", "normdoc")]
    what = "现行有效件数等于上一年度件数加制发减废止"
    yield from _conclude(rule, items, what, "可能因清理或机构改革划转；核对后在正文说明原因。")


def items_carried_over(subject: Subject) -> Iterator[Finding]:
    """R23: in the 2019 format 上一年项目数量 is last year's number and its change."""
    rule, previous, report = RULES["R23"], subject.previous, subject.report
    if report.format is not FORMAT_2019:
        return
    if previous is None or not subject.follows() or previous.format is not FORMAT_2019:
        yield rule.not_assessable(subject.why_not_followed())
        return
    rows = [row for row in report.format.table2 if any(column.key == "previous" for column in row.columns)]
    items = [_items(report, previous, row.key) for row in rows]
    what = "上一年项目数量等于上一年度报告的项目数量加增减"
    yield from _conclude(rule, items, what, "核对项目目录；口径有变化的，在正文说明。")


CHECKS = (carried_over, documents_in_force, items_carried_over)


def _carried(name: str, cells: tuple[Cell, ...], equation: Equation) -> Carried:
    found = equation.right.value
    return Carried(
        name=name,
        cells=cells,
        verdict=equation.verdict,
        holds_as_zero=equation.holds and not equation.lacks_cells,
        expected=show(equation.left.value),
        found=show(found),
    )


def _in_force(report: Report, previous: Report, row: str) -> Carried:
    cells = tuple(Cell(2, row, column) for column in ("in_force", "made", "repealed"))
    figures = (previous[cells[0]], *(report[cell] for cell in cells))
    name = label(report, cells[0])
    before, now, made, repealed = (figure.value for figure in figures)
    if before is None or now is None or made is None or repealed is None:
        return Carried(name, cells, Verdict.NOT_ASSESSABLE, holds_as_zero=False, expected="", found="")
    expected = before + made - repealed
    verdict = Verdict.PASS if expected == now else Verdict.FAIL
    shown = f"{show(before)}＋{show(made)}－{show(repealed)}＝{show(expected)}"
    return Carried(name, cells, verdict, holds_as_zero=False, expected=shown, found=show(now))


def _items(report: Report, previous: Report, row: str) -> Carried:
    cell = Cell(2, row, "previous")
    parts = (previous.value(2, row, "previous"), previous.value(2, row, "change"))
    name, now = label(report, cell), report[cell].value
    if parts[0] is None or parts[1] is None or now is None:
        return Carried(
            name,
            (cell,),
            Verdict.NOT_ASSESSABLE,
            holds_as_zero=False,
            expected="",
            found=show_figure(report[cell]),
        )
    expected = parts[0] + parts[1]
    shown = f"{show(parts[0])}＋（{show(parts[1])}）＝{show(expected)}"
    verdict = Verdict.PASS if expected == now else Verdict.FAIL
    return Carried(name, (cell,), verdict, holds_as_zero=False, expected=shown, found=show(now))


def _conclude(rule: Rule, items: list[Carried], what: str, remedy: str) -> Iterator[Finding]:
    """One finding per verdict; all that differ are told in one sentence."""
    broken = [item for item in items if item.verdict in {Verdict.FAIL, Verdict.UNCERTAIN}]
    undecided = [item for item in items if item.verdict is Verdict.NOT_ASSESSABLE]
    passed = [item for item in items if item.verdict is Verdict.PASS]
    if broken:
        told = "；".join(f"{item.name}应为{item.expected}，写的是{item.found}" for item in broken)
        make = rule.failed if any(item.verdict is Verdict.FAIL for item in broken) else rule.uncertain
        yield make(
            f"按“{what}”核对，{told}。",
            tuple(cell for item in broken for cell in item.cells),
            expected="、".join(item.expected for item in broken),
            found="、".join(item.found for item in broken),
            remedy=remedy,
        )
    if undecided:
        hint = "；把空白当作0时成立" if all(item.holds_as_zero for item in undecided) else ""
        names = enumerate_(item.name for item in undecided)
        cells = tuple(cell for item in undecided for cell in item.cells)
        yield rule.not_assessable(f"{names}有空白或读不出的数，无法核对“{what}”{hint}。", cells)
    if passed:
        cells = tuple(cell for item in passed for cell in item.cells)
        yield rule.passed(f"{what}，核对{len(passed)}处，全部成立。", cells)
