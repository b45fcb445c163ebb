"""The few things asked of PDFium, behind one lock: PDFium is not safe to use from two threads at once."""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.model import Box
from gongkai.typesetting.pdfium import PDFIUM

POINTS_PER_INCH = 72
_UNDRAWN = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_DEEPEST_FORM = 15
_NO_OUTLINE = 0.05
"""Points; no glyph with ink is thinner."""
_CAPITALS = 0.7
"""Of the font's size."""
_PRECISION = 1000
"""Device units per point when a page's coordinates are asked for; PDFium answers in whole units."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """What PDFium says of one character: ``box`` is None for a space or line end; ``drawn`` is False for mode 3."""

    text: str
    box: Box | None
    drawn: bool


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document, for this thread alone. Raises ``RedactionError`` (``encrypted_pdf``, ``broken_pdf``)."""
    with PDFIUM:
        try:
            book = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower() or "security" in str(error).lower()
            raise RedactionError("encrypted_pdf" if locked else "broken_pdf") from error
        try:
            yield book
        finally:
            book.close()


def load(book: Any, number: int) -> Any:
    """The page with this number, from 1. Raises ``RedactionError`` (``broken_pdf``)."""
    try:
        return book[number - 1]
    except pypdfium2.PdfiumError as error:
        raise RedactionError("broken_pdf", f"第{number}页：") from error


def draw(page: Any, dpi: float) -> Image.Image:
    """The upright page as it is seen, in RGB."""
    bitmap = page.render(
        scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True, fill_color=(255,) * 4
    )
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB") if picture.mode != "RGB" else picture.copy()
    finally:
        bitmap.close()


def objects(page: Any) -> Iterator[tuple[Any, Box | None]]:
    """Every object of the page, those inside form XObjects included; the box is that of a picture, else None."""
    place = _upright(page)
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _objects(raw.FPDFPage_GetObject(page, index), place, 0)


def _objects(item: Any, place: _Affine, depth: int) -> Iterator[tuple[Any, Box | None]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        for index in range(max(0, raw.FPDFFormObj_CountObjects(item))):
            yield from _objects(raw.FPDFFormObj_GetObject(item, index), place, depth + 1)
        return
    yield item, _bounds(item, place) if kind == raw.FPDF_PAGEOBJ_IMAGE and not depth else None


def _bounds(item: Any, place: _Affine) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return place.box(left, bottom, right, top)


def hide_text(page: Any) -> None:
    """Make all text of the loaded page invisible; what it is drawn over then shows."""
    for item, _ in objects(page):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def glyphs(page: Any, most: int) -> list[Glyph]:
    """All characters in the order of the file. Raises ``RedactionError`` (``too_complex``)."""
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        if count > most:
            raise RedactionError("too_complex", f"一页的文字超过{most}字。")
        place = _upright(page)
        sides = [ctypes.c_double() for _ in range(4)]
        return [_glyph(text, index, place, sides) for index in range(count)]
    finally:
        text.close()


def _glyph(text: Any, index: int, place: _Affine, sides: list[ctypes.c_double]) -> Glyph:
    code = raw.FPDFText_GetUnicode(text, index)
    character = chr(code) if 0 < code <= sys.maxunicode else ""
    if raw.FPDFText_IsGenerated(text, index) == 1 or character.isspace():
        return Glyph(character or " ", None, drawn=True)
    left, right, bottom, top = sides
    if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return Glyph(character, None, drawn=False)
    item = raw.FPDFText_GetTextObject(text, index)
    drawn = not item or raw.FPDFTextObj_GetTextRenderMode(item) not in _UNDRAWN
    return Glyph(character, _ink(text, index, place, sides), drawn=drawn)


def _ink(text: Any, index: int, place: _Affine, sides: list[ctypes.c_double]) -> Box:
    """The bounds of the outline; of the whole cell for a font without outlines, such as recognition programs use."""
    left, right, bottom, top = (side.value for side in sides)
    if min(right - left, top - bottom) < _NO_OUTLINE:
        cell = raw.FS_RECTF()
        if raw.FPDFText_GetLooseCharBox(text, index, cell):
            left, right, bottom, top = cell.left, cell.right, cell.bottom, cell.top
        high = _height(text, index)
        if top - bottom < _NO_OUTLINE:
            top = bottom + high
        if right - left < _NO_OUTLINE:
            right = left + high
    return place.box(left, bottom, right, top)


def _height(text: Any, index: int) -> float:
    """Of capitals, as the font's size and the text's own scale have it."""
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text, index, matrix) else 1.0
    return float(raw.FPDFText_GetFontSize(text, index)) * (scale or 1.0) * _CAPITALS


@dataclass(frozen=True, slots=True)
class _Affine:
    """From the file's coordinates to points from the top left of the upright page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _upright(page: Any) -> _Affine:
    """PDFium's own mapping, which knows rotation and crop box, sampled at three points."""
    width, height = page.get_size()
    span = 1000.0
    (x0, y0), (x1, y1), (x2, y2) = (
        _device(page, width, height, point) for point in ((0.0, 0.0), (span, 0.0), (0.0, span))
    )
    return _Affine((x1 - x0) / span, (y1 - y0) / span, (x2 - x0) / span, (y2 - y0) / span, x0, y0)


def _device(page: Any, width: float, height: float, point: tuple[float, float]) -> tuple[float, float]:
    x, y = ctypes.c_int(), ctypes.c_int()
    scale = _PRECISION
    raw.FPDF_PageToDevice(page, 0, 0, round(width * scale), round(height * scale), 0, *point, x, y)
    return x.value / scale, y.value / scale
