"""The rows and columns of the right format: R11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.report.cells import TABLES, Cell
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import (
    REQUESTS,
    TABLE_NAMES,
    Subject,
    enumerate_,
    short_row,
)
from gongkai.law.report.checks.tables import rows_of_table3
from gongkai.law.report.figures import Report, ShapeNote, Standing
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.law.report.formats import FORMAT_2021, format_for
from gongkai.law.report.prose import tidy

FEW_ROWS = 3
"""Up to so many absent rows are the report's own gap; more of them rather mean a partial or unreadable file."""
_MARKS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True)
class Kind:
    """How a kind of note is told: a sentence with 〈where〉 〈found〉 〈expected〉, and how grave it is."""

    sentence: str
    severity: Severity
    verdict: Verdict = Verdict.FAIL
    remedy: str = "按统一格式改正。"


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
KINDS = {
    "row_missing": Kind(
        "〈where〉缺少一行“〈expected〉”。", _E, remedy="按统一格式补上该行，没有数量的填0。"
    ),
    "row_extra": Kind(
        "〈where〉多出一行“〈found〉”，统一格式没有这一行。", _E, remedy="删去多出的行，数据并入对应的行。"
    ),
    "row_merged": Kind("〈where〉有行被合并或拆开（“〈found〉”），应为“〈expected〉”。", _W),
    "row_label": Kind("〈where〉的行名写的是“〈found〉”，统一格式为“〈expected〉”。", _W),
    "column_missing": Kind("〈where〉缺少一列“〈expected〉”。", _E),
    "column_extra": Kind("〈where〉多出一列“〈found〉”，统一格式没有这一列。", _E),
    "column_label": Kind("〈where〉的列名写的是“〈found〉”，统一格式为“〈expected〉”。", _W),
    "cell_extra": Kind(
        "〈where〉的数据格比表头的列多：表头为〈expected〉，数据行〈found〉；多出的格没有对应的列，核对时未计入。",
        _W,
        remedy="删去多出的单元格，使数据与表头逐列对应。",
    ),
    "table_missing": Kind(
        "没有读到〈where〉；表格若是图片，请改为可以复制文字的表格。",
        _E,
        Verdict.UNCERTAIN,
        "补上表格，没有数量的填0。",
    ),
    "section_missing": Kind("缺少“〈expected〉”部分。", _W, remedy="按统一格式写全六个部分。"),
    "section_title": Kind("〈where〉的标题写的是“〈found〉”，统一格式为“〈expected〉”。", _N),
    "section_order": Kind("〈where〉的次序与统一格式不同（“〈found〉”）。", _W),
    "format_mixed": Kind("〈where〉混用了两个年度的格式（“〈found〉”），应为“〈expected〉”。", _E),
    "other_not_split": Kind(
        "表三“（六）其他处理”没有分成三行，仍是2019年格式的单行。",
        _E,
        remedy="拆成“1.逾期不补正、2.逾期未缴费、3.其他”三行分别填报。",
    ),
}
_ALLOWED_TITLES = {
    "政府信息公开行政复议行政诉讼情况",
    "因政府信息公开工作被申请行政复议提起行政诉讼情况",
    "因政府信息公开被申请行政复议提起行政诉讼情况",
}


def right_format(subject: Subject) -> Iterator[Finding]:
    """R11: the format of the year, and every row and column of it."""
    report = subject.report
    year = list(_format_of_year(report))
    gaps = [*_told_by_notes(report), *_unsplit(report), *_absent_rows(report)]
    yield from year
    yield from gaps
    if not gaps and all(report.has_table(table) for table in TABLES):
        yield RULES["R11"].passed(f"三张表的行、列与{report.format.notice}的格式一致。")


CHECKS = (right_format,)


def _format_of_year(report: Report) -> Iterator[Finding]:
    rule = RULES["R11"]
    if report.year is None:
        yield rule.not_assessable("没有读到报告年度，无法核对应使用哪个格式。")
        return
    try:
        wanted = format_for(report.year)
    except ValueError as error:
        yield rule.not_assessable(f"{error}。")
        return
    if wanted is report.format:
        yield rule.passed(f"{report.year}年度报告使用了{wanted.notice}的格式。")
        return
    yield rule.failed(
        f"{report.year}年度报告应使用{wanted.notice}的格式，本报告用的是{report.format.notice}的格式。",
        expected=wanted.notice,
        found=report.format.notice,
        remedy=f"按{wanted.notice}附的格式重新编制表格。",
    )


def _told_by_notes(report: Report) -> Iterator[Finding]:
    for note in report.shape:
        kind = KINDS.get(note.kind)
        if kind is None or _is_seen_otherwise(report, note) or _is_same_wording(note):
            continue
        message = _sentence(kind, note)
        make = RULES["R11"].failed if kind.verdict is Verdict.FAIL else RULES["R11"].uncertain
        severity = kind.severity if kind.verdict is Verdict.FAIL else Severity.WARNING
        yield make(
            message,
            note.cells,
            severity=severity,
            expected=note.expected,
            found=note.found,
            remedy=kind.remedy,
        )


_EXTRA = "多出单元格："
"""How the reader begins to tell the cells that stand under no heading."""


def _sentence(kind: Kind, note: ShapeNote) -> str:
    """The sentence of a note; for cells too many it counts them, so that a clerk can recount."""
    where = note.where or "正文"
    width = re.match(r"\d+", note.expected)
    if note.found.startswith(_EXTRA) and width:
        extra = note.found.removeprefix(_EXTRA).split("、")
        return (
            f"{where}数据行有{int(width[0]) + len(extra)}个数，而表头只有{width[0]}列，"
            f"多出的{len(extra)}格（{'、'.join(extra)}）没有对应的列，核对时未计入。"
        )
    words = {"〈where〉": where, "〈found〉": note.found, "〈expected〉": note.expected}
    return re.sub(r"〈\w+〉", lambda match: words[match[0]], kind.sentence)


def _is_seen_otherwise(report: Report, note: ShapeNote) -> bool:
    """Whether the figures themselves show it, so that it is told from there, once for all rows."""
    if note.kind == "row_missing":
        return any(report.has_table(cell.table) for cell in note.cells)
    return note.kind == "other_not_split"


def _is_same_wording(note: ShapeNote) -> bool:
    """Whether a label differs from the official one only in marks and blanks, or is a title also in use."""
    if note.kind not in {"row_label", "column_label", "section_title"}:
        return False
    found, expected = (_MARKS.sub("", tidy(text)) for text in (note.found, note.expected))
    return found == expected or (
        note.kind == "section_title" and found.lstrip("一二三四五六") in _ALLOWED_TITLES
    )


def _unsplit(report: Report) -> Iterator[Finding]:
    if report.format is not FORMAT_2021 or "other_total" not in rows_of_table3(report):
        return
    kind = KINDS["other_not_split"]
    cells = tuple(cell for cell in report.figures if cell.table == REQUESTS and cell.row == "other_total")
    yield RULES["R11"].failed(kind.sentence, cells, expected="三行", found="一行", remedy=kind.remedy)


def _absent_rows(report: Report) -> Iterator[Finding]:
    """Rows of a table that the document has not, as far as no note told of them."""
    untold = not any(note.kind == "row_missing" and not note.cells for note in report.shape)
    for table in TABLES:
        if not report.has_table(table):
            if not any(note.kind == "table_missing" for note in report.shape):
                yield RULES["R11"].not_assessable(f"没有读到{TABLE_NAMES[table]}。")
            continue
        absent = tuple(cell for cell in _expected(report, table) if report[cell].standing is Standing.MISSING)
        if absent and untold:
            yield _absence(report, table, absent)


def _expected(report: Report, table: int) -> tuple[Cell, ...]:
    if table != REQUESTS:
        return tuple(cell for cell in report.format.cells if cell.table == table)
    columns = dict.fromkeys(cell.column for cell in report.format.table3_cells)
    return tuple(Cell(3, row, column) for row in rows_of_table3(report) for column in columns)


def _absence(report: Report, table: int, absent: tuple[Cell, ...]) -> Finding:
    rows = dict.fromkeys(short_row(report, cell) for cell in absent)
    message = f"{TABLE_NAMES[table]}没有读到{enumerate_(rows)}的全部或部分单元格"
    if len(rows) <= FEW_ROWS and _goes_on_after(report, absent):
        return RULES["R11"].failed(
            f"{message}。", absent, remedy="按统一格式补上缺少的单元格，没有数量的填0。"
        )
    return RULES["R11"].uncertain(
        f"{message}，文件可能不完整，也可能版式特殊。", absent, remedy="对照原文核对。"
    )


def _goes_on_after(report: Report, absent: tuple[Cell, ...]) -> bool:
    """Whether the document has cells after the absent ones; otherwise it may simply have been cut off there."""
    order = {cell: position for position, cell in enumerate(report.format.cells)}
    return max(order.get(cell, 0) for cell in report.figures) > max(order.get(cell, 0) for cell in absent)
