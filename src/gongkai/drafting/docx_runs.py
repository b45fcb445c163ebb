"""The text of one Word paragraph as runs, with links, footnote marks, pictures and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.drafting.blocks import Block, Run
from gongkai.drafting.errors import DraftingError
from gongkai.redaction.docx_body import SYMBOLS
from gongkai.redaction.docx_styles import Look
from gongkai.redaction.ooxml import Element, attribute, child, name_of, switched_on, within

if TYPE_CHECKING:
    from gongkai.drafting.docx_walk import Walk

_DEEPEST = 60
_THROUGH = frozenset(
    {"sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "ruby", "rubyBase", "dir", "bdo"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_SCHEME = re.compile(r"^(?:https?|mailto|tel):", re.IGNORECASE)
_RAISED = {"superscript": "sup", "subscript": "sub"}
_LONGEST_LINK = 2000


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True


class Runs:
    """Reads paragraphs one after another; a field may reach over several of them."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._fields: list[_Field] = []
        self._after: list[Block] = []
        self.notes: list[str] = []
        """The footnotes and endnotes referred to so far, as ``footnote:3``."""

    def of(self, paragraph: Element, look: Look, place: str, depth: int) -> tuple[list[Run], list[Block]]:
        """The runs of a paragraph, and the contents of its text boxes as blocks to follow it."""
        before, self._after = self._after, []
        runs = list(self._inline(paragraph, look, place, depth, ""))
        after, self._after = self._after, before
        return runs, after

    def _inline(self, parent: Element, look: Look, place: str, depth: int, link: str) -> Iterator[Run]:
        if depth > _DEEPEST:
            raise DraftingError("hostile")
        for element in parent:
            kind = name_of(element)
            if kind == "r":
                yield from self._run(element, look, place, depth + 1, link)
            elif kind in {"del", "moveFrom"}:
                self._walk.count("deleted", place)
            elif kind in {"ins", "moveTo"}:
                self._walk.count("inserted", place)
                yield from self._inline(element, look, place, depth + 1, link)
            elif kind == "hyperlink":
                yield from self._inline(element, look, place, depth + 1, self._target(element) or link)
            elif kind in _THROUGH:
                yield from self._inline(element, look, place, depth + 1, link)
            elif kind in {"oMath", "oMathPara"}:
                self._walk.count("formulas", place)
                yield Run("".join(each.text or "" for each in within(element, "t")))

    def _target(self, element: Element) -> str:
        relation = self._walk.pictures.related.get(attribute(element, "id"))
        return safe_link(relation.target) if relation is not None and relation.external else ""

    def _run(self, run: Element, look: Look, place: str, depth: int, link: str) -> Iterator[Run]:
        properties = child(run, "rPr")
        own = self._walk.styles.run(look, properties)
        if own.unseen:
            if any((each.text or "").strip() for each in within(run, "t")):
                self._walk.count("hidden" if own.hidden else "white", place)
            self._follow_fields(run)
            return
        model = Run(
            "",
            bold=own.bold,
            italic=switched_on(child(properties, "i")),
            raised=_RAISED.get(attribute(child(properties, "vertAlign"), "val"), ""),
            size=own.size,
        )
        for element in run:
            yield from self._piece(element, model, place, depth, link)

    def _follow_fields(self, run: Element) -> None:
        for element in run:
            if name_of(element) in {"fldChar", "instrText"}:
                self._field(element)

    def _piece(self, element: Element, model: Run, place: str, depth: int, link: str) -> Iterator[Run]:
        kind = name_of(element)
        if kind in {"fldChar", "instrText"}:
            self._field(element)
        elif any(field.in_code for field in self._fields):
            return
        elif text := self._sign(element, kind, place):
            yield replace(model, text=text, link=link or self._field_link())
        elif kind in {"footnoteReference", "endnoteReference"}:
            self.notes.append(f"{kind[:-9]}:{attribute(element, 'id')}")
            yield replace(model, text=f"[{len(self.notes)}]", raised="sup", bold=False)
        elif kind == "AlternateContent":
            chosen = child(element, "Choice")
            for each in chosen if chosen is not None else ():
                yield from self._piece(each, model, place, depth, link)
        elif kind in {"drawing", "pict", "object"}:
            yield from self._drawn(element, kind, place, depth)
        elif kind == "ruby":
            yield from self._inline(element, Look(bold=model.bold, size=model.size), place, depth + 1, link)

    def _sign(self, element: Element, kind: str, place: str) -> str:
        if kind == "t":
            return (element.text or "").replace("\n", " ")
        if kind == "br":
            return "\n" if attribute(element, "type") not in {"page", "column"} else ""
        if kind == "sym":
            said = _symbol(attribute(element, "char"))
            if not said:
                self._walk.count("symbols", place)
            return said
        return _SIGNS.get(kind, "")

    def _field(self, element: Element) -> None:
        if name_of(element) == "instrText":
            if self._fields:
                self._fields[-1].code += element.text or ""
            return
        step = attribute(element, "fldCharType")
        if step == "begin" and len(self._fields) < _DEEPEST:
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif step == "end" and self._fields:
            self._fields.pop()

    def _field_link(self) -> str:
        found = (_LINK.search(field.code) for field in reversed(self._fields))
        return next((link for match in found if match and (link := safe_link(match[1]))), "")

    def _drawn(self, element: Element, kind: str, place: str, depth: int) -> Iterator[Run]:
        walk = self._walk
        boxes = [box for box in within(element, "txbxContent") if not _is_copy(box, element)]
        if any(True for _ in within(element, "chart", "relIds")):
            walk.count("charts", place)
        elif kind == "object":
            walk.count("objects", place)
        images = [] if boxes else walk.pictures.of(element, place)
        for image in images:
            yield Run("", image=image)
        for box in boxes:
            walk.count("boxes", place)
            self._after += walk.blocks(box, depth + 1, place)


def _is_copy(box: Element, top: Element) -> bool:
    """Whether a text box lies in another, which brings it, or in the copy for old programs."""
    for parent in box.iterancestors():
        if parent is top:
            return False
        if name_of(parent) in {"txbxContent", "Fallback"}:
            return True
    return False


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return SYMBOLS.get(number | 0xF000, "")


def safe_link(target: str) -> str:
    """An address a published text may link to; empty for any other."""
    target = target.strip()
    return target if _SCHEME.match(target) and len(target) <= _LONGEST_LINK else ""
