"""A year's arrangement as an administrator types it: what is accepted, and what each slip is told."""

from datetime import date

import pytest

from gongkai.law.arrangements import ArrangementError, Holiday, YearArrangement, parse_arrangement
from gongkai.law.calendar_years import ARRANGEMENTS

GOOD_2027 = """
    元旦 1.1-1.3
    春节 2.5-2.12 | 1.31 2.20
    清明节 4.3-4.5
    劳动节 5.1-5.5 | 4.25 5.8
    端午节 6.9
    中秋节 9.15
    国庆节 10.1-10.7 | 9.26 10.9
"""


def arrangement(text: str) -> YearArrangement:
    return parse_arrangement(2027, ("测试通知",), text)


def with_line(old: str, new: str) -> YearArrangement:
    assert old in GOOD_2027
    return arrangement(GOOD_2027.replace(old, new))


def test_every_year_that_ships_can_be_right():
    assert {year.year: year.problems() for year in ARRANGEMENTS} == {year: [] for year in range(2007, 2027)}


def test_each_year_names_its_notice():
    by_year = {year.year: year.sources for year in ARRANGEMENTS}
    assert by_year[2024] == ("国办发明电〔2023〕7号《国务院办公厅关于2024年部分节假日安排的通知》",)
    assert by_year[2008] == ("《国务院办公厅关于2008年部分节假日安排的通知》",)
    assert by_year[2020] == (
        "国办发明电〔2019〕16号《国务院办公厅关于2020年部分节假日安排的通知》",
        "国办发明电〔2020〕1号",
    )


def test_a_line_is_read_with_its_days_off_and_days_worked():
    assert parse_arrangement(2019, ("x",), "元旦 2018.12.30-1.1 | 2018.12.29") == YearArrangement(
        2019,
        ("x",),
        (Holiday("元旦", date(2018, 12, 30), date(2019, 1, 1), (date(2018, 12, 29),)),),
    )


def test_a_right_year_has_no_problems():
    assert arrangement(GOOD_2027).problems() == []


@pytest.mark.parametrize(
    "line", ["春节", "春节 2.5到2.12", "春节 2.30-3.3", "春节 2.5-2.12 | 二月二十", "春节 2.5 2.6"]
)
def test_a_line_that_cannot_be_read_is_quoted(line):
    with pytest.raises(ArrangementError) as refused:
        arrangement(line)
    assert refused.value.problems == (f"“{line}”读不懂，应写成“春节 2.10-2.17 | 2.4 2.18”的样子",)


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("6.9", "6.9-6.8", ["端午节：结束日2027-06-08早于开始日2027-06-09，请核对起止日期"]),
        ("2.5-2.12", "2.5-2.17", ["春节：连续放假13天，超过12天，请核对起止日期"]),
        (
            "元旦 1.1-1.3",
            "元旦 2026.11.1 \n元旦 1.1",
            ["元旦：2026-11-01不在2027年（或上年12月下旬）内，请核对年份"],
        ),
        ("1.31 2.20", "2.3 2.20", ["春节：2027-02-03是星期三，本来就是工作日，不能作为调休上班日"]),
        ("1.31 2.20", "2.6 2.20", ["春节：2027-02-06既是放假日又是调休上班日，只能保留一项"]),
        ("1.31 2.20", "2.20 2.20", ["春节：调休上班日2027-02-20重复，请删去一处"]),
        ("6.9", "6.9\n龙舟节 6.9", ["2027-06-09同时列在端午节和龙舟节，请只保留一处"]),
        ("10.1-10.7", "10.2-10.7", ["10月1日是法定节假日，安排中没有放假，请补上"]),
        ("清明节", "踏青节", ["没有列出清明节，请补上"]),
    ],
)
def test_each_slip_is_told_in_words(old, new, problems):
    arranged = with_line(old, new)
    if "2026.11.1" in new:
        problems = [problems[0], problems[0]]  # first and last day of the one-day span
    assert arranged.problems() == problems


def test_more_days_worked_than_freed_is_a_slip():
    typed = parse_arrangement(
        2007, (), "元旦 1.1 | 1.6 1.7 1.13 1.14 1.20 1.21\n劳动节 5.1\n国庆节 10.1-10.3"
    )
    assert typed.problems() == ["调休上班日6天多于放假占用的工作日5天，请核对"]


def test_too_many_days_off_in_a_year_is_a_wrong_month():
    holidays = (
        *arrangement(GOOD_2027).holidays,
        Holiday("暑假", date(2027, 7, 1), date(2027, 7, 10)),
        Holiday("寒假", date(2027, 8, 1), date(2027, 8, 11)),
    )
    assert YearArrangement(2027, (), holidays).problems() == ["全年放假共49天，超过45天，请核对月份"]


def test_before_2008_three_holidays_did_not_exist():
    assert parse_arrangement(2007, (), "元旦 1.1\n劳动节 5.1\n国庆节 10.1-10.3").problems() == []
