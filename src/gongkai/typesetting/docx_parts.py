"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gongkai.typesetting.page import FACES, LATIN_FACE, Face
from gongkai.typesetting.text import writable

Element = Any
TWIPS_PER_MM = 1440 / 25.4
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def element(name: str, *children: Element, **attributes: object) -> Element:
    """A ``w:`` element with ``w:`` attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def fonts(face: Face) -> Element:
    """The fonts of a run: the face for Chinese, Times New Roman for digits and Latin letters."""
    latin = LATIN_FACE.name
    return element("rFonts", ascii=latin, hAnsi=latin, cs=latin, eastAsia=face.name, hint="eastAsia")


def run(text: str, *properties: Element) -> Element:
    """A run of text; characters XML cannot hold are left out."""
    words = element("t")
    words.text = writable(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", *([element("rPr", *properties)] if properties else []), words)


def field(instruction: str, *properties: Element) -> Iterator[Element]:
    """The runs of a field such as PAGE."""
    text = element("instrText")
    text.text = instruction
    for content in (element("fldChar", fldCharType="begin"), text, element("fldChar", fldCharType="end")):
        yield element("r", element("rPr", *copies(properties)), content)


def copies(properties: Iterable[Element]) -> list[Element]:
    """An element has one parent: copies for one more run."""
    return [deepcopy(each) for each in properties]


def font_table() -> bytes:
    """The font table: for every face the names a program may use when the first is not installed."""
    listed = "".join(_font(face) for face in FACES)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{_W}">{_font(LATIN_FACE, "00")}{listed}</w:fonts>'.encode()


def _font(face: Face, charset: str = "86") -> str:
    """``altName`` is a list with commas; character set 86 is GB2312."""
    stand_ins = quoteattr(",".join(face.stand_ins))
    kind = f'<w:charset w:val="{charset}"/><w:family w:val="auto"/><w:pitch w:val="default"/>'
    return f'<w:font w:name="{face.name}"><w:altName w:val={stand_ins}/>{kind}</w:font>'
