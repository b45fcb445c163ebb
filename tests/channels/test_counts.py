"""How many readers the vendors count: what is asked, what is kept, and what an error leaves as it was."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.channels.conftest import the_delivery

from gongkai.channels import counting, tasks
from gongkai.channels.enums import DeliveryState
from gongkai.channels.models import Channel, Delivery
from gongkai.schedule.jobs import job_named

pytestmark = pytest.mark.django_db
TOKEN, ARTICLES = "/cgi-bin/stable_token", "/datacube/getarticletotaldetail"
POSTS, BUSINESS = "/2/statuses/count.json", "/2/media_statuses/count_sp/biz.json"


@pytest.fixture
def out(publish):
    """``out(channel, days=3, external_id="…")``: a text that came out on a channel so many days ago."""

    def make(channel, days=3, state=DeliveryState.PUBLISHED, **facts):
        delivery = the_delivery(publish(), channel)
        at = timezone.now() - dt.timedelta(days=days)
        Delivery.objects.filter(pk=delivery.pk).update(state=state, delivered_at=at, **facts)
        return Delivery.objects.get(pk=delivery.pk)

    return make


def article(name, *totals, **more):
    """As the documentation shows one: a total per day since it came out."""
    days = [
        {"stat_date": f"2026-11-{day:02}", "read_user": total, "share_user": day, **more}
        for day, total in enumerate(totals, start=10)
    ]
    return {"ref_date": "2026-11-10", "msgid": name, "publish_type": 1, "detail_list": days}


def now_of(delivery):
    delivery.refresh_from_db()
    return delivery.readers, delivery.reactions


@pytest.fixture
def wechat(vendor, connected):
    vendor.on(TOKEN, {"access_token": "T1", "expires_in": 7200})
    return connected("wechat")


@pytest.fixture
def weibo(vendor, connected):
    return connected("weibo")


def test_the_latest_total_of_an_article_is_kept(wechat, vendor, out):
    delivery = out(wechat, progress={"msg_data_id": "224749"})
    vendor.on(ARTICLES, {"list": [article("1_1", 9), article("224749_1", 40, 61)], "is_delay": False})
    assert counting.count_channel(wechat) == 1
    assert now_of(delivery) == (61, {"分享人数": 11})
    day = timezone.localdate(delivery.delivered_at).isoformat()
    assert [call.json for call in vendor.to(ARTICLES)] == [{"begin_date": day, "end_date": day}]
    assert delivery.counted_at is not None
    wechat.refresh_from_db()
    assert (wechat.count_error, wechat.counted_at is not None) == ("", True)


def test_an_article_a_person_published_is_known_by_its_long_address(wechat, vendor, out):
    address = "https://mp.weixin.qq.com/s?__biz=MzA&mid=88&idx=2&sn=x"
    delivery = out(wechat, state=DeliveryState.BY_HAND, address=address)
    vendor.on(ARTICLES, {"list": [article("88_2", 5)]})
    counting.count_channel(wechat)
    assert now_of(delivery) == (5, {"分享人数": 10})


def test_an_article_nobody_can_name_is_not_asked_about(wechat, vendor, out):
    out(wechat, address="https://mp.weixin.qq.com/s/abc")
    assert counting.count_channel(wechat) == 0
    assert vendor.to(ARTICLES) == []


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, DeliveryState.PUBLISHED), (32, DeliveryState.PUBLISHED), (3, DeliveryState.WITHDRAWN)],
)
def test_todays_old_and_withdrawn_ones_are_not_asked_about(wechat, vendor, out, days, state):
    out(wechat, days=days, state=state, progress={"msg_data_id": "1"})
    assert counting.count_channel(wechat) == 0
    assert vendor.calls == []


def test_the_vendor_counts_nothing_before_november_2025(wechat, vendor, out, monkeypatch):
    monkeypatch.setattr("gongkai.channels.kinds.wechat.counts.FIRST_DAY", timezone.localdate())
    out(wechat, progress={"msg_data_id": "1"})
    assert counting.count_channel(wechat) == 0
    assert vendor.to(ARTICLES) == []


def test_what_is_no_count_is_no_count(wechat, vendor, out):
    delivery = out(wechat, progress={"msg_data_id": "1"}, readers=7)
    for days in ([{"stat_date": "2026-11-10", "read_user": "many", "share_user": True}], []):
        vendor.on(ARTICLES, {"list": [{"msgid": "1_1", "detail_list": days}]})
        counting.count_channel(wechat)
        assert now_of(delivery) == (7, {})


def test_a_quota_that_is_spent_keeps_what_was_told_and_stops_nothing(wechat, vendor, out):
    newer, older = out(wechat, days=2, progress={"msg_data_id": "2"}), out(wechat, days=5, progress={"msg_data_id": "1"})  # fmt: skip
    vendor.on(ARTICLES, {"list": [article("2_1", 30)]}, {"errcode": 45009, "errmsg": "reach max api daily quota limit"})  # fmt: skip
    assert counting.count_channel(wechat) == 1
    assert (now_of(newer)[0], now_of(older)[0]) == (30, None)
    wechat.refresh_from_db()
    assert "今日接口调用次数已用完" in wechat.count_error
    assert (wechat.paused_at, wechat.failures, wechat.last_error) == (None, 0, "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"errcode": 48001, "errmsg": "api unauthorized"}, "公众号没有该接口的权限"),
        ({"errcode": 61501, "errmsg": "date range error"}, "微信不接受（61501"),
        ({"errcode": 45011, "errmsg": "api minute-quota reach limit"}, "每分钟调用次数已用完"),
        ((502, b"bad gateway"), "HTTP 502"),
        (None, "连接中断"),
    ],
)
def test_what_went_wrong_is_said_on_the_channel_and_publishing_goes_on(wechat, vendor, out, answer, words):
    delivery = out(wechat, progress={"msg_data_id": "1"}, readers=7)
    vendor.on(ARTICLES, answer)
    assert counting.count_channel(wechat) == 0
    wechat.refresh_from_db()
    assert words in wechat.count_error
    assert (wechat.paused_at, wechat.counted_at, now_of(delivery)[0]) == (None, None, 7)


def test_an_expired_token_is_renewed_once(wechat, vendor, out):
    delivery = out(wechat, progress={"msg_data_id": "1"})
    vendor.on(ARTICLES, {"errcode": 42001, "errmsg": "access_token expired"}, {"list": [article("1_1", 3)]})
    counting.count_channel(wechat)
    assert now_of(delivery)[0] == 3


def test_posts_have_forwards_comments_and_likes_but_no_readers(weibo, vendor, out):
    delivery, gone = out(weibo, external_id="501"), out(weibo, external_id="502", readers=4)
    vendor.on(POSTS, [{"id": 501, "comments": 2, "reposts": "5", "attitudes": 9}])
    assert counting.count_channel(weibo) == 1
    assert now_of(delivery) == (None, {"转发数": 5, "评论数": 2, "点赞数": 9})
    assert now_of(gone) == (4, {})
    call = vendor.to(POSTS)[0]
    assert (sorted(call.query["ids"].split(",")), call.query["access_token"]) == (["501", "502"], "very-secret-token")  # fmt: skip


def test_with_a_contract_posts_have_readers(connected, vendor, out):
    weibo = connected("weibo", counts_readers=True)
    delivery = out(weibo, external_id="501")
    vendor.on(BUSINESS, [{"id": 501, "comments": 0, "reposts": 1, "attitudes": 0, "reads": 132}])
    counting.count_channel(weibo)
    assert now_of(delivery) == (132, {"转发数": 1, "评论数": 0, "点赞数": 0})


def test_a_hundred_posts_a_call(weibo, vendor, out, monkeypatch):
    monkeypatch.setattr("gongkai.channels.kinds.weibo.counts.AT_ONCE", 2)
    for number in range(5):
        out(weibo, external_id=str(number))
    vendor.on(POSTS, [])
    counting.count_channel(weibo)
    assert [len(call.query["ids"].split(",")) for call in vendor.to(POSTS)] == [2, 2, 1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((403, {"error_code": 10014, "error": "Insufficient app permissions!"}), "没有该接口的权限"),
        ((403, {"error_code": 10023, "error": "User requests out of rate limit!"}), "微博限制发布频率"),
        ((403, {"error_code": 21332, "error": "invalid_access_token"}), "微博授权已失效"),
        ({"total": 1}, "没有按约定给出计数"),
        ((502, b"<html>"), "不是JSON"),
    ],
)
def test_weibo_s_errors_are_said_and_stop_nothing(weibo, vendor, out, answer, words):
    out(weibo, external_id="501")
    vendor.on(POSTS, answer)
    assert counting.count_channel(weibo) == 0
    weibo.refresh_from_db()
    assert words in weibo.count_error
    assert "very-secret-token" not in weibo.count_error
    assert weibo.paused_at is None


def test_a_later_success_takes_the_error_away(weibo, vendor, out):
    out(weibo, external_id="501")
    Channel.objects.update(count_error="微博系统繁忙")
    vendor.on(POSTS, [])
    counting.count_channel(weibo)
    weibo.refresh_from_db()
    assert weibo.count_error == ""


def test_every_morning_all_channels_that_count_are_asked(wechat, weibo, connected, vendor, out):
    connected("webhook")
    paused = Channel.objects.create(body=wechat.body, kind="weibo", name="停用", is_active=False)
    article_out, post = out(wechat, progress={"msg_data_id": "1"}), out(weibo, external_id="501")
    vendor.on(ARTICLES, (500, b""))
    vendor.on(POSTS, [{"id": 501, "reposts": 1}])
    assert job_named("channels.count").at == dt.time(8, 40)
    tasks.count()
    assert (now_of(article_out)[0], now_of(post)[1]) == (None, {"转发数": 1})
    paused.refresh_from_db()
    assert paused.counted_at is None


def test_submitting_an_article_remembers_what_its_count_is_called(wechat, vendor, publish):
    from tests.channels.conftest import run_due

    for path, answer in (
        ("/cgi-bin/material/add_material", {"media_id": "COVER", "url": "https://mmbiz.qpic.cn/c"}),
        ("/cgi-bin/draft/add", {"media_id": "DRAFT1"}),
        ("/cgi-bin/freepublish/submit", {"errcode": 0, "publish_id": "P1", "msg_data_id": 224749}),
    ):
        vendor.on(path, answer)
    delivery = the_delivery(publish(), wechat)
    assert run_due(delivery) == "submitted"
    assert delivery.progress["msg_data_id"] == "224749"
