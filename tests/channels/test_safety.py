"""Where calls may go, what is kept secret, how long one waits."""

import datetime as dt
import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.conftest import run_due, the_delivery

from gongkai.audit.models import Entry
from gongkai.channels.acts import configure_channel, open_channel, try_channel
from gongkai.channels.failures import (
    CIRCUIT_OPENS,
    LONGEST_REST,
    LONGEST_WAIT,
    ChannelError,
    redacted,
    rest_after,
    wait_after,
)
from gongkai.channels.http import Answer, call, why_not_address
from gongkai.channels.models import Channel
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError

PUBLIC = ["https://city.example.gov.cn/hook", "https://203.0.114.7:8443/x?y=1"]
NOT_PUBLIC = [
    "http://city.example.gov.cn/", "ftp://x.cn/", "https://", "city.gov.cn", "https://u:p@x.cn/", "https://x.cn/#a",
    "https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/", "https://0.0.0.0/",
    "http://8.8.8.8/", "https://x.cn:99999/", "https://x.cn:0/", "https://[fe80::1]/", "https://224.0.0.1/",
    "https://[::ffff:127.0.0.1]/", "https://[bad/",
]  # fmt: skip


def test_only_public_https_addresses(settings):
    settings.GONGKAI_CHANNEL_NETWORKS = []
    assert {one: why_not_address(one) for one in PUBLIC} == dict.fromkeys(PUBLIC, "")
    assert [one for one in NOT_PUBLIC if not why_not_address(one)] == []


def test_named_private_networks_are_reached_without_tls(settings):
    settings.GONGKAI_CHANNEL_NETWORKS = ["10.1.0.0/16"]
    assert why_not_address("http://10.1.2.3/") == why_not_address("https://10.1.2.3/") == ""
    assert why_not_address("http://10.2.0.1/")
    assert why_not_address("http://8.8.8.8/")


def test_a_name_that_points_inside_is_not_called(settings, monkeypatch):
    settings.GONGKAI_CHANNEL_NETWORKS = []
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("gongkai.channels.http.socket.getaddrinfo", lambda *_, **__: inside)
    with pytest.raises(ChannelError, match="内部网络") as caught:
        call("GET", "https://harmless.example/")
    assert not caught.value.retryable


def test_a_name_nobody_knows(settings, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr("gongkai.channels.http.socket.getaddrinfo", unknown)
    with pytest.raises(ChannelError, match="找不到服务器"):
        call("GET", "https://nobody.example/")


def test_a_server_that_says_nothing_is_left(vendor, monkeypatch):
    import time

    monkeypatch.setattr("gongkai.channels.http.READ_SECONDS", 0.2)
    vendor.on("/slow", lambda _: time.sleep(1) or {})
    with pytest.raises(ChannelError, match="超时") as caught:
        call("GET", f"{vendor.address}/slow")
    assert caught.value.unknown


def test_a_closed_port_is_an_error_in_words(settings):
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    with pytest.raises(ChannelError, match="连接中断"):
        call("GET", "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [("120", 120), ("999999", 86400), ("", None), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)],
)
def test_retry_after(raw, seconds):
    assert Answer(503, {"retry-after": raw}, b"").retry_after == seconds


def test_secrets_are_struck_out():
    text = redacted("GET /x?access_token=abc123&x=1\n secret: 's3cr3t' hidden-word", ["hidden-word"])
    assert text == "GET /x?access_token=***&x=1 secret: '***' ***"
    assert len(redacted("长" * 900, [])) == 300


@given(st.integers(1, 60), st.floats(0, 1), st.none() | st.integers(1, 86400))
def test_waiting_grows_and_is_bounded(attempts, chance, asked):
    waited = wait_after(attempts, retry_after=asked, chance=chance)
    assert dt.timedelta(seconds=48) <= waited
    assert waited >= dt.timedelta(seconds=asked or 0)
    assert waited <= max(LONGEST_WAIT * 1.2, dt.timedelta(seconds=asked or 0))
    assert wait_after(attempts + 1, chance=0.5) >= wait_after(attempts, chance=0.5)


def test_the_circuit():
    assert [rest_after(n) for n in range(CIRCUIT_OPENS)] == [dt.timedelta(0)] * CIRCUIT_OPENS
    assert rest_after(CIRCUIT_OPENS) == dt.timedelta(minutes=15)
    assert rest_after(60) == LONGEST_REST


@pytest.mark.django_db
def test_a_channel_that_fails_again_and_again_rests_and_recovers(connected, publish, vendor):
    channel = connected("webhook")
    vendor.on("/hook", (503, {}))
    delivery = the_delivery(publish())
    for _ in range(CIRCUIT_OPENS):
        run_due(delivery)
    channel.refresh_from_db()
    assert channel.failures == CIRCUIT_OPENS
    assert channel.rests_until
    vendor.on("/hook", {"id": "1"})
    assert run_due(delivery) == "published"
    channel.refresh_from_db()
    assert (channel.failures, channel.rests_until, channel.last_error) == (0, None, "")


@pytest.mark.django_db
def test_attempts_come_to_an_end(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", (503, {}))
    delivery = the_delivery(publish())
    states = [run_due(delivery) for _ in range(12)]
    assert states == ["failed_retryable"] * 11 + ["failed_permanent"]


@pytest.mark.django_db
def test_credentials_are_encrypted_and_in_no_record(body, vendor):
    channel = open_channel(body=body, kind="webhook", name="平台", actor=SYSTEM)
    given = {"endpoint": f"{vendor.address}/hook"}
    configure_channel(
        channel=channel, settings=given, secrets={"secret": "very-secret-signature"}, actor=SYSTEM
    )
    raw = Channel.objects.extra(select={"raw": "credentials"}).values_list("raw", flat=True).get()
    assert "very-secret" not in raw
    entries = json.dumps(list(Entry.objects.values("detail", "reason")), ensure_ascii=False)
    assert "very-secret" not in entries
    assert '"secrets": ["secret"]' in entries


@pytest.mark.django_db
def test_the_connection_is_tried(connected, vendor):
    channel = connected("webhook")
    vendor.on("/hook", (204, b""))
    assert "已答复" in try_channel(channel=channel, actor=SYSTEM)
    assert vendor.calls[0].json == {"action": "ping"}
    vendor.on("/hook", (403, {"message": "very-secret-signature"}))
    with pytest.raises(RefusedError) as refused:
        try_channel(channel=channel, actor=SYSTEM)
    assert "very-secret" not in str(refused.value)


@pytest.mark.django_db
def test_wechat_and_weibo_connections_are_tried(connected, vendor):
    vendor.on("/cgi-bin/stable_token", {"access_token": "T1", "expires_in": 7200})
    vendor.on("/cgi-bin/draft/count", {"total_count": 3})
    assert "3篇" in try_channel(channel=connected("wechat"), actor=SYSTEM)
    vendor.on("/oauth2/get_token_info", {"uid": 1, "expire_in": 86400 * 9})
    assert "9天" in try_channel(channel=connected("weibo"), actor=SYSTEM)


@pytest.mark.django_db
def test_a_channel_by_hand_has_no_connection(body):
    channel = open_channel(body=body, kind="newspaper", name="日报", actor=SYSTEM)
    with pytest.raises(RefusedError, match="没有接口"):
        try_channel(channel=channel, actor=SYSTEM)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "given", "secrets", "codes"),
    [
        ("webhook", {"endpoint": "http://10.0.0.1/"}, {"secret": "x" * 20}, ["endpoint"]),
        ("webhook", {"endpoint": "https://x.cn/"}, {"secret": "short"}, ["weak"]),
        ("webhook", {"endpoint": ""}, {"secret": "x" * 20}, ["missing"]),
        ("webhook", {"endpoint": "https://x.cn/" + "a" * 600}, {"secret": "x" * 20}, ["too_long"]),
        ("wechat", {"app_id": "wx"}, {}, ["missing"]),
        ("wechat", {"app_id": "wx", "api": "http://10.0.0.1"}, {"app_secret": "x"}, ["api"]),
        ("weibo", {"app_key": "1", "safe_domain": "https://x.cn"}, {"access_token": "x"}, ["domain"]),
        ("weibo", {"app_key": "1", "safe_domain": "x.cn", "api": "ftp://x"}, {"access_token": "x"}, ["api"]),
    ],
)
def test_what_is_missing_or_wrong_in_the_settings(body, settings, kind, given, secrets, codes):
    settings.GONGKAI_CHANNEL_NETWORKS = []
    channel = open_channel(body=body, kind=kind, name="渠道", actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        configure_channel(channel=channel, settings=given, secrets=secrets, actor=SYSTEM)
    assert [one.code for one in refused.value.obstacles] == codes
