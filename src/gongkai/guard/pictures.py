# ruff: noqa: PLR2004 - the marks of the formats, each named by the function that knows it
"""What a picture holds beside its pixels, and the same picture without it: segments taken out, nothing recompressed."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator

from PIL import ExifTags, Image

from gongkai.guard.errors import GuardError
from gongkai.guard.model import Material, Unit
from gongkai.guard.rules import found

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    }
    | {b"acTL", b"fcTL", b"fdAT", b"cICP"}
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_GIF_KEPT = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
_FLAGS_EXIF_XMP = 0x08 | 0x04
_UPRIGHT = 1
_LAST_ORIENTATION = 8
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    KeyError,
    IndexError,
    EOFError,
    TypeError,
    struct.error,
    zlib.error,
)
_MOST_PIXELS = 200_000_000
STRIPPABLE = ("JPEG", "PNG", "GIF", "WEBP")


def format_of(data: bytes) -> str:
    """JPEG, PNG, GIF, WEBP, another that Pillow knows, or nothing."""
    for mark, name in ((b"\xff\xd8\xff", "JPEG"), (_PNG, "PNG"), (b"GIF8", "GIF"), (b"BM", "BMP")):
        if data.startswith(mark):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return "TIFF" if data[:4] in {b"II*\x00", b"MM\x00*"} else ""


def look_at(material: Material, data: bytes, place: str) -> None:
    """Findings of a picture's metadata, its texts as units to be judged like any other."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _MOST_PIXELS:
                _unreadable(material, place, "图片过大")
                return
            exif = {tag: value for tag, value in image.getexif().items() if tag != ExifTags.Base.Orientation}
            inner = {**exif, **(image.getexif().get_ifd(ExifTags.IFD.Exif) if exif else {})}
            texts = {**image.info, **getattr(image, "text", {})}
    except (*_BROKEN, Image.DecompressionBombError):
        _unreadable(material, place, "图片读不出来")
        return
    if ExifTags.IFD.GPSInfo in exif:
        material.findings.append(found("trace.location", place, key="gps", container=material.container))
    said = [_said(value) for value in [*inner.values(), *_telling(texts)]]
    if exif or any(said) or _bare(data) != data:
        material.findings.append(found("trace.exif", place, key="exif", container=material.container))
    material.units += [Unit(text, f"{place}·拍摄或编辑信息") for text in said if text.strip()]


def _unreadable(material: Material, place: str, message: str) -> None:
    material.findings.append(
        found("file.unreadable", place, key="picture", container=material.container, message=message)
    )


def _bare(data: bytes) -> bytes:
    try:
        return strip_picture(data)
    except GuardError:
        return data


def _telling(texts: dict[object, object]) -> Iterator[object]:
    plain = {"icc_profile", "exif", "gamma", "dpi", "transparency", "photoshop", "background", "version"}
    yield from (value for key, value in texts.items() if key not in plain and isinstance(value, str | bytes))
    photoshop = texts.get("photoshop")
    if isinstance(photoshop, dict):
        yield from photoshop.values()


def _said(value: object) -> str:
    if isinstance(value, bytes):
        text = value.decode("utf-8", "ignore")
        return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")[:4000]
    return str(value)[:4000] if isinstance(value, str) else ""


def strip_picture(data: bytes) -> bytes:
    """The picture without metadata, pixel for pixel the same. Raises ``GuardError`` for a broken or other kind."""
    strippers = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp}
    stripper = strippers.get(format_of(data))
    if stripper is None:
        raise GuardError("unsupported")
    try:
        return stripper(data)
    except _BROKEN as error:
        raise GuardError("broken_picture") from error


# JPEG --------------------------------------------------------------------------------------------------------


def _jpeg(data: bytes) -> bytes:
    """Only what decoding needs; of EXIF nothing but a turned picture's orientation."""
    orientation = _orientation(data)
    parts = [data[:2]]
    if orientation != _UPRIGHT:
        parts.append(_orientation_segment(orientation))
    place = 2
    while True:
        if data[place] != 0xFF:
            raise ValueError(place)
        mark = data[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        if mark == 0xD9:
            return b"".join([*parts, data[place : place + 2]])
        size = struct.unpack(">H", data[place + 2 : place + 4])[0]
        end = place + 2 + size
        body = data[place + 4 : end]
        if _jpeg_keeps(mark, body):
            parts.append(data[place:end])
        if mark == 0xDA:
            after = _scan_end(data, end)
            parts.append(data[end:after])
            end = after
        place = end


def _jpeg_keeps(mark: int, body: bytes) -> bool:
    if mark == 0xE0:
        return body.startswith(b"JFIF\x00")
    if mark == 0xE2:
        return body.startswith(b"ICC_PROFILE\x00")
    if mark == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE0 <= mark <= 0xEF or mark == 0xFE)


def _scan_end(data: bytes, place: int) -> int:
    """The next marker after coded pixels; FF00 and restart marks belong to them."""
    while True:
        place = data.index(b"\xff", place)
        following = data[place + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        elif following == 0xFF:
            place += 1
        else:
            return place


def _orientation(data: bytes) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = Image.open(io.BytesIO(data)).getexif().get(ExifTags.Base.Orientation, _UPRIGHT)
    return value if isinstance(value, int) and _UPRIGHT <= value <= _LAST_ORIENTATION else _UPRIGHT


def _orientation_segment(orientation: int) -> bytes:
    body = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(
        ">HHIHHI", 0x0112, 3, 1, orientation, 0, 0
    )
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# PNG, WEBP, GIF ----------------------------------------------------------------------------------------------


def _png(data: bytes) -> bytes:
    parts, place = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + size
        if end > len(data):
            raise ValueError(place)
        if kind in _PNG_KEPT:
            parts.append(data[place:end])
        if kind == b"IEND":
            return b"".join(parts)
        place = end


def _webp(data: bytes) -> bytes:
    parts, place = [], 12
    end_of_file = min(len(data), 8 + struct.unpack("<I", data[4:8])[0])
    while place + 8 <= end_of_file:
        kind, size = struct.unpack("<4sI", data[place : place + 8])
        end = place + 8 + size + size % 2
        chunk = data[place:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_FLAGS_EXIF_XMP]) + chunk[9:]
        if kind in _WEBP_KEPT:
            parts.append(chunk)
        place = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    place = 13 + _palette(data[10])
    parts = [data[:place]]
    while True:
        mark = data[place]
        if mark == 0x3B:
            return b"".join([*parts, b";"])
        start = place
        if mark == 0x21:
            kind, place = data[place + 1], _blocks_end(data, place + 2)
            name = data[start + 3 : start + 14]
            keeps = kind in {0xF9, 0x01} or (kind == 0xFF and name in _GIF_KEPT)
        elif mark == 0x2C:
            place = _blocks_end(data, place + 10 + _palette(data[place + 9]) + 1)
            keeps = True
        else:
            raise ValueError(place)
        if keeps:
            parts.append(data[start:place])


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1
