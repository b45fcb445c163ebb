"""Whether the boxes are opaque, and whether the rest of the page is still what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from gongkai.redaction.covering import covers, pieces
from gongkai.redaction.issues import Issue
from gongkai.redaction.model import Box, Character, Mark, Page, Source
from gongkai.redaction.pdfium import draw, hide_text, load, opened
from gongkai.redaction.pixels import burn

_DPI = 150
_COARSE_DPI, _REDUCED = 40, 4
_LARGEST = 16_000_000
_BLACK = 8
"""Of 255: what rounding of colours may leave."""
_CHANGED = 96
_MOST_CHANGED = 0.004
"""Share of pixels that may differ strongly between the coarse pictures."""
_OPEN = 0.15
"""Share of a character that may show beside the boxes."""
_GRID = tuple((step + 0.5) / 6 for step in range(6))


def look(original: Source, data: bytes, marks: Sequence[Mark]) -> list[Issue]:
    """Each page drawn without its text: boxes must be black, the rest like the original."""
    found: list[Issue] = []
    for number, size in enumerate(original.sizes, start=1):
        here = [mark for mark in marks if mark.page == number]
        with opened(original.pdf) as book:
            before = _coarse(load(book, number))
        with opened(data) as book:
            page = load(book, number)
            hide_text(page)
            if here and not _opaque(page, here):
                found.append(Issue("pixels_left", "遮盖框没有完全盖住", number))
            after = _upper(_coarse(page), page, size)
        if _differs(before, after, [mark.box for mark in here], size):
            found.append(Issue("picture_differs", "遮盖框以外的画面与原件不一致", number))
    return found


def _coarse(page: Any) -> Image.Image:
    """Small, but drawn larger first: at a low resolution hairlines and bold strokes come out too thick."""
    width, height = page.get_size()
    dpi = min(_COARSE_DPI * _REDUCED, 72 * (_LARGEST / (width * height)) ** 0.5)
    return draw(page, dpi).reduce(_REDUCED)


def _opaque(page: Any, marks: Iterable[Mark]) -> bool:
    width, height = page.get_size()
    picture = draw(page, min(_DPI, 72 * (_LARGEST / (width * height)) ** 0.5))
    across, down = picture.width / width, picture.height / height
    for mark in marks:
        left, top = int(mark.box.left * across) + 1, int(mark.box.top * down) + 1
        right, bottom = int(mark.box.right * across) - 1, int(mark.box.bottom * down) - 1
        area = picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
        if any(high > _BLACK for _, high in area.getextrema()):  # type: ignore[misc]  # RGB: a pair each
            return False
    return True


def _upper(picture: Image.Image, page: Any, size: tuple[float, float]) -> Image.Image:
    """Without the lines that explain the numbers below the page."""
    height = page.get_size()[1]
    return picture.crop((0, 0, picture.width, max(1, round(picture.height * size[1] / height))))


def _differs(before: Image.Image, after: Image.Image, boxes: list[Box], size: tuple[float, float]) -> bool:
    after = after.resize(before.size)
    for picture in (before, after):
        burn(picture, [box.grown(72 / _COARSE_DPI) for box in boxes], size)
    soft = [picture.convert("L").filter(ImageFilter.BoxBlur(1)) for picture in (before, after)]
    histogram = ImageChops.difference(*soft).histogram()
    return sum(histogram[_CHANGED:]) > before.width * before.height * _MOST_CHANGED


def partly_covered(before: Iterable[Page], marks: Sequence[Mark]) -> list[Issue]:
    """Withheld characters of which the picture still shows a part."""
    found: list[Issue] = []
    for page in before:
        here = [mark for mark in marks if mark.page == page.number]
        taken = [
            character
            for line in page.lines
            for piece in pieces(line, here)
            if piece.mark is not None
            for character in piece.characters
        ]
        half = sum(_shows(character, here) for character in taken)
        if half:
            found.append(
                Issue("partly_covered", f"有{half}个字只遮住一部分，图上仍可能辨认，请把框放大", page.number)
            )
    return found


def _shows(character: Character, marks: Sequence[Mark]) -> bool:
    box = character.box
    near = [mark.box for mark in marks if covers(mark.box, box)]
    if any(area.shared(box) == box for area in near):
        return False
    points = [
        (box.left + box.width * across, box.top + box.height * down) for across in _GRID for down in _GRID
    ]
    bare = sum(not any(area.holds(point) for area in near) for point in points)
    return bare > len(points) * _OPEN
