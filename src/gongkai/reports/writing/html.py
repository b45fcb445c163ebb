"""The report as HTML in the statutory layout. Everything is escaped; fragments carry classes and no styles.

Classes (all prefixed ``rep-``), for the style sheet:

``rep-report``       article: the whole report; ``rep-title`` its heading, ``rep-lead`` what precedes part one
``rep-section``      one of the six parts; ``rep-heading`` (一、总体情况), ``rep-subheading`` ((一)…),
                     ``rep-run-in`` a heading that opens a paragraph, ``rep-paragraph``
``rep-tables``       the three tables; ``rep-scroll`` the box (tabindex=0, role=region) a table scrolls in
``rep-table``        a statutory table, also ``--2`` ``--3`` ``--4``; ``rep-caption`` its caption
``rep-col``          col: ``--part`` (三、本年度办理结果) ``--group`` ``--label`` ``--number``
``rep-row``          tr; ``rep-row--clause`` the line 第二十条第（一）项
``rep-clause``       th: the clause line; ``rep-head`` a column heading, ``rep-group`` a group of rows,
                     ``rep-label`` a row
``rep-narrow``       th: a heading over a narrow column (like ``rep-group``: word-break: keep-all, it brings
                     its own wbr)
``rep-vertical``     th with vertical writing, its text in ``rep-vertical-text``
``rep-note``         td: the cross-check note in the corner of table 3
``rep-num``          td with a figure: tabular digits, centred; ``rep-link`` the drill-down link in it
``rep-cell``         td: ``--error`` ``--warning`` ``--notice`` a figure with a finding, ``--uncertain``
                     ``--blank`` ``--missing`` one without a number, ``--adjusted`` one set by hand
``rep-adj``          sup 调1; ``rep-ref`` sup 错误3, also ``--error`` …; ``rep-raw`` 原文“…”;
                     ``rep-absent`` 空, 缺
``rep-adjustments``  the list of adjustments under a table; ``rep-adjustments-title``
``rep-foot``         contact, version, digest
``rep-check``        the check's result: ``rep-summary`` (dl), ``rep-findings`` (ol), ``rep-finding`` (li,
                     also ``--error`` …), ``rep-finding-severity``, ``rep-finding-detail``,
                     ``rep-quote`` (mark), ``rep-unassessed`` (details),
                     ``rep-outside`` (figures outside the format)
``rep-figure`` …, ``rep-chart`` …, ``rep-fill--1`` … ``--6`` charts, see ``charts``
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.law.report.figures import Report
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import SECTIONS, Section
from gongkai.reports.writing import check_page, sheet
from gongkai.reports.writing.grid import SECTION_OF_TABLE
from gongkai.reports.writing.html_tables import Drawing, table, tables
from gongkai.reports.writing.markup import EMPTY, Safe, esc, join, tag
from gongkai.reports.writing.presentation import PLAIN, Presentation, title_of
from gongkai.reports.writing.prose import Block, blocks
from gongkai.reports.writing.report_charts import charts_for

TABLE_OF_SECTION = {section: number for number, section in SECTION_OF_TABLE.items()}
DEEPEST_HEADING = 6


def render_table(report: Report, number: int, presentation: Presentation = PLAIN) -> str:
    """One statutory table (2, 3 or 4) as a fragment."""
    return table(Drawing(report, presentation), number)


def render_tables(report: Report, presentation: Presentation = PLAIN) -> str:
    """The three statutory tables as a fragment."""
    return tables(Drawing(report, presentation))


def render_report(report: Report, presentation: Presentation = PLAIN) -> str:
    """The body of the report: title, lead, six parts with tables and charts."""
    return _article(report, presentation)


def render_page(report: Report, presentation: Presentation = PLAIN) -> str:
    """The report as one complete page with its own style sheet, for a file."""
    return sheet.page(title_of(report), _article(report, presentation))


def render_check(report: Report, findings: Sequence[Finding]) -> str:
    """The result of a check as one complete page: every problem listed, and marked on its cell."""
    return sheet.page(f"年报核对：{title_of(report)}", check_page.body(report, findings))


def render_check_body(report: Report, findings: Sequence[Finding], *, heading_level: int = 1) -> str:
    """The result of a check as a fragment for a page that has its own style sheet."""
    return check_page.body(report, findings, heading_level=heading_level)


def _article(report: Report, presentation: Presentation) -> Safe:
    lead = report.sections.get("lead", "")
    return tag(
        "article",
        _heading(title_of(report), presentation.heading_level, "rep-title"),
        tag("div", *(_block(block, presentation) for block in blocks(lead)), class_="rep-lead")
        if lead
        else EMPTY,
        *(_section(report, section, presentation) for section in SECTIONS),
        _foot(presentation),
        class_="rep-report",
        lang="zh-CN",
    )


def _section(report: Report, section: Section, presentation: Presentation) -> Safe:
    name = f"rep-section-{section.key}"
    number = TABLE_OF_SECTION.get(section.key)
    text = report.sections.get(section.key, "")
    heading = f"{section.number}、{section.title}"
    return tag(
        "section",
        _heading(heading, presentation.heading_level + 1, "rep-heading", name),
        *(_block(block, presentation) for block in blocks(text)),
        EMPTY if number is None else table(Drawing(report, presentation), number),
        charts_for(report, section.key) if presentation.charts else EMPTY,
        class_="rep-section",
        aria_labelledby=name,
    )


def _heading(text: str, level: int, kind: str, name: str = "") -> Safe:
    return tag(f"h{min(level, DEEPEST_HEADING)}", esc(text), class_=kind, id=name)


def _block(block: Block, presentation: Presentation) -> Safe:
    if block.is_heading:
        return _heading(block.text, presentation.heading_level + 2, "rep-subheading")
    run_in = tag("strong", esc(block.run_in), class_="rep-run-in") if block.run_in else EMPTY
    return tag("p", run_in, esc(block.rest), class_="rep-paragraph")


def _foot(presentation: Presentation) -> Safe:
    lines = [
        f"联系方式：{presentation.contact}" if presentation.contact else "",
        f"版本：第{presentation.version}版" if presentation.version is not None else "",
        f"数据摘要（SHA-256）：{presentation.digest}" if presentation.digest else "",
    ]
    said = [tag("p", esc(line)) for line in lines if line]
    return tag("footer", join(said), class_="rep-foot") if said else EMPTY
