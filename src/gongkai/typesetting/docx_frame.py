"""A Word document with the page of GB/T 9704-2012, our styles, and nothing of the machine that made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm

from gongkai.typesetting import page
from gongkai.typesetting.docx_parts import Element, copies, element, field, font_table, fonts, run
from gongkai.typesetting.docx_styles import FOOTER_STYLE, set_styles
from gongkai.typesetting.stable_zip import stable
from gongkai.typesetting.text import writable

Document = Any
LONGEST_FACT = 255  # characters: the limit of a core property
FOOTER_DISTANCE = 23  # mm: the number stands 7 mm below the type area


@dataclass(frozen=True)
class FileFacts:
    """What a file says about itself; no name of a machine or a person."""

    title: str
    author: str
    subject: str
    version: str = ""
    identifier: str = ""


def new_document(facts: FileFacts, *, at: dt.datetime, styles: Iterable[Element] = ()) -> Document:
    """An empty document: page, page numbers, our styles and ``styles`` beside them, metadata dated ``at``."""
    document = docx.Document()
    _set_page(document)
    set_styles(document, styles)
    _set_metadata(document, facts, at)
    return document


def saved(document: Document) -> bytes:
    """The file; the same document gives the same bytes."""
    _set_fonts(document)
    stream = BytesIO()
    document.save(stream)
    return stable(stream.getvalue())


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


def _set_metadata(document: Document, told: FileFacts, at: dt.datetime) -> None:
    facts = document.core_properties
    facts.title = writable(told.title)[:LONGEST_FACT]
    facts.author = facts.last_modified_by = writable(told.author)[:LONGEST_FACT]
    facts.subject = writable(told.subject)[:LONGEST_FACT]
    facts.language = "zh-CN"
    facts.comments = facts.keywords = facts.category = ""
    facts.created = facts.modified = at
    facts.revision = 1
    facts.version = told.version
    facts.identifier = writable(told.identifier)[:LONGEST_FACT]
