"""A city's platform: signature, idempotency, updates, withdrawals, and everything that can go wrong on the way."""

import datetime as dt
import hashlib
import hmac

import pytest
from django.utils import timezone
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels import work
from gongkai.channels.kinds.webhook.signing import signature
from gongkai.channels.models import Delivery
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import withdraw_edition

pytestmark = pytest.mark.django_db
SECRET = "very-secret-signature"
OK = {"id": "A1", "url": "https://city.example.gov.cn/a1.html", "readers": 12}


def test_a_text_is_pushed_signed_and_with_its_key(connected, publish, vendor):
    channel = connected("webhook", site="jyj")
    vendor.on("/hook", OK)
    delivery = the_delivery(publish())
    assert run_due(delivery) == "published"
    assert (delivery.external_id, delivery.address, delivery.readers) == ("A1", OK["url"], 12)
    call = vendor.calls[0]
    stamp, nonce = call.headers["x-gongkai-timestamp"], call.headers["x-gongkai-nonce"]
    said = hmac.new(SECRET.encode(), f"{stamp}\n{nonce}\n".encode() + call.body, hashlib.sha256).hexdigest()
    assert (
        call.headers["x-gongkai-signature"] == f"sha256={said}" == signature(SECRET, stamp, nonce, call.body)
    )
    assert call.headers["idempotency-key"] == str(delivery.key) == call.json["key"]
    assert abs(int(stamp) - timezone.now().timestamp()) < 60
    document = call.json["document"]
    assert (call.json["action"], call.json["site"], document["title"]) == (
        "publish",
        "jyj",
        "关于做好招生工作的通知",
    )
    assert document["url"] == f"https://gk.example.gov.cn{delivery.edition.document.public_path}"
    assert "请遵照执行" in document["html"]
    assert channel.credentials
    assert SECRET not in str(call.json)


def test_a_lost_answer_is_asked_for_again_with_the_same_key(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", None, (409, OK))
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert run_due(delivery) == "published"
    keys = {call.headers["idempotency-key"] for call in vendor.calls}
    assert (len(vendor.calls), len(keys), delivery.external_id) == (2, 1, "A1")


def test_a_conflict_without_a_number_is_final(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", (409, {"message": "标题重复"}))
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_permanent"
    assert delivery.error == "标题重复"


def test_a_result_that_comes_later_is_asked_for(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", (202, {"id": "A1"}), (202, {"Retry-After": "300"}, {}), OK)
    delivery = the_delivery(publish())
    assert run_due(delivery) == "submitted"
    assert delivery.delivered_at is None
    assert run_due(delivery) == "submitted"
    assert delivery.next_try_at - timezone.now() > dt.timedelta(seconds=280)
    assert run_due(delivery) == "published"
    assert [call.json["action"] for call in vendor.calls] == ["publish", "status", "status"]


@pytest.mark.parametrize(
    ("status", "data", "state", "words"),
    [
        (400, {"message": "缺少栏目"}, "failed_permanent", "缺少栏目"),
        (422, b"<html>", "failed_permanent", "HTTP 422"),
        (302, {}, "failed_permanent", "跳转"),
        (200, {"state": "rejected", "message": "栏目已满"}, "failed_permanent", "栏目已满"),
        (200, {}, "failed_permanent", "没有编号"),
        (200, b"<html>not json</html>", "failed_retryable", "不是JSON"),
        (429, {}, "failed_retryable", "暂时不收"),
        (503, {}, "failed_retryable", "HTTP 503"),
        (401, {"message": "bad signature"}, "failed_retryable", "不接受签名"),
    ],
)
def test_every_refusal_has_its_words(connected, publish, vendor, status, data, state, words):
    connected("webhook")
    vendor.on("/hook", (status, {"Location": f"{vendor.address}/elsewhere"}, data))
    delivery = the_delivery(publish())
    assert run_due(delivery) == state
    assert words in delivery.error
    assert vendor.paths() == ["/hook"]
    assert delivery.attempt_log.get().error == delivery.error


def test_what_the_platform_asks_to_wait_is_waited(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", (503, {"Retry-After": "7200"}, {}))
    delivery = the_delivery(publish())
    run_due(delivery)
    assert delivery.next_try_at - timezone.now() > dt.timedelta(minutes=119)


def test_a_rejected_signature_pauses_the_channel_and_nothing_is_lost(connected, publish, vendor):
    channel = connected("webhook")
    vendor.on("/hook", (403, {}))
    first = the_delivery(publish())
    run_due(first)
    second = the_delivery(publish(title="另一份通知"))
    assert run_due(second) == "queued"
    channel.refresh_from_db()
    assert channel.paused_at
    assert "签名" in channel.paused_reason
    assert len(vendor.calls) == 1


def test_a_correction_is_an_update_of_the_same_thing(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", OK)
    first = publish()
    run_due(the_delivery(first))
    second = publish(first.document, text="<p>更正后的正文。</p>")
    delivery = the_delivery(second)
    assert run_due(delivery) == "published"
    assert [(call.json["action"], call.json["id"]) for call in vendor.calls] == [
        ("publish", ""),
        ("update", "A1"),
    ]
    assert the_delivery(first).state == "published"


def test_a_withdrawal_is_told_and_gone_is_gone(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", OK, (404, {}))
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    withdraw_edition(edition=edition, reason="含个人信息", actor=SYSTEM, at=timezone.now())
    delivery.refresh_from_db()
    assert (delivery.state, delivery.standing) == ("follow_up", "待撤回")
    assert run_due(delivery) == "withdrawn"
    assert vendor.calls[-1].json["action"] == "withdraw"
    assert delivery.withdrawn_at
    assert delivery.delivered_at


def test_an_address_that_is_none_of_a_platforms_is_not_shown(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", {"id": "A1", "url": "javascript:alert(1)", "readers": -4})
    delivery = the_delivery(publish())
    run_due(delivery)
    assert (delivery.address, delivery.readers) == ("", None)


def test_an_endless_answer_is_cut_off(connected, publish, vendor, monkeypatch):
    monkeypatch.setattr("gongkai.channels.http.LARGEST_ANSWER", 1000)
    connected("webhook")
    vendor.on("/hook", (200, b"x" * 5000))
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert "过大" in delivery.error


def test_a_portal_column_is_served_by_the_same_push(body, publish, vendor):
    from gongkai.channels.acts import configure_channel, open_channel

    channel = open_channel(body=body, kind="portal", name="局门户", actor=SYSTEM)
    channel = configure_channel(channel=channel, settings={}, secrets={}, takes="all", actor=SYSTEM)
    by_hand = the_delivery(publish())
    assert by_hand.state == "awaiting_hand"
    given = {"endpoint": f"{vendor.address}/hook"}
    configure_channel(channel=channel, settings=given, secrets={"secret": SECRET}, takes="all", actor=SYSTEM)
    vendor.on("/hook", OK)
    assert run_due(the_delivery(publish(title="第二份"))) == "published"


def test_due_finds_what_waits_and_nothing_else(connected, publish, vendor):
    channel = connected("webhook")
    delivery = the_delivery(publish())
    assert work.due(timezone.now()) == [delivery.pk]
    type(channel).objects.update(rests_until=timezone.now() + dt.timedelta(minutes=5))
    assert work.due(timezone.now()) == []
    type(channel).objects.update(rests_until=None, paused_at=timezone.now())
    assert work.due(timezone.now()) == []
    type(channel).objects.update(paused_at=None)
    Delivery.objects.update(lease_until=timezone.now() + dt.timedelta(minutes=5))
    assert work.due(timezone.now()) == []
