"""Which characters of the file can be seen on the page.

Text under a black bar, under a picture, white on white, clipped away or on a switched-off layer is still in the file;
carried over, it would be the leak this package exists to prevent. So a character counts only when the page looks
different without its text. Text that was never drawn is kept only as the recognised text of a scan, and only where
the scan shows something.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops
from pypdfium2 import raw

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.model import Box
from gongkai.redaction.pdfium import POINTS_PER_INCH, Glyph, draw, hide_text, objects

CHECKING_DPI = 110
_LARGEST_CHECK = 16_000_000
"""Pixels; a larger page is checked more coarsely."""
_DIFFERENCE = 24
"""Of 255, in any colour: less contrast is not readable."""
_CONTRAST = 48
"""Of 255 within a character's box of a scan: a bar is flatter, ink is not."""
_WHOLE_PAGE = 0.6
"""A picture over more of the page than this is a scan."""


@dataclass(frozen=True)
class Seen:
    """The glyphs of a page, None in place of one that cannot be seen."""

    glyphs: tuple[Glyph | None, ...]
    unseen: int
    recognised: bool


def seen(page: Any, glyphs: list[Glyph], most_objects: int) -> Seen:
    """Look at the page with and without its text. The loaded page has no text afterwards."""
    if not any(glyph.box for glyph in glyphs):
        return Seen(tuple(glyphs), 0, recognised=False)
    width, height = page.get_size()
    dpi = min(CHECKING_DPI, POINTS_PER_INCH * (_LARGEST_CHECK / (width * height)) ** 0.5)
    whole = draw(page, dpi)
    scanned = _scanned(page, width * height, most_objects)
    hide_text(page)
    changed = _strongest(ImageChops.difference(whole, draw(page, dpi)))
    eye = _Eye(whole.convert("L"), changed, whole.width / width, whole.height / height, scanned=scanned)
    kept = [glyph if glyph.box is None or eye.sees(glyph) else None for glyph in glyphs]
    if eye.recognised:
        kept = _with_thin_signs(glyphs, kept)
    return Seen(
        tuple(kept),
        sum(
            1
            for before, after in zip(glyphs, kept, strict=True)
            if after is None and before.text.isprintable()
        ),
        eye.recognised,
    )


def _with_thin_signs(glyphs: list[Glyph], kept: list[Glyph | None]) -> list[Glyph | None]:
    """A dot or dash of a scan is too thin to be looked for; it stays with the letter that it follows."""
    whole: list[Glyph | None] = []
    for glyph, found in zip(glyphs, kept, strict=True):
        follows = bool(whole) and whole[-1] is not None and whole[-1].box is not None
        whole.append(glyph if found is None and follows and _is_sign(glyph.text) else found)
    return whole


def _is_sign(text: str) -> bool:
    return unicodedata.category(text[:1] or " ")[0] == "P"


def _scanned(page: Any, area: float, most: int) -> bool:
    """Whether a picture covers most of the page."""
    covered = False
    for count, (item, bounds) in enumerate(objects(page)):
        if count > most:
            raise RedactionError("too_complex", f"一页的图形对象超过{most}个。")
        if bounds is not None and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            covered = covered or bounds.width * bounds.height > area * _WHOLE_PAGE
    return covered


def _strongest(difference: Image.Image) -> Image.Image:
    """The largest difference of the three colours, in one channel."""
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


class _Eye:
    """Looks at one character's place after the other."""

    def __init__(
        self, page: Image.Image, changed: Image.Image, across: float, down: float, *, scanned: bool
    ) -> None:
        self._page, self._changed = page, changed
        self._across, self._down = across, down
        self._scanned = scanned
        self.recognised = False

    def sees(self, glyph: Glyph) -> bool:
        area = self._area(glyph.box)
        if area is None:
            return False
        if glyph.drawn and _range(self._changed, area)[1] >= _DIFFERENCE:
            return True
        low, high = _range(self._page, area)
        if self._scanned and high - low >= _CONTRAST:
            self.recognised = True
            return True
        return False

    def _area(self, box: Box | None) -> tuple[int, int, int, int] | None:
        """In pixels; at least one, and None beside the page."""
        if box is None:
            return None
        left, top = int(box.left * self._across), int(box.top * self._down)
        right = max(left + 1, round(box.right * self._across))
        bottom = max(top + 1, round(box.bottom * self._down))
        area = max(0, left), max(0, top), min(self._page.width, right), min(self._page.height, bottom)
        return area if area[0] < area[2] and area[1] < area[3] else None


def _range(picture: Image.Image, area: tuple[int, int, int, int]) -> tuple[int, int]:
    low, high = picture.crop(area).getextrema()
    return int(low), int(high)  # type: ignore[arg-type]  # one channel: two numbers
