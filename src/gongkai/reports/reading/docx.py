"""DOCX: paragraphs and tables of the document part, with merged cells, content controls, text boxes, tracked changes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.reports.reading.archive import open_archive, parse_xml, read_part
from gongkai.reports.reading.document import Block, Document, Prose, RawCell, lay_out, loosen_lone_rows
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits, Meter
from gongkai.reports.reading.words import spaced, tidy

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "tblPr", "sectPr", "footnoteReference"}
)
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "body", "document"})
_DEPTH = 200


def read_docx(data: bytes, limits: Limits, meter: Meter) -> Document:
    """The blocks of a DOCX. Raises ``ReadingError``."""
    archive = open_archive(data, limits)
    names = set(archive.namelist())
    main = _main_part(names)
    root = parse_xml(read_part(archive, main, limits))
    meta = (
        _properties(parse_xml(read_part(archive, "docProps/core.xml", limits)))
        if "docProps/core.xml" in names
        else {}
    )
    reader = _Reader(meter)
    reader.walk(root, 0)
    return Document("docx", tuple(reader.blocks), meta)


def _main_part(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "word/document.xml"
    found = sorted(name for name in names if name.startswith("word/document") and name.endswith(".xml"))
    if not found:
        raise ReadingError("unsupported")
    return found[0]


def _properties(root: etree._Element) -> dict[str, str]:
    return {"page_title": next((child.text or "" for child in root if _name(child) == "title"), "")}


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    current: etree._Element | None = element
    for name in names:
        current = (
            next((child for child in current if _name(child) == name), None) if current is not None else None
        )
    return current


class _Reader:
    """Collects blocks in document order."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.blocks: list[Block] = []
        self.tables = 0
        self.paragraphs = 0

    def walk(self, element: etree._Element, depth: int) -> None:
        """Read the blocks below an element."""
        if depth > _DEPTH:
            raise ReadingError("too_complex", "（文档嵌套过深）")
        for child in element:
            name = _name(child)
            if name == "p":
                self._paragraph(child, depth)
            elif name == "tbl":
                self._table(child, depth)
            elif name in _WRAPPERS:
                self.walk(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        self.paragraphs += 1
        text = _words(paragraph)
        self.meter.characters(len(text))
        for line in text.split("\n"):
            if spoken := spaced(line):
                self.blocks.append(Prose(spoken, f"第{self.paragraphs}段"))
        for box in _boxes(paragraph):
            self.walk(box, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> None:
        self.meter.tick()
        if any(
            _name(inner) == "tbl"
            for row in _rows(table)
            for cell in _cells(row)
            for inner in cell.iter()
            if inner is not cell
        ):
            for row in _rows(table):
                for cell in _cells(row):
                    self.walk(cell, depth + 1)
            return
        self.tables += 1
        place = f"表{self.tables}"
        raw = _merge_down([self._row(row) for row in _rows(table)])
        self.blocks += loosen_lone_rows(lay_out(raw, place=place))

    def _row(self, row: etree._Element) -> list[tuple[RawCell, str]]:
        cells: list[tuple[RawCell, str]] = []
        before = _attribute(_child(row, "trPr", "gridBefore"), "val")
        if before.isdigit():
            cells.append((RawCell("", min(int(before), self.meter.limits.span)), ""))
        for cell in _cells(row):
            span = _attribute(_child(cell, "tcPr", "gridSpan"), "val")
            merge = _child(cell, "tcPr", "vMerge")
            state = "" if merge is None else (_attribute(merge, "val") or "continue")
            width = min(int(span), self.meter.limits.span) if span.isdigit() else 1
            self.meter.cells(width)
            cells.append((RawCell(_cell_text(cell), max(width, 1)), state))
        return cells


def _merge_down(rows: list[list[tuple[RawCell, str]]]) -> list[list[RawCell]]:
    """Turn vertically merged cells into one cell with a row span."""
    open_cells: dict[int, RawCell] = {}
    laid: list[list[RawCell]] = []
    for row in rows:
        column, kept = 0, []
        for cell, state in row:
            above = open_cells.get(column)
            if state == "continue" and above is not None and above.colspan == cell.colspan:
                above.rowspan += 1
                if cell.text.strip():
                    above.text = f"{above.text}\n{cell.text}".strip()
            else:
                kept.append(cell)
                for covered in range(column, column + cell.colspan):
                    open_cells.pop(covered, None)
                if state:
                    open_cells[column] = cell
            column += cell.colspan
        laid.append(kept)
    return laid


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _find(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return _find(row, "tc")


def _find(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and insertions."""
    for child in element:
        name = _name(child)
        if name == wanted and not _deleted(child):
            yield child
        elif name in _WRAPPERS:
            yield from _find(child, wanted)


def _deleted(element: etree._Element) -> bool:
    return _child(element, "trPr", "del") is not None


def _cell_text(cell: etree._Element) -> str:
    lines = [tidy(line) for paragraph in _find(cell, "p") for line in _words(paragraph).split("\n")]
    return "\n".join(line for line in lines if line)


def _words(element: etree._Element) -> str:
    """The visible text of a paragraph: insertions in, deletions and hidden text out."""
    parts: list[str] = []
    _collect(element, parts, 0)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str], depth: int) -> None:
    if depth > _DEPTH:
        raise ReadingError("too_complex", "（文档嵌套过深）")
    for child in element:
        name = _name(child)
        if (
            name in _SKIPPED
            or name in {"txbxContent", "pict", "drawing", "AlternateContent"}
            or (name == "r" and _hidden(child))
        ):
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name in {"tab", "ptab"}:
            parts.append("\t")
        elif name in {"br", "cr"}:
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
        else:
            _collect(child, parts, depth + 1)


def _hidden(run: etree._Element) -> bool:
    vanish = _child(run, "rPr", "vanish")
    return vanish is not None and _attribute(vanish, "val") not in {"0", "false"}


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of text boxes, once each (Word stores a second copy for old readers)."""
    for box in paragraph.iter():
        if _name(box) != "txbxContent":
            continue
        ancestors = {_name(parent) for parent in box.iterancestors()}
        if "Fallback" not in ancestors and "del" not in ancestors:
            yield box
