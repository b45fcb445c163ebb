"""The count told day by day: what a clerk shows an applicant who asks why."""

from datetime import date

from gongkai.law.calendar import official_calendar
from gongkai.law.clock import DayLine, compute
from gongkai.law.facts import (
    Answered,
    ClarificationNotified,
    ClarificationReceived,
    CoAuthorConsulted,
    Discontinued,
    Extended,
    FeeNotified,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    TermSet,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
    Withdrawn,
)

CALENDAR = official_calendar()


def told(*facts, on):
    return compute(facts, CALENDAR, on)


def days(result, first, last):
    return [line for line in result.explanation if first <= line.day <= last]


def test_national_day_told_day_by_day():
    result = told(Received(date(2024, 9, 27)), on=date(2024, 9, 27))
    assert days(result, date(2024, 9, 27), date(2024, 10, 1)) == [
        DayLine(date(2024, 9, 27), None, "收到申请当日不计", ("收到申请",)),
        DayLine(date(2024, 9, 28), None, "星期六"),
        DayLine(date(2024, 9, 29), 1, "调休上班（补国庆节）"),
        DayLine(date(2024, 9, 30), 2, "工作日"),
        DayLine(date(2024, 10, 1), None, "国庆节放假"),
    ]
    assert days(result, date(2024, 10, 7), date(2024, 10, 8)) == [
        DayLine(date(2024, 10, 7), None, "国庆节放假"),
        DayLine(date(2024, 10, 8), 3, "工作日"),
    ]
    assert result.explanation[-1] == DayLine(date(2024, 10, 30), 20, "工作日", ("答复期限届满",))


def test_a_clarification_starts_the_numbers_anew():
    facts = [
        Received(date(2024, 7, 1)),
        ClarificationNotified(date(2024, 7, 3), date(2024, 7, 19)),
        ClarificationReceived(date(2024, 7, 5)),
    ]
    assert days(told(*facts, on=date(2024, 7, 8)), date(2024, 7, 2), date(2024, 7, 8)) == [
        DayLine(date(2024, 7, 2), 1, "工作日"),
        DayLine(date(2024, 7, 3), 2, "工作日", ("通知补正，补正期限2024-07-19",)),
        DayLine(date(2024, 7, 4), None, "等待申请人补正，不计"),
        DayLine(date(2024, 7, 5), None, "收到补正当日不计", ("收到补正",)),
        DayLine(date(2024, 7, 6), None, "星期六"),
        DayLine(date(2024, 7, 7), None, "星期日"),
        DayLine(date(2024, 7, 8), 1, "工作日"),
    ]


def test_a_pause_names_everyone_asked():
    facts = [
        Received(date(2024, 7, 1)),
        ThirdPartyConsulted(date(2024, 7, 1), "甲公司", date(2024, 7, 2)),
        CoAuthorConsulted(date(2024, 7, 2), "乙局"),
        ThirdPartyAnswered(date(2024, 7, 4), "甲公司"),
    ]
    result = told(*facts, on=date(2024, 7, 5))
    assert result.explanation == (
        DayLine(date(2024, 7, 1), None, "收到申请当日不计", ("收到申请", "向甲公司征求意见")),
        DayLine(date(2024, 7, 2), None, "征求第三方意见期间不计", ("甲公司签收征求意见书", "向乙局征求意见")),
        DayLine(date(2024, 7, 3), None, "征求第三方意见期间不计、征求相关行政机关意见期间不计"),
        DayLine(
            date(2024, 7, 4),
            None,
            "征求第三方意见期间不计、征求相关行政机关意见期间不计",
            ("收到甲公司的意见",),
        ),
        DayLine(date(2024, 7, 5), None, "征求相关行政机关意见期间不计"),
    )
    assert result.summary == (
        "2024-07-01收到，次日起算，已计0个工作日，期限暂停，等待乙局签收征求意见书（签收后才能确定意见期限）"
    )


def test_every_other_fact_is_told_on_its_day():
    facts = [
        Received(date(2024, 7, 1)),
        ReasonsRequested(date(2024, 7, 2)),
        ReasonsGiven(date(2024, 7, 3)),
        Extended(date(2024, 7, 4), 5, "李主任", date(2024, 7, 5)),
        TermSet(date(2024, 7, 8), date(2024, 8, 30), date(2024, 7, 8)),
        FeeNotified(date(2024, 7, 9), date(2024, 7, 10)),
        FeePaid(date(2024, 7, 11)),
        Answered(date(2024, 7, 12)),
    ]
    events = {line.day: line.events for line in told(*facts, on=date(2024, 8, 1)).explanation if line.events}
    assert events == {
        date(2024, 7, 1): ("收到申请",),
        date(2024, 7, 2): ("要求申请人说明理由",),
        date(2024, 7, 3): ("收到理由说明",),
        date(2024, 7, 4): ("决定延长5个工作日",),
        date(2024, 7, 5): ("告知申请人延期",),
        date(2024, 7, 8): ("确定答复期限至2024-08-30",),
        date(2024, 7, 9): ("发出收费通知",),
        date(2024, 7, 10): ("申请人收到收费通知",),
        date(2024, 7, 11): ("收到缴费",),
        date(2024, 7, 12): ("作出答复并送达",),
        date(2024, 8, 8): ("答复期限届满",),
    }


def test_while_the_applicant_must_act_the_sentence_says_what_is_awaited():
    asked = [Received(date(2024, 7, 1)), ClarificationNotified(date(2024, 7, 3), date(2024, 7, 19))]
    waiting = told(*asked, on=date(2024, 7, 5))
    assert waiting.summary == (
        "2024-07-01收到，已计2个工作日，2024-07-03起停止计算，等待申请人补正（2024-07-19前）"
    )
    assert waiting.explanation[-1] == DayLine(date(2024, 7, 5), None, "等待申请人补正，不计")
    lapsed = told(*asked, on=date(2024, 7, 22))
    assert lapsed.summary == "2024-07-01收到，已计2个工作日，2024-07-03起停止计算，等待本机关登记不再处理"


def test_a_closed_case_waits_for_nobody():
    asked = [Received(date(2024, 7, 1)), ClarificationNotified(date(2024, 7, 3), date(2024, 7, 19))]
    discontinued = told(*asked, Discontinued(date(2024, 7, 22)), on=date(2024, 8, 1))
    assert (
        discontinued.summary == "2024-07-01收到，已计2个工作日，2024-07-03起停止计算，2024-07-22登记不再处理"
    )
    assert discontinued.explanation[-1].events == ("登记不再处理",)
    suspended = [Received(date(2024, 7, 1)), ThirdPartyConsulted(date(2024, 7, 3))]
    withdrawn = told(*suspended, Withdrawn(date(2024, 7, 5)), on=date(2024, 8, 1))
    assert withdrawn.summary == "2024-07-01收到，次日起算，已计2个工作日，期限暂停，2024-07-05申请人撤回申请"


def test_the_sentence_of_a_provisional_due_date_says_so():
    result = told(Received(date(2026, 12, 21)), on=date(2026, 12, 22))
    assert result.summary == "2026-12-21收到，次日起算，第20个工作日是2027-01-18（预计）"
    assert result.explanation[-1].reason == "工作日（预计，2027年放假安排未公布）"


def test_a_letter_sent_after_the_term_is_not_in_the_sentence():
    facts = [
        Received(date(2024, 7, 1)),
        ThirdPartyConsulted(date(2024, 7, 30), "甲公司"),
        ThirdPartyAnswered(date(2024, 7, 31), "甲公司"),
    ]
    assert told(*facts, on=date(2024, 8, 1)).summary == ("2024-07-01收到，次日起算，第20个工作日是2024-07-29")


def test_a_letter_answered_before_the_clarification_is_not_in_the_sentence():
    facts = [
        Received(date(2024, 7, 1)),
        ThirdPartyConsulted(date(2024, 7, 1), "甲公司"),
        ThirdPartyAnswered(date(2024, 7, 2), "甲公司"),
        ClarificationNotified(date(2024, 7, 3), date(2024, 7, 19)),
        ClarificationReceived(date(2024, 7, 5)),
    ]
    assert told(*facts, on=date(2024, 8, 1)).summary == (
        "2024-07-05收到补正，次日起算，第20个工作日是2024-08-02"
    )
