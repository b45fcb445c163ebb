"""The report as a Word document in the layout of official documents (GB/T 9704-2012)."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from gongkai.law.report.figures import Report
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.writing import page
from gongkai.reports.writing.docx_parts import copies, element, field, font_table, fonts, run
from gongkai.reports.writing.docx_styles import FOOTER_STYLE, set_styles
from gongkai.reports.writing.docx_table import table
from gongkai.reports.writing.grid import SECTION_OF_TABLE, grid
from gongkai.reports.writing.notes import adjustment_notes
from gongkai.reports.writing.presentation import PLAIN, Presentation, agency_of, title_lines, title_of
from gongkai.reports.writing.prose import Block, blocks
from gongkai.reports.writing.stable_zip import stable
from gongkai.reports.writing.values import writable

Document = Any
TABLE_OF_SECTION = {section: number for number, section in SECTION_OF_TABLE.items()}
LONGEST_FACT = 255  # characters: the limit of a core property
FOOTER_DISTANCE = 23  # mm: the number stands 7 mm below the type area


def render(report: Report, presentation: Presentation = PLAIN, *, at: dt.datetime) -> bytes:
    """The DOCX file. ``at`` is written as its date; the same report and date give the same bytes."""
    document = docx.Document()
    _set_page(document)
    set_styles(document)
    _set_metadata(document, report, presentation, at)
    _write(document, report, presentation)
    _set_fonts(document)
    stream = BytesIO()
    document.save(stream)
    return stable(stream.getvalue())


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


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.PAGE_WIDTH), Mm(page.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    section.footer_distance = Mm(FOOTER_DISTANCE)
    properties = section._sectPr  # noqa: SLF001 - the way to its XML
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    pitch = round(page.LINE_PITCH * 20)
    properties.append(element("docGrid", type="lines", linePitch=pitch))
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: Any, side: str) -> None:
    """— 1 — outside, one character in from the edge of the type area."""
    size = round(page.PAGE_NUMBER_SIZE * 2)
    look = (fonts(page.SONG_FACE), element("sz", val=size), element("szCs", val=size))
    paragraph = footer.paragraphs[0]._p  # noqa: SLF001
    for child in list(paragraph):
        paragraph.remove(child)
    indent = element("ind", **{f"{side}Chars": 100, side: round(page.PAGE_NUMBER_SIZE * 20)})
    paragraph.append(element("pPr", element("pStyle", val=FOOTER_STYLE), indent, element("jc", val=side)))
    paragraph.append(run("— ", *copies(look)))
    paragraph.extend(field("PAGE", *look))
    paragraph.append(run(" —", *copies(look)))


def _set_fonts(document: Document) -> None:
    """Name the stand-ins of every font; drop the template's picture of itself."""
    package = document.part.package
    for part in package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = font_table()  # noqa: SLF001 - a part python-docx carries along unread
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _set_metadata(document: Document, report: Report, presentation: Presentation, at: dt.datetime) -> None:
    """Title, agency and date; no name of a machine or a person."""
    facts = document.core_properties
    facts.title = title_of(report)[:LONGEST_FACT]
    facts.author = facts.last_modified_by = agency_of(report)[:LONGEST_FACT]
    facts.subject = "政府信息公开工作年度报告"
    facts.language = "zh-CN"
    facts.comments = facts.keywords = facts.category = ""
    facts.created = facts.modified = at
    facts.revision = 1
    facts.version = "" if presentation.version is None else str(presentation.version)
    facts.identifier = writable(f"sha256:{presentation.digest}")[:LONGEST_FACT] if presentation.digest else ""
