"""The clock on whole cases, each counted by hand on a wall calendar, as a clerk would tell them.

常识, to be checked by a lawyer: the first workday is the day after receipt (民诉法 on terms, through 行政复议法
art. 88); the day a letter is sent still counts and the pause ends with the day of the answer; payment starts a
new term the next day.
"""

from datetime import date

import pytest

from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import (
    ClarificationNotified,
    ClarificationReceived,
    CoAuthorAnswered,
    CoAuthorConsulted,
    Extended,
    FeeNotified,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    TermSet,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

CALENDAR = official_calendar()

SCENARIOS = {
    "国庆节前收到：9月29日、10月12日调休上班都算，10月1日至7日不算": (
        [Received(date(2024, 9, 27))],
        date(2024, 10, 30),
        "2024-09-27收到，次日起算，国庆节放假与调休已扣除，第20个工作日是2024-10-30",
    ),
    "春节前收到：除夕2月9日上班，2月4日、18日两个星期日调休上班": (
        [Received(date(2024, 2, 1))],
        date(2024, 3, 5),
        "2024-02-01收到，次日起算，春节放假与调休已扣除，第20个工作日是2024-03-05",
    ),
    "元旦前收到：只有1月1日是星期一放假": (
        [Received(date(2023, 12, 22))],
        date(2024, 1, 22),
        "2023-12-22收到，次日起算，元旦放假已扣除，第20个工作日是2024-01-22",
    ),
    "最后一天落在调休上班的星期六（5月11日），当天就是期限": (
        [Received(date(2024, 4, 11))],
        date(2024, 5, 11),
        "2024-04-11收到，次日起算，劳动节放假与调休已扣除，第20个工作日是2024-05-11",
    ),
    "国庆假期中收到，节后第一个工作日是第1天": (
        [Received(date(2024, 10, 3))],
        date(2024, 11, 1),
        "2024-10-03收到，次日起算，国庆节放假与调休已扣除，第20个工作日是2024-11-01",
    ),
    "2020年春节延长至2月2日，2月1日（星期六）不再上班": (
        [Received(date(2020, 1, 20))],
        date(2020, 2, 25),
        "2020-01-20收到，次日起算，春节放假已扣除，第20个工作日是2020-02-25",
    ),
    "中间只有调休上班日、没有放假": (
        [Received(date(2024, 8, 19))],
        date(2024, 9, 14),
        "2024-08-19收到，次日起算，调休上班日已计入，第20个工作日是2024-09-14",
    ),
    "什么节假日都没有碰上": (
        [Received(date(2024, 7, 1))],
        date(2024, 7, 29),
        "2024-07-01收到，次日起算，第20个工作日是2024-07-29",
    ),
    "第7个工作日通知补正，3月25日收到补正，从3月26日重新数20个工作日": (
        [
            Received(date(2024, 3, 1)),
            ClarificationNotified(date(2024, 3, 12), date(2024, 3, 29)),
            ClarificationReceived(date(2024, 3, 25)),
        ],
        date(2024, 4, 23),
        "2024-03-25收到补正，次日起算，清明节放假与调休已扣除，第20个工作日是2024-04-23",
    ),
    "第三方6月13日签收，15个工作日内没有答复，7月4日止不计，已用5天，再数15天": (
        [
            Received(date(2024, 6, 3)),
            ThirdPartyConsulted(date(2024, 6, 11), "甲公司", date(2024, 6, 13)),
        ],
        date(2024, 7, 25),
        (
            "2024-06-03收到，次日起算，端午节放假已扣除，征求甲公司意见（2024-06-11至2024-07-04）不计，"
            "第20个工作日是2024-07-25"
        ),
    ),
    "第三方和共同制作机关先后征求，重叠的日子只扣一次": (
        [
            Received(date(2024, 11, 1)),
            ThirdPartyConsulted(date(2024, 11, 6), received_on=date(2024, 11, 7)),
            CoAuthorConsulted(date(2024, 11, 8), received_on=date(2024, 11, 8)),
            ThirdPartyAnswered(date(2024, 11, 13)),
            CoAuthorAnswered(date(2024, 11, 18)),
        ],
        date(2024, 12, 11),
        (
            "2024-11-01收到，次日起算，征求第三方意见（2024-11-06至2024-11-13）不计，"
            "征求相关行政机关意见（2024-11-08至2024-11-18）不计，第20个工作日是2024-12-11"
        ),
    ),
    "延长10个工作日，接着原来的第20天往后数": (
        [Received(date(2024, 7, 1)), Extended(date(2024, 7, 25), 10, "李主任", date(2024, 7, 26))],
        date(2024, 8, 12),
        "2024-07-01收到，次日起算，经李主任同意延长10个工作日，第30个工作日是2024-08-12",
    ),
    "收费通知发出后停止计算，8月20日缴费，从8月21日重新数20个工作日": (
        [
            Received(date(2024, 8, 1)),
            FeeNotified(date(2024, 8, 9), date(2024, 8, 9)),
            FeePaid(date(2024, 8, 20)),
        ],
        date(2024, 9, 18),
        "2024-08-20收到缴费，次日起算，中秋节放假与调休已扣除，第20个工作日是2024-09-18",
    ),
    "大量反复申请，理由合理，定到9月30日答复": (
        [
            Received(date(2024, 7, 1)),
            ReasonsRequested(date(2024, 7, 5)),
            ReasonsGiven(date(2024, 7, 12)),
            TermSet(date(2024, 7, 15), date(2024, 9, 30), date(2024, 7, 15)),
        ],
        date(2024, 9, 30),
        "2024-07-01收到，2024-07-15依照条例第三十五条确定合理期限，答复期限是2024-09-30",
    ),
    "延期后又收费，缴费后重新数20个工作日，延期不再加": (
        [
            Received(date(2024, 8, 1)),
            Extended(date(2024, 8, 5), 20, "李主任", date(2024, 8, 5)),
            FeeNotified(date(2024, 8, 9), date(2024, 8, 9)),
            FeePaid(date(2024, 8, 20)),
        ],
        date(2024, 9, 18),
        "2024-08-20收到缴费，次日起算，中秋节放假与调休已扣除，第20个工作日是2024-09-18",
    ),
}


@pytest.mark.parametrize("story", SCENARIOS)
def test_counted_by_hand(story):
    facts, due_on, summary = SCENARIOS[story]
    result = compute(facts, CALENDAR, date(2026, 1, 1))
    assert (result.due_on, result.summary) == (due_on, summary)


@pytest.mark.parametrize("story", SCENARIOS)
def test_the_day_by_day_explanation_ends_on_the_due_date_with_its_number(story):
    facts, due_on, _ = SCENARIOS[story]
    result = compute(facts, CALENDAR, date(2026, 1, 1))
    last = result.explanation[-1]
    assert (last.day, last.events[-1]) == (due_on, "答复期限届满")
    if "第三十五条" not in result.article:
        assert last.number == result.allowed
    assert result.explanation[0].day == facts[0].on
