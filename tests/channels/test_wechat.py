"""The official account, against a server that answers as its documentation says."""

import datetime as dt
import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels.acts import configure_channel
from gongkai.channels.kinds.wechat.article import TITLE, content_of, shortened
from gongkai.channels.models import Channel, Delivery
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import add_edition, publish_edition, register_document, withdraw_edition
from gongkai.disclosure.models import Attachment

pytestmark = pytest.mark.django_db
TOKEN, DRAFT, SUBMIT, GET = (
    "/cgi-bin/stable_token", "/cgi-bin/draft/add", "/cgi-bin/freepublish/submit", "/cgi-bin/freepublish/get",
)  # fmt: skip
LIST, DRAFTS, DELETE = (
    "/cgi-bin/freepublish/batchget",
    "/cgi-bin/draft/batchget",
    "/cgi-bin/freepublish/delete",
)
URL = "https://mp.weixin.qq.com/s/abc"
SECRET = "very-secret-app"


def done(article="ART1"):
    item = [{"idx": 1, "article_url": URL}]
    return {
        "publish_status": 0,
        "article_id": article,
        "article_detail": {"count": 1, "item": item},
        "fail_idx": [],
    }


@pytest.fixture
def wechat(vendor):
    """Everything goes well unless a test says otherwise."""
    vendor.on(TOKEN, {"access_token": "T1", "expires_in": 7200})
    vendor.on("/cgi-bin/material/add_material", {"media_id": "COVER", "url": "https://mmbiz.qpic.cn/c"})
    vendor.on("/cgi-bin/media/uploadimg", {"url": "https://mmbiz.qpic.cn/p1"})
    vendor.on(DRAFT, {"media_id": "DRAFT1"})
    vendor.on(SUBMIT, {"errcode": 0, "errmsg": "ok", "publish_id": "P1"})
    vendor.on(GET, {"publish_status": 1, "fail_idx": []}, done())
    vendor.on(LIST, {"total_count": 0, "item_count": 0, "item": []})
    vendor.on(DRAFTS, {"total_count": 0, "item_count": 0, "item": []})
    vendor.on(DELETE, {"errcode": 0})
    vendor.on("/cgi-bin/draft/delete", {"errcode": 0})
    return vendor


def picture(width=900, height=600, kind="PNG"):
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def with_picture(body, content, media_type="image/png"):
    """A published text that shows a picture of ours and one from elsewhere."""
    now = timezone.now()
    document = register_document(
        body=body, title="图说招生", kind="news", made_on=timezone.localdate(), actor=SYSTEM, at=now
    )
    edition = add_edition(document=document, text="正文", actor=SYSTEM, at=now)
    edition = publish_edition(edition=edition, actor=SYSTEM, at=now)
    file = Attachment(
        edition=edition, role="picture", name="图.png", media_type=media_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), alternative="学区图",
    )  # fmt: skip
    file.file.save("a.png", ContentFile(content))
    edition.text = (
        f'<p>见图<img src="{file.public_path}" alt="图"></p><img src="https://else.example/x.png">'
        '<p><a href="https://else.example/">链接</a>甲<script>alert(1)</script></p>'
    )
    edition.save()  # as an old import may have it: publication itself would refuse it
    return edition


def test_the_way_of_an_article(connected, publish, wechat):
    connected("wechat")
    delivery = the_delivery(publish(title="关于" + "做好义务教育阶段学校招生入学工作" * 3 + "的通知"))
    assert run_due(delivery) == "submitted"
    assert run_due(delivery) == "submitted"
    assert run_due(delivery) == "published"
    assert (delivery.external_id, delivery.address) == ("ART1", URL)
    assert wechat.paths() == [TOKEN, "/cgi-bin/material/add_material", DRAFT, SUBMIT, GET, GET]
    article = wechat.to(DRAFT)[0].json["articles"][0]
    assert len(article["title"]) == TITLE
    assert article["title"].endswith("…")
    assert len(article["author"]) <= 16
    assert len(article["digest"]) <= 120
    assert article["thumb_media_id"] == "COVER"
    address = f"https://gk.example.gov.cn{delivery.edition.document.public_path}?edition=1"
    assert article["content_source_url"] == address
    assert b"\\u" not in wechat.to(DRAFT)[0].body
    assert wechat.to(TOKEN)[0].json["secret"] == SECRET
    assert all(SECRET not in str(call.query) for call in wechat.calls)


def test_one_token_and_one_plain_cover_serve_all_articles(connected, publish, wechat):
    channel = connected("wechat")
    for number in range(2):
        run_due(the_delivery(publish(title=f"通知{number}")))
    assert (len(wechat.to(TOKEN)), len(wechat.to("/cgi-bin/material/add_material"))) == (1, 1)
    channel.refresh_from_db()
    assert channel.token == "T1"
    stored = (
        Channel.objects.filter(pk=channel.pk).extra(select={"raw": "token"}).values_list("raw", flat=True)
    )
    assert stored[0] != "T1"


@pytest.mark.parametrize("code", [40001, 42001, 40014])
def test_a_stale_token_is_renewed_once(connected, publish, wechat, code):
    connected("wechat")
    wechat.on(TOKEN, {"access_token": "T1", "expires_in": 7200}, {"access_token": "T2", "expires_in": 7200})
    wechat.on(DRAFT, {"errcode": code, "errmsg": "invalid credential"}, {"media_id": "DRAFT1"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "submitted"
    assert [call.query["access_token"] for call in wechat.to(DRAFT)] == ["T1", "T2"]
    assert [call.json["force_refresh"] for call in wechat.to(TOKEN)] == [False, True]


def test_a_token_near_its_end_is_not_used(connected, publish, wechat):
    channel = connected("wechat")
    run_due(the_delivery(publish()))
    Channel.objects.filter(pk=channel.pk).update(token_until=timezone.now() + dt.timedelta(minutes=2))
    run_due(the_delivery(publish(title="第二份")))
    assert len(wechat.to(TOKEN)) == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [(40013, "AppID"), (40125, "AppSecret"), (40164, "白名单"), (40001, "AppSecret"), (50002, "封禁")],
)
def test_who_is_not_known_to_the_platform_is_paused(connected, publish, wechat, code, words):
    channel = connected("wechat")
    wechat.on(TOKEN, {"errcode": code, "errmsg": f"no {SECRET}"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    channel.refresh_from_db()
    assert words in channel.paused_reason
    assert SECRET not in channel.paused_reason + delivery.error + delivery.attempt_log.get().error


def test_the_quota_of_a_day_waits_for_the_next(connected, publish, wechat):
    connected("wechat")
    wechat.on(DRAFT, {"errcode": 45009, "errmsg": "reach max api daily quota limit"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert timezone.localdate(delivery.next_try_at) == timezone.localdate() + dt.timedelta(days=1)
    assert "次数已用完" in delivery.error


@pytest.mark.parametrize("code", [-1, 45011])
def test_a_busy_platform_is_asked_again(connected, publish, wechat, code):
    connected("wechat")
    wechat.on(SUBMIT, {"errcode": code, "errmsg": "busy"}, {"errcode": 0, "publish_id": "P1"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert run_due(delivery) == "submitted"
    assert len(wechat.to(DRAFT)) == 1


@pytest.mark.parametrize("code", [48001, 53503, 53504, 53505])
def test_what_only_a_person_may_publish_stays_in_the_box_until_he_does(connected, publish, wechat, code):
    connected("wechat")
    wechat.on(SUBMIT, {"errcode": code, "errmsg": "api unauthorized"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "in_draft_box"
    assert "手工发布" in delivery.error
    assert run_due(delivery) == "in_draft_box"
    source = wechat.to(DRAFT)[0].json["articles"][0]["content_source_url"]
    news = [{"title": "x", "content_source_url": source, "url": URL, "is_deleted": False}]
    wechat.on(LIST, {"item": [{"article_id": "ART9", "content": {"news_item": news}}]})
    assert run_due(delivery) == "published"
    assert (delivery.external_id, delivery.address) == ("ART9", URL)


def test_no_right_to_make_drafts_is_for_a_person(connected, publish, wechat):
    connected("wechat")
    wechat.on(DRAFT, {"errcode": 48001, "errmsg": "api unauthorized"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "awaiting_hand"


def test_a_channel_may_stop_in_the_box(connected, publish, wechat):
    connected("wechat", stops_in_box=True)
    delivery = the_delivery(publish())
    assert run_due(delivery) == "in_draft_box"
    assert SUBMIT not in wechat.paths()


@pytest.mark.parametrize(
    ("status", "words"), [(2, "原创"), (3, "发布失败"), (4, "审核"), (5, "删除"), (6, "封禁")]
)
def test_a_publication_that_fails_later_says_why_and_starts_anew(connected, publish, wechat, status, words):
    connected("wechat")
    wechat.on(GET, {"publish_status": status, "fail_idx": [1] if status in (2, 4) else []})
    delivery = the_delivery(publish())
    run_due(delivery)
    assert run_due(delivery) == "failed_permanent"
    assert words in delivery.error
    assert not delivery.progress["draft"]


def test_a_partial_failure_is_a_failure(connected, publish, wechat):
    connected("wechat")
    wechat.on(GET, done() | {"fail_idx": [1]})
    delivery = the_delivery(publish())
    run_due(delivery)
    assert run_due(delivery) == "failed_permanent"


def test_pictures_move_to_the_platform_and_foreign_ones_go(connected, body, wechat):
    connected("wechat")
    edition = with_picture(body, picture())
    run_due(the_delivery(edition))
    article = wechat.to(DRAFT)[0].json["articles"][0]
    assert '<img src="https://mmbiz.qpic.cn/p1" alt="学区图">' in article["content"]
    for gone in ("else.example", "script", "alert", "/files/", "<a"):
        assert gone not in article["content"]
    assert "链接甲" in article["content"]
    sent = wechat.to("/cgi-bin/media/uploadimg")[0].files["media"]
    assert len(sent) < 1024 * 1024
    assert sent[:3] == b"\xff\xd8\xff"


def test_a_gif_is_sent_as_what_the_platform_takes(connected, body, wechat):
    connected("wechat")
    run_due(the_delivery(with_picture(body, picture(60, 60, "GIF"), "image/gif")))
    assert wechat.to("/cgi-bin/media/uploadimg")[0].files["media"][:3] == b"\xff\xd8\xff"


def test_a_picture_is_sent_once_though_the_draft_fails(connected, body, wechat):
    connected("wechat")
    wechat.on(DRAFT, (502, b"bad gateway"), {"media_id": "DRAFT1"})
    delivery = the_delivery(with_picture(body, picture(40, 40)))
    assert run_due(delivery) == "failed_retryable"
    assert run_due(delivery) == "submitted"
    assert len(wechat.to("/cgi-bin/media/uploadimg")) == 1
    assert len(wechat.to("/cgi-bin/material/add_material")) == 1


def test_a_draft_whose_answer_was_lost_is_found_again(connected, publish, wechat):
    connected("wechat")
    wechat.on(DRAFT, None)
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    source = wechat.to(DRAFT)[0].json["articles"][0]["content_source_url"]
    item = {"media_id": "DRAFT7", "content": {"news_item": [{"content_source_url": source}]}}
    wechat.on(DRAFTS, {"item": [item]})
    assert run_due(delivery) == "submitted"
    assert len(wechat.to(DRAFT)) == 1
    assert wechat.to(SUBMIT)[0].json == {"media_id": "DRAFT7"}


def test_a_submission_whose_answer_was_lost_is_found_again(connected, publish, wechat):
    connected("wechat")
    wechat.on(SUBMIT, None)
    delivery = the_delivery(publish())
    run_due(delivery)
    source = wechat.to(DRAFT)[0].json["articles"][0]["content_source_url"]
    news = [{"content_source_url": source, "url": URL, "is_deleted": False}]
    wechat.on(LIST, {"item": [{"article_id": "ART3", "content": {"news_item": news}}]})
    assert run_due(delivery) == "published"
    assert (delivery.external_id, len(wechat.to(SUBMIT))) == ("ART3", 1)


def test_a_draft_somebody_deleted_is_made_anew(connected, publish, wechat):
    connected("wechat")
    wechat.on(SUBMIT, {"errcode": 40007, "errmsg": "invalid media_id"}, {"errcode": 0, "publish_id": "P2"})
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert run_due(delivery) == "submitted"
    assert len(wechat.to(DRAFT)) == 2


def finished(delivery):
    while run_due(delivery) not in ("published", "withdrawn", "failed_permanent"):
        pass
    return delivery


def test_a_correction_is_a_new_article_and_the_old_one_goes(connected, publish, wechat):
    connected("wechat")
    wechat.on(GET, done("ART1"), done("ART2"))
    first = publish()
    old = finished(the_delivery(first))
    new = finished(the_delivery(publish(first.document)))
    old.refresh_from_db()
    assert (new.external_id, old.standing) == ("ART2", "待撤回")
    assert run_due(old) == "withdrawn"
    assert wechat.to(DELETE)[0].json == {"article_id": "ART1", "index": 1}


def test_a_body_may_keep_the_old_article(connected, publish, wechat):
    channel = connected("wechat", keep_replaced=True)
    first = publish()
    old = finished(the_delivery(first))
    finished(the_delivery(publish(first.document), channel))
    old.refresh_from_db()
    assert old.state == "published"


def test_a_text_withdrawn_before_its_article_came_out_is_taken_back_then(connected, publish, wechat):
    connected("wechat")
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    withdraw_edition(edition=edition, reason="误发", actor=SYSTEM, at=timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == "submitted"
    run_due(delivery)
    assert run_due(delivery) == "follow_up"
    assert finished(delivery).state == "withdrawn"


def test_a_draft_is_deleted_when_its_text_is_withdrawn(connected, publish, wechat):
    connected("wechat", stops_in_box=True)
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    withdraw_edition(edition=edition, reason="误发", actor=SYSTEM, at=timezone.now())
    delivery.refresh_from_db()
    assert run_due(delivery) == "cancelled"
    assert wechat.paths()[-1] == "/cgi-bin/draft/delete"


def test_an_article_deleted_on_the_platform_is_deleted(connected, publish, wechat):
    connected("wechat")
    wechat.on(DELETE, {"errcode": 53600, "errmsg": "invalid article_id"})
    edition = publish()
    delivery = finished(the_delivery(edition))
    withdraw_edition(edition=edition, reason="误发", actor=SYSTEM, at=timezone.now())
    assert finished(delivery).state == "withdrawn"


def test_a_long_text_ends_where_a_block_ends(publish, connected, wechat):
    connected("wechat")
    edition = publish(text="".join(f"<p>{'第' * 90}{n}</p>" for n in range(400)))
    run_due(the_delivery(edition))
    content = wechat.to(DRAFT)[0].json["articles"][0]["content"]
    assert len(content) < 20_000
    assert content.endswith("<p>（篇幅所限，全文请点“阅读原文”）</p>")


def test_files_are_named_and_fetched_from_the_site(publish, connected, wechat, body):
    connected("wechat")
    edition = publish()
    Attachment.objects.create(edition=edition, name="附件<1>.docx", size=1, sha256="0" * 64)
    run_due(the_delivery(edition))
    assert "附件&lt;1&gt;.docx" in wechat.to(DRAFT)[0].json["articles"][0]["content"]


def test_new_credentials_forget_the_old_token(connected, publish, wechat):
    channel = connected("wechat")
    run_due(the_delivery(publish()))
    channel.refresh_from_db()
    configure_channel(
        channel=channel, settings=channel.settings, secrets={"app_secret": "another-secret"}, actor=SYSTEM
    )
    channel.refresh_from_db()
    assert (channel.token, channel.remembered, channel.secrets) == ("", {}, {"app_secret": "another-secret"})


def test_shortening():
    assert shortened("一 二\n三", 5) == "一 二 三"
    assert shortened("一二三四五六", 5) == "一二三四…"
    assert content_of  # used through the article


def test_two_workers_do_not_meet(connected, publish, wechat):
    connected("wechat")
    delivery = the_delivery(publish())
    Delivery.objects.update(lease_until=timezone.now() + dt.timedelta(minutes=5))
    assert run_due(delivery) == "queued"
    assert wechat.calls == []
