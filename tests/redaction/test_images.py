import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from gongkai.redaction import Mark, RedactionError, picture, redact, verify
from gongkai.redaction.limits import Limits
from gongkai.redaction.opening import open_source

from .builders import AT, everything, opened


def file_of(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def lettered(mode="RGB", size=(800, 400)):
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((40, 40, 360, 160), fill="black")
    return image.convert(mode)


def shown(source, number=1):
    return Image.open(io.BytesIO(picture(source, number, dpi=72))).convert("L")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_every_kind_becomes_a_page(kind):
    source = opened(file_of(lettered(), kind), f"图.{kind.lower()}")
    assert (source.kind, source.page_count) == ("image", 1)
    page = shown(source)
    left, top, right, bottom = page.point(lambda value: 255 * (value < 100)).getbbox()
    ratio = page.width / 800
    assert (left, top, right, bottom) == pytest.approx(
        (40 * ratio, 40 * ratio, 361 * ratio, 161 * ratio), abs=2
    )


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_every_mode_keeps_white_white_and_black_black(mode):
    image = (
        lettered("L").convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else lettered().convert("L").convert(mode)
        if mode in {"I", "F", "LA", "1"}
        else lettered(mode)
    )
    page = shown(opened(file_of(image, "TIFF")))
    assert (
        page.getpixel((page.width // 4, page.height // 4)),
        page.getpixel((page.width - 9, page.height - 9)),
    ) == (0, 255)


def test_what_is_transparent_is_paper():
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert shown(opened(file_of(image, "PNG"))).getextrema() == (255, 255)


def test_the_orientation_is_applied_and_the_place_is_reported():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CAMERAMAKER"
    exif.get_ifd(0x8825)[1] = "N"
    source = opened(file_of(lettered(), "JPEG", exif=exif))
    assert [finding.kind for finding in source.findings] == ["location", "metadata"]
    page = shown(source)
    assert page.height > page.width
    left, top, _, _ = page.point(lambda value: 255 * (value < 100)).getbbox()
    assert left > page.width / 2
    assert top < page.height / 4
    assert b"CAMERAMAKER" not in everything(source.pdf)


def test_a_tiff_has_all_its_pages_and_an_animation_only_its_first():
    second = lettered().rotate(180)
    many = opened(file_of(lettered(), "TIFF", save_all=True, append_images=[second]))
    assert many.page_count == 2
    moving = opened(file_of(lettered(), "GIF", save_all=True, append_images=[second]))
    assert (moving.page_count, [str(each) for each in moving.findings]) == (
        1,
        ["图片：图片另有1帧，只处理第1帧"],
    )


def test_a_stated_resolution_is_believed_up_to_a3():
    assert opened(file_of(lettered(), "PNG", dpi=(144, 144))).sizes == (
        (pytest.approx(400, abs=1), pytest.approx(200, abs=1)),
    )
    assert opened(file_of(Image.new("L", (4000, 2000)), "PNG", dpi=(72, 72))).sizes[0][0] == pytest.approx(
        841.89, abs=1
    )


@pytest.mark.fonts
def test_a_photograph_is_redacted_small_and_without_its_data():
    exif = Image.Exif()
    exif[0x010F] = "CAMERAMAKER"
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 60) for _ in range(3)])
    source = opened(file_of(noise, "JPEG", exif=exif, quality=90))
    marks = (Mark(1, 100, 100, 200, 100, "privacy"),)
    result = redact(source, marks, at=AT)
    assert verify(source, result, marks).problems == ()
    assert b"CAMERAMAKER" not in everything(result.pdf)
    with pikepdf.open(io.BytesIO(result.pdf)) as book:
        (image,) = book.pages[0].Resources.XObject.values()
        assert image.Filter == "/DCTDecode"


def refused(data, limits=None):
    with pytest.raises(RedactionError) as error:
        open_source(data, "x", limits=limits or Limits())
    return error.value.reason


def test_broken_and_oversized_pictures_are_refused():
    good = file_of(lettered(), "PNG")
    assert refused(good[: len(good) // 2]) == "broken_image"
    assert refused(b"\x89PNG\r\n\x1a\n" + b"x" * 50) == "broken_image"
    assert refused(b"GIF89a" + b"\xff" * 40) == "broken_image"
    assert refused(good, Limits(image_pixels=1000)) == "page_too_large"
    many = file_of(lettered(), "TIFF", save_all=True, append_images=[lettered()] * 3)
    assert refused(many, Limits(pages=2)) == "too_many_pages"
    assert refused(many, Limits(all_image_pixels=800 * 400 * 2)) == "page_too_large"
