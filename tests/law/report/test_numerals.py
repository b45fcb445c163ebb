"""Numbers as official prose writes them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.report.numerals import parse, show


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21", 21),
        ("1.2万", 12000),
        ("3千", 3000),
        ("33.9", Decimal("33.9")),
        ("1.23456万", Decimal("12345.6")),
        ("零", 0),
        ("〇", 0),
        ("两", 2),
        ("十", 10),
        ("二十一", 21),
        ("一百五", 150),
        ("一百零五", 105),
        ("两百零三", 203),
        ("五千一百八十四", 5184),
        ("一万二千", 12000),
        ("三亿零五万", 300050000),
        ("二〇二三", 2023),
        ("一一五", 115),
    ],
)
def test_what_can_be_read(text, value):
    assert parse(text) == value


@pytest.mark.parametrize("text", ["", "万一", "百百", "三四", "三三十", "一件", "abc", "3.4.5"])
def test_what_cannot(text):
    assert parse(text) is None


def _write(number):
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    text = "".join(
        f"{digits[int(d)]}{units[place] if d != '0' else ''}"
        for place, d in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True)
    )
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零") or "零"


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=9999).filter(lambda n: not 9 < n < 20))
def test_every_number_below_ten_thousand_is_read_back(number):
    assert parse(_write(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (12, "12"), (Decimal("25.10"), "25.1"), (Decimal("1E+3"), "1000"), (Decimal("3.00"), "3")],
)
def test_numbers_are_shown_without_idle_zeros(number, text):
    assert show(number) == text
