"""The processing fee of 国办函〔2020〕109号: its brackets, the sums that real reports name, its notice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import CountedDay, official_calendar
from gongkai.law.fees import (
    Fee,
    FeeError,
    FeeLine,
    FeeNotice,
    Tariff,
    compute_fee,
    fee_by_item,
    fee_by_page,
    missing_in_fee_notice,
    payment_due,
)


@pytest.mark.parametrize(
    ("items", "yuan"),
    [(1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400)],
)
def test_by_item_at_the_edges_of_each_bracket(items, yuan):
    assert fee_by_item(items).amount == Decimal(yuan)


@pytest.mark.parametrize(
    ("pages", "yuan"), [(1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740)]
)
def test_by_page_at_the_edges_of_each_bracket(pages, yuan):
    assert fee_by_page(pages).amount == Decimal(yuan)


@pytest.mark.parametrize(("pages", "yuan"), [(72, 420), (68, 380), (109, 880), (119, 1080)])
def test_the_amounts_real_reports_name_by_page(pages, yuan):
    """宿迁2023 420元, 宿迁2025 380元, and 880, 1080."""
    assert fee_by_page(pages).amount == Decimal(yuan)


@pytest.mark.parametrize(("items", "yuan"), [(15, 1500), (6, 600)])
def test_the_amounts_real_reports_name_by_item(items, yuan):
    """宿迁2023: 15件1500元 and 6件600元, after the ten free ones of the month."""
    assert fee_by_item(items, already=10).amount == Decimal(yuan)


def test_the_computation_is_written_line_by_line():
    assert fee_by_page(101) == Fee(
        Tariff.BY_PAGE,
        Decimal(720),
        (
            FeeLine(1, 30, Decimal(0), Decimal(0), "第1—30页不收费"),
            FeeLine(31, 100, Decimal(10), Decimal(700), "第31—100页70页×10元=700元"),
            FeeLine(101, 101, Decimal(20), Decimal(20), "第101页1页×20元=20元"),
        ),
    )
    assert fee_by_page(101).text == (
        "按量计收：第1—30页不收费；第31—100页70页×10元=700元；第101页1页×20元=20元；合计720元"
    )
    assert [line.units for line in fee_by_page(101).lines] == [30, 70, 1]
    assert fee_by_item(2, already=30).text == "按件计收：第31—32件2件×200元=400元；合计400元"


@given(st.integers(1, 120), st.integers(1, 120))
def test_charging_request_by_request_comes_to_the_same(first, second):
    assert (
        fee_by_item(first).amount + fee_by_item(second, already=first).amount
        == fee_by_item(first + second).amount
    )


@given(st.integers(1, 400))
def test_the_marginal_item_costs_what_the_measure_says(number):
    """国办函〔2020〕109号第四条: 31件以上每10件一档，每增一档提高100元/件."""
    expected = 0 if number <= 10 else 100 if number <= 30 else 200 + 100 * ((number - 31) // 10)
    assert fee_by_item(1, already=number - 1).amount == expected


def test_one_tariff_or_the_other():
    on = date(2021, 1, 1)
    assert compute_fee(on=on, items=1, already=10) == fee_by_item(1, already=10)
    assert compute_fee(on=on, pages=31) == fee_by_page(31)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"on": date(2020, 12, 31), "pages": 31}, "信息处理费自2021-01-01起施行，2020-12-31的申请不能收费"),
        (
            {"on": date(2021, 1, 1), "pages": 31, "items": 1},
            "每件申请只能选按件或者按量中的一种计收，不得重复计算",
        ),
        ({"on": date(2021, 1, 1)}, "请选择按件或者按量计收，并填写件数或者页数"),
        ({"on": date(2021, 1, 1), "items": 0}, "件数应为正整数，本月已有件数不能为负数"),
        ({"on": date(2021, 1, 1), "items": 1, "already": -1}, "件数应为正整数，本月已有件数不能为负数"),
        ({"on": date(2021, 1, 1), "pages": 0}, "页数应为正整数"),
    ],
)
def test_what_cannot_be_charged_is_refused(arguments, message):
    with pytest.raises(FeeError) as refused:
        compute_fee(**arguments)
    assert str(refused.value) == message


def test_a_notice_states_basis_standard_amount_and_how_to_pay():
    complete = FeeNotice("国办函〔2020〕109号", "按量计收", Decimal(420), "非税收入缴款书")
    assert missing_in_fee_notice(complete) == []
    assert missing_in_fee_notice(FeeNotice(" ", "", None, "")) == [
        "收费通知没有写明收费依据",
        "收费通知没有写明收费标准",
        "收费通知没有写明收费数额",
        "收费通知没有写明缴纳方式",
    ]
    assert missing_in_fee_notice(FeeNotice("依据", "标准", Decimal(0), "方式")) == [
        "收费通知没有写明收费数额"
    ]


def test_the_applicant_has_twenty_workdays_from_the_day_after_the_notice():
    assert payment_due(date(2024, 8, 9), official_calendar()) == CountedDay(date(2024, 9, 6), False, "")
