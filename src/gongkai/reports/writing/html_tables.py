"""The statutory tables as HTML tables, each in a box that scrolls by itself."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Report, Standing
from gongkai.reports.writing.grid import Box, Grid, Role, grid
from gongkai.reports.writing.markup import EMPTY, Safe, esc, join, tag, void
from gongkai.reports.writing.notes import told
from gongkai.reports.writing.presentation import Adjustment, Mark, Presentation
from gongkai.reports.writing.values import shown, written

UNREAD = {Standing.BLANK: "空", Standing.MISSING: "缺"}
"""What the check page writes where the document has no number."""


@dataclass(frozen=True)
class Drawing:
    """What a table is drawn from. ``checking``: also show what stood in the document where it differs."""

    report: Report
    presentation: Presentation
    checking: bool = False


def table(drawing: Drawing, number: int) -> Safe:
    """One statutory table with the notes that belong to it."""
    layout = grid(drawing.report.format, number)
    drawn = tag(
        "table",
        tag("caption", esc(layout.caption), class_="rep-caption"),
        _columns(layout),
        _head(layout, drawing),
        *(_body(block, drawing) for block in layout.blocks()),
        class_=f"rep-table rep-table--{number}",
    )
    region = tag(
        "div",
        drawn,
        class_="rep-scroll",
        tabindex=0,
        role="region",
        aria_label=f"{layout.caption}，可左右滚动",
    )
    return Safe(region + adjustments(drawing, number))


def adjustments(drawing: Drawing, number: int) -> Safe:
    """The hand-made figures of one table, each with what the records gave and the reason."""
    presentation = drawing.presentation
    items = [
        _adjustment(drawing.report, cell, adjustment, presentation.adjusted[cell])
        for cell, adjustment in presentation.adjustments.items()
        if cell.table == number
    ]
    if not items:
        return EMPTY
    heading = tag("p", esc("数据调整说明"), class_="rep-adjustments-title")
    return tag("div", heading, tag("ul", *items), class_="rep-adjustments")


def _adjustment(report: Report, cell: Cell, adjustment: Adjustment, number: int) -> Safe:
    place = tag("a", esc(report.format.label(cell)), href=f"#rep-{cell}")
    return tag(
        "li", esc(f"调{number} "), place, esc(told(report, cell, adjustment)), id=f"rep-adjustment-{number}"
    )


def _columns(layout: Grid) -> Safe:
    kinds = {2: ("label",), 3: ("part", "group", "label")}.get(layout.table, ())
    names = (*kinds, *("number" for _ in layout.widths[len(kinds) :]))
    return tag("colgroup", *(void("col", class_=f"rep-col rep-col--{name}") for name in names))


def _head(layout: Grid, drawing: Drawing) -> Safe:
    rows = layout.rows[: layout.head_rows]
    return tag("thead", *(_row(row, drawing) for row in rows)) if rows else EMPTY


def _body(block: tuple[tuple[Box, ...], ...], drawing: Drawing) -> Safe:
    return tag("tbody", *(_row(row, drawing) for row in block))


def _row(row: tuple[Box, ...], drawing: Drawing) -> Safe:
    kind = "rep-row rep-row--clause" if row[0].role is Role.CLAUSE else "rep-row"
    return tag("tr", *(_box(box, drawing) for box in row), class_=kind)


def _box(box: Box, drawing: Drawing) -> Safe:
    spans = {"rowspan": _span(box.rowspan), "colspan": _span(box.colspan)}
    if box.cell is not None:
        return _figure(box.cell, drawing, spans)
    if box.role is Role.NOTE:
        return tag("td", esc(box.text), class_="rep-note", **spans)
    kind = f"rep-{box.role}{' rep-vertical' if box.vertical else ''}{' rep-narrow' if box.narrow else ''}"
    return tag("th", _heading(box), scope=_scope(box), class_=kind, **spans)


def _heading(box: Box) -> Safe:
    """The words of a heading, with the places where it may break."""
    if box.vertical:
        return tag("span", esc(box.text), class_="rep-vertical-text")
    return join((esc(line) for line in box.lines), "<wbr>")


def _span(count: int) -> int | None:
    return count if count > 1 else None


def _scope(box: Box) -> str:
    """Which cells a heading is for: its column or columns, its row, or its group of rows."""
    if box.role.is_heading:
        return "colgroup" if box.colspan > 1 else "col"
    return "rowgroup" if box.role is Role.GROUP else "row"


def _figure(cell: Cell, drawing: Drawing, spans: dict[str, int | None]) -> Safe:
    figure = drawing.report[cell]
    marks = drawing.presentation.marks.get(cell, ())
    return tag(
        "td",
        _number(cell, figure, drawing),
        _raw(cell, figure, drawing) if drawing.checking else EMPTY,
        _adjusted(cell, drawing.presentation),
        *(_reference(mark) for mark in marks),
        id=f"rep-{cell}",
        class_=" ".join(_classes(cell, figure, marks, drawing)),
        **spans,
    )


def _classes(cell: Cell, figure: Figure, marks: tuple[Mark, ...], drawing: Drawing) -> list[str]:
    names = ["rep-num", *dict.fromkeys(f"rep-cell--{mark.finding.severity}" for mark in marks)]
    if cell in drawing.presentation.adjustments:
        names.append("rep-cell--adjusted")
    if figure.standing in {Standing.UNCERTAIN, Standing.BLANK, Standing.MISSING}:
        names.append(f"rep-cell--{figure.standing}")
    return names


def _number(cell: Cell, figure: Figure, drawing: Drawing) -> Safe:
    form = drawing.report.format
    text = shown(figure, form.column(cell).unit)
    if drawing.checking and not figure.is_known and not text:
        return tag("span", esc(UNREAD.get(figure.standing, "存疑")), class_="rep-absent")
    address = drawing.presentation.link(cell)
    if not address or not text:
        return esc(text)
    told_as = f"{text}，{form.label(cell)}，查看所依据的记录"
    return tag("a", esc(text), href=address, class_="rep-link", aria_label=told_as)


def _raw(cell: Cell, figure: Figure, drawing: Drawing) -> Safe:
    """The words of the document, where they are not the number as we write it."""
    raw = figure.raw.strip()
    unit = drawing.report.format.column(cell).unit
    if figure.value is None or raw in {"", str(figure.value), written(figure.value, unit)}:
        return EMPTY
    return tag("span", esc(f"原文“{raw}”"), class_="rep-raw")


def _adjusted(cell: Cell, presentation: Presentation) -> Safe:
    number = presentation.adjusted.get(cell)
    if number is None:
        return EMPTY
    label = f"数据调整说明{number}"
    return tag(
        "sup",
        tag("a", esc(f"调{number}"), href=f"#rep-adjustment-{number}", aria_label=label),
        class_="rep-adj",
    )


def _reference(mark: Mark) -> Safe:
    """The number of a problem on its cell, in words and with a way to the list."""
    severity = mark.finding.severity
    link = tag("a", esc(f"{severity.label}{mark.number}"), href=f"#rep-finding-{mark.number}")
    return tag("sup", link, class_=f"rep-ref rep-ref--{severity}")


def tables(drawing: Drawing) -> Safe:
    """All three."""
    return tag("div", join(table(drawing, number) for number in (2, 3, 4)), class_="rep-tables")
