import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from gongkai.guard import GuardError, inspect_file, strip_metadata
from gongkai.guard.pictures import strip_picture

from .builders import ID, document, holds, photo, rules


def pixels(data):
    return list(Image.open(io.BytesIO(data)).convert("RGB").tobytes())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_go_and_pixels_stay(kind):
    data = photo(kind)
    assert {"trace.location", "personal.id_number"} <= set(rules(inspect_file("a", data), "block"))
    stripped, removed = strip_metadata("a", data)
    assert removed == ["图片的拍摄或编辑信息"]
    assert pixels(stripped) == pixels(data)
    assert ID.encode() not in stripped
    assert inspect_file("a", stripped) == ()
    assert strip_metadata("a", stripped) == (stripped, [])


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photograph_stays_turned(orientation):
    data = photo(orientation=orientation)
    stripped, _ = strip_metadata("a.jpg", data)
    upright = [ImageOps.exif_transpose(Image.open(io.BytesIO(each))).tobytes() for each in (data, stripped)]
    assert upright[0] == upright[1]
    assert inspect_file("a.jpg", stripped) == ()


def test_progressive_photographs_and_what_follows_their_end():
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(
        out, "JPEG", progressive=True, icc_profile=b"x" * 200
    )
    data = out.getvalue() + f"after {ID}".encode()
    stripped = strip_picture(data)
    assert stripped == out.getvalue()


def test_texts_of_a_png_and_comments_of_a_gif():
    out = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", f"王{ID}")
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=info)
    assert "personal.id_number" in rules(inspect_file("a.png", out.getvalue()))
    assert inspect_file("a.png", strip_metadata("a.png", out.getvalue())[0]) == ()
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=ID.encode(), loop=0)
    stripped, _ = strip_metadata("a.gif", out.getvalue())
    assert ID.encode() not in stripped
    assert (Image.open(io.BytesIO(stripped)).n_frames, Image.open(io.BytesIO(stripped)).info["loop"]) == (
        2,
        0,
    )


def test_a_photograph_in_a_document_loses_its_place():
    import docx

    made = docx.Document(io.BytesIO(document()))
    made.add_picture(io.BytesIO(photo()))
    out = io.BytesIO()
    made.save(out)
    assert "trace.location" in rules(inspect_file("a.docx", out.getvalue()))
    stripped, removed = strip_metadata("a.docx", out.getvalue())
    assert "图片的拍摄或编辑信息" in removed
    assert not holds(stripped, ID)


def test_other_kinds():
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "BMP")
    assert strip_metadata("a.bmp", out.getvalue()) == (out.getvalue(), [])
    assert strip_metadata("a.csv", b"a,b") == (b"a,b", [])
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "TIFF")
    for name, data in (("a.tif", out.getvalue()), ("a.mp4", b"\x00\x01ftyp" * 9)):
        with pytest.raises(GuardError, match="另存为"):
            strip_metadata(name, data)


GOOD = photo()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(3, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 200),
)
def test_a_damaged_photograph_is_stripped_or_refused_but_never_raises_anything_else(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    with contextlib.suppress(GuardError):
        strip_metadata("a.jpg", bytes(data[: len(data) - cut]))
