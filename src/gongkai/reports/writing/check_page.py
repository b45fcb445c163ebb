"""The result of a check: the list of problems, and the report rebuilt with each problem on its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.law.report.formats import FORMATS, SECTIONS, ReportFormat
from gongkai.reports.writing.html_tables import Drawing, tables
from gongkai.reports.writing.markup import EMPTY, Safe, esc, join, tag
from gongkai.reports.writing.presentation import Mark, Presentation, title_of
from gongkai.reports.writing.prose import blocks
from gongkai.reports.writing.values import shown

SECTION_NAMES = {
    "lead": "导语",
    **{section.key: f"{section.number}、{section.title}" for section in SECTIONS},
}


def body(report: Report, findings: Sequence[Finding], *, heading_level: int = 1) -> Safe:
    """The whole result as a fragment."""
    presentation = Presentation(findings=tuple(findings), charts=False, heading_level=heading_level)
    second = f"h{min(heading_level + 1, 6)}"
    return tag(
        "article",
        tag(f"h{heading_level}", esc(title_of(report)), class_="rep-title"),
        _summary(report, findings, presentation),
        tag(second, esc("发现的问题"), class_="rep-heading", id="rep-findings"),
        _findings(report, presentation),
        _unassessed(findings),
        tag(second, esc("数据表"), class_="rep-heading"),
        tables(Drawing(report, presentation, checking=True)),
        _outside(report, presentation, second),
        prose(report, presentation, second),
        class_="rep-check",
        lang="zh-CN",
    )


def _summary(report: Report, findings: Sequence[Finding], presentation: Presentation) -> Safe:
    """What was checked, and how many rules ended how."""
    severities = Counter(mark.finding.severity for mark in presentation.problems)
    verdicts = Counter(finding.verdict for finding in findings)
    found = "，".join(f"{severity.label}{severities[severity]}项" for severity in Severity)
    facts = [
        ("机关", report.agency or "未能识别"),
        ("年度", "未能识别" if report.year is None else f"{report.year}年"),
        ("格式", f"{report.format.id}年格式（{report.format.notice}）"),
        ("文件", report.source),
        ("问题", found if presentation.problems else "未发现问题"),
        ("核对", "，".join(f"{verdict.label}{verdicts[verdict]}项" for verdict in Verdict)),
    ]
    rows = (tag("div", tag("dt", esc(name)), tag("dd", esc(fact))) for name, fact in facts if fact)
    return tag("dl", *rows, class_="rep-summary")


def _findings(report: Report, presentation: Presentation) -> Safe:
    if not presentation.problems:
        return tag("p", esc("各项核对均未发现问题。"), class_="rep-paragraph")
    return tag("ol", *(_finding(report, mark) for mark in presentation.problems), class_="rep-findings")


def _finding(report: Report, mark: Mark) -> Safe:
    finding = mark.finding
    return tag(
        "li",
        tag("strong", esc(f"{finding.severity.label}{mark.number}"), class_="rep-finding-severity"),
        esc(f"（{finding.rule}，{finding.verdict.label}）{finding.message}"),
        *(_detail(name, esc(text)) for name, text in _details(finding)),
        _detail("位置", _places(report, finding)),
        id=f"rep-finding-{mark.number}",
        class_=f"rep-finding rep-finding--{finding.severity}",
    )


def _details(finding: Finding) -> list[tuple[str, str]]:
    named = [
        ("应为", finding.expected),
        ("实为", finding.found),
        ("原文", finding.quote),
        ("处理办法", finding.remedy),
        ("依据", finding.basis),
    ]
    return [(name, text) for name, text in named if text]


def _detail(name: str, content: Safe) -> Safe:
    return tag("p", esc(f"{name}："), content, class_="rep-finding-detail") if content else EMPTY


def _places(report: Report, finding: Finding) -> Safe:
    """Links to the cells and to the part of the report a finding speaks of."""
    links = [_place(report, cell) for cell in dict.fromkeys(finding.cells)]
    if finding.section in report.sections and finding.section in SECTION_NAMES:
        name = SECTION_NAMES[finding.section]
        links.append(tag("a", esc(name), href=f"#rep-section-{finding.section}"))
    return join(links, "、")


def _place(report: Report, cell: Cell) -> Safe:
    """A link where the cell is on the page: in its table, or among the figures outside the format."""
    label = name_of(report.format, cell)
    on_page = cell in report.figures or cell in report.format.cells
    return tag("a", esc(label), href=f"#rep-{cell}") if on_page else esc(label)


def name_of(form: ReportFormat, cell: Cell) -> str:
    """A cell in words, also when it belongs to the other format."""
    for candidate in (form, *FORMATS.values()):
        if cell in candidate.cells:
            return candidate.label(cell)
    return str(cell)


def _unassessed(findings: Sequence[Finding]) -> Safe:
    """The rules that could not be applied, folded away: a missing number never passes silently."""
    left = [finding for finding in findings if finding.verdict is Verdict.NOT_ASSESSABLE]
    if not left:
        return EMPTY
    summary = tag("summary", esc(f"无法核对的{len(left)}项"))
    items = (tag("li", esc(f"（{finding.rule}）{finding.message}")) for finding in left)
    return tag("details", summary, tag("ul", *items), class_="rep-unassessed")


def _outside(report: Report, presentation: Presentation, level: str) -> Safe:
    """Figures its format has no place for, such as （六）其他处理 in one row under the 2021 format."""
    known = set(report.format.cells)
    cells = [cell for cell in report.figures if cell not in known]
    if not cells:
        return EMPTY
    items = (_outside_item(report, cell, presentation.marks.get(cell, ())) for cell in cells)
    heading = tag(level, esc("不在本格式之内的数据"), class_="rep-heading")
    return tag("section", heading, tag("ul", *items), class_="rep-outside")


def _outside_item(report: Report, cell: Cell, marks: tuple[Mark, ...]) -> Safe:
    references = (
        tag("a", esc(f"{mark.finding.severity.label}{mark.number}"), href=f"#rep-finding-{mark.number}")
        for mark in marks
    )
    text = esc(f"{name_of(report.format, cell)}：{shown(report[cell]) or '空'} ")
    return tag("li", text, join(references, " "), id=f"rep-{cell}")


def prose(report: Report, presentation: Presentation, level: str) -> Safe:
    """The prose as it was read, with the words findings speak of marked."""
    parts = [
        _section(key, text, presentation, level)
        for key, text in report.sections.items()
        if text.strip() and key in SECTION_NAMES
    ]
    return join(parts)


def _section(key: str, text: str, presentation: Presentation, level: str) -> Safe:
    marks = [mark for mark in presentation.problems if mark.finding.section == key]
    paragraphs = (tag("p", _quoted(block.text, marks), class_="rep-paragraph") for block in blocks(text))
    heading = tag(level, esc(SECTION_NAMES[key]), class_="rep-heading")
    return tag("section", heading, *paragraphs, id=f"rep-section-{key}", class_="rep-section")


def _quoted(text: str, marks: Sequence[Mark]) -> Safe:
    """A paragraph with the first quote found in it marked, and so on in what follows it."""
    hits = [(text.find(mark.finding.quote), mark) for mark in marks if mark.finding.quote]
    hits = [hit for hit in hits if hit[0] >= 0]
    if not hits:
        return esc(text)
    at, mark = min(hits, key=lambda hit: (hit[0], hit[1].number))
    quote = mark.finding.quote
    reference = tag(
        "a",
        esc(f"{mark.finding.severity.label}{mark.number}"),
        href=f"#rep-finding-{mark.number}",
        class_="rep-ref",
    )
    rest = [other for other in marks if other is not mark]
    marked = tag("mark", esc(quote), reference, class_="rep-quote")
    return Safe(esc(text[:at]) + marked + _quoted(text[at + len(quote) :], rest))
