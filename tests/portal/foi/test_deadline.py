"""The public calculator on the law's clock."""

import datetime as dt

import pytest
from tests.portal.made import text

from gongkai.law.receipt import Channel
from gongkai.portal.foi.deadline import DECISIVE

pytestmark = pytest.mark.django_db
START = {"channel": "online", "day": "2025-09-25"}


def counted(client, **given):
    return client.get("/deadline/", START | given)


@pytest.mark.parametrize(
    ("given", "due"),
    [
        # National Day 2025: 1–8 October off, Sunday 28 September and Saturday 11 October worked.
        ({}, dt.date(2025, 10, 29)),
        ({"day": "2025年9月25日"}, dt.date(2025, 10, 29)),
        (
            {"clarify": "2025-10-09", "clarify_by": "2025-10-23", "clarified": "2025-10-14"},
            dt.date(2025, 11, 11),
        ),
        (
            {"third": "2025-10-09", "third_got": "2025-10-13", "third_back": "2025-10-20"},
            dt.date(2025, 11, 10),
        ),
        ({"body": "2025-10-09", "body_got": "2025-10-13", "body_back": "2025-10-20"}, dt.date(2025, 11, 10)),
        ({"extend": "2025-10-28", "extend_days": "10"}, dt.date(2025, 11, 12)),
        ({"extend": "2025-10-28"}, dt.date(2025, 11, 26)),
        ({"fee": "2025-10-10", "fee_got": "2025-10-13", "paid": "2025-10-15"}, dt.date(2025, 11, 12)),
        ({"clarify": "2025-10-09", "clarify_by": "2025-10-23"}, None),
    ],
)
def test_the_due_date(client, given, due):
    response = counted(client, **given)
    assert (response.status_code, response.context["counting"].due_on) == (200, due)


def test_every_day_is_explained(client):
    rows = counted(client).context["counting"].rows
    assert [(row.day.isoformat(), row.number, row.reason) for row in rows[:4]] == [
        ("2025-09-25", None, "收到申请当日不计"),
        ("2025-09-26", 1, "工作日"),
        ("2025-09-27", None, "星期六"),
        ("2025-09-28", 2, "调休上班（补国庆节、中秋节）"),
    ]
    assert (rows[-1].number, rows[-1].events, rows[-1].kind) == (20, ("答复期限届满",), "due")


def test_a_year_not_announced_is_marked(client):
    response = counted(client, day="2027-12-20")
    assert response.context["counting"].result.provisional
    assert '<span class="status status--warning">预计</span>' in text(response)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"day": ""}, "day"),
        ({"day": "2025-13-01"}, "day"),
        ({"day": "1999-01-01"}, "day"),
        ({"day": "9999-01-01"}, "day"),
        ({"answered": "2039-01-01"}, "answered"),
        ({"clarify": "2025-10-09"}, "clarify_by"),
        ({"clarified": "2025-10-09"}, "clarify"),
        ({"third_back": "2025-10-09"}, "third"),
        ({"extend_days": "5"}, "extend"),
        ({"extend": "2025-10-09", "extend_days": "21"}, "extend_days"),
        ({"paid": "2025-10-09"}, "fee"),
        ({"answered": "2025-09-01"}, "__all__"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, given, field):
    response = counted(client, **given)
    assert (response.status_code, response.context["counting"], field in response.context["form"].errors) == (
        422,
        None,
        True,
    )


def test_what_was_typed_stays(client):
    page = text(counted(client, day="2025-09-25", extend="2025-10-09", extend_days="99"))
    assert 'value="2025-09-25"' in page
    assert 'value="99"' in page


def test_the_empty_page_asks(client):
    response = client.get("/deadline/")
    assert (response.status_code, response.context["counting"]) == (200, None)


@pytest.mark.parametrize("channel", DECISIVE)
def test_every_way_in_has_its_day(client, channel):
    response = counted(client, channel=channel.value)
    assert response.context["receipt"].received_on == dt.date(2025, 9, 25)


def test_only_what_was_misdirected_is_left_out():
    assert set(Channel) - set(DECISIVE) == {Channel.MISDIRECTED_MAIL}
