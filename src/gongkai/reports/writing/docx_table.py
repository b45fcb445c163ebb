"""A statutory table as WordprocessingML: merged cells, repeated head, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.report.figures import Report
from gongkai.reports.writing.grid import Box, Grid, Role, fitting_size
from gongkai.reports.writing.values import shown
from gongkai.typesetting.docx_parts import Element, element, run, twips
from gongkai.typesetting.docx_styles import TEXT_STYLE
from gongkai.typesetting.page import TABLE_SIZE

ROW_HEIGHT = 6.2  # mm, at least
PADDING = 0.5  # mm
WIDE_DIGIT = 0.64  # em: the stand-in a program takes for a missing font may be this wide
NARROW_PADDING = 0.2  # mm: three characters fit a number column


def table(layout: Grid, report: Report) -> Element:
    """The ``w:tbl`` of one table."""
    columns = (element("gridCol", w=twips(width)) for width in layout.widths)
    rows = (_row(layout, index, report) for index in range(len(layout.rows)))
    return element("tbl", _properties(layout), element("tblGrid", *columns), *rows)


def _properties(layout: Grid) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return element(
        "tblPr",
        element("tblW", w=twips(sum(layout.widths)), type="dxa"),
        element("jc", val="center"),
        element(
            "tblBorders", *(element(side, val="single", sz=4, space=0, color="000000") for side in sides)
        ),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            *(element(side, w=twips(PADDING), type="dxa") for side in ("top", "left", "bottom", "right")),
        ),
        element(
            "tblLook", val="0600", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1
        ),
        element("tblCaption", val=layout.caption),
        element("tblDescription", val=f"{layout.caption}（统一格式）"),
    )


def _row(layout: Grid, index: int, report: Report) -> Element:
    properties = [element("cantSplit"), element("trHeight", val=twips(ROW_HEIGHT), hRule="atLeast")]
    if index < layout.head_rows:
        properties.append(element("tblHeader"))
    cells = (_cell(layout, box, index, report) for box in _standing_in(layout, index))
    return element("tr", element("trPr", *properties), *cells)


def _standing_in(layout: Grid, index: int) -> Iterator[Box]:
    """The boxes that cover a row, from left to right, those from above included."""
    boxes = (box for box in layout.boxes() if box.row <= index < box.row + box.rowspan)
    yield from sorted(boxes, key=lambda box: box.column)


def _cell(layout: Grid, box: Box, index: int, report: Report) -> Element:
    width = sum(layout.widths[box.column : box.column + box.colspan])
    properties = [element("tcW", w=twips(width), type="dxa")]
    if box.colspan > 1:
        properties.append(element("gridSpan", val=box.colspan))
    if box.rowspan > 1:
        properties.append(element("vMerge", val="restart") if index == box.row else element("vMerge"))
    if box.role.is_heading:
        properties.append(element("shd", val="clear", color="auto", fill="F2F2F2"))
    if box.narrow and len(box.lines) == 1:
        sides = (element(side, w=twips(NARROW_PADDING), type="dxa") for side in ("left", "right"))
        properties.append(element("tcMar", *sides))
    if box.vertical:
        properties.append(element("textDirection", val="tbRlV"))
    properties.append(element("vAlign", val="center"))
    keep = box.role.is_heading or index < layout.head_rows
    content = _paragraph(box, width, report, keep=keep) if index == box.row else _empty()
    return element("tc", element("tcPr", *properties), content)


def _empty() -> Element:
    return element("p", element("pPr", element("pStyle", val=TEXT_STYLE)))


def _paragraph(box: Box, width: float, report: Report, *, keep: bool) -> Element:
    """The words of a box. Headings are kept with the row below them."""
    text, size = box.text, TABLE_SIZE
    if box.cell is not None:
        text = shown(report[box.cell], report.format.column(box.cell).unit)
        size = fitting_size(text, width, TABLE_SIZE, digit=WIDE_DIGIT)
    properties = [element("pStyle", val=TEXT_STYLE)]
    if keep:
        properties.append(element("keepNext"))
    if box.role not in {Role.LABEL, Role.NOTE}:
        properties.append(element("jc", val="center"))
    if not text:
        return element("p", element("pPr", *properties))
    return element("p", element("pPr", *properties), *_runs(box, text, size))


def _runs(box: Box, text: str, size: float) -> list[Element]:
    """The text; headings of several lines are broken where the form breaks them."""
    first, *more = (text,) if box.cell else box.lines
    broken = [part for line in more for part in (element("r", element("br")), run(line))]
    return [run(first, *_size(size)), *broken]


def _size(points: float) -> list[Element]:
    """Half points; nothing where the style has it already."""
    return (
        []
        if points >= TABLE_SIZE
        else [element("sz", val=int(points * 2)), element("szCs", val=int(points * 2))]
    )
