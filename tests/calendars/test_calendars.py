"""Entering a year's arrangement: who may, what is checked, and what is counted with afterwards."""

import pytest
from tests.factories import at, codes, day, make_body, make_handler, make_officer, make_post, refused

from gongkai.audit.models import Entry
from gongkai.calendars.acts import enter_arrangement, why_not_enter_arrangement
from gongkai.calendars.models import EnteredArrangement
from gongkai.calendars.queries import arrangement_of, current_calendar, newest_arrangement
from gongkai.core.actors import SYSTEM
from gongkai.law.arrangements import Holiday, YearArrangement
from gongkai.law.calendar import official_calendar

pytestmark = pytest.mark.django_db

NOW = at(2026, 11, 10)
# Made up for the tests: nobody has announced 2027 yet.
HOLIDAYS = [
    {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
    {"name": "春节", "first": "2027-02-05", "last": "2027-02-12"},
    {"name": "清明节", "first": "2027-04-03", "last": "2027-04-05"},
    {"name": "劳动节", "first": "2027-05-01", "last": "2027-05-05"},
    {"name": "端午节", "first": "2027-06-09", "last": "2027-06-09"},
    {"name": "中秋节", "first": "2027-09-15", "last": "2027-09-15"},
    {"name": "国庆节", "first": "2027-10-01", "last": "2027-10-07"},
]
WORKDAYS = [{"day": "2027-01-30", "name": "春节"}, {"day": "2027-02-14", "name": "春节"}]


def enter(**kw):
    given = {"year": 2027, "notice": "测试用放假安排", "holidays": HOLIDAYS, "workdays": WORKDAYS}
    return enter_arrangement(**(given | {"actor": SYSTEM, "at": NOW} | kw))


def without(name):
    return [one for one in HOLIDAYS if one["name"] != name]


def test_without_any_entry_the_built_in_table_counts():
    assert current_calendar() is official_calendar()


def test_what_is_entered_is_laid_over_the_built_in_table():
    assert current_calendar().official_through == day("2026-12-31")
    officer = make_handler(make_body(), role="administrator")
    row = enter(actor=officer, notice=" 测试用放假安排 ")

    calendar = current_calendar()
    assert calendar.official_through == day("2027-12-31")
    assert [calendar.is_workday(day(f"2027-{on}")) for on in ("01-01", "01-30", "02-13", "02-14")] == [
        False,
        True,
        False,
        True,
    ]
    assert EnteredArrangement.objects.values().get() == {
        "id": row.pk,
        "year": 2027,
        "notice": "测试用放假安排",
        "holidays": HOLIDAYS,
        "workdays": WORKDAYS,
        "entered_at": NOW,
        "entered_by_id": officer.pk,
    }
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.target_name) == (
        "calendars.enter_arrangement",
        officer,
        "2027年放假安排",
    )
    assert entry.detail == {
        "year": 2027,
        "notice": "测试用放假安排",
        "holidays": HOLIDAYS,
        "workdays": WORKDAYS,
    }


def test_the_newest_version_counts_and_the_older_stay():
    enter()
    shorter = enter(notice="更正", holidays=[*without("春节"), HOLIDAYS[1] | {"last": "2027-02-11"}])

    assert current_calendar().is_workday(day("2027-02-12")) is True
    assert newest_arrangement(2027) == shorter
    assert newest_arrangement(2028) is None
    assert EnteredArrangement.objects.count() == 2


def test_a_built_in_year_can_be_corrected():
    """An extra day off, as 2015-09-03 or the first days of February 2020 were announced late."""
    assert current_calendar().is_workday(day("2026-09-03")) is True
    own = next(one for one in official_calendar().arrangements if one.year == 2026)
    lines = [
        {"name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat()}
        for one in own.holidays
    ]
    makeup = [{"day": on.isoformat(), "name": one.name} for one in own.holidays for on in one.makeup]
    enter(
        year=2026,
        holidays=[*lines, {"name": "纪念日", "first": "2026-09-03", "last": "2026-09-03"}],
        workdays=makeup,
    )

    assert current_calendar().is_workday(day("2026-09-03")) is False
    assert [(one.before, one.after) for one in official_calendar().changes_to(current_calendar())] == [
        ("工作日", "纪念日放假")
    ]


def test_every_process_counts_with_what_is_in_the_database_now(django_assert_num_queries):
    row = enter()
    first = current_calendar()
    with django_assert_num_queries(1):
        assert current_calendar() is first

    # As another process would: the same key again, after this one's transaction was rolled back.
    EnteredArrangement.objects.filter(pk=row.pk).update(
        holidays=[*without("端午节"), {"name": "端午节", "first": "2027-06-09", "last": "2027-06-10"}]
    )
    assert current_calendar().is_workday(day("2027-06-10")) is False
    EnteredArrangement.objects.all().delete()
    assert current_calendar() is official_calendar()


def test_lines_become_the_laws_arrangement():
    lines = [HOLIDAYS[1], {"name": "元旦", "first": "2026-12-31", "last": "2027-01-01"}]

    assert arrangement_of(2027, "通知", lines, WORKDAYS) == YearArrangement(
        2027,
        ("通知",),
        (
            Holiday("春节", day("2027-02-05"), day("2027-02-12"), (day("2027-01-30"), day("2027-02-14"))),
            Holiday("元旦", day("2026-12-31"), day("2027-01-01")),
        ),
    )


@pytest.mark.parametrize("role", ["reader", "handler", "approver", "supervisor"])
def test_only_administrators_at_the_top_may_enter(role):
    top = make_body()
    other = make_handler(top, role=role)
    below = make_handler(make_body(parent=top), role="administrator")
    late = make_post(body=top, role="administrator", since=day("2026-11-11")).officer
    gone = make_officer(is_superuser=True, is_active=False)

    for officer in (other, below, late, gone):
        with refused("not_permitted"):
            enter(actor=officer)


def test_a_superuser_may_enter():
    enter(actor=make_officer(is_superuser=True))

    assert EnteredArrangement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"year": 2006}, [("year", "年份2006不正确")]),
        ({"year": 2101}, [("year", "年份2101不正确")]),
        ({"notice": " "}, [("notice", "没有写明通知名称及文号")]),
        ({"notice": "长" * 201}, [("notice", "通知名称及文号超过200个字")]),
        ({"holidays": {}}, [("unreadable", "放假不是一个列表")]),
        ({"holidays": [*HOLIDAYS, 3]}, [("unreadable", "放假第8行读不懂")]),
        ({"holidays": [{"name": "元旦", "first": "2027-01-01"}]}, [("unreadable", "放假第1行读不懂")]),
        ({"holidays": [HOLIDAYS[0] | {"name": " "}]}, [("unreadable", "放假第1行读不懂")]),
        ({"holidays": [HOLIDAYS[0] | {"name": ["元旦"]}]}, [("unreadable", "放假第1行读不懂")]),
        ({"holidays": [HOLIDAYS[0] | {"last": "2027-02-30"}]}, [("unreadable", "放假第1行读不懂")]),
        ({"holidays": [HOLIDAYS[0] | {"last": "20270103"}]}, [("unreadable", "放假第1行读不懂")]),
        ({"workdays": [{"day": 20270130, "name": "春节"}]}, [("unreadable", "调休上班第1行读不懂")]),
        (
            {"workdays": [{"day": "2027-01-30", "name": "除夕"}]},
            [("unknown_holiday", "调休上班2027-01-30所补的“除夕”不在放假安排中")],
        ),
        ({"holidays": [*HOLIDAYS, HOLIDAYS[4]]}, [("twice", "同一个节日列了两次")]),
        (
            {"holidays": without("端午节"), "workdays": [{"day": "2027-02-01", "name": "春节"}]},
            [
                ("arrangement", "春节：2027-02-01是星期一，本来就是工作日，不能作为调休上班日"),
                ("arrangement", "没有列出端午节，请补上"),
            ],
        ),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(change, said):
    with refused(*(code for code, _ in said)) as caught:
        enter(**change)
    assert [(one.code, one.message) for one in caught.value.obstacles] == said


def test_everything_wrong_is_said_at_once():
    given = {"year": 1, "notice": "", "holidays": [1], "workdays": [2], "actor": make_officer(), "at": NOW}

    expected = ["not_permitted", "year", "notice", "unreadable", "unreadable"]
    assert codes(why_not_enter_arrangement(**given)) == expected


def test_a_double_click_keeps_one_version():
    enter()

    with refused("unchanged"):
        enter()
