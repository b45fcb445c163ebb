# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""A document taken apart into the report it holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Report, ShapeNote
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, SECTIONS, ReportFormat
from gongkai.reports.reading import facts, paragraphs, table2, table3, table4, textual
from gongkai.reports.reading.document import Block, Document, Grid, Prose
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.furniture import is_dateline
from gongkai.reports.reading.labels import COLUMN_ORDER, ROW_ORDER
from gongkai.reports.reading.outline import Outline, outline
from gongkai.reports.reading.reconcile import reconcile
from gongkai.reports.reading.turned import upright
from gongkai.reports.reading.words import fold

MOST_LINES = 8_000
"""Lines of prose and rows of tables; a report has a few hundred, the longest book of one a few thousand."""
TABLE_TITLES = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}


def assemble(document: Document, *, source: str = "") -> Report:
    """Read the report out of a document. Raises ``ReadingError`` (``no_report``) when there is none in it."""
    if sum(len(grid.rows) for grid in document.grids()) + sum(1 for _ in document.prose()) > MOST_LINES:
        raise ReadingError("too_complex", f"（正文超过{MOST_LINES}行）")
    parts = outline(document)
    grids = upright(document.grids())
    two, three, four = _tables(document, parts, grids)
    if (
        not table2.usable(two)
        and not table3.usable(three)
        and not table4.usable(four)
        and len(parts.spans) < 4
    ):
        raise ReadingError("no_report")
    told = _facts(document, parts)
    fmt = _format(two, three, told.year)
    found = table2.settle(two, fmt)
    figures: dict[Cell, Figure] = {**found.figures, **three.figures, **four.figures}
    notes = [*parts.notes, *found.notes, *three.notes, *four.notes, *_shape(fmt, figures, two)]
    return Report(
        format=fmt,
        year=told.year,
        agency=told.agency,
        figures=_ordered(figures, fmt),
        title=told.title,
        level=told.level,
        sections=_sections(document, parts),
        published_on=told.published_on,
        shape=tuple(dict.fromkeys(notes)),
        source=source,
    )


def _tables(document: Document, parts: Outline, grids: Sequence[Grid]) -> tuple[table2.Reading, Found, Found]:
    """The three tables from the grids, and from running text what the grids do not give."""
    two, three, four = table2.scan(grids), table3.read_grids(grids), table4.read_grids(grids)
    lines = _lines(document)
    if not table2.is_whole(two):
        two = textual.better_two(two, textual.table_two(_part(document, parts, "proactive", lines)))
    if not table3.usable(three):
        three = textual.better(three, textual.table_three(_part(document, parts, "requests", lines)))
    elif not table3.is_whole(three):
        three = textual.in_order(three, lines)
    if document.lines and table3.usable(three):
        three = reconcile(three, textual.table_three(_requests_lines(document.lines), sure=True))
    if not table4.usable(four):
        four = textual.better(four, textual.table_four(_part(document, parts, "disputes", lines)))
    return (
        two if table2.usable(two) else table2.Reading(),
        three if table3.usable(three) else Found(),
        four if table4.usable(four) else Found(),
    )


def _requests_lines(lines: Sequence[Prose]) -> list[Prose]:
    """The plain lines of a PDF from the heading of part three on."""
    start = next(
        (n for n, line in enumerate(lines) if "收到和处理" in fold(line.text) and len(line.text) < 40), None
    )
    end = next(
        (n for n, line in enumerate(lines) if start is not None and n > start and _ends_requests(line.text)),
        None,
    )
    return list(lines[start:end]) if start is not None else []


def _ends_requests(text: str) -> bool:
    folded = fold(text)
    return len(folded) < 40 and folded.startswith(("四、", "四.", "(四)")) and "复议" in folded


def _lines(document: Document) -> list[Prose]:
    return textual.flatten(document.blocks)


def _part(document: Document, parts: Outline, key: str, otherwise: list[Prose]) -> list[Prose]:
    """The lines of a part, or all lines when the part was not found."""
    return textual.flatten(parts.blocks(document, key)) if key in parts.spans else otherwise


def _format(two: table2.Reading, three: Found, year: int | None) -> ReportFormat:
    """The format the document follows: by its headings, then by its rows, then by its year."""
    rows = {cell.row for cell in three.figures}
    votes = two.votes.copy()
    split = {"other_1_no_correction", "other_2_unpaid"} & rows
    votes["2021"] += 3 if split else 0
    if votes["2019"] != votes["2021"]:
        return FORMAT_2019 if votes["2019"] > votes["2021"] else FORMAT_2021
    if year is not None:
        return FORMAT_2019 if year <= 2020 else FORMAT_2021
    return FORMAT_2019 if "other_total" in rows else FORMAT_2021


def _ordered(figures: dict[Cell, Figure], fmt: ReportFormat) -> dict[Cell, Figure]:
    """Figures in the form's order; cells the form does not have come where their row would stand."""
    order = {cell: number for number, cell in enumerate(fmt.cells)}
    ranks = {key: number for number, key in enumerate(ROW_ORDER)}

    def rank(cell: Cell) -> tuple[int, int, int]:
        if cell.table == 3:
            return 3, ranks.get(cell.row, 99), COLUMN_ORDER.index(cell.column)
        return cell.table, order.get(cell, 999), 0

    return {cell: figures[cell] for cell in sorted(figures, key=rank)}


def _shape(fmt: ReportFormat, figures: dict[Cell, Figure], two: table2.Reading) -> list[ShapeNote]:
    """What is missing or mixed, seen over all tables."""
    notes: list[ShapeNote] = []
    for number, title in TABLE_TITLES.items():
        if not any(cell.table == number for cell in figures):
            cells = {2: fmt.table2_cells, 3: fmt.table3_cells, 4: fmt.table4_cells}[number]
            notes.append(ShapeNote("table_missing", title, "", title, cells))
    rows3 = {cell.row for cell in figures if cell.table == 3}
    if rows3:
        notes += _missing_rows3(fmt, rows3)
    if rows2 := {cell.row for cell in figures if cell.table == 2}:
        for row in fmt.table2:
            if row.key not in rows2:
                cells = tuple(Cell(2, row.key, column.key) for column in row.columns)
                notes.append(ShapeNote("row_missing", f"表二“{row.label}”", "", row.label, cells))
    if two.votes["2019"] and two.votes["2021"]:
        notes.append(ShapeNote("format_mixed", "表二", "表头混用两种格式的列名", f"{fmt.id}年格式"))
    split = rows3 & {"other_1_no_correction", "other_2_unpaid", "other_3_other"}
    if fmt is FORMAT_2019 and split:
        notes.append(
            ShapeNote("format_mixed", "表三“（六）其他处理”", "分为三行（2021年格式）", "2019年格式为一行")
        )
    return notes


def _missing_rows3(fmt: ReportFormat, rows: set[str]) -> list[ShapeNote]:
    notes = []
    unsplit = "other_total" in rows and fmt is FORMAT_2021
    if unsplit:
        cells = tuple(Cell(3, "other_total", column) for column in COLUMN_ORDER)
        notes.append(
            ShapeNote("other_not_split", "表三“（六）其他处理”", "（六）其他处理", "分为1、2、3三行", cells)
        )
    for row in fmt.table3:
        if row.key in rows or (unsplit and row.key.startswith("other_")):
            continue
        if row.key == "other_total" and any(key.startswith("other_") for key in rows):
            continue
        cells = tuple(Cell(3, row.key, column) for column in COLUMN_ORDER)
        notes.append(ShapeNote("row_missing", f"表三“{row.label}”", "", row.label, cells))
    return notes


def _facts(document: Document, parts: Outline) -> facts.Facts:
    lead = [block.text for block in parts.blocks(document, "lead") if isinstance(block, Prose)]
    start = _after_title(lead)
    prose = "\n".join(block.text for block in document.prose())
    last = [block.text for block in parts.blocks(document, "other") if isinstance(block, Prose)]
    titles = [document.meta.get("title", ""), document.meta.get("page_title", "")]
    dates = [document.meta.get("published", "")]
    return facts.gather(
        titles=titles,
        lead=lead[start:] or lead,
        prose=prose,
        tail=last[-6:],
        meta=dates,
        furniture=_furniture(parts.blocks(document, "lead")),
    )


def _furniture(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Label and text of the cells side by side in the small tables above the report (索引号, 发布机构, 公开日期)."""
    rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows]
    pairs = [pair for row in rows for pair in pairwise(row.slots)]
    return [(label.text.strip(" ：:"), text.text.strip()) for label, text in pairs if len(label.text) <= 12]


def _after_title(lead: Sequence[str]) -> int:
    """Skip a website's navigation: the lead begins a little before the last line that looks like the title."""
    found = [
        number
        for number, line in enumerate(lead)
        if len(line) <= 60 and "报告" in line and "信息公开" in fold(line) and "。" not in line
    ]
    return max(found[-1] - 6, 0) if found else 0


def _sections(document: Document, parts: Outline) -> dict[str, str]:
    """The prose of the lead and of each part."""
    sections: dict[str, str] = {}
    inside = _inside(document, parts)
    for key in ("lead", *(section.key for section in SECTIONS)):
        if key not in parts.spans:
            continue
        lines = [block for block in parts.blocks(document, key) if isinstance(block, Prose)]
        if key in {"lead", "other"}:
            lines = [line for line in lines if line in inside] or lines
        if key == "lead":
            lines = _behind_title(lines)
        if key == "other":
            lines = _before_title(paragraphs.cut_at_furniture(lines))
        sections[key] = paragraphs.join(lines, opening=parts.run_in.get(key, ""))
    return sections


def _behind_title(lines: list[Prose]) -> list[Prose]:
    """The lead without the title, the dateline and what stands before them."""
    titles = [number for number, line in enumerate(lines) if facts.is_title(line.text)]
    behind = lines[titles[-1] + 1 :] if titles else lines
    return [line for line in behind if not is_dateline(line.text)]


def _before_title(lines: list[Prose]) -> list[Prose]:
    """The last part up to a title: another report, or the same one again, begins there."""
    titles = (number for number, line in enumerate(lines) if number and facts.is_title(line.text))
    return lines[: next(titles, len(lines))]


def _inside(document: Document, parts: Outline) -> set[Prose]:
    """The prose inside the smallest HTML element that holds the beginnings of all parts."""
    starts = [parts.spans[key][0] - 1 for key in parts.spans if key != "lead"]
    paths = [block.path for number in starts if isinstance(block := document.blocks[number], Prose)]
    common: tuple[int, ...] = ()
    if paths and all(paths):
        common = paths[0]
        for path in paths[1:]:
            length = 0
            while length < min(len(common), len(path)) and common[length] == path[length]:
                length += 1
            common = common[:length]
    return {block for block in document.prose() if block.path[: len(common)] == common}
