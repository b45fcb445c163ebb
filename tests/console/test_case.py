"""The case page, the desk, and looking at who asks."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import close, make_applicant, make_request

import gongkai
from gongkai.audit.models import Entry
from gongkai.console.verbs import VERBS, verb_in_words
from gongkai.console.words import Deadline, deadline_of
from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import Answered, ClarificationNotified, Received

pytestmark = pytest.mark.django_db


def views_of(case):
    return Entry.objects.filter(verb="foi.view_applicant", target_id=str(case.pk)).count()


@pytest.fixture
def case(bureau):
    applicant = make_applicant(
        bureau, name="申屠无名", identity_number="33078119900101001X", phone="13800000000"
    )
    return make_request(bureau, applicant=applicant, submitted_on=timezone.localdate())


def test_the_applicant_is_masked_until_a_handler_asks_and_every_look_is_recorded(as_, case):
    client = as_("handler")
    page = client.get(reverse("console:request", args=[case.pk])).content.decode()
    assert ("申***" in page, "申屠无名" in page, "13800000000" in page, views_of(case)) == (
        True,
        False,
        False,
        0,
    )
    for times in (1, 2):
        shown = client.post(reverse("console:request_applicant", args=[case.pk]))
        text = shown.content.decode()
        assert ("申屠无名" in text, "13800000000" in text, views_of(case)) == (True, True, times)
        assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["reader", "supervisor", "administrator", "county_supervisor"])
def test_who_only_reads_sees_no_name(as_, case, name):
    client = as_(name)
    assert "查看申请人信息" not in client.get(reverse("console:request", args=[case.pk])).content.decode()
    answer = client.post(reverse("console:request_applicant", args=[case.pk]), follow=True)
    assert "申屠无名" not in answer.content.decode()
    assert views_of(case) == 0


def test_another_bodys_handler_is_told_nothing(as_, case):
    assert as_("stranger").post(reverse("console:request_applicant", args=[case.pk])).status_code == 404
    assert views_of(case) == 0


def test_the_page_shows_the_count_day_by_day(as_, case):
    page = as_("reader").get(reverse("console:request", args=[case.pk]))
    clock = page.context["clock"]
    text = page.content.decode()
    assert clock.summary in text
    assert [line.number for line in clock.explanation][-1] == 20
    for line in clock.explanation:
        assert f"{line.day}" in text


def test_the_acts_are_offered_as_the_law_allows(as_, case):
    page = as_("handler").get(reverse("console:request", args=[case.pk]))
    facts = [offer.label for offer in page.context["facts"]]
    assert facts == ["告知补正", "征求第三方意见", "征求共同制作机关意见", "延期答复", "要求说明理由"]
    impossible = {offer.label: [one.code for one in offer.obstacles] for offer in page.context["impossible"]}
    assert impossible == {
        "登记不再处理": ["clock"],
        "收到补正": ["clock"],
        "第三方答复": ["clock"],
        "共同制作机关答复": ["clock"],
        "申请人说明理由": ["clock"],
        "确定延迟答复期限": ["clock"],
    }


def test_a_reader_is_told_why_nothing_is_possible(as_, case):
    page = as_("reader").get(reverse("console:request", args=[case.pk]))
    assert (page.context["acts"], page.context["facts"]) == ([], [])
    assert {one.code for offer in page.context["impossible"] for one in offer.obstacles} == {"not_permitted"}


def test_a_request_not_yet_received_waits_for_that(as_, bureau):
    case = make_request(bureau, channel="registered_mail", received=False)
    page = as_("handler").get(reverse("console:request", args=[case.pk]))
    assert [offer.label for offer in page.context["acts"]] == ["登记收到申请"]
    assert page.context["clock"] is None


def test_a_closed_case_is_put_right_only(as_, bureau):
    case = make_request(bureau)
    close(case)
    page = as_("handler").get(reverse("console:request", args=[case.pk]))
    assert [offer.label for offer in page.context["acts"]] == [
        "更正答复决定",
        "重新办理",
        "登记同一申请人的另一件申请",
    ]


# Words ------------------------------------------------------------------------------------------------------

RECEIVED = Received(dt.date(2024, 3, 1))  # the 20th working day is 2024-03-29


@pytest.mark.parametrize(
    ("as_of", "facts", "expected"),
    [
        (dt.date(2024, 3, 1), (), Deadline("剩20个工作日")),
        (dt.date(2024, 3, 21), (), Deadline("剩6个工作日")),
        (dt.date(2024, 3, 22), (), Deadline("剩5个工作日", "soon")),
        (dt.date(2024, 3, 26), (), Deadline("剩3个工作日", "soon")),
        (dt.date(2024, 3, 29), (), Deadline("今天到期", "soon")),
        (dt.date(2024, 3, 30), (), Deadline("已逾期", "late")),
        (dt.date(2024, 4, 2), (), Deadline("已逾期2个工作日", "late")),
        (
            dt.date(2024, 3, 8),
            (ClarificationNotified(dt.date(2024, 3, 7), dt.date(2024, 3, 20)),),
            Deadline("等待补正"),
        ),
        (dt.date(2024, 3, 29), (Answered(dt.date(2024, 3, 29)),), Deadline("按期办结")),
        (dt.date(2024, 4, 2), (Answered(dt.date(2024, 4, 2)),), Deadline("逾期2个工作日办结", "late")),
    ],
)
def test_how_much_time_is_left_in_words(as_of, facts, expected):
    assert deadline_of(compute((RECEIVED, *facts), official_calendar(), as_of)) == expected


def test_what_is_not_received_has_no_term():
    assert deadline_of(None) == Deadline("尚未登记收到")


def test_every_verb_an_act_records_has_words():
    source = Path(gongkai.__file__).parent
    found = set()
    for file in source.rglob("*.py"):
        found |= set(re.findall(r'verb="([a-z]+\.[a-z_]+)"', file.read_text(encoding="utf-8")))
    assert found - set(VERBS) == set()
    assert verb_in_words("foi.amend.close_request") == "更正已公布年度：办结答复"
    assert verb_in_words("unknown.verb") == "unknown.verb"


# The desk ---------------------------------------------------------------------------------------------------


def test_the_desk_lists_the_most_urgent_first(as_, bureau, elsewhere):
    today = timezone.localdate()
    fresh = make_request(bureau, submitted_on=today)
    late = make_request(bureau, submitted_on=today - dt.timedelta(days=60))
    later = make_request(bureau, submitted_on=today - dt.timedelta(days=90))
    make_request(elsewhere, submitted_on=today)
    close(make_request(bureau))
    page = as_("handler").get(reverse("console:desk"))
    assert [one.request for one in page.context["cases"]] == [later, late, fresh]
    tiles = {tile.label: tile.number for tile in page.context["tiles"]}
    assert (tiles["在办申请"], tiles["申请已逾期"]) == (3, 2)


def test_the_desk_costs_the_same_with_more_requests(as_, bureau, django_assert_num_queries):
    client = as_("handler")
    make_request(bureau, submitted_on=timezone.localdate())
    client.get(reverse("console:desk"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        client.get(reverse("console:desk"))
    for _ in range(2):
        make_request(bureau, submitted_on=timezone.localdate())
    with django_assert_num_queries(len(before)):
        client.get(reverse("console:desk"))
