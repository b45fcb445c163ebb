"""Working days, compared day by day with two independent calendars, and how far they are official."""

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.arrangements import ArrangementError, Holiday, parse_arrangement
from gongkai.law.calendar import (
    ChangedDay,
    CountedDay,
    WorkCalendar,
    WorkdayCount,
    official_calendar,
)

CALENDAR = official_calendar()
ARRANGED_2027 = parse_arrangement(
    2027,
    ("测试用安排",),
    """
    元旦 2026.12.31-1.3 | 2026.12.27
    春节 2.5-2.12 | 1.31 2.20
    清明节 4.3-4.5
    劳动节 5.1-5.5 | 4.25 5.8
    端午节 6.9
    中秋节 9.15
    国庆节 10.1-10.7 | 9.26 10.9
    """,
)
REST_OF_2027 = ARRANGED_2027.holidays[1:]
DAYS = st.dates(date(2005, 1, 1), date(2029, 12, 31))


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_day_agrees_with_two_independent_calendars(year):
    independent = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    days = every_day(date(year, 1, 1), date(year, 12, 31))
    ours = [CALENDAR.is_workday(day) for day in days]
    assert ours == [chinese_calendar.is_workday(day) for day in days]
    assert ours == [independent.is_working_day(day) for day in days]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2024, 10, 1), "国庆节放假"),
        (date(2024, 9, 29), "调休上班（补国庆节）"),
        (date(2024, 9, 28), "星期六"),
        (date(2024, 10, 5), "国庆节放假"),
        (date(2024, 10, 8), "工作日"),
        (date(2018, 12, 31), "元旦放假"),
        (date(2027, 1, 4), "工作日（预计，2027年放假安排未公布）"),
        (date(2027, 1, 3), "星期日（预计，2027年放假安排未公布）"),
    ],
)
def test_why_a_day_counts_or_not(day, reason):
    assert CALENDAR.why(day) == reason


def test_holiday_and_makeup_are_told_apart():
    assert CALENDAR.holiday(date(2024, 10, 1)) == "国庆节"
    assert CALENDAR.holiday(date(2024, 10, 5)) is None  # a Saturday is free anyway
    assert CALENDAR.holiday(date(2024, 10, 8)) is None
    assert CALENDAR.makeup_for(date(2024, 10, 12)) == "国庆节"
    assert CALENDAR.makeup_for(date(2024, 10, 11)) is None


def test_official_from_2007_through_2026():
    assert (CALENDAR.official_from, CALENDAR.official_through) == (date(2007, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_official(date(2026, 12, 31))
    assert not CALENDAR.is_official(date(2027, 1, 1))
    assert not CALENDAR.is_official(date(2006, 12, 31))


def test_the_twentieth_workday_over_national_day():
    assert CALENDAR.add_workdays(date(2024, 9, 27), 20) == CountedDay(date(2024, 10, 30), False, "")


def test_past_the_horizon_a_result_is_provisional_and_says_why():
    note = "2027年放假安排尚未公布，暂按周一至周五推算，公布后会重新计算"
    assert CALENDAR.add_workdays(date(2026, 12, 21), 20) == CountedDay(date(2027, 1, 18), True, note)
    assert CALENDAR.add_workdays(date(2027, 6, 1), 1) == CountedDay(date(2027, 6, 2), True, note)
    later = "2027—2028年放假安排尚未公布，暂按周一至周五推算，公布后会重新计算"
    assert CALENDAR.add_workdays(date(2027, 12, 31), 1) == CountedDay(date(2028, 1, 3), True, later)
    assert CALENDAR.workdays_between(date(2026, 12, 25), date(2027, 1, 8)) == WorkdayCount(10, True, note)


def test_before_the_table_a_result_is_provisional_too():
    note = "2005年的放假安排未录入，按周一至周五推算，仅供参考"
    assert CALENDAR.add_workdays(date(2005, 6, 3), 1) == CountedDay(date(2005, 6, 6), True, note)
    assert CALENDAR.workdays_between(date(2005, 6, 3), date(2005, 6, 13)) == WorkdayCount(6, True, note)


def test_nothing_lies_between_a_day_and_itself():
    day = date(2024, 5, 6)
    assert CALENDAR.workdays_between(day, day) == WorkdayCount(0, False, "")
    assert CALENDAR.workdays_between(day, day - timedelta(9)) == WorkdayCount(0, False, "")


def test_a_number_of_workdays_is_at_least_one():
    with pytest.raises(ValueError, match="工作日数应为正整数"):
        CALENDAR.add_workdays(date(2024, 5, 6), 0)


@given(day=DAYS, number=st.integers(1, 700))
def test_counting_is_walking_day_by_day(day, number):
    walked, left = day, number
    while left:
        walked += timedelta(1)
        left -= CALENDAR.is_workday(walked)
    assert CALENDAR.add_workdays(day, number).day == walked
    assert CALENDAR.workdays_between(day, walked).number == number


def test_entering_2027_makes_it_official_and_leaves_the_old_calendar_alone():
    entered = CALENDAR.with_year(ARRANGED_2027)
    assert entered.official_through == date(2027, 12, 31)
    assert entered.add_workdays(date(2026, 12, 21), 20) == CountedDay(date(2027, 1, 19), False, "")
    assert CALENDAR.official_through == date(2026, 12, 31)
    assert CALENDAR.add_workdays(date(2026, 12, 21), 20).provisional


def test_what_a_new_year_changed_is_listed():
    december = [day for day in CALENDAR.changes_to(CALENDAR.with_year(ARRANGED_2027)) if day.day.year == 2026]
    assert december == [
        ChangedDay(date(2026, 12, 27), "星期日", "调休上班（补元旦）"),
        ChangedDay(date(2026, 12, 31), "工作日", "元旦放假"),
    ]


def test_a_year_entered_again_replaces_itself():
    entered = CALENDAR.with_year(ARRANGED_2027)
    corrected = replace(
        ARRANGED_2027, holidays=(Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)), *REST_OF_2027)
    )
    again = entered.with_year(corrected)
    assert again.is_workday(date(2026, 12, 31))
    assert len(again.arrangements) == len(entered.arrangements) == 21


def test_the_later_notice_wins_where_two_speak_of_one_day():
    plain = "元旦 1.1\n春节 2.16\n清明节 4.5\n劳动节 5.1\n端午节 6.9\n中秋节 9.25\n国庆节 10.1-10.3\n"
    earlier = parse_arrangement(2026, (), plain + "年末 12.27-12.29 | 12.26")
    later = parse_arrangement(2027, (), plain + "岁首 2026.12.25-2026.12.26 | 2026.12.27")
    calendar = WorkCalendar((earlier, later))
    assert [calendar.why(day) for day in every_day(date(2026, 12, 25), date(2026, 12, 29))] == [
        "岁首放假",
        "岁首放假",
        "调休上班（补岁首）",
        "年末放假",
        "年末放假",
    ]


def test_a_gap_ends_what_is_official():
    years = tuple(one for one in CALENDAR.arrangements if one.year != 2025)
    assert WorkCalendar(years).official_through == date(2024, 12, 31)
    assert WorkCalendar(years).why(date(2025, 10, 1)) == "工作日（预计，2025年放假安排未公布）"


def test_a_calendar_refuses_what_cannot_be_right():
    with pytest.raises(ArrangementError, match="至少要有一年"):
        WorkCalendar(())
    with pytest.raises(ArrangementError, match="同一年的放假安排只能有一份"):
        WorkCalendar((ARRANGED_2027, ARRANGED_2027))
    with pytest.raises(ArrangementError, match="2028年：1月1日是法定节假日，安排中没有放假，请补上"):
        CALENDAR.with_year(parse_arrangement(2028, (), ""))
