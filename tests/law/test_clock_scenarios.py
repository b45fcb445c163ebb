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
AS_OF = date(2026, 12, 31)

SCENARIOS = {
    # 9月29日(日)1、30日2；10月8至11日3—6、12日(六)7；14至18日8—12；21至25日13—17；28日18、29日19、30日20
    "国庆节前收到：9月29日、10月12日调休上班都算，10月1日至7日不算": (
        [Received(date(2024, 9, 27))],
        date(2024, 10, 30),
        "2024-09-27收到，次日起算，国庆节放假与调休已扣除，第20个工作日是2024-10-30",
    ),
    # 2月2日1、4日(日)2、5至9日3—7；10至17日放假；18日(日)8、19至23日9—13；26日至3月1日14—18；3月4日19、5日20
    "春节前收到：除夕2月9日上班，2月4日、18日两个星期日调休上班": (
        [Received(date(2024, 2, 1))],
        date(2024, 3, 5),
        "2024-02-01收到，次日起算，春节放假与调休已扣除，第20个工作日是2024-03-05",
    ),
    # 12月25至29日1—5；1月2至5日6—9；8至12日10—14；15至19日15—19；22日20
    "元旦前收到：只有1月1日是星期一放假": (
        [Received(date(2023, 12, 22))],
        date(2024, 1, 22),
        "2023-12-22收到，次日起算，元旦放假已扣除，第20个工作日是2024-01-22",
    ),
    # 4月12日1；15至19日2—6；22至26日7—11；28日(日)12、29日13、30日14；5月6至10日15—19、11日(六)20
    "最后一天落在调休上班的星期六（5月11日），当天就是期限": (
        [Received(date(2024, 4, 11))],
        date(2024, 5, 11),
        "2024-04-11收到，次日起算，劳动节放假与调休已扣除，第20个工作日是2024-05-11",
    ),
    # 10月8至11日1—4、12日(六)5；14至18日6—10；21至25日11—15；28日至11月1日16—20
    "国庆假期中收到，节后第一个工作日是第1天": (
        [Received(date(2024, 10, 3))],
        date(2024, 11, 1),
        "2024-10-03收到，次日起算，国庆节放假与调休已扣除，第20个工作日是2024-11-01",
    ),
    # 1月21至23日1—3；1月24日至2月2日放假；2月3至7日4—8；10至14日9—13；17至21日14—18；24日19、25日20
    "2020年春节延长至2月2日，2月1日（星期六）不再上班": (
        [Received(date(2020, 1, 20))],
        date(2020, 2, 25),
        "2020-01-20收到，次日起算，春节放假已扣除，第20个工作日是2020-02-25",
    ),
    # 8月20至23日1—4；26至30日5—9；9月2至6日10—14；9至13日15—19、14日(六)20
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
    # 12月23至27日1—5；30日6、31日7；1月2日8、3日9；6至10日10—14；13至17日15—19；20日20
    "2024年12月20日收到，跨年，只有1月1日（星期三）放假": (
        [Received(date(2024, 12, 20))],
        date(2025, 1, 20),
        "2024-12-20收到，次日起算，元旦放假已扣除，第20个工作日是2025-01-20",
    ),
    # 1月4日(日)1；5至9日2—6；12至16日7—11；19至23日12—16；26至29日17—20
    "2025年最后一天收到：元旦放到1月3日，1月4日（星期日）调休上班是第1天": (
        [Received(date(2025, 12, 31))],
        date(2026, 1, 29),
        "2025-12-31收到，次日起算，元旦放假与调休已扣除，第20个工作日是2026-01-29",
    ),
    # 1月21至24日1—4、26日(日)5、27日6；28日至2月4日放假；2月5至7日7—9、8日(六)10；10至14日11—15；17至21日16—20
    "2025年春节前收到：1月26日（星期日）、2月8日（星期六）调休上班": (
        [Received(date(2025, 1, 20))],
        date(2025, 2, 21),
        "2025-01-20收到，次日起算，春节放假与调休已扣除，第20个工作日是2025-02-21",
    ),
    # 补正在假日里收到：2月24至27日1—4、28日(六)5；3月2至6日6—10；9至13日11—15；16至20日16—20
    "2026年春节假期中（2月20日）收到补正，节后2月24日是第1天，2月28日（星期六）调休上班": (
        [
            Received(date(2026, 2, 9)),
            ClarificationNotified(date(2026, 2, 11), date(2026, 3, 6)),
            ClarificationReceived(date(2026, 2, 20)),
        ],
        date(2026, 3, 20),
        "2026-02-20收到补正，次日起算，春节放假与调休已扣除，第20个工作日是2026-03-20",
    ),
    # 9月22至26日1—5、28日(日)6、29日7、30日8；10月9日9、10日10、11日(六)11；13至17日12—16；20至23日17—20；
    # 延长：24日21；27至30日22—25
    "2025年国庆中秋连放8天，节后延长5个工作日": (
        [Received(date(2025, 9, 19)), Extended(date(2025, 10, 10), 5, "李主任", date(2025, 10, 10))],
        date(2025, 10, 30),
        "2025-09-19收到，次日起算，国庆节、中秋节放假与调休已扣除，经李主任同意延长5个工作日，第25个工作日是2025-10-30",
    ),
    # 9月23至25日1—3；第三方9月26日签收：27日1、29日(日)2、30日3；10月8至11日4—7、12日(六)8；14至18日9—13；21日14、22日15；
    # 接着数：10月23至25日4—6；28日至11月1日7—11；4至8日12—16；11至14日17—20
    "第三方在国庆节前签收，15个工作日跨过长假和两个调休上班日，到10月22日没有答复": (
        [Received(date(2024, 9, 20)), ThirdPartyConsulted(date(2024, 9, 25), "甲公司", date(2024, 9, 26))],
        date(2024, 11, 14),
        ("2024-09-20收到，次日起算，征求甲公司意见（2024-09-25至2024-10-22）不计，第20个工作日是2024-11-14"),
    ),
}


@pytest.mark.parametrize("story", SCENARIOS)
def test_counted_by_hand(story):
    facts, due_on, summary = SCENARIOS[story]
    result = compute(facts, CALENDAR, AS_OF)
    assert (result.due_on, result.summary) == (due_on, summary)


@pytest.mark.parametrize("story", SCENARIOS)
def test_the_day_by_day_explanation_ends_on_the_due_date_with_its_number(story):
    facts, due_on, _ = SCENARIOS[story]
    result = compute(facts, CALENDAR, AS_OF)
    last = result.explanation[-1]
    assert (last.day, last.events[-1]) == (due_on, "答复期限届满")
    if "第三十五条" not in result.article:
        assert last.number == result.allowed
    assert result.explanation[0].day == facts[0].on
