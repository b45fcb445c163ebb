"""The redacted file: new from the first byte. Pictures of the pages with the boxes burnt in, and the text that was left.

Nothing of the original file is copied, on no page: see docs/adr/0014-redaction.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.redaction.bases import BASES, Basis
from gongkai.redaction.covering import Piece, covers, pieces
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.labels import Label, labelled
from gongkai.redaction.limits import DEFAULT_LIMITS, Limits
from gongkai.redaction.model import Box, Finding, Line, Mark, Page, Source, around
from gongkai.redaction.paging import read_page
from gongkai.redaction.pdfium import POINTS_PER_INCH, draw, load, opened
from gongkai.redaction.pixels import burn, packed
from gongkai.redaction.typesetting import typeset

DPI = 200
_SAME_PLACE = 0.5
"""Points a mark may reach beyond the page: what rounding in a browser does."""
_ONE_ROW = 2.0
"""A line taller than this many characters runs upwards or aslant."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageReport:
    """What became of one page. It counts what was taken; it never repeats it."""

    number: int
    marks: int
    removed: int
    """Characters of the text layer taken by the marks."""
    unseen: int
    """Characters of the file that the page does not show, left out as well."""
    recognised: bool


@dataclass(frozen=True, slots=True)
class Report:
    """For the file on the case: digests before and after, page by page, and what else was left behind."""

    source_digest: str
    digest: str
    dpi: int
    pages: tuple[PageReport, ...]
    left_behind: tuple[Finding, ...]


@dataclass(frozen=True)
class Redacted:
    """The new file, and what the letter needs to know of it."""

    pdf: bytes = field(repr=False)
    removed: int
    """Pieces of text taken by the marks; a mark over a picture takes none."""
    bases: tuple[Basis, ...]
    """The bases used, in the order of the articles."""
    report: Report


def why_marks_wrong(
    source: Source, marks: Sequence[Mark], *, limits: Limits = DEFAULT_LIMITS
) -> list[RedactionError]:
    """Everything against these marks: none, too many, beside the page, without size, without a basis."""
    if not marks:
        return [RedactionError("no_marks")]
    if len(marks) > limits.marks:
        return [RedactionError("too_many_marks", f"最多{limits.marks}处。")]
    return [
        RedactionError("bad_mark", f"第{number}处：{fault}。")
        for number, mark in enumerate(marks, start=1)
        if (fault := _fault(source, mark))
    ]


def _fault(source: Source, mark: Mark) -> str:
    if not 1 <= mark.page <= source.page_count:
        return f"没有第{mark.page}页"
    if mark.basis not in BASES:
        return "没有选定遮盖依据"
    if not all(math.isfinite(side) for side in (mark.x, mark.y, mark.width, mark.height)):
        return "位置不是数字"
    if mark.width <= 0 or mark.height <= 0:
        return "宽或高为零"
    width, height = source.sizes[mark.page - 1]
    sheet = Box(-_SAME_PLACE, -_SAME_PLACE, width + _SAME_PLACE, height + _SAME_PLACE)
    inside = sheet.holds((mark.x, mark.y)) and sheet.holds((mark.box.right, mark.box.bottom))
    return "" if inside else f"超出第{mark.page}页的范围"


def redact(source: Source, marks: Iterable[Mark], *, at: dt.datetime, dpi: int = DPI) -> Redacted:
    """The new file; the same source, marks, time and fonts give the same bytes.

    ``at`` is its only date. Raises ``RedactionError`` (``bad_mark``, ``no_marks``, ``page_too_large``, ``no_font`` …).
    """
    every = tuple(marks)
    for wrong in why_marks_wrong(source, every):
        raise wrong
    sheets = [
        _Sheet(read_page(source, number), _on(every, number)) for number in range(1, source.page_count + 1)
    ]
    pictures = _pictures(source, sheets, dpi)
    pdf = typeset(
        "redacted.typ",
        {"pages": [sheet.as_data(name) for sheet, name in zip(sheets, pictures, strict=True)]},
        pictures,
        at=at,
    )
    used = {mark.basis for mark in every}
    return Redacted(
        pdf=pdf,
        removed=sum(sheet.removed_pieces for sheet in sheets),
        bases=tuple(basis for basis in BASES.values() if basis.key in used),
        report=Report(
            source.digest,
            hashlib.sha256(pdf).hexdigest(),
            dpi,
            tuple(sheet.report() for sheet in sheets),
            source.findings,
        ),
    )


def _on(marks: Iterable[Mark], number: int) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.page == number)


def _pictures(source: Source, sheets: Sequence[_Sheet], dpi: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for sheet in sheets:
        page = sheet.page
        if page.width * page.height * (dpi / POINTS_PER_INCH) ** 2 > DEFAULT_LIMITS.page_pixels:
            raise RedactionError("page_too_large", f"第{page.number}页：")
        with opened(source.pdf) as book:
            drawn = draw(load(book, page.number), dpi)
        burn(drawn, (mark.box for mark in sheet.marks), (page.width, page.height))
        small = packed(drawn)
        found[f"{page.number:05}.{small.ending}"] = small.data
    return found


class _Sheet:
    """One page on its way into the new file."""

    def __init__(self, page: Page, marks: tuple[Mark, ...]) -> None:
        self.page, self.marks = page, marks
        self._lines = [(line, list(pieces(line, marks))) for line in page.lines]

    @property
    def removed_pieces(self) -> int:
        return sum(piece.mark is not None for _, found in self._lines for piece in found)

    def report(self) -> PageReport:
        return PageReport(
            number=self.page.number,
            marks=len(self.marks),
            removed=sum(
                len(piece.text) for _, found in self._lines for piece in found if piece.mark is not None
            ),
            unseen=self.page.unseen,
            recognised=self.page.recognised,
        )

    def as_data(self, picture: str) -> Json:
        on_boxes = labelled(self.marks)
        return {
            "width": self.page.width,
            "height": self.page.height,
            "picture": picture,
            "boxes": [_place(mark.box) for mark in self.marks],
            "items": list(self._items(on_boxes.labels)),
            "key": on_boxes.key,
        }

    def _items(self, labels: Sequence[Label]) -> Iterator[Json]:
        """Text that was left and labels, a label where the text that it stands for was read."""
        waiting = dict(enumerate(labels))
        for line, found in self._lines:
            for piece in found:
                if piece.mark is None:
                    yield _text(line, piece, self.marks)
                elif piece.mark in waiting:
                    yield from self._label(piece.mark, waiting.pop(piece.mark))
        for number, label in waiting.items():
            yield from self._label(number, label)

    def _label(self, number: int, label: Label) -> Iterator[Json]:
        if label.text:
            yield {**_place(self.marks[number].box), "label": True, "size": label.size, "text": label.text}


def _text(line: Line, piece: Piece, marks: Sequence[Mark]) -> Json:
    """As high as its line, so that viewers select evenly, unless a box stands in that space."""
    ink = around(character.box for character in piece.characters)
    tallest = max(character.box.height for word in line.words for character in word.characters)
    upright = line.box.height <= tallest * _ONE_ROW
    even = Box(ink.left, line.box.top, ink.right, line.box.bottom)
    box = even if upright and not any(covers(mark.box, even) for mark in marks) else ink
    return {**_place(box), "label": False, "text": piece.text}


def _place(box: Box) -> Json:
    """To a quarter point: finer positions say nothing to a reader, but something about the width of what is gone."""
    x, y = round(box.left * 4) / 4, round(box.top * 4) / 4
    return {
        "x": x,
        "y": y,
        "w": max(0.25, round(box.width * 4) / 4),
        "h": max(0.25, round(box.height * 4) / 4),
    }
