"""An official document as a Word file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from gongkai.typesetting import codes, page
from gongkai.typesetting.document import (
    Block,
    Code,
    Enclosure,
    Form,
    Head,
    Heading,
    KeyValues,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
    as_form,
    chinese_date,
    numbered_names,
    signature_indents,
)
from gongkai.typesetting.docx_form import code_table, form_table
from gongkai.typesetting.docx_frame import Document, FileFacts, new_document, saved
from gongkai.typesetting.docx_official import (
    ADDRESSEE,
    ATTACHMENT,
    ENCLOSURE,
    HEADINGS,
    ISSUER,
    NUMBER,
    RULED_NUMBER,
    SIGNATURE,
    TITLE_LINE,
    official_styles,
)
from gongkai.typesetting.docx_parts import Element, element, run


def render(document: OfficialDocument, *, at: dt.datetime) -> bytes:
    """The DOCX file. ``at`` is written as its date; the same document and date give the same bytes."""
    facts = FileFacts(document.name, document.issuer, document.subject or document.name)
    file = new_document(facts, at=at, styles=official_styles())
    body = file.element.body
    for part in _parts(document, file):
        body.insert(len(body) - 1, part)
    return saved(file)


def _parts(document: OfficialDocument, file: Document) -> list[Element]:
    """Everything in order. What ends the document stays on the page of the last words of its body."""
    blocks = [part for block in document.blocks for part in _block(block, file)]
    attachments, ending = _attachments(document), [*_signature(document), *_notes(document)]
    _keep_with_next([*blocks[-1:], *attachments, *ending[:-1]] if ending else [])
    enclosed = [
        part
        for label, enclosure in document.labelled_enclosures
        for part in _enclosure(label, enclosure, file)
    ]
    return [*_head(document), *blocks, *attachments, *ending, *enclosed]


def _enclosure(label: str, enclosure: Enclosure, file: Document) -> list[Element]:
    """A new page: the word 附件 in 黑体 at the left, the title in the third line (7.3.6)."""
    begins = _line(label, ENCLOSURE)
    _first(begins).insert(1, element("pageBreakBefore"))
    spacing = _gaps(before=1, after=1)
    properties = element("pPr", element("pStyle", val=TITLE_LINE), spacing)
    title = element("p", properties, run(enclosure.title))
    return [begins, title, *(part for block in enclosure.blocks for part in _block(block, file))]


def _head(document: OfficialDocument) -> list[Element]:
    """What stands above the body, from the issuing body to the addressee."""
    addressee = [_line(document.addressee + "：", ADDRESSEE)] if document.addressee else []
    number = [document.number] if document.number else []
    if document.head is Head.RED:
        issuer = _line(document.issuer, ISSUER, size=document.issuer_size)
        ruled = _line("".join(number), RULED_NUMBER)
        return [issuer, ruled, _title(document, before=2, after=1), *addressee]
    title = _title(document, before=0, after=0 if number else 1)
    return [title, *(_line(text, NUMBER) for text in number), *addressee]


def _title(document: OfficialDocument, *, before: float, after: float) -> Element:
    """The title, with so many lines of the page before and after it."""
    spacing = _gaps(before=before, after=after)
    first, *more = document.title_lines
    broken = [part for line in more for part in (element("r", element("br")), run(line))]
    return element("p", element("pPr", element("pStyle", val=TITLE_LINE), spacing), run(first), *broken)


def _gaps(*, before: float, after: float) -> Element:
    twips = {"before": before, "after": after}
    return element("spacing", **{key: round(lines * page.LINE_PITCH * 20) for key, lines in twips.items()})


def _block(block: Block, file: Document) -> list[Element]:
    match block:
        case Paragraph():
            return [_line(block.text, "Normal" if block.indent else ADDRESSEE)]
        case Heading():
            return [_line(block.text, HEADINGS[block.level])]
        case NumberedList():
            return [_line(f"{at}. {text}", "Normal") for at, text in enumerate(block.items, start=1)]
        case Code():
            return [_small_gap(), code_table(block, _picture(block, file)), _small_gap()]
        case Form() | Table() | KeyValues():
            return [_small_gap(), form_table(as_form(block)), _small_gap()]


def _picture(block: Code, file: Document) -> Element:
    """The code as an inline picture with its alternative text."""
    side = round(codes.SIZE * 36000)  # EMU
    inline = file.part.new_pic_inline(BytesIO(codes.png(block.content)), side, side)
    inline.docPr.set("descr", block.alternative)
    return element("r", element("drawing", inline))


def _attachments(document: OfficialDocument) -> list[Element]:
    """附件说明: one line below the body; what goes on is set under the name, not under the word (7.3.4)."""
    names = numbered_names(document.all_attachments)
    made = [
        _line(("附件：" if at == 0 else "\u3000\u3000\u3000") + name, ATTACHMENT)
        for at, name in enumerate(names)
    ]
    return [_empty(), *made] if made else []


def _signature(document: OfficialDocument) -> list[Element]:
    """Signature and date with room for the seal above them."""
    day = chinese_date(document.signed_on) if document.signed_on else ""
    indents = signature_indents(document.signature, day, seal=document.seal)
    lines = [(document.signature, indents.signature), (day, indents.date)]
    made = [_signed(text, indent) for text, indent in lines if text]
    if not made:
        return []
    return [*(_empty() for _ in range(2 if document.seal else 1)), *made]


def _signed(text: str, characters: float) -> Element:
    indent = element(
        "ind",
        rightChars=round(characters * 100),
        right=round(characters * page.BODY_SIZE * 20),
        firstLineChars=0,
        firstLine=0,
    )
    return element("p", element("pPr", element("pStyle", val=SIGNATURE), indent), run(text))


def _notes(document: OfficialDocument) -> list[Element]:
    return [_line(f"（{note}）", "Normal") for note in document.all_notes]


def _line(text: str, style: str, *, size: float | None = None) -> Element:
    points = [] if size is None else [element(name, val=round(size * 2)) for name in ("sz", "szCs")]
    return element("p", element("pPr", element("pStyle", val=style)), run(text, *points))


def _empty() -> Element:
    return _line("", "Normal")


def _small_gap() -> Element:
    """A table must be followed by a paragraph; this one is only a few points high."""
    spacing = element("spacing", before=0, after=0, line=100, lineRule="exact")
    return element(
        "p", element("pPr", element("pStyle", val="Normal"), element("snapToGrid", val=0), spacing)
    )


def _keep_with_next(parts: list[Element]) -> None:
    for part in parts:
        _first(part).insert(1, element("keepNext"))


def _first(paragraph: Element) -> Element:
    """The properties of a paragraph; its style is the first of them."""
    return paragraph[0]
