"""A page as a picture with opaque boxes burnt in, packed small."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from gongkai.redaction.model import Box

FILL = (0, 0, 0)
_TINT = 12
"""Of 255: a page whose colours differ less is grey."""
_LEVELS = 16
_DENSE = 0.12
"""Bytes per pixel above which a page is a photograph or a scan, and JPEG is tried."""
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Packed:
    """The picture's file and its kind."""

    data: bytes
    ending: str


def burn(picture: Image.Image, boxes: Iterable[Box], page: tuple[float, float]) -> None:
    """Paint over the boxes, outwards to whole pixels, so that no half-covered pixel keeps a trace."""
    across, down = picture.width / page[0], picture.height / page[1]
    brush = ImageDraw.Draw(picture)
    for box in boxes:
        left, top = math.floor(box.left * across), math.floor(box.top * down)
        right, bottom = math.ceil(box.right * across) - 1, math.ceil(box.bottom * down) - 1
        brush.rectangle((left, top, max(left, right), max(top, bottom)), fill=FILL)


def packed(picture: Image.Image) -> Packed:
    """Few levels without loss for print, JPEG for scans, whichever is smaller; grey where there is no colour."""
    plain = picture.convert("L") if _is_grey(picture) else picture
    flat = plain.point(
        [round(value / 255 * (_LEVELS - 1)) * 255 // (_LEVELS - 1) for value in range(256)]
        * len(plain.getbands())
    )
    lossless = _file(flat, "PNG", compress_level=6)
    if len(lossless) < picture.width * picture.height * _DENSE:
        return Packed(lossless, "png")
    lossy = _file(plain, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return Packed(lossy, "jpg") if len(lossy) < len(lossless) else Packed(lossless, "png")


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getextrema()[1] < _TINT for pair in pairs)  # type: ignore[operator]


def _file(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
