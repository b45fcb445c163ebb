"""On which day a request is received (条例 art. 31), and correcting it."""

import pytest
from tests.factories import at, close, day, lock_year, make_request, refused

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.acts.receipt import CHANNELS
from gongkai.foi.enums import IntakeChannel
from gongkai.foi.models import CaseFact, Request
from gongkai.law.receipt import Channel

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)


def receive(request, **days):
    days = {name: day(text) for name, text in days.items()}
    return acts.record_receipt(request=request, actor=SYSTEM, at=NOW, **days)


def submitted(channel):
    return make_request(submitted_on=day("2024-03-01"), channel=channel, received=False)


@pytest.mark.parametrize(
    ("channel", "days", "received_on"),
    [
        ("in_person", {}, "2024-03-01"),
        ("oral", {}, "2024-03-01"),
        ("registered_mail", {"signed_on": "2024-03-05"}, "2024-03-05"),
        ("ordinary_mail", {"arrived_on": "2024-03-05", "confirmed_on": "2024-03-05"}, "2024-03-05"),
        (
            "misdirected_mail",
            {
                "arrived_on": "2024-03-05",
                "unreachable_on": "2024-03-05",
                "contact_restored_on": "2024-03-11",
            },
            "2024-03-11",
        ),
        ("fax", {"confirmed_on": "2024-03-02"}, "2024-03-02"),
        ("online", {"confirmed_on": "2024-03-04"}, "2024-03-04"),
        ("email", {"arrived_on": "2024-03-01", "confirmed_on": "2024-03-04"}, "2024-03-04"),
    ],
)
def test_by_channel(channel, days, received_on):
    request = submitted(channel)
    fact = receive(request, **days)

    assert Request.objects.get(pk=request.pk).received_on == day(received_on)
    assert fact.on == day(received_on)
    assert {key: fact.detail[key] for key in days} == days
    assert fact.detail["article"].startswith("条例第")


def test_every_channel_has_its_law():
    assert set(CHANNELS) == set(IntakeChannel)
    assert set(CHANNELS.values()) == set(Channel)


@pytest.mark.parametrize(
    ("channel", "days", "message"),
    [
        ("online", {}, "尚不能视为收到：缺少双方确认的日期"),
        ("registered_mail", {"signed_on": "2024-02-29"}, "收到日期2024-02-29早于提交日期2024-03-01"),
        (
            "ordinary_mail",
            {"arrived_on": "2024-03-05", "confirmed_on": "2024-03-04"},
            "确认日期2024-03-04早于到件日期2024-03-05，请核对",
        ),
    ],
)
def test_without_the_evidence_it_is_not_received(channel, days, message):
    request = submitted(channel)

    with refused("receipt") as caught:
        receive(request, **days)
    assert caught.value.obstacles[0].message == message


def test_not_in_the_future():
    request = submitted("online")

    with refused("future"):
        receive(request, confirmed_on="2024-06-29")


def test_a_request_without_a_known_day_of_submission_is_received_on_its_evidence():
    request = submitted("registered_mail")
    CaseFact.objects.filter(request=request).delete()

    assert receive(request, signed_on="2024-02-20").on == day("2024-02-20")


def test_a_late_registered_case_counts_in_every_year_since_its_receipt():
    request = make_request(submitted_on=day("2022-12-30"), channel="online", received=False)
    for year in (2022, 2023):
        lock_year(request.body, year)

    with refused("year_locked", "year_locked"):
        receive(request, confirmed_on="2022-12-30")
    receive(request, confirmed_on="2024-01-02")


def correct(request, reason="看错邮戳", **days):
    days = {name: day(text) for name, text in days.items()}
    return acts.correct_receipt(request=request, reason=reason, actor=SYSTEM, at=NOW, **days)


def test_correcting_keeps_the_wrong_receipt_to_be_seen():
    request = submitted("registered_mail")
    receive(request, signed_on="2024-03-05")
    correct(request, signed_on="2024-03-04")

    facts = request.facts.filter(kind="received").order_by("pk")
    assert list(facts.values_list("on", "cancel_reason")) == [
        (day("2024-03-05"), "看错邮戳"),
        (day("2024-03-04"), ""),
    ]
    assert Request.objects.get(pk=request.pk).received_on == day("2024-03-04")


def test_a_closed_case_may_be_corrected_within_its_dates():
    request = submitted("registered_mail")
    receive(request, signed_on="2024-03-05")
    close(request, served_on=day("2024-03-20"))

    with refused("clock"):
        correct(request, signed_on="2024-03-21")
    correct(request, signed_on="2024-03-20")
    assert Request.objects.get(pk=request.pk).received_on == day("2024-03-20")


def test_correcting_is_refused():
    request = submitted("registered_mail")
    with refused("not_received", "no_reason"):
        correct(request, reason=" ", signed_on="2024-03-05")
    receive(request, signed_on="2024-03-05")
    with refused("unchanged"):
        correct(request, signed_on="2024-03-05")
    with refused("receipt"):
        correct(request)
    lock_year(request.body, 2024)
    with refused("year_locked"):
        correct(request, signed_on="2024-03-04")


def test_moving_a_receipt_into_another_year_touches_both():
    request = make_request(submitted_on=day("2023-12-29"), channel="registered_mail", received=False)
    receive(request, signed_on="2024-01-02")
    lock_year(request.body, 2023)

    with refused("year_locked"):
        correct(request, signed_on="2023-12-31")
