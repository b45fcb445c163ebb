"""Samples as DOCX, PDF and plain text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import docx
import typst
from docx.document import Document as WordDocument

from gongkai.law.report.formats import SECTIONS

from .markup import shown
from .sample import NOTE, T4_HEADS, Sample


@dataclass(frozen=True)
class Cell:
    """A cell of an official table."""

    text: str
    colspan: int = 1
    rowspan: int = 1


Rows = list[list[Cell]]


def grid2(sample: Sample) -> Rows:
    rows: Rows = []
    for clause, entries in sample.fmt.clauses():
        columns = entries[0].columns
        widths = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(columns)]
        rows.append([Cell(clause, 4)])
        rows.append([Cell("信息内容"), *(Cell(c.label, w) for c, w in zip(columns, widths, strict=True))])
        for entry in entries:
            values = sample.table2[entry.key]
            listed = values if isinstance(values, list) else [values]
            rows.append(
                [Cell(entry.label), *(Cell(shown(v), w) for v, w in zip(listed, widths, strict=True))]
            )
    return rows


def grid3(sample: Sample) -> Rows:
    rows: Rows = [
        [Cell(NOTE, 3, 3), Cell("申请人情况", 7)],
        [Cell("自然人", 1, 2), Cell("法人或其他组织", 5), Cell("总计", 1, 2)],
        [Cell(name) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    outside = {"new", "carried_in", "carried_out"}
    results = [row for row in sample.fmt.table3 if row.key not in outside]
    seen: list[str] = []
    for row in sample.fmt.table3:
        values = [Cell(shown(value)) for value in sample.table3[row.key]]
        if row.key in outside:
            rows.append([Cell(row.label, 3), *values])
            continue
        first = [Cell("三、本年度办理结果", 1, len(results))] if row is results[0] else []
        if not row.group:
            rows.append([*first, Cell(row.label, 2), *values])
            continue
        size = sum(1 for other in results if other.group == row.group)
        group = [] if row.group in seen else [Cell(row.group, 1, size)]
        seen.append(row.group)
        rows.append([*first, *group, Cell(row.label), *values])
    return rows


def grid4(sample: Sample) -> Rows:
    return [
        [Cell("行政复议", 5), Cell("行政诉讼", 10)],
        [*(Cell(head, 1, 2) for head in T4_HEADS), Cell("未经复议直接起诉", 5), Cell("复议后起诉", 5)],
        [Cell(head) for head in T4_HEADS * 2],
        [Cell(shown(value)) for value in sample.table4],
    ]


GRIDS = {"proactive": (grid2, 4), "requests": (grid3, 10), "disputes": (grid4, 15)}


def word(sample: Sample) -> bytes:
    """A DOCX with merged cells."""
    paper = docx.Document()
    paper.add_heading(sample.title, 0)
    paper.add_paragraph(sample.prose["lead"])
    for section in SECTIONS:
        paper.add_paragraph(f"{section.number}、{section.title}")
        if section.key in GRIDS:
            build, width = GRIDS[section.key]
            _word_table(paper, build(sample), width)
        else:
            paper.add_paragraph(sample.prose[section.key])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _word_table(paper: WordDocument, rows: Rows, width: int) -> None:
    table = paper.add_table(len(rows), width, style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            corner = table.cell(r, c)
            if cell.colspan > 1 or cell.rowspan > 1:
                corner = corner.merge(table.cell(r + cell.rowspan - 1, c + cell.colspan - 1))
            corner.text = cell.text
            taken |= {(r + i, c + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
            c += cell.colspan


@dataclass(frozen=True)
class Paper:
    """How a PDF is set."""

    name: str
    stroke: str = "0.5pt"
    size: str = "9pt"
    flipped: bool = False
    vertical: bool = True
    """The part label runs down, a character a line."""
    height: str = "auto"
    """A low page breaks the tables in many places."""
    inset: str = "3pt"
    widths: str = ""
    head: str = ""
    """A line at the head of every page."""
    foot: str = ""
    """A line at the foot of every page, before the page number."""


PAPERS = [
    Paper("ruled"),
    Paper("landscape", flipped=True),
    Paper("big letters", size="12pt"),
    Paper("low pages", height="14cm"),
    Paper("very low pages", height="9cm", size="10pt"),
    Paper("not ruled", stroke="none"),
    Paper("rows ruled", stroke="(x: none, y: 0.5pt)"),
    Paper("not ruled, landscape", stroke="none", flipped=True),
    Paper("not ruled, low pages", stroke="none", height="16cm"),
]
_WIDTHS = {
    4: "(2fr, 1fr, 1fr, 1fr)",
    10: "(1.2em, 4em, 9em, 3em, 3em, 3em, 3em, 3em, 3em, 3em)",
    15: "(1fr,) * 15",
}


def typeset(sample: Sample, paper: Paper) -> bytes:
    """A PDF with a text layer."""
    width = "29.7cm" if paper.flipped else "21cm"
    usual = "21cm" if paper.flipped else "29.7cm"
    height = usual if paper.height == "auto" else paper.height
    lines = [
        f'#set page(width: {width}, height: {height}, margin: 2cm, numbering: "- 1 -")',
        *_margins(paper),
        f'#set text(font: ("FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC"), size: {paper.size}, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)",
        f"#align(center)[#text(16pt)[{sample.title}]]",
        "",
        _escaped(sample.prose["lead"]),
        "",
    ]
    for section in SECTIONS:
        lines += [f"{section.number}、{section.title}", ""]
        if section.key in GRIDS:
            build, width = GRIDS[section.key]
            lines.append(_typst_table(build(sample), width, paper))
        else:
            lines += [_escaped(sample.prose[section.key]), ""]
    return typst.compile("\n".join(lines).encode())


def _margins(paper: Paper) -> list[str]:
    head = [f"#set page(header: text(8pt)[{_escaped(paper.head)}])"] if paper.head else []
    number = '#context counter(page).display("1/1", both: true)'
    foot = [f"#set page(footer: text(8pt)[{_escaped(paper.foot)} {number}])"] if paper.foot else []
    return [*head, *foot]


def _escaped(text: str) -> str:
    return text.translate(str.maketrans({c: f"\\{c}" for c in "#$*_`<>@[]\\~/-+=."}))


def _typst_table(rows: Rows, width: int, paper: Paper) -> str:
    widths = _WIDTHS[width]
    if width == 10 and paper.flipped:
        widths = "(2em, 5em, 1fr, 4em, 4em, 4em, 4em, 4em, 4em, 4em)"
    parts = [
        f"#table(columns: {widths}, stroke: {paper.stroke}, inset: {paper.inset}, align: center + horizon,"
    ]
    for row in rows:
        for cell in row:
            text = " \\ ".join(cell.text) if cell.rowspan > 10 and paper.vertical else _escaped(cell.text)
            parts.append(
                f"table.cell(colspan: {cell.colspan}, rowspan: {cell.rowspan})[#par(first-line-indent: 0em)[{text}]],"
            )
    return "\n".join([*parts, ")"])


def _frame(sample: Sample, table: dict[str, str]) -> str:
    parts = [sample.title, sample.prose["lead"]]
    for section in SECTIONS:
        parts += [f"{section.number}、{section.title}", table.get(section.key) or sample.prose[section.key]]
    return "\n".join(parts)


def _separated(rows: Rows, mark: str) -> str:
    return "\n".join(mark.join(cell.text for cell in row) for row in rows)


def tabbed(sample: Sample) -> str:
    """Copied from a browser: tabs between cells, merged cells leave nothing."""
    return _frame(sample, {key: _separated(build(sample), "\t") for key, (build, _) in GRIDS.items()})


def barred(sample: Sample) -> str:
    """A Markdown table; merged cells leave nothing behind."""

    def table(rows: Rows) -> str:
        lines = ["| " + " | ".join(cell.text for cell in row) + " |" for row in rows]
        return "\n".join([lines[0], "|---|---|", *lines[1:]])

    return _frame(sample, {key: table(build(sample)) for key, (build, _) in GRIDS.items()})


def listed(sample: Sample) -> str:
    """A cell a line."""
    return _frame(sample, {key: _separated(build(sample), "\n") for key, (build, _) in GRIDS.items()})


def airy(sample: Sample) -> str:
    """A cell a line, an empty line after each."""
    return listed(sample).replace("\n", "\n\n")


def in_lines(sample: Sample) -> str:
    """A row a line, single spaces between the cells."""
    return _frame(sample, {key: _separated(build(sample), " ") for key, (build, _) in GRIDS.items()})


def wrapped(sample: Sample) -> str:
    """A row a line, its label wrapped over several lines with the numbers on the first or the second."""
    lines: list[str] = []
    for number, row in enumerate(grid3(sample)):
        labels = [cell.text for cell in row if not _is_number(cell.text)]
        numbers = " ".join(cell.text for cell in row if _is_number(cell.text))
        label = labels[-1] if labels else ""
        if not numbers or len(label) <= 16:
            lines.append(" ".join([*labels, numbers]).strip())
        elif number % 2:
            lines += [f"{label[:15]} {numbers}", label[15:]]
        else:
            lines += [label[:14], f"{label[14:28]} {numbers}", *([label[28:]] if label[28:] else [])]
    tables: dict[str, str] = {key: _separated(build(sample), " ") for key, (build, _) in GRIDS.items()}
    return _frame(sample, tables | {"requests": "\n".join(lines)})


def glued(sample: Sample) -> str:
    """A row a line, all numbers of table 3 run together."""

    def line(row: list[Cell]) -> str:
        labels = [cell.text for cell in row if not _is_number(cell.text)]
        return "\n".join([*labels, "".join(cell.text for cell in row if _is_number(cell.text))]).strip()

    tables: dict[str, str] = {key: _separated(build(sample), "\n") for key, (build, _) in GRIDS.items()}
    return _frame(sample, tables | {"requests": "\n".join(line(row) for row in grid3(sample))})


def _is_number(text: Any) -> bool:
    return text.isdigit()


TEXTS = {
    "tabs": tabbed,
    "bars": barred,
    "cell a line": listed,
    "airy": airy,
    "row a line": in_lines,
    "wrapped": wrapped,
}
