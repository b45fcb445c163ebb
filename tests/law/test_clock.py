"""The clock's states: what each fact does, whose move it is, and what the Regulation refuses."""

from datetime import date

import pytest

from gongkai.law.calendar import official_calendar
from gongkai.law.clock import ClockError, ClockResult, Move, State, SubDeadline, compute
from gongkai.law.facts import (
    Answered,
    ClarificationNotified,
    ClarificationReceived,
    CoAuthorAnswered,
    CoAuthorConsulted,
    Discontinued,
    Extended,
    FeeNotified,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    TermOrdered,
    TermSet,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
    Withdrawn,
)

CALENDAR = official_calendar()
FEE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


def july(day: int) -> date:
    """July 2024 begins on a Monday and has no holiday; a request of 1 July is due on the 29th."""
    return date(2024, 7, day)


def august(day: int) -> date:
    return date(2024, 8, day)


RECEIVED = Received(july(1))
ASKED = ClarificationNotified(july(3), july(19))
FEE_ASKED = FeeNotified(july(9), july(10))  # payable by 7 August


def look(*facts, on: date) -> ClockResult:
    return compute(facts, CALENDAR, on)


def standing(result: ClockResult) -> tuple:
    return (result.state, result.move, result.due_on, result.waits_for, result.article)


def refusal(*facts, on: date = date(2025, 1, 1)) -> str:
    with pytest.raises(ClockError) as refused:
        compute(facts, CALENDAR, on)
    return str(refused.value)


STANDINGS = {
    "办理中": (
        [RECEIVED],
        july(2),
        (State.RUNNING, Move.OFFICE, july(29), (), "条例第三十三条"),
    ),
    "等待补正": (
        [RECEIVED, ASKED],
        july(19),
        (
            State.AWAITING_CLARIFICATION,
            Move.APPLICANT,
            None,
            ("申请人补正（2024-07-19前）",),
            "条例第三十条",
        ),
    ),
    "逾期不补正": (
        [RECEIVED, ASKED],
        july(20),
        (State.LAPSED, Move.OFFICE, None, ("本机关登记不再处理",), "条例第三十条"),
    ),
    "征求第三方意见，未签收": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲公司")],
        july(5),
        (
            State.SUSPENDED,
            Move.THIRD_PARTY,
            None,
            ("甲公司签收征求意见书（签收后才能确定意见期限）",),
            "条例第三十二条、条例第三十三条",
        ),
    ),
    "征求第三方意见，期限最后一天仍在等": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲公司", july(4))],
        july(25),
        (
            State.SUSPENDED,
            Move.THIRD_PARTY,
            None,
            ("甲公司的意见（最迟2024-07-25）",),
            "条例第三十二条、条例第三十三条",
        ),
    ),
    "第三方逾期，恢复计算": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲公司", july(4))],
        july(26),
        (State.RUNNING, Move.OFFICE, august(20), (), "条例第三十三条"),
    ),
    "征求共同制作机关意见": (
        [RECEIVED, CoAuthorConsulted(july(3), "乙局", july(3))],
        july(5),
        (
            State.SUSPENDED,
            Move.OTHER_BODY,
            None,
            ("乙局的意见（最迟2024-07-24）",),
            "条例第三十四条、条例第三十三条",
        ),
    ),
    "等待申请人收到收费通知": (
        [RECEIVED, FeeNotified(july(9))],
        july(30),
        (State.AWAITING_PAYMENT, Move.APPLICANT, None, ("申请人收到收费通知",), FEE),
    ),
    "等待缴费": (
        [RECEIVED, FEE_ASKED],
        august(7),
        (State.AWAITING_PAYMENT, Move.APPLICANT, None, ("申请人缴费（2024-08-07前）",), FEE),
    ),
    "逾期不缴费": (
        [RECEIVED, FEE_ASKED],
        august(8),
        (State.LAPSED, Move.OFFICE, None, ("本机关登记不再处理",), FEE),
    ),
    "要求说明理由，期限照走": (
        [RECEIVED, ReasonsRequested(july(3))],
        july(5),
        (State.RUNNING, Move.APPLICANT, july(29), (), "条例第三十三条"),
    ),
    "理由已说明": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4))],
        july(5),
        (State.RUNNING, Move.OFFICE, july(29), (), "条例第三十三条"),
    ),
    "另定合理期限": (
        [
            RECEIVED,
            ReasonsRequested(july(3)),
            ReasonsGiven(july(4)),
            TermSet(july(5), august(30), july(5)),
        ],
        july(8),
        (State.RUNNING, Move.OFFICE, august(30), (), "条例第三十五条"),
    ),
    "已答复": (
        [RECEIVED, Answered(july(29))],
        august(30),
        (State.ANSWERED, Move.NOBODY, july(29), (), "条例第三十三条"),
    ),
    "已撤回": (
        [RECEIVED, Withdrawn(july(5))],
        august(30),
        (State.WITHDRAWN, Move.NOBODY, july(29), (), "条例第三十三条"),
    ),
    "逾期不补正，已登记不再处理": (
        [RECEIVED, ASKED, Discontinued(july(22))],
        august(30),
        (State.DISCONTINUED, Move.NOBODY, None, (), "条例第三十条"),
    ),
    "逾期不缴费，已登记不再处理": (
        [RECEIVED, FEE_ASKED, Discontinued(august(8))],
        august(30),
        (State.DISCONTINUED, Move.NOBODY, None, (), FEE),
    ),
}


@pytest.mark.parametrize("story", STANDINGS)
def test_where_a_case_stands(story):
    facts, on, expected = STANDINGS[story]
    assert standing(look(*facts, on=on)) == expected


def test_a_running_case_in_full():
    result = look(RECEIVED, on=july(10))
    assert result == ClockResult(
        as_of=july(10),
        state=State.RUNNING,
        move=Move.OFFICE,
        received_on=july(1),
        counted_from=july(1),
        due_on=july(29),
        latest_due_on=july(29),
        waits_for=(),
        allowed=20,
        used=7,
        left=13,
        overdue=False,
        overdue_by=0,
        closed_on=None,
        provisional=False,
        provisional_note="",
        article="条例第三十三条",
        sub_deadlines=(
            SubDeadline(
                "clarification_notice", "补正通知最迟发出日", july(10), None, False, False, "条例第三十条"
            ),
        ),
        notices=(),
        _timeline=result._timeline,
    )
    assert result.is_open


@pytest.mark.parametrize(
    ("on", "used", "left", "overdue_by"),
    [(july(1), 0, 20, 0), (july(28), 19, 1, 0), (july(29), 20, 0, 0), (july(30), 21, 0, 1)],
)
def test_used_left_and_overdue_in_workdays(on, used, left, overdue_by):
    result = look(RECEIVED, on=on)
    assert (result.used, result.left, result.overdue_by) == (used, left, overdue_by)
    assert result.overdue == (overdue_by > 0)


@pytest.mark.parametrize(("answered_on", "overdue"), [(july(29), False), (july(30), True)])
def test_an_answer_is_late_from_the_day_after_the_term(answered_on, overdue):
    """国办公开办函〔2016〕235号: the posting day or signing day is compared, see `delivery`."""
    result = look(RECEIVED, Answered(answered_on), on=date(2025, 1, 1))
    assert (result.overdue, result.closed_on, result.is_open) == (overdue, answered_on, False)


def test_an_answer_while_an_opinion_is_awaited_is_not_late():
    result = look(RECEIVED, ThirdPartyConsulted(july(3)), Answered(august(30)), on=date(2025, 1, 1))
    assert (result.state, result.due_on, result.overdue, result.used, result.left) == (
        State.ANSWERED,
        None,
        False,
        2,
        18,
    )


def test_while_an_opinion_is_awaited_the_latest_possible_due_date_is_told():
    waiting = look(RECEIVED, ThirdPartyConsulted(july(3), received_on=july(4)), on=july(5))
    assert (waiting.due_on, waiting.latest_due_on, waiting.used, waiting.left) == (None, august(20), 2, 18)
    unserved = look(RECEIVED, ThirdPartyConsulted(july(3)), on=july(5))
    assert (unserved.due_on, unserved.latest_due_on) == (None, None)


def test_while_the_applicant_must_act_nothing_is_left_to_count():
    waiting = look(RECEIVED, ASKED, on=july(10))
    assert (waiting.used, waiting.left, waiting.latest_due_on) == (2, None, None)


def test_a_term_set_under_article_35_counts_down_to_its_own_day():
    facts = [
        RECEIVED,
        ReasonsRequested(july(3)),
        ReasonsGiven(july(4)),
        TermSet(july(5), august(30), july(5)),
    ]
    assert look(*facts, on=august(28)).left == 2
    assert look(*facts, on=date(2024, 9, 2)).overdue_by == 1


def test_the_facts_of_tomorrow_are_not_looked_at():
    """The same facts tell how the case stood on any day: a report needs the last day of the year."""
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(3), received_on=july(8)),
        ThirdPartyAnswered(july(15)),
        Answered(july(30)),
    ]
    assert [
        (day, look(*facts, on=day).state, look(*facts, on=day).latest_due_on)
        for day in map(july, (2, 5, 8, 15, 30))
    ] == [
        (july(2), State.RUNNING, july(29)),
        (july(5), State.SUSPENDED, None),
        (july(8), State.SUSPENDED, august(22)),
        (july(15), State.RUNNING, august(8)),
        (july(30), State.ANSWERED, august(8)),
    ]


def test_the_order_in_which_facts_are_given_does_not_matter():
    facts = [Answered(july(12)), ClarificationReceived(july(5)), ASKED, RECEIVED]
    assert look(*facts, on=july(31)) == look(*reversed(facts), on=july(31))


def test_after_silence_the_same_party_may_be_asked_again():
    """条例第三十二条: its answer then belongs to the newer letter."""
    again = [
        RECEIVED,
        ThirdPartyConsulted(july(3), received_on=july(4)),
        ThirdPartyConsulted(july(29), received_on=july(29)),
        ThirdPartyAnswered(july(30)),
    ]
    assert look(*again, on=august(1)).due_on == august(21)


def test_an_answer_after_the_term_does_not_lengthen_the_pause():
    facts = [RECEIVED, ThirdPartyConsulted(july(3), received_on=july(4)), ThirdPartyAnswered(august(5))]
    assert look(*facts, on=august(6)).due_on == august(20)


def test_an_answer_before_the_letter_was_signed_for_ends_the_pause():
    facts = [RECEIVED, ThirdPartyConsulted(july(3)), ThirdPartyAnswered(july(5))]
    assert look(*facts, on=july(8)).due_on == july(31)


def test_a_letter_sent_before_the_clarification_only_pauses_the_new_term():
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(2), received_on=july(2)),
        ASKED,
        ThirdPartyAnswered(july(9)),
        ClarificationReceived(july(8)),
    ]
    assert look(*facts, on=july(10)).due_on == august(6)
    assert look(*facts, on=july(10)).used == 1


def test_an_open_letter_swallows_those_that_begin_after_it():
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(3), "甲"),
        ThirdPartyConsulted(july(5), "乙", july(5)),
        ThirdPartyAnswered(july(9), "乙"),
    ]
    assert (look(*facts, on=july(20)).due_on, look(*facts, on=july(20)).used) == (None, 2)


def test_two_letters_one_after_the_other_pause_twice():
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(3), "甲"),
        ThirdPartyAnswered(july(5), "甲"),
        ThirdPartyConsulted(july(9), "乙"),
        ThirdPartyAnswered(july(10), "乙"),
    ]
    result = look(*facts, on=july(11))
    assert (result.due_on, result.used) == (august(1), 5)


def test_a_pause_inside_another_adds_nothing():
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(3), "甲"),
        ThirdPartyConsulted(july(4), "乙"),
        ThirdPartyAnswered(july(8), "乙"),
        ThirdPartyAnswered(july(10), "甲"),
    ]
    assert look(*facts, on=july(11)).due_on == august(5)


def test_one_letter_open_within_an_ended_one_keeps_the_clock_still():
    facts = [
        RECEIVED,
        ThirdPartyConsulted(july(3), "甲"),
        ThirdPartyConsulted(july(4), "乙"),
        ThirdPartyAnswered(july(8), "甲"),
    ]
    assert look(*facts, on=july(11)).waits_for == ("乙签收征求意见书（签收后才能确定意见期限）",)


class TestNotices:
    def test_a_clarification_notice_after_the_seventh_workday_is_late_but_counts(self):
        """条例第三十条: 7个工作日内."""
        result = look(RECEIVED, ClarificationNotified(july(11), july(19)), on=july(12))
        assert result.state is State.AWAITING_CLARIFICATION
        assert result.notices == ("补正通知应在2024-07-10前发出，2024-07-11才发出，已超过7个工作日",)

    def test_an_extension_not_told_has_no_effect(self):
        """条例第三十三条: 同意并告知申请人."""
        result = look(RECEIVED, Extended(july(10), 20, "李主任", july(12)), on=july(11))
        assert result.due_on == july(29)
        assert result.notices == ("延期决定尚未告知申请人，答复期限不变；请在原期限届满前告知",)

    def test_a_term_of_article_35_not_told_has_no_effect(self):
        facts = [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), TermSet(july(5), august(30))]
        result = look(*facts, on=july(11))
        assert result.due_on == july(29)
        assert result.notices == ("延迟答复的期限尚未告知申请人，答复期限不变；请在原期限届满前告知",)

    def test_asking_others_after_the_term_gains_no_time(self):
        result = look(RECEIVED, ThirdPartyConsulted(july(30), "甲公司"), on=july(31))
        assert (result.due_on, result.overdue) == (july(29), True)
        assert result.notices == ("2024-07-30向甲公司征求意见时答复期限已过，征求意见时间不再扣除",)

    def test_what_silence_means_is_told(self):
        """条例第三十二条 and 第三十四条 say the opposite."""
        facts = [
            RECEIVED,
            ThirdPartyConsulted(july(3), "甲公司", july(3)),
            CoAuthorConsulted(july(3), "乙局", july(3)),
        ]
        assert look(*facts, on=july(25)).notices == (
            "甲公司：第三方逾期未提出意见，不等于同意公开；由行政机关依照条例的规定决定是否公开。",
            "乙局：被征求意见的行政机关逾期未提出意见，视为同意公开。",
        )


class TestSubDeadlines:
    def test_each_wait_has_its_own(self):
        facts = [
            RECEIVED,
            ASKED,
            ClarificationReceived(july(8)),
            ThirdPartyConsulted(july(9), "甲公司", july(10)),
            CoAuthorConsulted(july(9), "乙局"),
            CoAuthorAnswered(july(11), "乙局"),
            FeeNotified(july(12), july(12)),
        ]
        assert look(*facts, on=august(12)).sub_deadlines == (
            SubDeadline(
                "clarification_notice", "补正通知最迟发出日", july(10), july(3), False, False, "条例第三十条"
            ),
            SubDeadline(
                "clarification_reply", "申请人补正期限", july(19), july(8), False, False, "条例第三十条"
            ),
            SubDeadline(
                "third_party:甲公司", "甲公司答复意见期限", july(31), None, True, False, "条例第三十二条"
            ),
            SubDeadline("co_author:乙局", "乙局答复意见期限", None, july(11), False, False, "条例第三十四条"),
            SubDeadline("payment", "申请人缴费期限", august(9), None, True, False, FEE),
        )

    def test_a_fee_notice_not_received_has_no_last_day(self):
        payment = look(RECEIVED, FeeNotified(july(9)), on=july(30)).sub_deadlines[-1]
        assert payment == SubDeadline("payment", "申请人缴费期限", None, None, False, False, FEE)

    def test_not_asking_for_clarification_is_no_fault(self):
        assert not look(RECEIVED, on=july(20)).sub_deadlines[0].late

    def test_the_last_day_itself_is_in_time(self):
        facts = [RECEIVED, ClarificationNotified(july(10), july(19)), ClarificationReceived(july(19))]
        assert [one.late for one in look(*facts, on=july(22)).sub_deadlines] == [False, False]
        asked = [RECEIVED, ThirdPartyConsulted(july(3), "甲公司", july(4))]
        assert not look(*asked, on=july(25)).sub_deadlines[-1].late
        assert look(*asked, on=july(26)).sub_deadlines[-1].late


class TestTheLastDayOfTheTerm:
    """条例第三十三条: what must happen within the term may happen on its twentieth workday."""

    def test_it_may_be_extended(self):
        result = look(RECEIVED, Extended(july(29), 1, "李主任", july(29)), on=july(30))
        assert (result.due_on, result.overdue) == (july(30), False)

    def test_clarification_may_be_asked_for(self):
        assert look(RECEIVED, ClarificationNotified(july(29), august(9)), on=july(30)).due_on is None

    def test_a_letter_sent_that_day_gains_nothing_and_needs_no_warning(self):
        result = look(RECEIVED, ThirdPartyConsulted(july(29), "甲公司"), on=july(29))
        assert (result.due_on, result.notices) == (july(29), ())


def test_a_fee_notice_signed_for_tomorrow_is_still_on_its_way_today():
    assert look(RECEIVED, FEE_ASKED, on=july(9)).waits_for == ("申请人收到收费通知",)


class TestProvisional:
    def test_a_due_date_in_a_year_not_announced_says_so(self):
        note = "2027年放假安排尚未公布，暂按周一至周五推算，公布后会重新计算"
        result = look(Received(date(2026, 12, 21)), on=date(2026, 12, 22))
        assert (result.due_on, result.provisional, result.provisional_note) == (date(2027, 1, 18), True, note)

    def test_so_does_a_day_set_by_hand(self):
        facts = [
            Received(date(2026, 12, 1)),
            ReasonsRequested(date(2026, 12, 2)),
            ReasonsGiven(date(2026, 12, 3)),
            TermSet(date(2026, 12, 4), date(2027, 3, 1), date(2026, 12, 4)),
            ClarificationNotified(date(2026, 12, 2), date(2027, 1, 8)),
            ClarificationReceived(date(2026, 12, 3)),
        ]
        result = look(*facts, on=date(2026, 12, 5))
        assert (result.due_on, result.provisional) == (date(2027, 3, 1), True)
        assert result.sub_deadlines[1].provisional


class TestLateClarification:
    def test_with_a_good_reason_it_revives_the_case(self):
        facts = [RECEIVED, ASKED, ClarificationReceived(july(22), "住院治疗")]
        assert look(*facts, on=july(23)).due_on == august(19)

    def test_without_one_the_request_is_given_up(self):
        assert refusal(RECEIVED, ASKED, ClarificationReceived(july(22))) == (
            "补正期限2024-07-19已过，2024-07-22才收到；有正当理由的请写明理由，否则视为放弃申请（条例第三十条）"
        )


REFUSALS = {
    "没有收到日期": ([], "截至2025-01-01没有收到申请的记录，请先登记收到日期"),
    "早于收到": (
        [RECEIVED, ClarificationNotified(date(2024, 6, 30), july(19))],
        "2024-06-30的记录早于收到申请之日或没有登记收到申请，请核对日期",
    ),
    "收到两次": ([RECEIVED, Received(july(2))], "收到日期只能登记一次：已登记2024-07-01，又登记2024-07-02"),
    "办结之后": (
        [RECEIVED, Answered(july(5)), Withdrawn(july(8))],
        "本件已于2024-07-05办结，不能再登记2024-07-08的事项",
    ),
    "第二次补正": (
        [RECEIVED, ASKED, ClarificationReceived(july(5)), ClarificationNotified(july(8), july(19))],
        "补正应当一次性告知（条例第三十条），已于2024-07-03告知，不能再次要求补正",
    ),
    "延期后补正": (
        [RECEIVED, Extended(july(3), 5, "李主任", july(3)), ClarificationNotified(july(8), july(19))],
        "已经延期、收费或者确定答复期限，说明申请内容已经明确，不能再要求补正",
    ),
    "收费后补正": (
        [RECEIVED, FeeNotified(july(3)), ClarificationNotified(july(8), july(19))],
        "已经延期、收费或者确定答复期限，说明申请内容已经明确，不能再要求补正",
    ),
    "另定期限后补正": (
        [
            RECEIVED,
            ReasonsRequested(july(2)),
            ReasonsGiven(july(2)),
            TermSet(july(3), august(30)),
            ClarificationNotified(july(8), july(19)),
        ],
        "已经延期、收费或者确定答复期限，说明申请内容已经明确，不能再要求补正",
    ),
    "补正期限早于通知": (
        [RECEIVED, ClarificationNotified(july(8), july(5))],
        "补正期限2024-07-05早于2024-07-08，请核对日期",
    ),
    "届满后通知补正": (
        [RECEIVED, ClarificationNotified(july(30), august(9))],
        "答复期限已于2024-07-29届满，2024-07-30不能再通知补正",
    ),
    "没有通知的补正": (
        [RECEIVED, ClarificationReceived(july(8))],
        "2024-07-08收到补正，但没有登记补正通知，请先登记通知日期和补正期限",
    ),
    "补正收到两次": (
        [RECEIVED, ASKED, ClarificationReceived(july(8)), ClarificationReceived(july(9))],
        "补正已于2024-07-08收到，不能重复登记",
    ),
    "重复征求": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲"), ThirdPartyConsulted(july(4), "甲")],
        "已向甲征求意见，尚未收到答复，不能重复登记",
    ),
    "签收早于发出": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲", july(2))],
        "甲签收日期2024-07-02早于2024-07-03，请核对日期",
    ),
    "答复早于签收": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲", july(9)), ThirdPartyAnswered(july(5), "甲")],
        "甲答复日期2024-07-05早于2024-07-09，请核对日期",
    ),
    "没有征求的意见": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲"), CoAuthorAnswered(july(5), "甲")],
        "2024-07-05收到甲的意见，但没有登记待答复的征求意见书，请先登记",
    ),
    "别人的意见": (
        [RECEIVED, ThirdPartyConsulted(july(3), "甲"), ThirdPartyAnswered(july(5), "乙")],
        "2024-07-05收到乙的意见，但没有登记待答复的征求意见书，请先登记",
    ),
    "延期两次": (
        [RECEIVED, Extended(july(3), 5, "李主任", july(3)), Extended(july(8), 5, "李主任", july(8))],
        "答复期限只能延长一次，已于2024-07-03延长（条例第三十三条）",
    ),
    "延期21天": (
        [RECEIVED, Extended(july(3), 21, "李主任", july(3))],
        "延长21个工作日不合规定，应为1至20个工作日（条例第三十三条）",
    ),
    "延期0天": (
        [RECEIVED, Extended(july(3), 0, "李主任", july(3))],
        "延长0个工作日不合规定，应为1至20个工作日（条例第三十三条）",
    ),
    "无人同意的延期": (
        [RECEIVED, Extended(july(3), 5, " ", july(3))],
        "延长答复期限须经政府信息公开工作机构负责人同意，请填写同意人（条例第三十三条）",
    ),
    "待补正时延期": (
        [RECEIVED, ASKED, Extended(july(5), 5, "李主任", july(5))],
        "本件自2024-07-03起等待申请人，期限没有在走，不能延长",
    ),
    "届满后延期": (
        [RECEIVED, Extended(july(30), 5, "李主任", july(30))],
        "答复期限已于2024-07-29届满，2024-07-30不能再延长",
    ),
    "告知早于决定": (
        [RECEIVED, Extended(july(5), 5, "李主任", july(4))],
        "告知申请人日期2024-07-04早于2024-07-05，请核对日期",
    ),
    "届满后才告知延期": (
        [RECEIVED, Extended(july(5), 5, "李主任", july(30))],
        "延期应在答复期限届满（2024-07-29）前告知申请人，2024-07-30才告知，延期不成立",
    ),
    "暂停中延期，恢复后届满才告知": (
        [
            RECEIVED,
            ThirdPartyConsulted(july(3)),
            Extended(july(4), 5, "李主任", august(30)),
            ThirdPartyAnswered(july(5)),
        ],
        "延期应在答复期限届满（2024-07-31）前告知申请人，2024-08-30才告知，延期不成立",
    ),
    "2021年前收费": (
        [Received(date(2020, 12, 21)), FeeNotified(date(2020, 12, 31))],
        "信息处理费自2021-01-01起施行，2020-12-31不能发出收费通知（国办函〔2020〕109号）",
    ),
    "收费两次": ([RECEIVED, FEE_ASKED, FeeNotified(july(11))], "收费通知已于2024-07-09发出，不能重复收费"),
    "待补正时收费": (
        [RECEIVED, ASKED, FeeNotified(july(5))],
        "申请尚待补正，不能发出收费通知；请先登记收到补正",
    ),
    "通知送达早于发出": (
        [RECEIVED, FeeNotified(july(9), july(8))],
        "申请人收到收费通知日期2024-07-08早于2024-07-09，请核对日期",
    ),
    "届满后收费": (
        [RECEIVED, FeeNotified(july(30))],
        "答复期限已于2024-07-29届满，2024-07-30不能再发出收费通知",
    ),
    "没有通知的缴费": ([RECEIVED, FeePaid(july(9))], "2024-07-09缴费，但没有登记收费通知，请先登记通知"),
    "缴费两次": (
        [RECEIVED, FEE_ASKED, FeePaid(july(11)), FeePaid(july(12))],
        "费用已于2024-07-11缴纳，不能重复登记",
    ),
    "缴费早于送达": (
        [RECEIVED, FeeNotified(july(9), july(11)), FeePaid(july(10))],
        "缴费日期2024-07-10早于2024-07-11，请核对日期",
    ),
    "逾期缴费": (
        [RECEIVED, FEE_ASKED, FeePaid(august(8))],
        "缴费期限已于2024-08-07届满，逾期未缴视为放弃申请，2024-08-08不能再以缴费恢复办理",
    ),
    "要求理由两次": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsRequested(july(4))],
        "已于2024-07-03要求说明理由，不能重复登记",
    ),
    "没有要求的理由": (
        [RECEIVED, ReasonsGiven(july(4))],
        "2024-07-04收到理由说明，但没有登记待说明的要求，请先登记要求（条例第三十五条）",
    ),
    "理由收到两次": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), ReasonsGiven(july(5))],
        "2024-07-05收到理由说明，但没有登记待说明的要求，请先登记要求（条例第三十五条）",
    ),
    "无理由另定期限": (
        [RECEIVED, ReasonsRequested(july(3)), TermSet(july(5), august(30))],
        "确定延迟答复的合理期限，须先要求申请人说明理由并收到理由（条例第三十五条）",
    ),
    "另定期限两次": (
        [
            RECEIVED,
            ReasonsRequested(july(3)),
            ReasonsGiven(july(4)),
            TermSet(july(5), august(30)),
            TermSet(july(8), august(30)),
        ],
        "延迟答复的期限已于2024-07-05确定，不能再次确定",
    ),
    "待补正时另定期限": (
        [RECEIVED, ReasonsRequested(july(2)), ReasonsGiven(july(2)), ASKED, TermSet(july(5), august(30))],
        "本件自2024-07-03起等待申请人，期限没有在走，不能确定延迟答复的期限",
    ),
    "届满后另定期限": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), TermSet(july(30), august(30))],
        "答复期限已于2024-07-29届满，2024-07-30不能再确定延迟答复的期限",
    ),
    "延迟的期限反而更早": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), TermSet(july(5), july(26))],
        "延迟答复的期限2024-07-26早于2024-07-29，请核对日期",
    ),
    "征求意见中另定的期限早于决定": (
        [
            RECEIVED,
            ReasonsRequested(july(3)),
            ReasonsGiven(july(4)),
            ThirdPartyConsulted(july(4)),
            TermSet(july(8), july(5)),
        ],
        "延迟答复的期限2024-07-05早于2024-07-08，请核对日期",
    ),
    "另定期限告知早于决定": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), TermSet(july(5), august(30), july(4))],
        "告知申请人日期2024-07-04早于2024-07-05，请核对日期",
    ),
    "届满后才告知另定期限": (
        [RECEIVED, ReasonsRequested(july(3)), ReasonsGiven(july(4)), TermSet(july(5), august(30), july(30))],
        "延迟答复应在答复期限届满（2024-07-29）前告知申请人，2024-07-30才告知，延迟答复不成立",
    ),
    "没有逾期就不再处理": (
        [RECEIVED, Discontinued(july(5))],
        "申请人没有逾期不补正或者逾期不缴费，不能登记为不再处理",
    ),
    "补正期限未过就不再处理": (
        [RECEIVED, ASKED, Discontinued(july(19))],
        "申请人没有逾期不补正或者逾期不缴费，不能登记为不再处理",
    ),
    "收费通知未送达就不再处理": (
        [RECEIVED, FeeNotified(july(9)), Discontinued(date(2024, 12, 2))],
        "申请人没有逾期不补正或者逾期不缴费，不能登记为不再处理",
    ),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_what_the_regulation_refuses(story):
    facts, message = REFUSALS[story]
    assert refusal(*facts) == message


def test_paying_before_the_notice_is_signed_for_is_paying():
    assert look(RECEIVED, FeeNotified(july(9)), FeePaid(july(10)), on=july(11)).due_on == august(7)


def test_every_state_and_move_has_a_chinese_name():
    assert [state.label for state in State] == [
        "办理中",
        "等待补正",
        "征求意见，期限暂停",
        "等待缴费",
        "申请人逾期，待登记不再处理",
        "已答复",
        "已撤回",
        "不再处理",
    ]
    assert [move.label for move in Move] == ["本机关", "申请人", "第三方", "其他行政机关", "无（已办结）"]


class TestTermOrdered:
    """A review decision or a judgment set the day (行政复议法 art. 77, 行政诉讼法 art. 70)."""

    RECEIVED = Received(date(2024, 7, 1))

    def test_the_ordered_day_is_the_due_day_and_no_extension_moves_it(self):
        facts = [self.RECEIVED, TermOrdered(date(2024, 7, 1), date(2024, 7, 12))]
        result = compute(facts, official_calendar(), date(2024, 7, 8))

        assert (result.due_on, result.left, result.article) == (date(2024, 7, 12), 4, "复议决定或者判决")
        assert result.summary == "2024-07-01收到，复议决定或者判决确定的答复期限是2024-07-12"
        with pytest.raises(ClockError, match="本机关不能延长"):
            compute(
                [*facts, Extended(date(2024, 7, 5), 5, "李主任", date(2024, 7, 5))],
                official_calendar(),
                date(2024, 7, 8),
            )

    @pytest.mark.parametrize(
        ("facts", "message"),
        [
            ([TermOrdered(date(2024, 7, 2), date(2024, 7, 12))], "同日"),
            ([TermOrdered(date(2024, 7, 1), date(2024, 6, 28))], "早于"),
            ([TermOrdered(date(2024, 7, 1), date(2024, 7, 12))] * 2, "不能再次确定"),
        ],
    )
    def test_what_cannot_be(self, facts, message):
        with pytest.raises(ClockError, match=message):
            compute([self.RECEIVED, *facts], official_calendar(), date(2024, 7, 8))
