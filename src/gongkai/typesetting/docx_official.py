"""The styles an official document has beyond those of every text: head, number, addressee, signature, form."""

from __future__ import annotations

from gongkai.typesetting import page
from gongkai.typesetting.docx_parts import Element, element
from gongkai.typesetting.docx_styles import off_grid, spacing, style

TITLE_LINE = "Title"
ISSUER = "Issuer"
NUMBER = "DocumentNumber"
RULED_NUMBER = "RuledNumber"
ADDRESSEE = "Addressee"
ATTACHMENT = "Attachment"
ENCLOSURE = "Enclosure"
SIGNATURE = "Signature"
FORM_TEXT = "FormText"
HEADINGS = {1: "Heading1", 2: "Heading2"}
RED = "FF0000"


def official_styles() -> list[Element]:
    """All of them."""
    centred = element("jc", val="center")
    unindented = _indent(0)
    body, size = page.BODY_FACE, page.BODY_SIZE
    pitch = page.LINE_PITCH
    return [
        style(ISSUER, "Issuer", _issuer(), page.TITLE_FACE, page.ISSUER_SIZE, colour=RED),
        style(NUMBER, "Document Number", [spacing(pitch, after=pitch), unindented, centred], body, size),
        style(RULED_NUMBER, "Ruled Number", _ruled(), body, size),
        style(ADDRESSEE, "Addressee", [spacing(pitch), _indent(0), element("jc", val="both")], body, size),
        style(ATTACHMENT, "Attachment", [spacing(pitch), _hanging(), element("jc", val="left")], body, size),
        style(ENCLOSURE, "Enclosure", [spacing(pitch), _indent(0)], page.HEI_FACE, size),
        style(SIGNATURE, "Signature", [spacing(pitch), _indent(0), element("jc", val="right")], body, size),
        style(FORM_TEXT, "Form Text", [*off_grid(page.FORM_PITCH), _indent(0)], body, page.FORM_SIZE),
    ]


def _issuer() -> list[Element]:
    """35 mm down; the size of a long name is smaller, its line is not."""
    gap = spacing(page.ISSUER_SIZE * 1.2, before=page.points(page.HEAD_OFFSET), after=page.LINE_PITCH * 2)
    return [element("snapToGrid", val=0), gap, _indent(0), element("jc", val="center")]


def _ruled() -> list[Element]:
    """The red rule is the lower border of the number's paragraph, as wide as the type area."""
    rule = element("bottom", val="single", sz=12, space=round(page.points(page.RULE_OFFSET)), color=RED)
    return [element("pBdr", rule), spacing(page.LINE_PITCH), _indent(0), element("jc", val="center")]


def _indent(characters: int) -> Element:
    twips = round(characters * page.BODY_SIZE * 20)
    return element("ind", firstLineChars=characters * 100, firstLine=twips)


def _hanging() -> Element:
    """Two characters in; lines that go on begin under the name, after 附件：."""
    five, three = round(5 * page.BODY_SIZE * 20), round(3 * page.BODY_SIZE * 20)
    return element("ind", leftChars=500, left=five, hangingChars=300, hanging=three)
