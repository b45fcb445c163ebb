"""What `gongkai check` says of one report to people; the JSON for programs is `reports.writing.check_json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Level, Report, Standing
from gongkai.law.report.findings import Finding, Severity, Verdict, problems
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021

LEVEL_NAMES = {
    Level.GOVERNMENT: "县级以上人民政府",
    Level.DEPARTMENT: "政府部门",
    Level.TOWNSHIP: "乡镇、街道",
    Level.UNKNOWN: "未能判断",
}
STANDING_NAMES = {
    Standing.CLEAR: "直接读出",
    Standing.NORMALISED: "换算后读出",
    Standing.ASSIGNED: "推断位置后读出",
    Standing.UNCERTAIN: "不能确定",
    Standing.BLANK: "空白",
}
MOST_ROWS, MOST_COLUMNS = 4, 3
"""So many rows of one problem are named, and columns of a row; beyond, rows are counted and columns left out."""
OTHER = {FORMAT_2019.id: FORMAT_2021, FORMAT_2021.id: FORMAT_2019}


def as_text(file: str, report: Report, findings: Sequence[Finding]) -> str:
    """One block of text for one file."""
    lines = [f"◆ {file}", *_identity(report), _verdict(findings)]
    for number, finding in enumerate(problems(findings), start=1):
        lines += _problem(number, finding, report)
    unassessed = sum(1 for finding in findings if finding.verdict is Verdict.NOT_ASSESSABLE)
    if unassessed:
        lines.append(f"  另有{unassessed}项因缺少数字或材料无法核对。")
    return "\n".join(lines)


def _identity(report: Report) -> list[str]:
    year = f"{report.year}年度" if report.year else "年度未能识别"
    agency = report.agency or "机关未能识别"
    standings = Counter(figure.standing for figure in report.figures.values())
    cells = "、".join(f"{name}{standings[key]}" for key, name in STANDING_NAMES.items() if standings[key])
    published = f"，公布日期{report.published_on:%Y-%m-%d}" if report.published_on else ""
    return [
        f"  {agency}（{LEVEL_NAMES[report.level]}）{year}政府信息公开工作年度报告{published}",
        f"  按{report.format.id}年格式（{report.format.notice}）读取；单元格：{cells or '没有读到表格'}",
    ]


def _verdict(findings: Sequence[Finding]) -> str:
    found = problems(findings)
    failed = Counter(finding.severity for finding in found if finding.verdict is Verdict.FAIL)
    uncertain = sum(1 for finding in found if finding.verdict is Verdict.UNCERTAIN)
    if not found:
        return "  结论：没有发现问题。"
    counts = [f"{severity.label}{failed[severity]}项" for severity in Severity if failed[severity]]
    if uncertain:
        counts.append(f"存疑{uncertain}项")
    return f"  结论：{'、'.join(counts)}。"


def _problem(number: int, finding: Finding, report: Report) -> list[str]:
    verdict = "" if finding.verdict is Verdict.FAIL else f"·{finding.verdict.label}"
    lines = [f"  {number}. [{finding.severity.label}{verdict} {finding.rule}] {finding.message}"]
    if finding.expected or finding.found:
        lines.append(f"     应为：{finding.expected or '—'}　实为：{finding.found or '—'}")
    if finding.cells:
        lines.append(f"     位置：{_places(finding.cells, report)}")
    if finding.quote:
        lines.append(f"     原文：“{finding.quote}”")
    if finding.remedy:
        lines.append(f"     办法：{finding.remedy}")
    if finding.basis:
        lines.append(f"     依据：{finding.basis}")
    return lines


def _places(cells: Sequence[Cell], report: Report) -> str:
    """The cells in words, those of one row together, each row with the place of its first cell in the file."""
    rows: dict[tuple[int, str], list[Cell]] = {}
    for cell in cells:
        rows.setdefault((cell.table, cell.row), []).append(cell)
    named = [_row_place(row, report) for row in list(rows.values())[:MOST_ROWS]]
    rest = f" 等{len(rows)}行" if len(rows) > MOST_ROWS else ""
    return "；".join(named) + rest


def _row_place(cells: Sequence[Cell], report: Report) -> str:
    form = report.format if cells[0] in report.format.cells else OTHER[report.format.id]
    columns = "、".join(form.column_label(cell) for cell in cells) if len(cells) <= MOST_COLUMNS else ""
    label = form.row_label(cells[0]) + columns
    place = report[cells[0]].place
    return f"{label}（{place}）" if place else label
