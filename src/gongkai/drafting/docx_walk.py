"""Walking through a DOCX: what a reader sees becomes blocks; what was taken differently or not at all is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.drafting.blocks import Block, Paragraph, Run, Table
from gongkai.drafting.docx_pictures import Pictures
from gongkai.drafting.docx_runs import Runs
from gongkai.drafting.docx_styles import role_of
from gongkai.drafting.docx_tables import laid_out
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.model import Remark
from gongkai.drafting.writing import picture
from gongkai.redaction.docx_numbering import Numbering
from gongkai.redaction.docx_styles import Styles
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, child, name_of, switched_on, within

DEEPEST = 60
WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"})
DELETED = frozenset({"del", "moveFrom"})
_BULLETS = frozenset("•")


class Walk:
    """Reads one document. ``seen`` counts what needs a remark, by kind; ``notes`` are footnotes in their order."""

    def __init__(self, styles: Styles, numbering: Numbering, pictures: Pictures, limits: Limits) -> None:
        self.styles, self.numbering, self.pictures, self.limits = styles, numbering, pictures, limits
        self.seen: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.runs = Runs(self)
        self._paragraphs = self._tables = self.cells = 0
        self._joined: list[Run] | None = None

    def blocks(self, parent: Iterable[Element], depth: int = 0, within_place: str = "") -> list[Block]:
        """Paragraphs, tables and pictures below an element. Raises ``DraftingError``."""
        if depth > DEEPEST:
            raise DraftingError("hostile")
        found: list[Block] = []
        for element in parent:
            kind = name_of(element)
            if kind == "p":
                found += self._paragraph(element, depth, within_place)
            elif kind == "tbl":
                found += self._table(element, depth, within_place)
            elif kind in DELETED:
                self.count("deleted", within_place)
            elif kind in WRAPPERS:
                if kind == "sdt" and _is_contents(element):
                    self.count("contents", within_place)
                    continue
                if kind in {"ins", "moveTo"}:
                    self.count("inserted", within_place)
                found += self.blocks(element, depth + 1, within_place)
            elif kind == "altChunk":
                self.count("chunks", within_place)
        return found

    def count(self, kind: str, place: str, number: int = 1) -> None:
        """Note that something was seen, and where first."""
        self.seen[kind] += number
        self.first.setdefault(kind, place)

    def _paragraph(self, element: Element, depth: int, within_place: str) -> list[Block]:
        properties = child(element, "pPr")
        if not within_place:
            self._paragraphs += 1
        place = within_place or f"第{self._paragraphs}段"
        role = role_of(properties, self.styles)
        if role.is_contents:
            self.count("contents", place)
            return []
        runs, after = self.runs.of(element, self.styles.paragraph(properties), place, depth)
        if self._mark_deleted(properties, place):
            self._joined = [*(self._joined or []), *runs]
            return after
        runs, self._joined = [*(self._joined or []), *runs], None
        number, bullet = self._number(properties, place)
        if number and any(run.text.strip() or run.markup for run in runs):
            runs.insert(0, Run(number, bold=runs[0].bold, size=runs[0].size))
        made = Paragraph(
            runs,
            place,
            level=role.level,
            bullet=bullet,
            is_title=role.is_title,
            is_caption=role.is_caption,
            centred=role.centred,
            size=max((run.size for run in runs if run.text.strip()), default=0.0),
        )
        return [*_with_images_alone(made), *after]

    def _mark_deleted(self, properties: Element | None, place: str) -> bool:
        """A deleted paragraph mark joins the paragraph to the next one."""
        if child(properties, "rPr", "del") is None:
            return False
        self.count("deleted", place)
        return True

    def _number(self, properties: Element | None, place: str) -> tuple[str, int]:
        """The number Word puts before a paragraph, written out; or the depth of a bullet."""
        name, level = self.styles.numbering(properties)
        try:
            said = self.numbering.next(name, level)
        except RedactionError:
            self.remarks.append(Remark("numbering", "自动编号的样式不能呈现，请补写编号", place))
            return "", -1
        if said in _BULLETS:
            return "", level
        gap = " " if said and said[-1].isascii() and said[-1].isalnum() else ""
        return said + gap, -1

    def _table(self, element: Element, depth: int, within_place: str) -> list[Block]:
        if not within_place:
            self._tables += 1
        place = within_place or f"表{self._tables}"
        rows = []
        for row in rows_of(element):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.count("deleted", place)
            elif switched_on(child(properties, "hidden")):
                self.count("hidden_rows", place)
            else:
                rows.append(row)
        table = laid_out(rows, element, place, self, depth)
        return _unboxed(table)


def _with_images_alone(made: Paragraph) -> list[Block]:
    """A paragraph of nothing but pictures is those pictures."""
    images = [run.image for run in made.runs if run.image is not None]
    if images and not made.text.strip():
        return list(images)
    for run in made.runs:
        if run.image is not None:
            run.markup = picture(run.image)
    return [made]


def _unboxed(table: Table) -> list[Block]:
    """A table of one cell is a frame around text."""
    if len(table.cells) == 1:
        return table.cells[0].blocks
    return [table] if table.cells else []


def _is_contents(element: Element) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those in content controls and insertions included."""
    yield from _inside(table, "tr")


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row, likewise."""
    yield from _inside(row, "tc")


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    for each in element:
        if name_of(each) == wanted:
            yield each
        elif name_of(each) in WRAPPERS:
            yield from _inside(each, wanted)


def count_text(element: Element) -> int:
    """Letters below an element, deleted ones too."""
    return sum(len(each.text or "") for each in within(element, "t", "delText"))
