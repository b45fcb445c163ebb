"""The arithmetic of tables 3 and 4: R1–R4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.equations import Equation, add_up
from gongkai.law.report.checks.rules import RULES, Rule
from gongkai.law.report.checks.subject import (
    DISPUTES,
    REQUESTS,
    TABLE_NAMES,
    Subject,
    distance,
    enumerate_,
    label,
    row_label,
    show_figure,
)
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.findings import Finding, Verdict
from gongkai.law.report.formats import (
    APPLICANT_COLUMNS,
    FORMAT_2019,
    FORMAT_2021,
    TABLE3_COLUMNS,
    TABLE4_COLUMNS,
    TABLE4_GROUPS,
)
from gongkai.law.report.numerals import show

_OTHER_ROWS = {*FORMAT_2019.result_rows} ^ {*FORMAT_2021.result_rows}
"""The rows of 其他处理 in either format: one row in 2019, three since 2021."""


@dataclass(frozen=True)
class Line:
    """One application of a rule: the column or row it is about, the equation, and the sentence when it is broken."""

    name: str
    equation: Equation
    broken: str
    expected: str
    found: str
    remedy: str


def balance(subject: Subject) -> Iterator[Finding]:
    """R1: 一＋二＝三（七）＋四, column by column."""
    lines = [_balance_line(subject.report, column.key, column.label) for column in TABLE3_COLUMNS]
    yield from _conclude(
        RULES["R1"], subject.report, lines, table=REQUESTS, what="第一项加第二项等于第三项加第四项"
    )


def result_totals(subject: Subject) -> Iterator[Finding]:
    """R2: the total of results is the sum of the result rows, column by column."""
    lines = [_result_line(subject.report, column.key, column.label) for column in TABLE3_COLUMNS]
    yield from _conclude(
        RULES["R2"], subject.report, lines, table=REQUESTS, what="（七）总计等于各类办理结果之和"
    )


def applicant_totals(subject: Subject) -> Iterator[Finding]:
    """R3: the total of a row is the sum of the six kinds of applicants."""
    lines = [_applicant_line(subject.report, row) for row in rows_of_table3(subject.report)]
    yield from _conclude(RULES["R3"], subject.report, lines, table=REQUESTS, what="总计等于六类申请人之和")


def dispute_totals(subject: Subject) -> Iterator[Finding]:
    """R4: the total of each group of table 4 is the sum of its four outcomes."""
    lines = [_dispute_line(subject.report, group.key, group.label) for group in TABLE4_GROUPS]
    yield from _conclude(RULES["R4"], subject.report, lines, table=DISPUTES, what="总计等于四种结果之和")


CHECKS = (balance, result_totals, applicant_totals, dispute_totals)


def rows_of_table3(report: Report) -> tuple[str, ...]:
    """The rows the document has for table 3, in the order of its form; all of the form's when it has none."""
    rows = [row.key for row in report.format.table3 if row.key not in _OTHER_ROWS]
    return (*rows[:-2], *_other_rows(report), *rows[-2:])


def result_rows(report: Report) -> tuple[str, ...]:
    """The rows that add up to the total of results in this very document, also where 其他处理 was left unsplit."""
    common = [row for row in report.format.result_rows if row not in _OTHER_ROWS]
    return (*common, *_other_rows(report))


def _other_rows(report: Report) -> tuple[str, ...]:
    own = tuple(row for row in report.format.result_rows if row in _OTHER_ROWS)
    foreign = tuple(
        row.key
        for form in (FORMAT_2019, FORMAT_2021)
        for row in form.table3
        if row.key in _OTHER_ROWS.difference(own)
    )
    used = {cell.row for cell in report.figures if cell.table == REQUESTS}
    return foreign if used.isdisjoint(own) and not used.isdisjoint(foreign) else own


def row_sum(report: Report, row: str) -> Number:
    """The six kinds of applicants of a row added up, blanks as 0."""
    return add_up(report, (Cell(3, row, column) for column in APPLICANT_COLUMNS)).value


def _balance_line(report: Report, column: str, name: str) -> Line:
    new, carried_in, total, carried_out = (
        Cell(3, row, column) for row in ("new", "carried_in", "total", "carried_out")
    )
    equation = Equation(add_up(report, (new, carried_in)), add_up(report, (total, carried_out)))
    left = f"第一项{show_figure(report[new])}＋第二项{show_figure(report[carried_in])}＝{show(equation.left.value)}"
    right = f"第三项（七）总计{show_figure(report[total])}＋第四项{show_figure(report[carried_out])}＝{show(equation.right.value)}"
    gap = distance(equation.left.value, equation.right.value)
    return Line(
        name=f"“{name}”列",
        equation=equation,
        broken=f"表三“{name}”列：{left}，{right}，两边相差{gap}件。",
        expected=show(equation.left.value),
        found=show(equation.right.value),
        remedy="对照办理台账核对这一列的新收、结转和办理结果。",
    )


def _result_line(report: Report, column: str, name: str) -> Line:
    def fill(cell: Cell) -> Number:
        return row_sum(report, cell.row) if cell.column == "total" else 0

    total = Cell(3, "total", column)
    parts = add_up(report, (Cell(3, row, column) for row in result_rows(report)), fill)
    return _total_line(
        report,
        f"表三“{name}”列",
        f"“{name}”列",
        Equation(parts, add_up(report, (total,))),
        "各类办理结果之和",
        "（七）总计",
    )


def _applicant_line(report: Report, row: str) -> Line:
    name = row_label(report, Cell(3, row, "total"))
    parts = add_up(report, (Cell(3, row, column) for column in APPLICANT_COLUMNS))
    equation = Equation(parts, add_up(report, (Cell(3, row, "total"),)))
    return _total_line(report, name, name.removeprefix("表三"), equation, "六类申请人之和", "总计")


def _dispute_line(report: Report, group: str, name: str) -> Line:
    cells = tuple(Cell(4, group, column.key) for column in TABLE4_COLUMNS)
    equation = Equation(add_up(report, cells[:-1]), add_up(report, cells[-1:]))
    addends = "＋".join(
        f"{column.label}{show_figure(report[cell])}"
        for column, cell in zip(TABLE4_COLUMNS, cells[:-1], strict=False)
    )
    return _total_line(report, f"表四“{name}”", f"“{name}”", equation, addends, "总计")


def _total_line(report: Report, place: str, name: str, equation: Equation, parts: str, total: str) -> Line:
    found = report[equation.right.cells[0]]
    joint = "＝" if "＋" in parts else "为"
    written = "是空白" if show_figure(found) == "空白" else f"写的是{show_figure(found)}"
    return Line(
        name=name,
        equation=equation,
        broken=f"{place}：{parts}{joint}{show(equation.left.value)}，{total}{written}，不一致。",
        expected=show(equation.left.value),
        found=show_figure(found),
        remedy=f"核对各分项；分项无误的，{total}填{show(equation.left.value)}。",
    )


def _conclude(
    rule: Rule, report: Report, lines: Iterable[Line], *, table: int, what: str
) -> Iterator[Finding]:
    """One finding for all that holds, one for all that cannot be told, one for each line that is broken."""
    if not report.has_table(table):
        yield rule.not_assessable(f"没有读到{TABLE_NAMES[table]}，无法核对“{what}”。")
        return
    by_verdict: dict[Verdict, list[Line]] = {verdict: [] for verdict in Verdict}
    for line in lines:
        verdict = line.equation.verdict
        if rule.id != "R1" and line.equation.is_wholly_blank_right:
            verdict = Verdict.UNCERTAIN if line.equation.assigned else Verdict.FAIL
        by_verdict[verdict].append(line)
    for line in by_verdict[Verdict.FAIL]:
        yield rule.failed(
            line.broken, line.equation.cells, expected=line.expected, found=line.found, remedy=line.remedy
        )
    for line in by_verdict[Verdict.UNCERTAIN]:
        yield _doubtful(rule, report, line)
    yield from _undecided(rule, by_verdict[Verdict.NOT_ASSESSABLE], what)
    if passed := by_verdict[Verdict.PASS]:
        cells = tuple(cell for line in passed for cell in line.equation.cells)
        yield rule.passed(f"{what}，核对{len(passed)}处，全部成立。", cells)


def _doubtful(rule: Rule, report: Report, line: Line) -> Finding:
    if line.equation.assigned:
        reason = f"其中{enumerate_(label(report, cell) for cell in line.equation.assigned)}的位置由软件推断，请先对照原文核对。"
    else:
        reason = f"{enumerate_(label(report, cell) for cell in line.equation.blank)}为空白，这里按0计算，请补填后再核对。"
    return rule.uncertain(
        line.broken + reason,
        line.equation.cells,
        expected=line.expected,
        found=line.found,
        remedy=line.remedy,
    )


def _undecided(rule: Rule, lines: list[Line], what: str) -> Iterator[Finding]:
    lacking = [line for line in lines if line.equation.lacks_cells]
    blank = [line for line in lines if not line.equation.lacks_cells]
    if lacking:
        cells = tuple(cell for line in lacking for cell in line.equation.cells)
        names = enumerate_(line.name for line in lacking)
        yield rule.not_assessable(f"{names}缺少单元格或有读不出的数，无法核对“{what}”。", cells)
    if blank:
        cells = tuple(cell for line in blank for cell in line.equation.cells)
        names = enumerate_(line.name for line in blank)
        yield rule.not_assessable(f"{names}有空白，不能算通过；把空白当作0时，“{what}”成立。", cells)
