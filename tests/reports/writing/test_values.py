"""Zero is 0, nothing is rounded, money has four decimals."""

from decimal import Decimal

import pytest

from gongkai.law.report.figures import Figure, Standing
from gongkai.reports.writing.values import plain, shown, written


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "件", "0"),
        (Decimal("0.0000"), "万元", "0"),
        (1388, "件", "1388"),
        (1234567, "件", "1234567"),
        (-417, "项", "-417"),
        (Decimal("7730.28"), "万元", "7730.2800"),
        (51, "万元", "51.0000"),
        (Decimal("9.63211"), "万元", "9.63211"),
        (Decimal("1E+3"), "万元", "1000.0000"),
        (Decimal("9999999999999999.9999"), "万元", "9999999999999999.9999"),
    ],
)
def test_written(value, unit, text):
    assert written(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12"), (Decimal("12.00"), "12"), (Decimal("1E+2"), "100"), (Decimal("-0.00"), "0")],
)
def test_one_text_per_value(value, text):
    assert plain(value) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(3), "3"),
        (Figure(None, Standing.BLANK, raw=" / "), "/"),
        (Figure(None, Standing.UNCERTAIN, raw="约12"), "约12"),
        (Figure(None, Standing.MISSING), ""),
        (Figure(10, Standing.NORMALISED, raw="增10"), "10"),
    ],
)
def test_shown_is_the_number_or_what_stood_there(figure, text):
    assert shown(figure, "件") == text
