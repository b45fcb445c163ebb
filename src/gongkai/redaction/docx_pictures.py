"""Pictures of a DOCX, cropped as the page shows them and without anything but their pixels."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from typing import Any

from PIL import Image

from gongkai.redaction.archive import read_part
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, Relation, attribute, whole, within

_EMU = 12_700
"""English metric units per point."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75, "": 0.75}


class Pictures:
    """Collects the pictures of a document under names of our own."""

    def __init__(self, archive: zipfile.ZipFile, related: Mapping[str, Relation], limits: Limits) -> None:
        self._archive, self._related, self._limits = archive, related, limits
        self.files: dict[str, bytes] = {}
        self._pixels = 0

    def drawing(self, element: Element) -> list[dict[str, Any]]:
        """The pictures of a <w:drawing>. Raises ``RedactionError`` (``not_renderable``)."""
        extent = next(within(element, "extent"), None)
        size = whole(attribute(extent, "cx"), 0) / _EMU, whole(attribute(extent, "cy"), 0) / _EMU
        return [
            self._block(attribute(blip, "embed"), size, _cropping(blip)) for blip in within(element, "blip")
        ]

    def vector(self, element: Element) -> list[dict[str, Any]]:
        """The pictures of an old <w:pict>. Raises ``RedactionError`` (``not_renderable``)."""
        found = []
        for data in within(element, "imagedata"):
            shape = data.getparent()
            said = {
                name: float(number) * _POINTS[unit or ""]
                for name, number, unit in _LENGTH.findall(attribute(shape, "style"))
            }
            found.append(
                self._block(attribute(data, "id"), (said.get("width", 0), said.get("height", 0)), None)
            )
        return found

    def _block(
        self, relation: str, size: tuple[float, float], crop: tuple[float, ...] | None
    ) -> dict[str, Any]:
        target = self._related.get(relation)
        if target is None or target.external:
            raise RedactionError("not_renderable", "文件引用了外部图片。")
        picture = self._decoded(target.target)
        if crop is not None:
            left, top, right, bottom = crop
            across, down = picture.size
            picture = picture.crop(
                (
                    round(left * across),
                    round(top * down),
                    round((1 - right) * across),
                    round((1 - bottom) * down),
                )
            )
        name = f"picture{len(self.files)}.png"
        out = io.BytesIO()
        picture.save(out, "PNG")
        self.files[name] = out.getvalue()
        width, height = (
            size if min(size) > 0 else (picture.width * _POINTS["px"], picture.height * _POINTS["px"])
        )
        return {"type": "picture", "file": name, "width": width, "height": height}

    def _decoded(self, part: str) -> Image.Image:
        data = read_part(self._archive, part, self._limits)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                picture = Image.open(io.BytesIO(data), formats=_FORMATS)
                self._pixels += picture.width * picture.height
                if self._pixels > self._limits.image_pixels:
                    raise RedactionError("too_complex", "文件中的图片过大。")
                return picture.convert("RGBA")
        except (
            OSError,
            ValueError,
            SyntaxError,
            KeyError,
            IndexError,
            EOFError,
            Image.DecompressionBombError,
        ) as error:
            raise RedactionError("not_renderable", "文件中有不能呈现的图片（如 EMF、WMF）。") from error


def _cropping(blip: Element) -> tuple[float, ...] | None:
    """What is cut off each side, as shares; what was cropped away is hidden content."""
    parent = blip.getparent()
    cut = next(within(parent, "srcRect"), None)
    if cut is None:
        return None
    sides = tuple(max(0, whole(attribute(cut, side), 0)) / 100_000 for side in "ltrb")
    return sides if sides[0] + sides[2] < 1 and sides[1] + sides[3] < 1 else None
