"""Walking through the text of a DOCX: what a reader sees becomes blocks, what he does not see is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.redaction.docx_numbering import Numbering
from gongkai.redaction.docx_pictures import Pictures
from gongkai.redaction.docx_styles import Look, Styles
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, child, children, name_of, switched_on, whole, within

Json = dict[str, Any]
_DEEPEST = 60
_TWIPS = 20
_REFUSED = {
    "chart": "图表",
    "relIds": "SmartArt 图形",
    "oMath": "公式",
    "oMathPara": "公式",
    "object": "嵌入对象",
    "altChunk": "嵌入的其他文档",
    "subDoc": "引用的子文档",
    "contentPart": "墨迹",
}
_TRANSPARENT = frozenset(
    {
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "ruby",
        "rt",
        "rubyBase",
        "dir",
        "bdo",
    }
)
_DELETED = frozenset({"del", "moveFrom"})
_ALIGNMENTS = {"center": "center", "right": "end", "end": "end"}
SYMBOLS = {
    0xF052: "☑",
    0xF0FE: "☑",
    0xF0FD: "☒",
    0xF0A3: "□",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0B7: "•",
    0xF0FC: "✓",
    0xF0D8: "➢",
}
"""The signs of Wingdings and Symbol that forms use."""


class Body:
    """Reads one document. ``unseen`` counts what was left out, by kind."""

    def __init__(self, styles: Styles, numbering: Numbering, pictures: Pictures, limits: Limits) -> None:
        self._styles, self._numbering, self._pictures = styles, numbering, pictures
        self._limits = limits
        self._cells = 0
        self.notes: list[str] = []
        self.unseen: Counter[str] = Counter()

    def blocks(self, parent: Iterable[Element], depth: int = 0) -> list[Json]:
        """Paragraphs, tables, pictures, page breaks. Raises ``RedactionError``."""
        if depth > _DEEPEST:
            raise RedactionError("hostile")
        found: list[Json] = []
        for element in parent:
            kind = name_of(element)
            self._refuse(kind)
            if kind == "p":
                found += self._paragraph(element, depth)
            elif kind == "tbl":
                found.append(self._table(element, depth))
            elif kind in _TRANSPARENT:
                found += self.blocks(element, depth + 1)
            elif kind in _DELETED:
                self._deleted(element)
        # Inside cells and frames a page break has no meaning.
        return [block for block in found if block["type"] != "break"] if depth else found

    @staticmethod
    def _refuse(kind: str) -> None:
        if kind in _REFUSED:
            raise RedactionError("not_renderable", f"文件中有{_REFUSED[kind]}。")

    def _deleted(self, element: Element) -> None:
        self.unseen["deleted"] += sum(len(each.text or "") for each in within(element, "delText", "t"))

    def _paragraph(self, element: Element, depth: int) -> list[Json]:
        properties = child(element, "pPr")
        look = self._styles.paragraph(properties)
        parts = list(self._inline(element, look, depth))
        number = self._number(properties)
        blocks: list[Json] = []
        runs: list[Json] = [{"text": f"{number} ", "bold": look.bold, "size": look.size}] if number else []
        for part in parts:
            if part["type"] == "run":
                runs.append(part)
                continue
            if runs:
                blocks.append(self._text(runs, properties))
                runs = []
            blocks.append(part)
        if runs or not blocks:
            blocks.append(self._text(runs, properties))
        return blocks

    def _number(self, properties: Element | None) -> str:
        return self._numbering.next(*self._styles.numbering(properties))

    @staticmethod
    def _text(runs: list[Json], properties: Element | None) -> Json:
        indent = child(properties, "ind")
        return {
            "type": "paragraph",
            "runs": runs,
            "align": _ALIGNMENTS.get(attribute(child(properties, "jc"), "val"), "start"),
            "first": whole(attribute(indent, "firstLine"), 0) / _TWIPS,
            "left": max(0, whole(attribute(indent, "left") or attribute(indent, "start"), 0)) / _TWIPS,
        }

    def _inline(self, parent: Element, look: Look, depth: int) -> Iterator[Json]:
        if depth > _DEEPEST:
            raise RedactionError("hostile")
        for element in parent:
            kind = name_of(element)
            self._refuse(kind)
            if kind == "r":
                yield from self._run(element, self._styles.run(look, child(element, "rPr")), depth + 1)
            elif kind in _TRANSPARENT:
                yield from self._inline(element, look, depth + 1)
            elif kind in _DELETED:
                self._deleted(element)

    def _run(self, run: Element, look: Look, depth: int) -> Iterator[Json]:
        if look.unseen:
            self._hide(run, look)
            return
        for element in run:
            text = self._sign(element)
            if text:
                yield {"type": "run", "text": text, "bold": look.bold, "size": look.size}
            else:
                yield from self._object(element, depth)

    def _hide(self, run: Element, look: Look) -> None:
        count = sum(len(each.text or "") for each in within(run, "t"))
        self.unseen["hidden" if look.hidden else "white"] += count

    def _sign(self, element: Element) -> str:
        kind = name_of(element)
        if kind == "t":
            return element.text or ""
        if kind == "sym":
            return self._symbol(element)
        if kind in {"footnoteReference", "endnoteReference"}:
            self.notes.append(f"{kind[:-9]}:{attribute(element, 'id')}")
            return f"〔注{len(self.notes)}〕"
        if kind == "br" and attribute(element, "type") not in {"page", "column"}:
            return "\n"
        return {"tab": "\u3000", "cr": "\n", "noBreakHyphen": "-"}.get(kind, "")

    @staticmethod
    def _symbol(element: Element) -> str:
        try:
            return SYMBOLS[int(attribute(element, "char"), 16) | 0xF000]
        except (KeyError, ValueError) as error:
            raise RedactionError("not_renderable", "文件中有符号字体的字符。") from error

    def _object(self, element: Element, depth: int) -> Iterator[Json]:
        kind = name_of(element)
        self._refuse(kind)
        if kind == "br" and attribute(element, "type") == "page":
            yield {"type": "break"}
        elif kind == "AlternateContent":
            chosen = child(element, "Choice")
            for each in [] if chosen is None else chosen:
                yield from self._object(each, depth + 1)
        elif kind in {"drawing", "pict"}:
            yield from self._drawn(element, kind, depth)

    def _drawn(self, element: Element, kind: str, depth: int) -> Iterator[Json]:
        for each in within(element, *_REFUSED):
            self._refuse(name_of(each))
        boxes = list(within(element, "txbxContent"))
        pictures = self._pictures.drawing(element) if kind == "drawing" else self._pictures.vector(element)
        yield from pictures
        for box in boxes:
            yield {"type": "frame", "blocks": self.blocks(box, depth + 1)}
        if not boxes and not pictures:
            self.unseen["shapes"] += 1

    def _table(self, table: Element, depth: int) -> Json:
        widths = [
            max(1, whole(attribute(each, "w"), 1)) for each in children(child(table, "tblGrid"), "gridCol")
        ]
        rows = []
        for row in _rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None or switched_on(child(properties, "hidden")):
                self.unseen["rows"] += 1
                continue
            rows.append(self._row(row, depth))
        return {"type": "table", **laid_out(rows, widths)}

    def _row(self, row: Element, depth: int) -> list[Json]:
        cells = []
        for cell in _cells(row):
            self._cells += 1
            if self._cells > self._limits.cells:
                raise RedactionError("too_complex", "文件中的表格过大。")
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            cells.append(
                {
                    "span": min(max(1, whole(attribute(child(properties, "gridSpan"), "val"), 1)), 200),
                    "continues": merge is not None and attribute(merge, "val") != "restart",
                    "begins": merge is not None,
                    "blocks": self.blocks(cell, depth + 1),
                }
            )
        return cells


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if name_of(element) == "tr":
            yield element
        elif name_of(element) in _TRANSPARENT:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if name_of(element) == "tc":
            yield element
        elif name_of(element) in _TRANSPARENT:
            yield from _cells(element)


def laid_out(rows: list[list[Json]], widths: list[int]) -> Json:
    """Cells at their places, continued cells joined to the one above."""
    placed: list[Json] = []
    above: dict[int, Json] = {}
    most = len(widths)
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            owner = above.get(x)
            if cell["continues"] and owner is not None and owner["y"] + owner["rows"] == y:
                owner["rows"] += 1
                owner["blocks"] += [block for block in cell["blocks"] if _says(block)]
            else:
                made = {"x": x, "y": y, "columns": cell["span"], "rows": 1, "blocks": cell["blocks"]}
                placed.append(made)
                above[x] = made
            x += cell["span"]
        most = max(most, x)
    return {"columns": most, "widths": widths if len(widths) == most else [1] * most, "cells": placed}


def _says(block: Json) -> bool:
    return block["type"] != "paragraph" or bool(block["runs"])
