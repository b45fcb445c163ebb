"""What must be public and how soon (条例第十八至二十六条, 第四十九条; 解读; 舆情; 网站检查)."""

from datetime import date, datetime, timedelta, timezone

import pytest

from gongkai.law.calendar import CountedDay, official_calendar
from gongkai.law.duties import (
    ARTICLE_20,
    Concern,
    DutyError,
    DutyItem,
    Freshness,
    Level,
    Publication,
    Reporter,
    is_stale,
    items_for,
    publication_due,
    reassessment_due,
    report_due,
    response_due,
    stale_on,
)

BEIJING = timezone(timedelta(hours=8))
CALENDAR = official_calendar()


def test_article_20_has_fifteen_items():
    assert len(ARTICLE_20) == 15
    assert ARTICLE_20[0] == DutyItem("regulations", "行政法规、规章和规范性文件", "条例第二十条第（一）项")
    assert ARTICLE_20[14].article == "条例第二十条第（十五）项"


def test_article_21_adds_more_near_the_people():
    added = {level: [item.name for item in items_for(level)[15:]] for level in Level}
    near = ["市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"]
    assert added == {
        Level.PROVINCE: [],
        Level.CITY: near,
        Level.COUNTY: near,
        Level.TOWNSHIP: [
            "贯彻落实农业农村政策",
            "农田水利工程建设运营",
            "农村土地承包经营权流转",
            "宅基地使用情况审核",
            "土地征收",
            "房屋征收",
            "筹资筹劳",
            "社会救助",
        ],
    }


@pytest.mark.parametrize("level", list(Level))
def test_no_item_is_named_twice_at_one_level(level):
    keys = [item.key for item in items_for(level)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Publication.ORDINARY, date(2024, 10, 30)),
        (Publication.PERMIT, date(2024, 10, 12)),
        (Publication.PENALTY, date(2024, 10, 12)),
        (Publication.INTERPRETATION, date(2024, 10, 8)),
    ],
)
def test_each_kind_has_its_term(kind, due):
    """条例第二十六条; 双公示7个工作日; 解读最迟3个工作日."""
    assert publication_due(kind, date(2024, 9, 27), CALENDAR) == CountedDay(due, False, "")
    assert kind.basis


def test_a_locality_may_be_stricter_but_not_laxer():
    event = date(2024, 9, 27)
    assert publication_due(Publication.INTERPRETATION, event, CALENDAR, workdays=0) == CountedDay(
        event, False, ""
    )
    assert publication_due(Publication.ORDINARY, event, CALENDAR, workdays=2).day == date(2024, 9, 30)
    with pytest.raises(DutyError, match="公开期限应为0至7个工作日，不能宽于规定"):
        publication_due(Publication.PERMIT, event, CALENDAR, workdays=8)
    with pytest.raises(DutyError, match="公开期限应为0至20个工作日"):
        publication_due(Publication.ORDINARY, event, CALENDAR, workdays=-1)


def test_a_term_of_no_days_is_provisional_with_its_year():
    assert publication_due(Publication.INTERPRETATION, date(2027, 3, 1), CALENDAR, workdays=0) == CountedDay(
        date(2027, 3, 1), True, "2027年放假安排尚未公布，暂按周一至周五推算，公布后会重新计算"
    )


@pytest.mark.parametrize(
    ("concern", "by"),
    [
        (Concern.MAJOR_EMERGENCY_FIRST_WORD, datetime(2024, 10, 1, 4, 30, tzinfo=BEIJING)),
        (Concern.MAJOR_EMERGENCY_BRIEFING, datetime(2024, 10, 1, 23, 30, tzinfo=BEIJING)),
        (Concern.OTHER, datetime(2024, 10, 2, 23, 30, tzinfo=BEIJING)),
    ],
)
def test_public_concern_is_answered_in_hours_through_nights_and_holidays(concern, by):
    """国办发〔2016〕61号, 国办发〔2016〕80号实施细则."""
    assert response_due(concern, datetime(2024, 9, 30, 23, 30, tzinfo=BEIJING)) == by
    assert f"{concern.hours}小时" in concern.basis


def test_departments_report_in_january_and_governments_in_march():
    """条例第四十九条."""
    assert report_due(Reporter.DEPARTMENT, 2024) == date(2025, 1, 31)
    assert report_due(Reporter.GOVERNMENT, 2024) == date(2025, 3, 31)


def test_a_locality_may_ask_for_the_report_earlier_but_not_later():
    """怀化2021: 市直1月28日前公布."""
    assert report_due(Reporter.DEPARTMENT, 2021, local=(1, 28)) == date(2022, 1, 28)
    assert report_due(Reporter.DEPARTMENT, 2021, local=(1, 31)) == date(2022, 1, 31)
    with pytest.raises(DutyError) as refused:
        report_due(Reporter.DEPARTMENT, 2021, local=(2, 1))
    assert str(refused.value) == (
        "地方规定的2022-02-01晚于法定期限2022-01-31（条例第四十九条），请改为更早的日期"
    )


@pytest.mark.parametrize(
    ("withheld_on", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 11, 30), 13, date(2025, 12, 30)),
    ],
)
def test_what_was_withheld_is_looked_at_again(withheld_on, months, due):
    """条例第十八条: the interval is the body's own, twelve months unless it says otherwise."""
    assert reassessment_due(withheld_on, months=months) == due


def test_the_interval_is_at_least_a_month():
    with pytest.raises(DutyError, match="复审间隔应为1个月以上的整月数"):
        reassessment_due(date(2024, 1, 1), months=0)


@pytest.mark.parametrize(
    ("kind", "last_fresh"),
    [
        (Freshness.HOME_PAGE, date(2024, 1, 15)),
        (Freshness.NEWS, date(2024, 1, 15)),
        (Freshness.NOTICES_AND_POLICIES, date(2024, 6, 29)),
        (Freshness.MAILBOX, date(2024, 3, 31)),
        (Freshness.NEW_MEDIA, date(2024, 1, 15)),
    ],
)
def test_a_column_goes_stale(kind, last_fresh):
    """国办秘函〔2019〕19号: 2周, 6个月, 3个月."""
    updated_on = date(2024, 1, 1)
    assert stale_on(kind, updated_on) == last_fresh
    assert not is_stale(kind, updated_on, last_fresh)
    assert is_stale(kind, updated_on, last_fresh.replace(month=last_fresh.month + 1, day=1))


def test_a_column_that_never_had_anything_is_stale():
    assert is_stale(Freshness.NEWS, None, date(2024, 1, 1))
