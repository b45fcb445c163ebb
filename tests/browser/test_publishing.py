"""From a Word file to the public and off it again: drafted, mended, reviewed by three, published on three channels,
corrected there, repealed.
"""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from tests.browser.conftest import PHONE
from tests.browser.desks import look_at, photograph
from tests.channels.conftest import Vendor
from tests.factories import make_handler

from gongkai.channels import work
from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.models import Channel, Delivery
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document, Edition
from gongkai.organisations.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NUMBER = "11010519491231002X"


def notice():
    """A notice as offices write them, with an identity number nobody should see."""
    book = Word()
    for line in (
        "青屿县教育体育局文件",
        "青教体〔2024〕12号",
        "青屿县教育体育局关于做好秋季学期课后服务工作的通知",
        "各中小学：",
        "为做好秋季学期课后服务工作，现将有关事项通知如下。",
        f"一、联系人：王五，身份证号{NUMBER}。",
        "二、各校应于开学前公布收费标准。",
        "青屿县教育体育局",
        "2024年8月26日",
    ):
        book.add_paragraph(line)
    table = book.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ("学校", "负责人", "一小", "教务处"), strict=True
    ):
        cell.text = text
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def vendor(settings):
    """The servers of the vendor and of the city's platform, on this machine."""
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    settings.GONGKAI_SITE_ADDRESS = "https://gk.example.gov.cn"
    found = Vendor()
    there = {"count": 1, "item": [{"idx": 1, "article_url": "https://mp.weixin.qq.com/s/abc"}]}
    empty = {"total_count": 0, "item_count": 0, "item": []}
    for path, *answers in (
        ("/cgi-bin/stable_token", {"access_token": "T1", "expires_in": 7200}),
        ("/cgi-bin/material/add_material", {"media_id": "COVER", "url": "https://mmbiz.qpic.cn/c"}),
        ("/cgi-bin/draft/add", {"media_id": "DRAFT1"}, {"media_id": "DRAFT2"}),
        ("/cgi-bin/draft/batchget", empty),
        ("/cgi-bin/freepublish/batchget", empty),
        ("/cgi-bin/freepublish/submit", {"errcode": 0, "publish_id": "P1"}, {"errcode": 0, "publish_id": "P2"}),
        ("/cgi-bin/freepublish/get", *(
            {"publish_status": 0, "article_id": one, "article_detail": there, "fail_idx": []}
            for one in ("ART1", "ART2")
        )),
        ("/cgi-bin/freepublish/delete", {"errcode": 0}),
        ("/hook", {"id": "A1", "url": "https://city.example.gov.cn/a1.html"}),
    ):  # fmt: skip
        found.on(path, *answers)
    yield found
    found.close()


def three_channels(body, vendor):
    """The site, an official account and the city's platform."""
    for kind, name, settings, secrets in (
        ("website", "县政府网站", {}, {}),
        ("wechat", "青屿教育公众号", {"app_id": "wx1", "api": vendor.address}, {"app_secret": "s1"}),
        (
            "webhook",
            "市集约化平台",
            {"endpoint": f"{vendor.address}/hook"},
            {"secret": "very-secret-signature"},
        ),
    ):
        channel = open_channel(body=body, kind=kind, name=name, actor=SYSTEM)
        configure_channel(channel=channel, settings=settings, secrets=secrets, takes="none", actor=SYSTEM)


def deliver():
    """The worker comes until nothing is due; what waits for a later try is due at once."""
    for _ in range(8):
        now = timezone.now()
        Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=now)
        waiting = work.due(now)
        if not waiting:
            return
        for pk in waiting:
            work.work_on(pk)


def standings(page, document):
    """Channel and state as the document's own page shows them, newest edition first."""
    page.goto(reverse("console:document", args=[document.pk]))
    rows = page.locator("section[aria-labelledby=deliveries] tbody tr").all()
    return sorted(
        (one.locator("th").inner_text(), one.locator("td[data-label=状态]").inner_text()) for one in rows
    )


def act(page, label, button=None, **fields):
    """Open an act from the page of a record, fill in its form and send it."""
    page.locator(".case__acts").get_by_role("link", name=label, exact=True).click()
    for name, value in fields.items():
        page.locator(f"[name={name}]").first.fill(value)
    page.locator("main form .buttons button").first.click() if button is None else page.get_by_role(
        "button", name=button, exact=True
    ).click()


def agree(page, label, **fields):
    page.locator(".case__acts").get_by_role("link", name=label, exact=True).click()
    page.get_by_label("同意").check()
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="提交意见").click()
    assert "意见已登记" in page.locator(".messages").inner_text()


def through_the_reviews(visit, edition, people):
    address = reverse("console:edition", args=[edition.pk])
    agree(visit(address, officer=people["unit"]), "部门审核")
    agree(visit(address, officer=people["secrecy"]), "保密审查", basis="保守国家秘密法第十六条")
    agree(visit(address, officer=people["signer"]), "签发")


def test_from_a_word_file_to_its_repeal(  # noqa: PLR0915 - one journey
    body, visit, violations, overflow, vendor
):
    three_channels(body, vendor)
    people = {
        "drafter": make_handler(body, name="周起草"),
        "unit": make_handler(body, name="吴科长"),
        "secrecy": make_handler(body, name="郑保密"),
        "signer": make_handler(body, role=Role.APPROVER, name="冯局长"),
    }
    page = visit(reverse("console:drop_add"), officer=people["drafter"], scripts=False)
    file = {"name": "通知.docx", "mimeType": "application/octet-stream", "buffer": notice()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取").click()

    assert page.get_by_label("名称").input_value() == "青屿县教育体育局关于做好秋季学期课后服务工作的通知"
    assert page.get_by_label("文号").input_value() == "青教体〔2024〕12号"
    assert page.get_by_label("成文日期").input_value() == "2024-08-26"
    page.get_by_label("类别").select_option(label="其他政策文件")
    page.get_by_role("button", name="保存").click()
    edition = Edition.objects.get()
    assert "须处理" in page.locator("main").inner_text()
    assert NUMBER not in page.locator("section[aria-labelledby=findings]").inner_text()
    assert "公民身份号码" in page.locator(".case__acts").inner_text()

    page.get_by_role("link", name="修改正文").click()
    text = page.get_by_label("正文").input_value()
    page.get_by_label("正文").fill(text.replace(f"，身份证号{NUMBER}", ""))
    page.get_by_role("button", name="预览，暂不保存").click()
    assert "课后服务" in page.locator("section[aria-labelledby=preview]").inner_text()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="送审").click()
    assert "已送审" in page.locator(".messages").inner_text()

    through_the_reviews(visit, edition, people)
    page = visit(reverse("console:edition", args=[edition.pk]), officer=people["drafter"], scripts=False)
    page.get_by_role("link", name="选择发布渠道").click()
    for channel in Channel.objects.all():
        page.get_by_label(channel.name).check()
    look_at(page, violations, overflow, "channels-chosen")
    page.get_by_role("button", name="保存").click()
    assert "县政府网站、青屿教育公众号、市集约化平台" in page.locator(".case").inner_text()
    page.goto(reverse("console:edition", args=[edition.pk]))
    act(page, "立即发布", "发布")
    document = Document.objects.get()
    assert document.first_published_at is not None
    deliver()
    three = ["县政府网站", "市集约化平台", "青屿教育公众号"]
    assert standings(page, document) == sorted((name, "已发布") for name in three)
    look_at(page, violations, overflow, "document-published")
    public = visit(document.public_path, viewport=PHONE)
    assert "课后服务" in public.locator("main").inner_text()
    assert NUMBER not in public.content()
    photograph(public, "public-phone")
    assert [one.json["action"] for one in vendor.to("/hook")] == ["publish"]
    assert NUMBER not in "".join(one.body.decode("utf-8", "replace") for one in vendor.calls)

    page.goto(reverse("console:edition_add", args=[document.pk]))
    text = page.get_by_label("正文").input_value()
    page.get_by_label("正文").fill(text.replace("开学前", "开学前一周"))
    page.get_by_label("变更理由").fill("更正公布收费标准的时间")
    page.get_by_role("button", name="保存草稿").click()
    second = document.editions.get(number=2)
    page.goto(reverse("console:edition", args=[second.pk]))
    page.get_by_role("link", name="与第1版比较").click()
    assert page.locator(".diff ins").all_inner_texts() == ["一周"]
    page.goto(reverse("console:edition", args=[second.pk]))
    page.get_by_role("button", name="送审").click()
    through_the_reviews(visit, second, people)
    page = visit(reverse("console:edition", args=[second.pk]), officer=people["drafter"], scripts=False)
    act(page, "立即发布", "发布")
    assert list(document.editions.values_list("state", flat=True)) == ["superseded", "published"]
    deliver()
    found = standings(page, document)
    assert found.count(("市集约化平台", "已发布")) >= 1
    assert ("青屿教育公众号", "已发布") in found
    assert ("青屿教育公众号", "已撤回") in found
    assert "开学前一周" in vendor.to("/hook")[-1].json["document"]["html"]
    assert "开学前一周" in str(vendor.to("/cgi-bin/draft/add")[-1].json)
    assert vendor.to("/cgi-bin/freepublish/delete")
    look_at(page, violations, overflow, "document-corrected")

    page = visit(reverse("console:document", args=[document.pk]), officer=people["signer"])
    page.locator(".case__acts").get_by_role("link", name="废止或失效").click()
    page.get_by_label("终止方式").select_option(label="废止")
    page.get_by_label("依据").fill("青教体〔2026〕1号")
    page.get_by_role("button", name="保存").click()
    document.refresh_from_db()
    assert (document.ended_how, document.ended_on) == ("repealed", timezone.localdate())
    assert "已废止" in page.locator(".case__head").inner_text()
    deliver()
    last = vendor.to("/hook")[-1].json
    assert (last["action"], "repealed" in str(last) or "废止" in str(last)) == ("update", True)
    look_at(page, violations, overflow, "document-repealed")
    public.goto(document.public_path)
    assert "废止" in public.locator("main").inner_text()
    photograph(public, "public-repealed-phone")

    for name in (
        "desk",
        "document_work",
        "interpretations",
        "faults",
        "guides",
        "hand_over_lists",
        "drop_add",
        "deliveries",
        "channels",
    ):
        page.goto(reverse(f"console:{name}"))
        look_at(page, violations, overflow, name)
    for name, pk in (
        ("edition", second.pk),
        ("document_edit", document.pk),
        ("document_leave", document.pk),
        ("delivery", Delivery.objects.latest("pk").pk),
        ("guide", body.pk),
    ):
        page.goto(reverse(f"console:{name}", args=[pk]))
        look_at(page, violations, overflow, name)
