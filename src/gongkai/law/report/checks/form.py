"""The outer form: rows and columns of the right format (R11), period and notice (R12), the lead's list of parts
(R22), and words of the template left standing (R28).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.law.report import numerals
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
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, SECTIONS, format_for
from gongkai.law.report.prose import first_words, sentences, tidy

FEW_ROWS = 3
"""Up to so many absent rows are the report's own gap; more of them rather mean a partial or unreadable file."""
PARTS = len(SECTIONS)
_PART_WORDS = {
    "总体情况": "总体情况|概述|总体",
    "主动公开政府信息情况": "主动公开",
    "收到和处理政府信息公开申请情况": "申请情况|依申请|处理政府信息公开申请|公开申请",
    "政府信息公开行政复议、行政诉讼情况": "复议|诉讼",
    "存在的主要问题及改进情况": "问题",
    "其他需要报告的事项": "其他|需要报告",
}
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


def period_and_notice(subject: Subject) -> Iterator[Finding]:
    """R12: the period is the calendar year, and the notice cited is that of the year's format."""
    report, rule = subject.report, RULES["R12"]
    if report.year is None or not any(report.sections.values()):
        yield rule.not_assessable("没有读到报告年度或正文，无法核对统计期限。")
        return
    yield _period(subject.prose, report.year)
    yield from _notice(subject.prose, report.year)


def parts_listed(subject: Subject) -> Iterator[Finding]:
    """R22: the lead says six parts and names six."""
    rule = RULES["R22"]
    for sentence in sentences(subject.prose.get("lead", "")):
        said, named = _parts_said(sentence), _parts_named(sentence)
        if said is None and len(named) < PARTS - 2:
            continue
        missing = [title for title in _PART_WORDS if title not in named]
        quote = first_words(sentence, 120)
        if said is not None and said != PARTS:
            yield rule.failed(
                f"导语说由{said}个部分组成，统一格式为六个部分{'，没有列出' + '、'.join(missing) if named and missing else ''}。",
                expected="6",
                found=str(said),
                section="lead",
                quote=quote,
                remedy="按六个部分改写导语，并补全缺少的部分。",
            )
        elif missing and len(named) >= PARTS // 2:
            yield rule.failed(
                f"导语列出的组成部分不全，没有列出{'、'.join(missing)}。",
                expected="6",
                found=str(len(named)),
                section="lead",
                quote=quote,
                remedy="在导语中补列缺少的部分。",
            )
        else:
            yield rule.passed("导语所列组成部分为六个。", section="lead", quote=quote)
        return


def leftovers(subject: Subject) -> Iterator[Finding]:
    """R28: instructions and open places of a template."""
    report, rule = subject.report, RULES["R28"]
    found = [(note.where, note.found) for note in report.shape if note.kind == "leftover_instruction"]
    found += [
        (_title(section), match[0])
        for section, text in subject.prose.items()
        for match in _LEFTOVER.finditer(text)
    ]
    for where, words in dict.fromkeys(found):
        yield rule.failed(
            f"{where}残留模板说明或未填写的空位：“{first_words(words)}”。",
            found=first_words(words),
            quote=words,
            remedy="删去说明文字或填写实际内容。",
        )
    if not found and any(report.sections.values()):
        yield rule.passed("没有发现残留的模板说明。")


CHECKS = (right_format, period_and_notice, parts_listed, leftovers)

_LEFTOVER = re.compile(
    r"（文字描述[^）]*）?|（?(?:编写|填写|填报)说明[:：][^。\n]{0,40}|（此处[^）]{0,40}）|（请(?:填写|补充|删除)[^）]{0,40}）|[×xX]{2,}(?=[年月日件条项个局])"
    r"|_{3,}|\{\{[^}]*\}\}|本报告模板"
)


def _title(section: str) -> str:
    return next((f"“{one.title}”部分" for one in SECTIONS if one.key == section), "导语")


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
        words = {"〈where〉": note.where or "正文", "〈found〉": note.found, "〈expected〉": note.expected}
        message = kind.sentence
        for mark, text in words.items():
            message = message.replace(mark, text)
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


_DAY = rf"(?:(?P<{{0}}y>20\d\d|[{numerals.HANZI}]{{{{4}}}})[年.\-/])?0?(?P<{{0}}m>1?\d|[一十二]{{{{1,2}}}})[月.\-/](?:份|0?(?P<{{0}}d>[123]?\d|[一二三十]{{{{1,3}}}})日?)?"
_PERIOD = re.compile(_DAY.format("a") + r"(?:起|开始)?，?(?:至|到|止|-|—|–|~)+" + _DAY.format("b"))
_PERIOD_WORDS = re.compile(r"统计|数据|期限|时限|起止|报告期|时间范围")
_NOTICE = re.compile(r"公开办函〔?[（【\[]?(2019|2021)[〕）】\]]?(60|30)号")


def _period(prose: Mapping[str, str], year: int) -> Finding:
    rule = RULES["R12"]
    whole = f"{year}年1月1日至{year}年12月31日"
    for section in ("lead", "overview", "other"):
        for sentence in sentences(prose.get(section, "")):
            match = _PERIOD.search(sentence)
            if match is None or not _PERIOD_WORDS.search(sentence):
                continue
            if _is_whole_year(match, year):
                return rule.passed(f"统计期限为{match[0]}。", section=section, quote=first_words(sentence))
            return rule.failed(
                f"统计期限写的是{match[0]}，{year}年度报告应为{whole}。",
                expected=whole,
                found=match[0],
                section=section,
                quote=first_words(sentence),
                remedy=f"改为{whole}。",
            )
    if not prose.get("lead"):
        return rule.not_assessable("没有读到导语，无法核对统计期限。", expected=whole)
    return rule.failed(
        "正文没有写明数据的统计期限。",
        severity=Severity.NOTICE,
        expected=whole,
        section="lead",
        remedy=f"在导语中写明统计期限{whole}。",
    )


def _is_whole_year(match: re.Match[str], year: int) -> bool:
    """Whether the two days are 1 January and 31 December of the year; months alone stand for their full length."""
    first, last = (
        tuple(numerals.parse(text) if (text := match[side + part]) else None for part in "ymd")
        for side in "ab"
    )
    years = {first[0] or year, last[0] or year}
    return years == {year} and first[1:] in {(1, 1), (1, None)} and last[1:] in {(12, 31), (12, None)}


def _notice(prose: Mapping[str, str], year: int) -> Iterator[Finding]:
    rule = RULES["R12"]
    cited = {
        match[0]: FORMAT_2019 if match[1] == "2019" else FORMAT_2021
        for match in _NOTICE.finditer("".join(prose.values()))
    }
    if not cited or not any(form.covers(year) for form in (FORMAT_2019, FORMAT_2021)):
        return
    wanted = format_for(year)
    if wanted in cited.values():
        yield rule.passed(f"引用了{wanted.notice}。")
        return
    found = "、".join(cited)
    yield rule.failed(
        f"{year}年度报告引用的是{found}，该年度的格式依据是{wanted.notice}。",
        expected=wanted.notice,
        found=found,
        remedy=f"改为引用{wanted.notice}。",
    )


_COUNT_OF_PARTS = re.compile(
    rf"(?:由|包括|包含|分为|共|分)[^。]*?(\d|[一二三四五六七八九十])个?(?:大)?(?:部分|方面|章节)|(\d|[{numerals.HANZI}])个?(?:大)?部分(?:组成|构成)"
)


def _parts_said(sentence: str) -> int | None:
    match = _COUNT_OF_PARTS.search(sentence)
    value = numerals.parse(match[1] or match[2]) if match else None
    return int(value) if value is not None else None


def _parts_named(sentence: str) -> tuple[str, ...]:
    """The parts named in the very sentence that lists them."""
    if not re.search(r"部分|包括|组成|构成|内容", sentence):
        return ()
    return tuple(title for title, words in _PART_WORDS.items() if re.search(words, sentence))
