"""Weibo, against a server that answers as its documentation says."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels.kinds.weibo.text import LIMIT, page_of, post_text, weight, without_addresses
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import withdraw_edition

SHARE, TIMELINE, DESTROY = (
    "/2/statuses/share.json",
    "/2/statuses/user_timeline.json",
    "/2/statuses/destroy.json",
)
POST = {"id": 3504803600500000, "idstr": "3504803600500000", "user": {"idstr": "1404376560"}}
PAGE = "https://weibo.com/1404376560/z1M7oQB56"


@pytest.fixture
def weibo(vendor):
    vendor.on(SHARE, POST)
    vendor.on(TIMELINE, {"statuses": []})
    vendor.on(DESTROY, POST)
    return vendor


@pytest.mark.django_db
def test_a_post_has_title_summary_and_address(connected, publish, weibo):
    connected("weibo", rip="203.0.113.9")
    edition = publish(title="关于#招生#的通知", text="<p>" + "各学校请遵照执行。" * 60 + "</p>")
    delivery = the_delivery(edition)
    assert run_due(delivery) == "published"
    form = weibo.calls[0].form
    assert weight(form["status"]) <= LIMIT
    assert "#" not in form["status"]
    assert form["status"].startswith("【关于＃招生＃的通知】各学校")
    assert form["status"].endswith(f"https://gk.example.gov.cn{edition.document.public_path}")
    assert (form["access_token"], form["rip"]) == ("very-secret-token", "203.0.113.9")
    assert weibo.calls[0].query == {}
    assert delivery.external_id == POST["idstr"]
    assert delivery.address == page_of("1404376560", "3504803600500000")


@pytest.mark.django_db
@pytest.mark.parametrize("code", [21327, 21332, 21315, 21317])
def test_an_expired_authorisation_pauses_the_channel(connected, publish, weibo, code):
    channel = connected("weibo")
    weibo.on(SHARE, (403, {"error": "expired_token very-secret-token", "error_code": code, "request": "/2"}))
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    channel.refresh_from_db()
    assert "重新授权" in channel.paused_reason
    assert "very-secret-token" not in channel.paused_reason + delivery.error


@pytest.mark.django_db
@pytest.mark.parametrize("code", [10022, 10023, 10024, 20016])
def test_too_often_waits_an_hour(connected, publish, weibo, code):
    connected("weibo")
    weibo.on(SHARE, (403, {"error": "User requests out of rate limit!", "error_code": str(code)}))
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert delivery.next_try_at - timezone.now() > dt.timedelta(minutes=59)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((400, {"error": "content is illegal!", "error_code": 20021}), "failed_permanent"),
        ((403, {"error": "Insufficient app permissions!", "error_code": 10014}), "awaiting_hand"),
        ((503, {"error": "Service unavailable", "error_code": 10002}), "failed_retryable"),
        ((500, {}), "failed_retryable"),
    ],
)
def test_other_refusals(connected, publish, weibo, answer, state):
    connected("weibo")
    weibo.on(SHARE, answer)
    assert run_due(the_delivery(publish())) == state


@pytest.mark.django_db
def test_an_address_outside_the_registered_domain_is_not_sent(connected, publish, weibo):
    connected("weibo", safe_domain="other.gov.cn")
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_permanent"
    assert "安全域名" in delivery.error
    assert weibo.calls == []


@pytest.mark.django_db
def test_a_post_whose_answer_was_lost_is_not_posted_twice(connected, publish, weibo):
    connected("weibo")
    weibo.on(SHARE, None)
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    text = weibo.calls[0].form["status"]
    short = text.rpartition(" ")[0] + " http://t.cn/A6abc"
    weibo.on(TIMELINE, {"statuses": [{**POST, "text": "别的"}, {**POST, "text": short}]})
    assert run_due(delivery) == "published"
    assert weibo.paths() == [SHARE, TIMELINE]


@pytest.mark.django_db
def test_repeated_content_is_ones_own_post(connected, publish, weibo):
    connected("weibo")
    weibo.on(SHARE, (400, {"error": "repeat content!", "error_code": 20019}))
    weibo.on(TIMELINE, lambda _: {"statuses": [{**POST, "text": weibo.to(SHARE)[0].form["status"]}]})
    assert run_due(the_delivery(publish())) == "published"
    weibo.on(TIMELINE, {"statuses": []})
    assert run_due(the_delivery(publish(title="另一份"))) == "failed_permanent"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", [POST, (400, {"error": "target weibo does not exist!", "error_code": 20101})]
)
def test_a_post_is_deleted(connected, publish, weibo, answer):
    connected("weibo")
    weibo.on(DESTROY, answer)
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    withdraw_edition(edition=edition, reason="误发", actor=SYSTEM, at=timezone.now())
    assert run_due(delivery) == "withdrawn"
    assert weibo.calls[-1].form["id"] == POST["idstr"]


@pytest.mark.django_db
def test_a_post_the_application_may_not_delete_is_for_a_person(connected, publish, weibo):
    connected("weibo")
    weibo.on(DESTROY, (403, {"error": "Insufficient app permissions!", "error_code": 10014}))
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    withdraw_edition(edition=edition, reason="误发", actor=SYSTEM, at=timezone.now())
    assert run_due(delivery) == "follow_up_by_hand"
    assert delivery.standing == "待人工撤回"


@given(st.text(max_size=300), st.text(max_size=400))
def test_a_post_fits_whatever_it_is_about(title, summary):
    text = post_text(title, summary, "https://gk.example.gov.cn/documents/1234567/")
    assert weight(text) <= LIMIT
    assert "#" not in text
    assert "@" not in text
    assert text.endswith("https://gk.example.gov.cn/documents/1234567/")


def test_lengths_as_weibo_counts_them():
    assert [weight(text) for text in ("", "a", "ab", "中", "中a", "中ab")] == [0, 1, 1, 1, 2, 2]
    assert without_addresses("【甲】乙 http://t.cn/abc") == "【甲】乙"


def test_the_page_of_a_post():
    assert page_of("1404376560", "3501756485200075") == "https://weibo.com/1404376560/z0JH2lOMb"
    assert page_of("", "1") == ""
    assert page_of("1", "x") == ""
