"""A picture as pages: decoded, turned upright, laid on paper. Nothing but its pixels goes on."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_A4 = (595.28, 841.89)
_A3_SIDE = 1190.55
"""Points; a picture whose stated resolution makes it larger than A3 is fitted to A4 instead."""
_LEAST_DPI, _MOST_DPI = 72, 1200
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    MemoryError,
    OverflowError,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def read(data: bytes, limits: Limits) -> tuple[bytes, tuple[Finding, ...]]:
    """A PDF with a page per frame, and what the file holds beside the pixels. Raises ``RedactionError``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            frames = _frame_count(image)
            _refuse_large(image, frames, limits)
            findings = tuple(_findings(image, frames))
            return _pdf(image, frames if image.format == "TIFF" else 1, limits), findings
    except _BROKEN as error:
        raise RedactionError("broken_image") from error


def _frame_count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _refuse_large(image: Image.Image, frames: int, limits: Limits) -> None:
    if image.format == "TIFF" and frames > limits.pages:
        raise RedactionError("too_many_pages", f"图片有{frames}页，最多{limits.pages}页。")
    if image.width * image.height > limits.image_pixels:
        raise RedactionError("page_too_large")


def _findings(image: Image.Image, frames: int) -> Iterator[Finding]:
    exif = image.getexif()
    if ExifTags.IFD.GPSInfo in exif:
        yield Finding("location", "拍摄地点（GPS）", "图片")
    if exif or image.info.keys() & {
        "exif",
        "photoshop",
        "xmp",
        "XML:com.adobe.xmp",
        "comment",
        "Comment",
        "parsed_exif",
    }:
        yield Finding("metadata", "拍摄或编辑信息（EXIF、XMP、注释）", "图片")
    texts = getattr(image, "text", None)
    if texts:
        yield Finding("metadata", "图片内附的文字说明", "图片")
    if frames > 1 and image.format != "TIFF":
        yield Finding("frames", f"图片另有{frames - 1}帧，只处理第1帧", "图片")


def _pdf(image: Image.Image, frames: int, limits: Limits) -> bytes:
    book = pikepdf.new()
    total = 0
    for index in range(frames):
        image.seek(index)
        total += image.width * image.height
        if image.width * image.height > limits.image_pixels or total > limits.all_image_pixels:
            raise RedactionError("page_too_large")
        resolution = image.info.get("dpi")
        _lay(book, _pixels(image), resolution)
    out = io.BytesIO()
    book.save(out, deterministic_id=True)
    return out.getvalue()


def _pixels(image: Image.Image) -> Image.Image:
    """Upright, 8 bits, grey or RGB, what was transparent white."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"1", "L"} and "transparency" not in upright.info:
        return upright.convert("L")
    if upright.mode.startswith("I;16") or upright.mode in {"I", "F"}:
        return _eight_bits(upright)
    if "A" in upright.getbands() or "transparency" in upright.info:
        sheet = Image.new("RGBA", upright.size, "white")
        sheet.alpha_composite(upright.convert("RGBA"))
        return sheet.convert("RGB")
    return upright.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep grey is scaled by what it uses; a scanner's 16 bits seldom use all of them."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    factor = 255.0 / (float(high) - float(low) or 1.0)  # type: ignore[arg-type]  # one channel: two numbers
    shift = -float(low) * factor  # type: ignore[arg-type]
    return deep.point(lambda value: value * factor + shift).convert("L")


def _paper(size: tuple[int, int], resolution: object) -> tuple[float, float]:
    """Width and height in points: by the stated resolution when it is sensible, else fitted to A4."""
    width, height = size
    if isinstance(resolution, tuple) and resolution:
        dots = [float(each) for each in resolution[:2]]
        if all(_LEAST_DPI <= each <= _MOST_DPI for each in dots):
            stated = width / dots[0] * 72, height / dots[-1] * 72
            if max(stated) <= _A3_SIDE and min(stated) >= 1:
                return stated
    short, long = _A4 if height >= width else (_A4[1], _A4[0])
    factor = min(short / width, long / height)
    return max(1.0, width * factor), max(1.0, height * factor)


def _lay(book: pikepdf.Pdf, pixels: Image.Image, resolution: object) -> None:
    width, height = _paper(pixels.size, resolution)
    picture = book.make_stream(
        zlib.compress(pixels.tobytes(), 1),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels.width,
        Height=pixels.height,
        ColorSpace=pikepdf.Name.DeviceGray if pixels.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )
    page = book.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=picture))
    page.Contents = book.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do Q".encode())
