"""A bordered form, and a QR code beside its lines, as WordprocessingML."""

from __future__ import annotations

from gongkai.typesetting import codes, page
from gongkai.typesetting.document import Code, Form, Placed, placed
from gongkai.typesetting.docx_official import FORM_TEXT
from gongkai.typesetting.docx_parts import Element, element, run, twips

PADDING = 1.5  # mm
_SIDES = ("top", "left", "bottom", "right")


def form_table(form: Form) -> Element:
    """The ``w:tbl`` of a form; no row breaks over a page."""
    columns = (element("gridCol", w=twips(width)) for width in form.millimetres)
    cells = placed(form)
    rows = (_row(form, index, cells) for index in range(len(form.rows)))
    return element("tbl", _properties(form.caption, border="single"), element("tblGrid", *columns), *rows)


def code_table(code: Code, picture: Element) -> Element:
    """The picture at the left, the lines beside it; a table without borders."""
    side = codes.SIZE + 2 * PADDING + 1
    widths = (side, page.TEXT_WIDTH - side)
    columns = (element("gridCol", w=twips(width)) for width in widths)
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    drawn = element("p", element("pPr", element("pStyle", val=FORM_TEXT), spacing), picture)
    cells = (
        element("tc", _cell_properties(widths[0]), drawn),
        element("tc", _cell_properties(widths[1]), *(_text(line) for line in code.lines)),
    )
    row = element("tr", element("trPr", element("cantSplit")), *cells)
    return element("tbl", _properties(code.alternative, border="nil"), element("tblGrid", *columns), row)


def _properties(caption: str, *, border: str) -> Element:
    look = {"sz": 4, "space": 0, "color": "000000"} if border == "single" else {}
    borders = (element(side, val=border, **look) for side in (*_SIDES, "insideH", "insideV"))
    margins = (
        element(side, w=twips(PADDING if side in {"left", "right"} else 0.5), type="dxa") for side in _SIDES
    )
    return element(
        "tblPr",
        element("tblW", w=twips(page.TEXT_WIDTH), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
        element("tblCaption", val=caption),
    )


def _row(form: Form, index: int, cells: tuple[Placed, ...]) -> Element:
    height = element("trHeight", val=twips(form.rows[index].height), hRule="atLeast")
    properties = [element("cantSplit"), height]
    if index < form.head_rows:
        properties.append(element("tblHeader"))
    standing = sorted(
        (one for one in cells if one.row <= index < one.row + one.cell.rowspan), key=lambda one: one.column
    )
    return element("tr", element("trPr", *properties), *(_cell(form, one, index) for one in standing))


def _cell(form: Form, place: Placed, index: int) -> Element:
    """A cell that goes on from above is there once more, empty."""
    cell = place.cell
    merged: list[Element] = []
    if cell.colspan > 1:
        merged.append(element("gridSpan", val=cell.colspan))
    if cell.rowspan > 1:
        merged.append(element("vMerge", val="restart") if index == place.row else element("vMerge"))
    width = sum(form.millimetres[place.column : place.column + cell.colspan])
    lines = cell.text.splitlines() or [""] if index == place.row else [""]
    return element("tc", _cell_properties(width, *merged), *(_text(line, label=cell.label) for line in lines))


def _cell_properties(width: float, *merged: Element) -> Element:
    return element(
        "tcPr", element("tcW", w=twips(width), type="dxa"), *merged, element("vAlign", val="center")
    )


def _text(line: str, *, label: bool = False) -> Element:
    centred = [element("jc", val="center")] if label else []
    return element("p", element("pPr", element("pStyle", val=FORM_TEXT), *centred), run(line))
