"""The report as a Word document in the layout of official documents (GB/T 9704-2012)."""

from __future__ import annotations

import datetime as dt

from docx.text.paragraph import Paragraph

from gongkai.law.report.figures import Report
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.writing.docx_table import table
from gongkai.reports.writing.grid import SECTION_OF_TABLE, grid
from gongkai.reports.writing.notes import adjustment_notes
from gongkai.reports.writing.presentation import PLAIN, Presentation, agency_of, title_lines, title_of
from gongkai.reports.writing.prose import Block, blocks
from gongkai.typesetting import page
from gongkai.typesetting.docx_frame import Document, FileFacts, new_document, saved
from gongkai.typesetting.docx_parts import fonts, run
from gongkai.typesetting.text import writable

TABLE_OF_SECTION = {section: number for number, section in SECTION_OF_TABLE.items()}


def render(report: Report, presentation: Presentation = PLAIN, *, at: dt.datetime) -> bytes:
    """The DOCX file. ``at`` is written as its date; the same report and date give the same bytes."""
    document = new_document(_facts(report, presentation), at=at)
    _write(document, report, presentation)
    return saved(document)


def _facts(report: Report, presentation: Presentation) -> FileFacts:
    return FileFacts(
        title=title_of(report),
        author=agency_of(report),
        subject="政府信息公开工作年度报告",
        version="" if presentation.version is None else str(presentation.version),
        identifier=f"sha256:{presentation.digest}" if presentation.digest else "",
    )


def _write(document: Document, report: Report, presentation: Presentation) -> None:
    document.add_paragraph("\n".join(title_lines(report, page.TITLE_CHARACTERS)), style="Title")
    _write_prose(document, report.sections.get("lead", ""))
    for section in SECTIONS:
        document.add_paragraph(f"{section.number}、{section.title}", style="Heading 1")
        _write_prose(document, report.sections.get(section.key, ""))
        if section.key in TABLE_OF_SECTION:
            _write_table(document, report, presentation, TABLE_OF_SECTION[section.key])
    if presentation.contact:
        document.add_paragraph(writable(f"联系方式：{presentation.contact}"))


def _write_prose(document: Document, text: str) -> None:
    for block in blocks(text):
        if block.is_heading:
            document.add_paragraph(block.text, style="Heading 2")
        else:
            _write_paragraph(document.add_paragraph(), block)


def _write_paragraph(paragraph: Paragraph, block: Block) -> None:
    if block.run_in:
        paragraph._p.append(run(block.run_in, fonts(page.KAI_FACE)))  # noqa: SLF001 - the way to its XML
    paragraph._p.append(run(block.rest))  # noqa: SLF001


def _write_table(document: Document, report: Report, presentation: Presentation, number: int) -> None:
    """The table and the notes on adjusted figures; the line after it keeps the next heading off."""
    body = document.element.body
    body.insert(len(body) - 1, table(grid(report.format, number), report))
    notes = adjustment_notes(report, presentation, number)
    document.add_paragraph("数据调整说明：" if notes else "", style="Table Note")
    for note in notes:
        document.add_paragraph(note, style="Table Note")
