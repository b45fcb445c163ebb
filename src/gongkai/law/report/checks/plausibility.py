"""Figures that add up and are still likely wrong, by mistakes seen in real reports: R17–R21."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.bodies import level_of, may_make_rules
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject, enumerate_, label
from gongkai.law.report.figures import Level, Number, Report
from gongkai.law.report.findings import Finding, Severity
from gongkai.law.report.formats import FORMAT_2019, TABLE4_COLUMNS, Table2Row
from gongkai.law.report.numerals import show

REVIEW_FIRST_YEAR = 2024
"""行政复议法 art. 23 in force from 2024-01-01."""
MANY_LICENCES = {Level.GOVERNMENT: 1500, Level.UNKNOWN: 1500, Level.DEPARTMENT: 500, Level.TOWNSHIP: 300}
"""More kinds of licences than the national list leaves to such a body."""
MANY_FEES = 200
"""More kinds of fees than the national and provincial lists know."""


def stock_as_decisions(subject: Subject) -> Iterator[Finding]:
    """R17 (2019 format): the number of matters put where the number of decisions belongs."""
    report, rule = subject.report, RULES["R17"]
    if report.format is not FORMAT_2019:
        return
    rows = [row for row in report.format.table2 if row.columns[-1].key == "decisions"]
    doubtful = [row for row in rows if _is_stock(report, row)]
    for row in doubtful:
        previous, change, decisions = _row(report, row, "previous", "change", "decisions")
        yield rule.uncertain(
            f"表二“{row.label}”处理决定数量{show(decisions)}正好等于上一年项目数量{show(previous)}加本年增减{show(change)}，"
            "疑似把项目数量填进了处理决定数量；项目数量是事项数，处理决定数量是案件数，两者没有加法关系。",
            (Cell(2, row.key, "decisions"),),
            found=show(decisions),
            remedy="按当年作出的处理决定件数填报；确系巧合的可不改。",
        )
    if not doubtful and any(report[Cell(2, row.key, "decisions")].is_known for row in rows):
        yield rule.passed("处理决定数量没有误填的迹象。")


def rule_makers(subject: Subject) -> Iterator[Finding]:
    """R18: only State Council departments, provinces and cities with districts make 规章."""
    report, rule = subject.report, RULES["R18"]
    columns = report.format.table2_row("rules").columns
    cells = tuple(Cell(2, "rules", column.key) for column in columns)
    numbers = [report[cell].value for cell in cells]
    positive = tuple(
        cell for cell, number in zip(cells, numbers, strict=True) if number is not None and number > 0
    )
    may = may_make_rules(report)
    if positive and may is None:
        yield rule.not_assessable("“规章”不为0；从机关名称看不出有无规章制定权，请自行核对。", positive)
    elif positive and not may:
        yield rule.failed(
            f"{report.agency}没有规章制定权，但{enumerate_(_told(report, cell) for cell in positive)}，应为0。",
            positive,
            expected="0",
            found="、".join(show(report[cell].value or 0) for cell in positive),
            remedy="改为0；本机关制定的文件填在规范性文件一行。",
        )
    elif None in numbers:
        yield rule.not_assessable("“规章”一行有空白或缺少单元格，无法核对。", cells)
    else:
        yield rule.passed("“规章”各项与机关的规章制定权不矛盾。", cells)


def document_counts(subject: Subject) -> Iterator[Finding]:
    """R19: the numbers of documents of one row do not contradict each other."""
    report = subject.report
    relation = _counts_2019 if report.format is FORMAT_2019 else _counts_2021
    findings = [finding for row in ("rules", "normdoc") for finding in relation(report, row)]
    yield from findings
    if not findings:
        yield RULES["R19"].not_assessable("表二文件数量有空白或缺少单元格，无法核对。")


def many_items(subject: Subject) -> Iterator[Finding]:
    """R20 (2019 format): more licences or fees than there can be kinds of them."""
    report, rule = subject.report, RULES["R20"]
    if report.format is not FORMAT_2019:
        return
    limits = {"licence": MANY_LICENCES[level_of(report)], "fee": MANY_FEES}
    cells = [Cell(2, row, column) for row in limits for column in ("previous", "change")]
    known = [(cell, number) for cell in cells if (number := report[cell].value) is not None]
    odd = [(cell, number) for cell, number in known if not -limits[cell.row] <= number <= limits[cell.row]]
    for row in dict.fromkeys(cell.row for cell, _ in odd):
        mine = [(cell, number) for cell, number in odd if cell.row == row]
        yield rule.uncertain(
            f"{enumerate_(_told(report, cell) for cell, _ in mine)}；这里应填事项数，不大可能这样多，疑为办件量或金额。",
            tuple(cell for cell, _ in mine),
            found="、".join(show(number) for _, number in mine),
            remedy="按公布的事项清单填报项目数。",
        )
    if known and not odd:
        yield rule.passed("项目数量没有异常。", tuple(cell for cell, _ in known))


def direct_suits(subject: Subject) -> Iterator[Finding]:
    """R21: since 2024 a refusal goes to review first, so a direct suit deserves a second look."""
    report, rule = subject.report, RULES["R21"]
    if report.year is None or report.year < REVIEW_FIRST_YEAR:
        return
    cells = tuple(Cell(4, "direct", column.key) for column in TABLE4_COLUMNS)
    known = [number for cell in cells if (number := report[cell].value) is not None]
    if any(number > 0 for number in known):
        yield rule.uncertain(
            f"表四“未经复议直接起诉”有{show(max(known))}件。2024年1月1日起对不予公开决定须先申请复议，"
            "直接起诉只应来自其他情形或此前作出的决定，请复核。",
            cells,
            found=show(max(known)),
            remedy="逐案核对是否经过复议；经过复议的填入“复议后起诉”。",
        )
    elif len(known) == len(cells):
        yield rule.passed("“未经复议直接起诉”各项为0。", cells)
    else:
        yield rule.not_assessable("“未经复议直接起诉”有空白或缺少单元格，无法核对。", cells)


CHECKS = (stock_as_decisions, rule_makers, document_counts, many_items, direct_suits)


def _row(report: Report, row: Table2Row, *columns: str) -> tuple[Number, ...]:
    """The numbers of a row, empty when one of them is not known."""
    numbers = tuple(number for column in columns if (number := report.value(2, row.key, column)) is not None)
    return numbers if len(numbers) == len(columns) else ()


def _is_stock(report: Report, row: Table2Row) -> bool:
    match _row(report, row, "previous", "change", "decisions"):
        case (previous, change, decisions):
            return change != 0 and decisions > 0 and decisions == previous + change
        case _:
            return False


def _told(report: Report, cell: Cell) -> str:
    return f"{label(report, cell)}为{show(report[cell].value or 0)}"


def _counts_2019(report: Report, key: str) -> Iterator[Finding]:
    rule, row = RULES["R19"], report.format.table2_row(key)
    cells = tuple(Cell(2, key, column.key) for column in row.columns)
    numbers = _row(report, row, "made", "published", "total")
    if not numbers:
        return
    made, published, total = numbers
    told = (
        f"表二“{row.label}”本年新制作{show(made)}、本年新公开{show(published)}、对外公开总数量{show(total)}"
    )
    if published > total:
        yield rule.failed(
            f"{told}：新公开的数量大于对外公开总数量。",
            cells,
            expected=f"总数量不小于{show(published)}",
            found=show(total),
            remedy="对外公开总数量应包括本年新公开的数量。",
        )
    elif made > published:
        message = f"{told}：有{show(made - published)}件本年制作而未公开，请核对是否确属不公开。"
        yield rule.uncertain(
            message, cells, severity=Severity.NOTICE, expected=show(made), found=show(published)
        )
    elif published > made:
        message = f"{told}：公开数大于制作数，只有补公开往年制作的文件时才成立，请核对。"
        yield rule.uncertain(
            message, cells, severity=Severity.NOTICE, expected=show(made), found=show(published)
        )
    else:
        yield rule.passed(f"{told}，不矛盾。", cells)


def _counts_2021(report: Report, key: str) -> Iterator[Finding]:
    rule, row = RULES["R19"], report.format.table2_row(key)
    cells = tuple(Cell(2, key, column.key) for column in row.columns)
    numbers = _row(report, row, "made", "repealed", "in_force")
    if not numbers:
        return
    made, repealed, in_force = numbers
    told = f"表二“{row.label}”本年制发{show(made)}、本年废止{show(repealed)}、现行有效{show(in_force)}"
    if in_force + repealed < made:
        yield rule.failed(
            f"{told}：现行有效件数加本年废止件数小于本年制发件数，制发的文件没有着落。",
            cells,
            expected=f"不小于{show(made - repealed)}",
            found=show(in_force),
            remedy="核对现行有效件数，它包括本年制发且仍有效的文件。",
        )
    else:
        yield rule.passed(f"{told}，不矛盾。", cells)
