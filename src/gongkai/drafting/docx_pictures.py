"""Pictures of a DOCX: their bytes, and the description their author gave them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping

from PIL import Image as Pixels

from gongkai.drafting.blocks import Image
from gongkai.drafting.model import Picture, Remark
from gongkai.redaction.archive import read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, Relation, attribute, name_of, whole, within

_KEPT = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "GIF": ("gif", "image/gif")}
_KEPT |= {"WEBP": ("webp", "image/webp")}
_READ = (*_KEPT, "BMP", "TIFF")
_BROKEN = (OSError, ValueError, SyntaxError, KeyError, IndexError, EOFError, Pixels.DecompressionBombError)
_SMALLEST = 4
"""Pixels a side: less is a spacer."""
_NO_DESCRIPTION = re.compile(
    r"^\s*$|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp)\s*$|^[A-Za-z]:\\|^(?:图片|picture|image|img|图像)[\s_\d]*$"
    r"|已自动生成|自动生成的说明|automatically generated|^(?:logo|untitled|无标题)\d*$",
    re.IGNORECASE,
)
"""The name of a file, or what Word guesses by itself, describes nothing."""
_LONGEST = 300


def describes(text: str) -> str | None:
    """An author's description of a picture, None when it is none."""
    said = " ".join(text.split())
    return None if _NO_DESCRIPTION.search(said) else said[:_LONGEST]


class Pictures:
    """Collects the pictures of a document under names of our own, each file once."""

    def __init__(self, archive: zipfile.ZipFile, related: Mapping[str, Relation], limits: Limits) -> None:
        self._archive, self.related, self._limits = archive, related, limits
        self.found: list[Picture] = []
        self.remarks: list[Remark] = []
        self._bytes = 0

    def of(self, element: Element, place: str) -> list[Image]:
        """The pictures of a <w:drawing>, <w:pict> or <w:object>."""
        images = []
        for each in within(element, "blip", "imagedata"):
            is_new = name_of(each) == "blip"
            relation = attribute(each, "embed") or ("" if is_new else attribute(each, "id"))
            said = _description(element) if is_new else _old_description(each)
            image = self._take(self.related.get(relation), said, _cropping(each), place)
            images += [image] if image else []
        return images

    def _take(
        self, target: Relation | None, said: str | None, crop: tuple[float, ...] | None, place: str
    ) -> Image | None:
        if target is None or target.external:
            self.remarks.append(Remark("picture_missing", "图片只是外部链接，没有存在文件里，未带入", place))
            return None
        data = read_part(self._archive, target.target, self._limits)
        self._bytes += len(data)
        made = self._bytes <= self._limits.unpacked_bytes and readable(data, self._limits, crop)
        if not made:
            message = "图片格式（如 EMF、WMF）不能在网页上显示，未带入。请在原文件中另存为 PNG 后补上"
            self.remarks.append(Remark("picture_unreadable", message, place))
            return None
        content, ending, media_type = made
        name = f"picture-{len(self.found) + 1}.{ending}"
        self.found.append(Picture(name, content, media_type, said, place))
        if said is None:
            self.remarks.append(
                Remark("needs_alternative", "图片没有文字说明，请补写看不见图的人也能懂的说明", place)
            )
        return Image(name, said or "", place)


def readable(
    data: bytes, limits: Limits, crop: tuple[float, ...] | None = None
) -> tuple[bytes, str, str] | None:
    """Bytes, ending and type as a browser shows them; what was cropped off is really gone. None when unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pixels.open(io.BytesIO(data), formats=_READ)
            if picture.width * picture.height > limits.image_pixels or min(picture.size) < _SMALLEST:
                return None
            kept = _KEPT.get(picture.format or "")
            if kept and crop is None:
                picture.verify()
                return data, *kept
            return _remade(picture, crop)
    except _BROKEN:
        return None


def _remade(picture: Pixels.Image, crop: tuple[float, ...] | None) -> tuple[bytes, str, str]:
    if crop is not None:
        left, top, right, bottom = crop
        across, down = picture.size
        box = (left * across, top * down, (1 - right) * across, (1 - bottom) * down)
        picture = picture.crop(tuple(round(side) for side in box))  # type: ignore[arg-type]  # four of them
    mode = picture.mode if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGB"
    out = io.BytesIO()
    picture.convert(mode).save(out, "PNG")
    return out.getvalue(), *_KEPT["PNG"]


def _description(element: Element) -> str | None:
    if any(attribute(each, "val") in {"1", "true"} for each in within(element, "decorative")):
        return ""
    said = (
        attribute(each, "descr") or attribute(each, "title") for each in within(element, "docPr", "cNvPr")
    )
    return next((text for each in said if (text := describes(each)) is not None), None)


def _old_description(data: Element) -> str | None:
    return describes(attribute(data.getparent(), "alt") or "")


def _cropping(blip: Element) -> tuple[float, ...] | None:
    cut = next(within(blip.getparent(), "srcRect"), None)
    if cut is None:
        return None
    sides = tuple(max(0, whole(attribute(cut, side), 0)) / 100_000 for side in "ltrb")
    fits = sides[0] + sides[2] < 1 and sides[1] + sides[3] < 1
    return sides if fits and any(sides) else None
