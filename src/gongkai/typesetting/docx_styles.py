"""The paragraph styles of an official document, in place of everything the default template brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.typesetting import page
from gongkai.typesetting.docx_parts import Element, element, fonts

TEXT_STYLE = "TableText"
NOTE_STYLE = "TableNote"
FOOTER_STYLE = "Footer"
_TABLE_PITCH = 13.5  # pt
_NOTE_PITCH = 16.0  # pt


def set_styles(document: Any, more: Iterable[Element] = ()) -> None:
    """Replace the styles of the template by ours and ``more``."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults())
    styles.extend(_styles())
    styles.extend(more)


def _defaults() -> Element:
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    size = round(page.BODY_SIZE * 2)
    run = element("rPr", fonts(page.BODY_FACE), element("sz", val=size), element("szCs", val=size), language)
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault", element("pPr")))


def _styles() -> list[Element]:
    body = [spacing(page.LINE_PITCH), _indent(2), element("jc", val="both")]
    loose = [spacing(_NOTE_PITCH), element("jc", val="both")]
    return [
        style("Normal", "Normal", body, page.BODY_FACE, page.BODY_SIZE, default=True),
        style("Title", "Title", _title(), page.TITLE_FACE, page.TITLE_SIZE),
        style("Heading1", "heading 1", _heading(0), page.HEI_FACE, page.BODY_SIZE),
        style("Heading2", "heading 2", _heading(1), page.KAI_FACE, page.BODY_SIZE),
        style(FOOTER_STYLE, "footer", [element("snapToGrid", val=0)], page.SONG_FACE, page.PAGE_NUMBER_SIZE),
        style(TEXT_STYLE, "Table Text", off_grid(_TABLE_PITCH), page.SONG_FACE, page.TABLE_SIZE),
        style(
            NOTE_STYLE, "Table Note", [element("snapToGrid", val=0), *loose], page.SONG_FACE, page.TABLE_SIZE
        ),
    ]


def style(
    key: str,
    name: str,
    paragraph: list[Element],
    face: page.Face,
    size: float,
    *,
    default: bool = False,
    colour: str = "",
) -> Element:
    """A paragraph style: its properties in the order of the schema, its face, its size in points."""
    points = round(size * 2)
    made = element("style", type="paragraph", styleId=key)
    if default:
        made.set(f"{{{made.nsmap['w']}}}default", "1")
    made.append(element("name", val=name))
    if name.startswith("heading") or name == "Title":
        made.append(element("next", val="Normal"))
    made.append(element("qFormat"))
    made.append(element("pPr", *paragraph))
    inked = [element("color", val=colour)] if colour else []
    sizes = [element("sz", val=points), element("szCs", val=points)]
    made.append(element("rPr", fonts(face), *inked, *_tracking(size), *sizes))
    return made


def _tracking(size: float) -> list[Element]:
    """Body text is set a little tighter, so that a line holds its 28 characters."""
    return [element("spacing", val=round(page.TRACKING * 20))] if size == page.BODY_SIZE else []


def _title() -> list[Element]:
    gaps = spacing(page.LINE_PITCH * 1.2, before=page.LINE_PITCH, after=page.LINE_PITCH)
    return [
        element("keepNext"),
        element("keepLines"),
        element("snapToGrid", val=0),
        gaps,
        element("jc", val="center"),
    ]


def _heading(level: int) -> list[Element]:
    return [
        element("keepNext"),
        element("keepLines"),
        spacing(page.LINE_PITCH),
        _indent(2),
        element("outlineLvl", val=level),
    ]


def off_grid(pitch: float) -> list[Element]:
    """Lines of their own height, whatever the grid of the page."""
    return [element("snapToGrid", val=0), spacing(pitch)]


def spacing(pitch: float, before: float = 0, after: float = 0) -> Element:
    """Exact line spacing in points."""
    return element(
        "spacing",
        before=round(before * 20),
        after=round(after * 20),
        line=round(pitch * 20),
        lineRule="exact",
    )


def _indent(characters: int) -> Element:
    """First-line indent in characters; the twips beside it are for programs that do not count characters."""
    return element("ind", firstLineChars=characters * 100, firstLine=round(characters * page.BODY_SIZE * 20))
