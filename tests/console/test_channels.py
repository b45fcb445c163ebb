"""Pages of channels and deliveries: settings without secrets, retry, cancel, done by hand, the desk's alarm."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.channels.acts import configure_channel, open_channel, send_to_channel
from gongkai.channels.enums import DeliveryState
from gongkai.channels.models import Channel, Delivery
from gongkai.core.actors import SYSTEM

pytestmark = pytest.mark.django_db
SECRET = "very-secret-signature"


def at(name, row):
    return reverse(f"console:{name}", args=[row.pk])


@pytest.fixture
def webhook(bureau, settings):
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    channel = open_channel(body=bureau, kind="webhook", name="集约化平台", actor=SYSTEM)
    given = {"endpoint": "http://127.0.0.1:9/hook"}
    return configure_channel(channel=channel, settings=given, secrets={"secret": SECRET}, actor=SYSTEM)


@pytest.fixture
def failed(records, webhook):
    row = send_to_channel(channel=webhook, edition=records.edition, actor=SYSTEM, at=timezone.now())
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.FAILED_PERMANENT, error="平台拒收（HTTP 400）", attempts=3, next_try_at=None
    )
    row.refresh_from_db()
    return row


def test_a_channel_is_configured_and_its_secret_shown_nowhere(as_, records, webhook):
    client = as_("administrator")
    page = client.get(at("channel_configure", webhook)).content.decode()
    assert SECRET not in page
    assert "已设置；不修改请留空" in page
    data = {"endpoint": "https://city.example.gov.cn/in", "site": "jyj", "secret": "", "takes": "kinds"}
    answer = client.post(at("channel_configure", webhook), data | {"default_kinds": ["normative", "rule"]})
    assert answer.url == at("channel", webhook)
    webhook.refresh_from_db()
    assert webhook.settings == {"endpoint": "https://city.example.gov.cn/in", "site": "jyj"}
    assert (webhook.secrets, webhook.takes) == ({"secret": SECRET}, "kinds")
    assert webhook.default_kinds == ["normative", "rule"]
    for who in ("administrator", "handler"):
        page = as_(who).get(at("channel", webhook)).content.decode()
        assert SECRET not in page
        assert "已设置（不显示）" in page


def test_wrong_settings_stand_at_their_fields(as_, webhook):
    data = {"endpoint": "http://10.0.0.1/", "secret": "short", "takes": "none"}
    answer = as_("administrator").post(at("channel_configure", webhook), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"endpoint", "secret"}
    assert "short" not in answer.content.decode()


def test_a_channel_without_an_interface_may_take_documents_of_itself(as_, records):
    client = as_("administrator")
    board = Channel.objects.get(name="公示栏")
    assert client.post(at("channel_configure", board), {"takes": "all"}).status_code == 302
    board.refresh_from_db()
    assert (board.takes, board.settings, board.credentials) == ("all", {}, "")


def test_pausing_and_resuming(as_, records, webhook):
    client = as_("administrator")
    assert client.post(at("channel_pause", webhook), {"reason": "平台升级"}).status_code == 302
    assert "平台升级" in client.get(at("channel", webhook)).content.decode()
    assert client.get(at("channel_pause", webhook)).status_code == 404
    client.post(at("channel_resume", webhook))
    webhook.refresh_from_db()
    assert webhook.paused_at is None
    page = client.post(at("channel_resume", webhook), follow=True)
    assert "没有暂停" in page.content.decode()


def test_trying_says_what_is_wrong(as_, webhook):
    page = as_("administrator").post(at("channel_try", webhook), follow=True).content.decode()
    assert "测试未通过" in page
    assert "连接中断" in page
    assert as_("handler").post(at("channel_try", webhook)).status_code == 403
    assert as_("handler").post(at("channel_resume", webhook)).status_code == 403


def test_trying_that_goes_well(as_, webhook, monkeypatch):
    monkeypatch.setattr("gongkai.channels.kinds.webhook.kind.Webhook.test", lambda *_: "平台已答复")
    page = as_("administrator").post(at("channel_try", webhook), follow=True).content.decode()
    assert "测试通过：平台已答复" in page


def test_a_failure_is_on_the_desk_and_can_be_retried(as_, failed):
    client = as_("handler")
    desk = client.get(reverse("console:desk"))
    assert [(one.text, one.address) for one in desk.context["alarms"]] == [
        (
            "公示栏：1条待人工办理",
            f"{reverse('console:deliveries')}?channel={Channel.objects.get(name='公示栏').pk}&state=attention",
        ),
        (
            "集约化平台：1条发布失败",
            f"{reverse('console:deliveries')}?channel={failed.channel_id}&state=attention",
        ),
    ]
    page = client.get(at("delivery", failed)).content.decode()
    assert "平台拒收" in page
    assert "立即重试" in page
    assert client.post(at("delivery_retry", failed)).url == at("delivery", failed)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("queued", 0, "")
    again = client.post(at("delivery_retry", failed), follow=True).content.decode()
    assert "不能重试" in again
    assert as_("reader").post(at("delivery_retry", failed)).status_code == 403


def test_a_paused_channel_is_on_the_desk(as_, records, webhook):
    Channel.objects.filter(pk=webhook.pk).update(
        paused_at=timezone.now(), paused_reason="授权已失效", last_error="x"
    )
    desk = as_("handler").get(reverse("console:desk"))
    assert "集约化平台：已暂停，授权已失效" in [one.text for one in desk.context["alarms"]]
    assert as_("stranger").get(reverse("console:desk")).context["alarms"] == []


def test_it_need_not_be_done(as_, failed):
    client = as_("handler")
    assert client.post(at("delivery_cancel", failed), {"reason": ""}).status_code == 422
    assert client.post(at("delivery_cancel", failed), {"reason": "已改由市里发布"}).status_code == 302
    failed.refresh_from_db()
    assert failed.state == "cancelled"
    assert client.get(at("delivery_cancel", failed)).status_code == 404


def moment(day=0):
    return f"{timezone.localtime() + dt.timedelta(days=day):%Y-%m-%dT%H:%M}"


def test_done_by_hand_with_issue_page_and_scan(as_, records):
    client, row = as_("handler"), records.waiting_delivery
    scan = SimpleUploadedFile("../日报.pdf", b"%PDF-1.7 made up", content_type="text/html")
    data = {"on": moment(), "issue": "第12期", "page": "3版", "scan": scan}
    assert client.post(at("delivery_finish", row), data).url == at("delivery", row)
    row.refresh_from_db()
    assert (row.state, row.issue, row.page) == ("by_hand", "第12期", "3版")
    assert "日报" not in row.scan.name
    file = client.get(at("delivery_scan", row))
    assert (file["Content-Type"], file.content) == ("application/pdf", b"%PDF-1.7 made up")
    assert file["Content-Disposition"].startswith("attachment")
    assert as_("stranger").get(at("delivery_scan", row)).status_code == 404
    assert client.get(at("delivery_scan", records.delivery)).status_code == 404


def test_what_is_no_scan_is_refused_and_nothing_stays(as_, records, settings):
    row = records.waiting_delivery
    scan = SimpleUploadedFile("page.pdf", b"<html>", content_type="application/pdf")
    answer = as_("handler").post(at("delivery_finish", row), {"on": moment(), "scan": scan})
    assert list(answer.context["form"].errors) == ["scan"]
    future = as_("handler").post(at("delivery_finish", row), {"on": moment(2)})
    assert list(future.context["form"].errors) == ["on"]
    row.refresh_from_db()
    assert row.state == "awaiting_hand"


def test_an_edition_is_sent_to_one_more_channel_once(as_, records, webhook):
    client = as_("handler")
    data = {"channel": webhook.pk, "once": "click"}
    assert client.post(at("delivery_send", records.edition), data).status_code == 302
    client.post(at("delivery_send", records.edition), data)
    assert Delivery.objects.get(channel=webhook).state == "queued"
    answer = client.post(at("delivery_send", records.edition), {"channel": webhook.pk})
    assert answer.status_code == 422


def test_channels_are_chosen_for_a_document(as_, records, webhook):
    client = as_("handler")
    assert client.get(at("document_channels", records.document)).status_code == 200
    client.post(at("document_channels", records.document), {"channels": [webhook.pk]})
    assert list(records.document.channel_selection.channels.all()) == [webhook]


def test_deliveries_are_found_by_state(as_, failed, records):
    client = as_("handler")

    def titles(**given):
        page = client.get(reverse("console:deliveries"), given)
        return {row.channel.name for row in page.context["page"].object_list}

    assert titles(state="attention") == {"公示栏", "集约化平台"}
    assert titles(state="failed_permanent") == {"集约化平台"}
    assert titles(state="reached") == {"青屿教育"}
    assert titles(state="open") == set()
    assert titles(kind="board") == {"公示栏"}
    assert titles(q="招生工作") == {"公示栏", "集约化平台", "青屿教育"}


def test_channels_are_found_by_state(as_, records, webhook):
    Channel.objects.filter(pk=webhook.pk).update(last_error="x", last_error_at=timezone.now())
    client = as_("handler")

    def names(**given):
        return {
            row.name for row in client.get(reverse("console:channels"), given).context["page"].object_list
        }

    assert names(state="trouble") == {"集约化平台"}
    assert names(state="closed") == set()
    assert names(state="active") == {"青屿教育", "集约化平台", "公示栏"}
    Channel.objects.filter(pk=webhook.pk).update(rests_until=timezone.now() + dt.timedelta(hours=1))
    assert "暂缓至" in client.get(at("channel", webhook)).content.decode()


def test_a_delivery_tells_readers_and_what_people_did_with_it(as_, records):
    now = timezone.now()
    told = {"readers": 61, "reactions": {"分享人数": 11}, "counted_at": now}
    Delivery.objects.filter(pk=records.delivery.pk).update(**told)
    page = as_("reader").get(at("delivery", records.delivery)).content.decode()
    assert [word in page for word in ("<dd>61</dd>", "分享人数", "<dd>11</dd>", "计数时间")] == [True] * 4


def test_counts_that_could_not_be_had_are_said_on_the_channel(as_, records):
    Channel.objects.filter(pk=records.channel.pk).update(count_error="公众号没有该接口的权限（须认证）")
    page = as_("reader").get(at("channel", records.channel)).content.decode()
    assert "阅读数没有取得：公众号没有该接口的权限（须认证）" in page
