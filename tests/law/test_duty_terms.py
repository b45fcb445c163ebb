"""What a duty asks: due days, periods, what is wrong with one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import CountedDay, official_calendar
from gongkai.law.duties import DutyError
from gongkai.law.duty_terms import (
    ORDINARY,
    Duty,
    Rhythm,
    Span,
    Window,
    count_on,
    document_due,
    last_closed,
    next_open,
    overdue_until,
    window_of,
)

CALENDAR = official_calendar()
R, S = Rhythm, Span


def closed(day):
    return CountedDay(day, False, "")


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        (ORDINARY, date(2024, 10, 30)),  # 国庆 and its make-up days in between
        (Duty(R.ON_EVENT, 7), date(2024, 10, 12)),
        (Duty(R.ON_EVENT, 20, S.DAYS), date(2024, 10, 17)),
        (Duty(R.ON_EVENT, 1, S.MONTHS), date(2024, 10, 27)),
        (Duty(R.ON_EVENT, 0), date(2024, 9, 27)),
        (Duty(R.YEARLY), date(2024, 10, 30)),  # 条例 art. 26 for what the item says nothing of
        (Duty(R.CONTINUOUS), date(2024, 10, 30)),
    ],
)
def test_a_document_has_its_last_day(duty, due):
    assert document_due(duty, date(2024, 9, 27), CALENDAR) == closed(due)


def test_an_unknown_duty_has_none_and_an_unannounced_year_is_provisional():
    assert document_due(Duty(R.UNKNOWN), date(2024, 9, 27), CALENDAR) is None
    beyond = CALENDAR.official_through + timedelta(10)
    due = document_due(ORDINARY, beyond, CALENDAR)
    assert due is not None
    assert due.provisional
    assert "尚未公布" in due.note


def test_a_month_ends_on_its_last_day_where_there_is_no_such_day():
    assert count_on(date(2023, 1, 31), 1, S.MONTHS, CALENDAR) == closed(date(2023, 2, 28))
    assert count_on(date(2024, 1, 31), 1, S.MONTHS, CALENDAR) == closed(date(2024, 2, 29))
    assert count_on(date(2024, 12, 31), 2, S.MONTHS, CALENDAR) == closed(date(2025, 2, 28))


@pytest.mark.parametrize(
    ("duty", "on", "start", "due"),
    [
        (Duty(R.YEARLY, month=3, day=31), date(2024, 5, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (Duty(R.YEARLY, month=2, day=29), date(2023, 5, 1), date(2023, 1, 1), date(2023, 2, 28)),
        (Duty(R.YEARLY), date(2024, 5, 1), date(2024, 1, 1), date(2024, 12, 31)),
        (Duty(R.YEARLY, 20), date(2024, 5, 1), date(2024, 1, 1), date(2024, 1, 29)),
        (Duty(R.HALF_YEARLY), date(2024, 8, 1), date(2024, 7, 1), date(2024, 12, 31)),
        (Duty(R.QUARTERLY), date(2024, 5, 1), date(2024, 4, 1), date(2024, 6, 30)),
        (Duty(R.QUARTERLY, 15, S.DAYS), date(2024, 5, 1), date(2024, 4, 1), date(2024, 4, 15)),
        (Duty(R.MONTHLY), date(2024, 2, 9), date(2024, 2, 1), date(2024, 2, 29)),
        (Duty(R.MONTHLY, 10, S.DAYS), date(2024, 2, 9), date(2024, 2, 1), date(2024, 2, 10)),
        (Duty(R.MONTHLY, 1, S.MONTHS), date(2024, 2, 9), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_has_its_last_day(duty, on, start, due):
    assert window_of(duty, on, CALENDAR) == Window(start, closed(due))


@pytest.mark.parametrize("rhythm", [R.ON_EVENT, R.CONTINUOUS, R.STANDING, R.UNKNOWN])
def test_what_has_no_period_has_no_window(rhythm):
    with pytest.raises(DutyError, match="没有周期"):
        window_of(Duty(rhythm), date(2024, 1, 1), CALENDAR)


def test_the_last_closed_and_the_next_open_period_around_the_turn_of_the_year():
    duty = Duty(R.YEARLY, month=3, day=31)
    assert last_closed(duty, date(2024, 3, 31), CALENDAR).due.day == date(2023, 3, 31)
    assert last_closed(duty, date(2024, 4, 1), CALENDAR).due.day == date(2024, 3, 31)
    assert next_open(duty, date(2024, 3, 31), CALENDAR).due.day == date(2024, 3, 31)
    assert next_open(duty, date(2024, 4, 1), CALENDAR).due.day == date(2025, 3, 31)
    monthly = Duty(R.MONTHLY)
    assert last_closed(monthly, date(2025, 1, 1), CALENDAR).due.day == date(2024, 12, 31)
    assert next_open(Duty(R.MONTHLY, 10, S.DAYS), date(2024, 12, 20), CALENDAR).due.day == date(2025, 1, 10)


PROBLEMS = [
    (Duty(R.ON_EVENT), "应填写期限"),
    (Duty(R.ON_EVENT, 401), "0至400"),
    (Duty(R.STANDING, 3), "不填期限"),
    (Duty(R.YEARLY, month=3), "同时填写"),
    (Duty(R.MONTHLY, month=3, day=1), "只有每年"),
    (Duty(R.YEARLY, 20, month=3, day=1), "只能填一项"),
    (Duty(R.YEARLY, month=4, day=31), "不是日历上的日子"),
    (Duty(R.CONTINUOUS, stale_days=0), "更新间隔"),
]


@pytest.mark.parametrize(("duty", "problem"), PROBLEMS)
def test_a_duty_that_cannot_be_kept_says_why(duty, problem):
    assert len(duty.problems()) == 1
    assert problem in duty.problems()[0]


def test_every_duty_is_told_in_words():
    assert ORDINARY.words == "形成或者变更之日起20个工作日内公开"
    assert Duty(R.ON_EVENT, 0).words == "形成或者变更的当日公开"
    assert Duty(R.YEARLY, month=3, day=31).words == "每年3月31日前公开"
    assert Duty(R.QUARTERLY, 15, S.DAYS).words == "每季度结束后15日内公开"
    assert Duty(R.HALF_YEARLY).words == "每半年至少公开一次"
    assert Duty(R.CONTINUOUS, stale_days=180).words == "持续更新，不得空白，超过180日没有更新即为长期未更新"
    assert Duty(R.STANDING).words == "长期公开，不得空白"
    assert "人工核定" in Duty(R.UNKNOWN).words


@given(
    st.integers(0, 60),
    st.sampled_from(Span),
    st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    st.integers(-40, 40),
)
def test_one_day_divides_the_overdue_from_the_rest(term, span, today, offset):
    last = overdue_until(term, span, today, CALENDAR)
    made_on = last + timedelta(offset)
    assert (count_on(made_on, term, span, CALENDAR).day < today) == (made_on <= last)
