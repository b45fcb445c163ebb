"""One cell as a number: every way of writing met in reports, and what is not guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.report.figures import Standing
from gongkai.law.report.formats import Column
from gongkai.reports.reading.glued import split_glued
from gongkai.reports.reading.numbers import kind, read_cell

COUNT = Column("n", "件数")
CHANGE = Column("change", "本年增/减", "项", signed=True)
MONEY = Column("amount_wan", "金额", "万元")


@pytest.mark.parametrize(
    ("text", "value", "standing"),
    [
        ("0", 0, Standing.CLEAR),
        ("1388", 1388, Standing.CLEAR),
        (" 12 ", 12, Standing.CLEAR),
        ("２１", 21, Standing.CLEAR),
        ("1,388", 1388, Standing.NORMALISED),
        ("1，388", 1388, Standing.NORMALISED),
        ("3件", 3, Standing.NORMALISED),
        ("3 件", 3, Standing.NORMALISED),
        ("21.0", 21, Standing.NORMALISED),
        ("05", 5, Standing.NORMALISED),
        ("零", 0, Standing.NORMALISED),
        ("-3", -3, Standing.NORMALISED),
        ("5440\n8", 54408, Standing.CLEAR),
        ("2.5", None, Standing.UNCERTAIN),
        ("1,38", None, Standing.UNCERTAIN),
        ("见附件", None, Standing.UNCERTAIN),
        ("3/4", None, Standing.UNCERTAIN),
        ("一", None, Standing.UNCERTAIN),
        ("", None, Standing.BLANK),
        ("　", None, Standing.BLANK),
        ("/", None, Standing.BLANK),
        ("／", None, Standing.BLANK),
        ("—", None, Standing.BLANK),
        ("——", None, Standing.BLANK),
        ("-", None, Standing.BLANK),
        ("无", None, Standing.BLANK),
        ("空", None, Standing.BLANK),
    ],
)
def test_counts(text, value, standing):
    figure = read_cell(text, COUNT)
    assert (figure.value, figure.standing, figure.raw) == (value, standing, text.strip())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6", 6),
        ("+19", 19),
        ("-417", -417),
        ("－417", -417),
        ("—417", -417),
        ("增10", 10),
        ("增 10", 10),
        ("增加10项", 10),
        ("新增3", 3),
        ("减3", -3),
        ("减少3项", -3),
        ("↑5", 5),
        ("↓2", -2),
        ("+(0) -(0)", 0),
        ("+(5) -(3)", 2),
        ("增5减3", 2),
        ("增5、减3", 2),
        ("增0/减0", 0),
        ("3/1", 2),
        ("不变", 0),
    ],
)
def test_changes(text, value):
    assert read_cell(text, CHANGE).value == value


@pytest.mark.parametrize("text", ["增减", "有增有减", "增三", "同上"])
def test_changes_that_cannot_be_told(text):
    figure = read_cell(text, CHANGE)
    assert (figure.value, figure.standing) == (None, Standing.UNCERTAIN)


@pytest.mark.parametrize(
    ("text", "heading", "value", "unit", "standing"),
    [
        ("7730.28", "本年收费金额（单位：万元）", "7730.28", "", Standing.CLEAR),
        ("0", "采购总金额", "0", "", Standing.CLEAR),
        ("316441", "本年收费金额（单位：万元）", "316441", "", Standing.CLEAR),
        ("251000元", "采购总金额", "25.1", "元", Standing.NORMALISED),
        ("1120.5439万元", "采购总金额", "1120.5439", "万元", Standing.NORMALISED),
        ("1.2亿元", "采购总金额", "12000", "亿元", Standing.NORMALISED),
        ("￥5,000元", "采购总金额", "0.5", "元", Standing.NORMALISED),
        ("5000", "采购总金额（元）", "0.5", "元", Standing.NORMALISED),
        ("1,120.5439", "采购总金额（万元）", "1120.5439", "", Standing.NORMALISED),
        ("477.35", "采购总金额", "477.35", "", Standing.ASSIGNED),
        ("1035000", "采购总金额", None, "", Standing.UNCERTAIN),
        ("若干", "采购总金额", None, "", Standing.UNCERTAIN),
        ("12,34.5", "采购总金额", None, "", Standing.UNCERTAIN),
    ],
)
def test_amounts_in_wan(text, heading, value, unit, standing):
    figure = read_cell(text, MONEY, heading=heading)
    assert (figure.value, figure.unit, figure.standing) == (
        None if value is None else Decimal(value),
        unit,
        standing,
    )


@given(st.integers(0, 10**9))
def test_any_count_in_any_digits(number):
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert [read_cell(text, COUNT).value for text in (str(number), wide, f"{number:,}", f"{number}件")] == [
        number
    ] * 4


@given(st.text(max_size=30))
def test_a_value_is_absent_exactly_when_the_standing_says_so(text):
    absent = {Standing.UNCERTAIN, Standing.BLANK, Standing.MISSING}
    for column in (COUNT, CHANGE, MONEY):
        figure = read_cell(text, column)
        assert (figure.value is None) == (figure.standing in absent)
        assert not (kind(text) == "text" and figure.standing is Standing.CLEAR)


@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_glued_digits_come_apart_rightly_or_not_at_all(six):
    row = [*six, sum(six)]
    found = split_glued("".join(map(str, row)), 7)
    assert found in ((), tuple(str(number) for number in row))


@pytest.mark.parametrize(
    ("digits", "width", "expected"),
    [
        ("0000000", 7, ["0"] * 7),
        ("0" * 15, 15, ["0"] * 15),
        ("210000021", 7, ["21", "0", "0", "0", "0", "0", "21"]),
        ("123", 7, []),
        ("1" * 16, 15, []),
        ("abc", 7, []),
    ],
)
def test_glued_digits(digits, width, expected):
    assert list(split_glued(digits, width)) == expected


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("12①", COUNT, 12),
        ("12²", COUNT, 12),
        ("0。", COUNT, 0),
        ("（0）", COUNT, 0),
        ("12（件）", COUNT, 12),
        ("3件（含上年2件）", COUNT, 3),
        ("5（2022年3件，2023年2件）", COUNT, 5),
        ("5（增）", CHANGE, 5),
        ("5项（减少）", CHANGE, -5),
        ("12（元）", MONEY, Decimal("0.0012")),
        ("12（万元）", MONEY, Decimal(12)),
        ("12.5（其中水资源费3.2）", MONEY, Decimal("12.5")),
        ("0件", MONEY, Decimal(0)),
    ],
)
def test_marks_units_and_remarks_behind_a_number(text, column, value):
    assert (kind(text), read_cell(text, column).value) == ("value", value)


@pytest.mark.parametrize("text", ["12（含新增3项）", "5（减2）", "1（3）", "(3)"])
def test_what_may_mean_two_things_is_uncertain(text):
    assert read_cell(text, CHANGE).standing is Standing.UNCERTAIN
