"""公开时限, as catalogues write it: what is understood, and what a person has to settle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.duty_terms import STALE_DAYS, Duty, Rhythm, Span
from gongkai.law.duty_words import read_term

UNDERSTOOD = {
    "信息形成或者变更之日起20个工作日内": Duty(Rhythm.ON_EVENT, 20),
    "信息形成或变更之日起二十个工作日内予以公开": Duty(Rhythm.ON_EVENT, 20),
    "自信息形成（变更）之日起 20 个工作日内": Duty(Rhythm.ON_EVENT, 20),
    "信息形成后２０个工作日以内": Duty(Rhythm.ON_EVENT, 20),
    "20个工作日内": Duty(Rhythm.ON_EVENT, 20),
    "7个工作日内": Duty(Rhythm.ON_EVENT, 7),
    "作出行政决定之日起七个工作日内": Duty(Rhythm.ON_EVENT, 7),
    "行政许可决定作出后7个工作日内公示": Duty(Rhythm.ON_EVENT, 7),
    "预算经本级人民代表大会批准后20日内": Duty(Rhythm.ON_EVENT, 20, Span.DAYS),
    "部门预算批复后二十日内": Duty(Rhythm.ON_EVENT, 20, Span.DAYS),
    "签订之日起十五天内": Duty(Rhythm.ON_EVENT, 15, Span.DAYS),
    "形成之日起1个月内": Duty(Rhythm.ON_EVENT, 1, Span.MONTHS),
    "信息形成当日公开": Duty(Rhythm.ON_EVENT, 0),
    "信息形成或者变更之日起20个工作日内，长期公开": Duty(Rhythm.ON_EVENT, 20),
    "及时更新，信息变更之日起20个工作日内": Duty(Rhythm.ON_EVENT, 20),
    "20个工作日内；20个工作日内": Duty(Rhythm.ON_EVENT, 20),
    "每年3月底前": Duty(Rhythm.YEARLY, month=3, day=31),
    "每年三月底前": Duty(Rhythm.YEARLY, month=3, day=31),
    "每年2月底前": Duty(Rhythm.YEARLY, month=2, day=28),
    "每年6月30日前公布": Duty(Rhythm.YEARLY, month=6, day=30),
    "每年4月份": Duty(Rhythm.YEARLY, month=4, day=30),
    "每年5月中旬": Duty(Rhythm.YEARLY, month=5, day=20),
    "次年1月31日前": Duty(Rhythm.YEARLY, month=1, day=31),
    "每年第一季度内": Duty(Rhythm.YEARLY, month=3, day=31),
    "每年公开一次": Duty(Rhythm.YEARLY),
    "按年度公开": Duty(Rhythm.YEARLY),
    "年度结束后20个工作日内": Duty(Rhythm.YEARLY, 20),
    "每半年公布": Duty(Rhythm.HALF_YEARLY),
    "每季度公开": Duty(Rhythm.QUARTERLY),
    "季后15日内": Duty(Rhythm.QUARTERLY, 15, Span.DAYS),
    "每季度结束后10个工作日内": Duty(Rhythm.QUARTERLY, 10),
    "按月公开": Duty(Rhythm.MONTHLY),
    "每月10日前": Duty(Rhythm.MONTHLY, 10, Span.DAYS),
    "月后5个工作日内": Duty(Rhythm.MONTHLY, 5),
    "实时公开": Duty(Rhythm.CONTINUOUS, stale_days=STALE_DAYS),
    "动态更新，长期公开": Duty(Rhythm.CONTINUOUS, stale_days=STALE_DAYS),
    "每周更新": Duty(Rhythm.CONTINUOUS, stale_days=7),
    "每两周更新": Duty(Rhythm.CONTINUOUS, stale_days=14),
    "长期公开": Duty(Rhythm.STANDING),
    "一次性公开": Duty(Rhythm.STANDING),
}
ASKED = {
    "": "没有填写公开时限",
    " \n": "没有填写公开时限",
    "按规定时限公开": "没有可以识别的期限",
    "不定期": "没有可以识别的期限",
    "特别重大、重大突发事件5小时内发布权威信息": "小时",
    "招生前10个工作日内": "提前公开",
    "提前5个工作日": "提前公开",
    "公示不少于7个工作日": "公示期",
    "受理之日起20个工作日内办结": "办理期限",
    "每学期开学后20个工作日内": "学期",
    "每年1月1日至3月31日": "截止日不明确",
    "许可7个工作日内；其他20个工作日内": "几种时限",
    "每季度公开；信息形成之日起20个工作日内": "几种时限",
    "每年13月底前": "不是日历上的日子",
    "每年2月30日前": "不是日历上的日子",
    "每月31日前": "不是每个月都有",
    "信息形成后0个工作日内": "不合情理",
    "信息形成后9999个工作日内": "不合情理",
}


@pytest.mark.parametrize(("text", "duty"), UNDERSTOOD.items())
def test_usual_words_are_understood(text, duty):
    found = read_term(text)
    assert (found.duty, found.doubt) == (duty, "")
    assert duty.problems() == []


@pytest.mark.parametrize(("text", "why"), ASKED.items())
def test_what_cannot_be_told_asks_a_person(text, why):
    found = read_term(text)
    assert found.duty == Duty(Rhythm.UNKNOWN)
    assert why in found.doubt
    assert found.doubt.endswith("请核定")


def test_longer_than_the_regulation_is_told():
    assert "条例第二十六条" in read_term("信息形成之日起30个工作日内").note
    assert read_term("信息形成之日起30个工作日内").duty == Duty(Rhythm.ON_EVENT, 30)
    assert read_term("20个工作日内").note == ""


def test_the_built_in_catalogue_is_understood_but_for_one_row():
    from gongkai.catalogue.reference import compulsory_education

    limits = [row.time_limit for _, rows in compulsory_education().items for row in rows]
    doubtful = [one for one in limits if read_term(one).doubt]
    assert len(limits) == 34
    assert len(doubtful) == 1
    assert "5小时" in doubtful[0]


@given(st.text(alphabet="每年月日季度后前0123456789一二十个工作内起长期及时；，底", max_size=24))
def test_no_words_break_it_and_a_duty_can_be_kept(text):
    found = read_term(text)
    assert found.duty.problems() == []
    assert (found.duty.rhythm is Rhythm.UNKNOWN) == bool(found.doubt)
