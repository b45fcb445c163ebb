from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.money import from_wan, plain, to_wan

cents = st.decimals(min_value=0, max_value=10**12, places=2)
wan = st.decimals(min_value=0, max_value=10**8, places=4)


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("0", "0.0000"),
        ("11205439", "1120.5439"),
        ("0.49", "0.0000"),
        ("0.50", "0.0001"),
        ("-0.50", "-0.0001"),
    ],
)
def test_to_wan_rounds_half_up_at_the_fourth_decimal(yuan, expected):
    assert str(to_wan(Decimal(yuan))) == expected


@pytest.mark.parametrize(
    ("amount", "yuan"), [("1120.5439", "11205439.00"), ("0.0000005", "0.01"), ("9.63211", "96321.10")]
)
def test_from_wan(amount, yuan):
    assert str(from_wan(Decimal(amount))) == yuan


@given(wan)
def test_four_decimals_survive_the_way_there_and_back(amount):
    assert to_wan(from_wan(amount)) == amount


@given(cents)
def test_less_than_half_a_yuan_is_lost(yuan):
    assert abs(from_wan(to_wan(yuan)) - yuan) <= Decimal("0.50")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("0.0000", "0"),
        ("1120.5439", "1120.5439"),
        ("100", "100"),
        ("100.00", "100"),
        ("1E+3", "1000"),
    ],
)
def test_plain(amount, text):
    assert plain(Decimal(amount)) == text


@given(cents)
def test_plain_says_the_same_amount(amount):
    assert Decimal(plain(amount)) == amount
