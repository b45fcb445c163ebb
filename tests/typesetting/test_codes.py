"""The same code as SVG and as PNG."""

import re
from io import BytesIO

import segno
from PIL import Image

from gongkai.typesetting import codes

ADDRESS = "https://xxgk.qingyu.example/foi/track?number=QJT-2024-0012"


def matrix():
    return [[bool(module) for module in row] for row in segno.make_qr(ADDRESS, error="m").matrix]


def test_the_png_shows_every_module():
    picture = Image.open(BytesIO(codes.png(ADDRESS))).convert("L")
    side = len(matrix())
    assert picture.size == ((side + 8) * 8, (side + 8) * 8)
    seen = [
        [picture.getpixel(((x + 4) * 8 + 3, (y + 4) * 8 + 3)) < 128 for x in range(side)] for y in range(side)
    ]
    assert seen == matrix()


def test_the_svg_is_as_large_and_always_the_same():
    drawn = codes.svg(ADDRESS)
    side = len(matrix()) + 8
    assert re.search(r'width="(\d+)" height="(\d+)"', drawn).groups() == (str(side), str(side))
    assert codes.svg(ADDRESS) == drawn
    assert "<script" not in drawn


def test_a_short_content_is_no_micro_code():
    assert "M" not in segno.make_qr("1", error="m").designator.split("-")[0]
    assert Image.open(BytesIO(codes.png("1"))).size == ((21 + 8) * 8, (21 + 8) * 8)
