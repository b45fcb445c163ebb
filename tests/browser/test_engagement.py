"""An opinion and a letter in a real browser: from a telephone without scripts to the published result and the answer."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.conftest import DESKTOP, NARROW, PHONE

from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.models import Consultation
from gongkai.portal.engagement import fence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(1)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The browser fills in a form faster than a person."""
    monkeypatch.setattr(fence, "AT_LEAST", 0)


@pytest.fixture
def asked(body):
    """A consultation that is open, and everything else there is to read."""
    today, now = timezone.localdate(), timezone.now()
    given = {"opens_on": today - DAY, "closes_on": today + 40 * DAY, "takes_online": True, "actor": SYSTEM}
    row = acts.open_consultation(body=body, title="学区划分方案征求意见", text="请提意见", **given)
    acts.ask(
        consultation=row,
        text="是否赞成",
        kind="one",
        choices=["赞成", "不赞成"],
        is_required=True,
        actor=SYSTEM,
        at=now,
    )
    entry = acts.write_entry(
        body=body, topic="招生", question="几岁入学？", answer="六周岁。", actor=SYSTEM, at=now
    )
    acts.publish_entry(entry=entry, actor=SYSTEM, at=now)
    concern = acts.record_concern(body=body, topic="校车停运传言", arose_at=now - DAY, actor=SYSTEM)
    acts.answer_concern(concern=concern, at=now, actor=SYSTEM)
    return acts.release_consultation(consultation=row, actor=SYSTEM, at=now)


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
def test_every_page_is_accessible_and_fits(visit, violations, overflow, asked, appearance):
    here = f"/bodies/{asked.body.slug}/mailbox/"
    entry = asked.body.faq_entries.get()
    addresses = [
        "/consultations/", asked.public_path, f"{asked.public_path}opinion/", "/concerns/", "/questions/",
        entry.public_path, here, f"{here}write/", f"{here}track/",
    ]  # fmt: skip
    page = visit(addresses[0], viewport=PHONE, appearance=appearance)
    found = []
    for address in addresses:
        page.goto(address)
        page.set_viewport_size(NARROW)
        found.append((address, violations(page), overflow(page)))
        page.set_viewport_size(DESKTOP)
        found.append((address, violations(page), overflow(page)))
    assert [one for one in found if one[1:] != ([], 0)] == []


def test_from_an_opinion_on_a_telephone_to_the_published_result(visit, asked, appointed):
    page = visit("/", viewport=PHONE, scripts=False)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="互动交流").click()
    page.get_by_role("link", name="学区划分方案征求意见").click()
    page.get_by_role("link", name="我要提意见").click()
    page.get_by_label("您的意见").fill("请考虑河东片区的孩子，电话13800001234")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("alert")).to_contain_text("请回答这个问题")
    expect(page.get_by_label("您的意见")).to_have_value("请考虑河东片区的孩子，电话13800001234")
    page.get_by_label("不赞成").check()
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("意见已经收到")

    desk = visit("/console/engagement/consultations/", officer=appointed("handler"), scripts=False)
    desk.get_by_role("link", name="学区划分方案征求意见").click()
    desk.get_by_role("link", name="归纳意见").click()
    desk.get_by_label("意见归纳").fill("建议照顾河东片区")
    desk.get_by_label("采纳", exact=True).check()
    desk.get_by_role("button", name="保存").click()
    desk.get_by_role("link", name="审核、归类意见").click()
    assert "13800001234" not in desk.content()
    for what in ("计为有效意见", "归入：建议照顾河东片区（采纳）"):
        desk.get_by_label("YJ").check()
        desk.get_by_label("对勾选的意见").select_option(label=what)
        desk.get_by_role("button", name="处理勾选的意见").click()

    today = timezone.localdate()
    Consultation.objects.update(opens_on=today - 40 * DAY, closes_on=today - DAY)  # the days went by
    chief = visit(
        f"/console/engagement/consultations/{asked.pk}/", officer=appointed("approver"), scripts=False
    )
    chief.get_by_role("link", name="公布采纳情况").click()
    chief.get_by_label("采纳情况").fill("已在方案中调整。")
    chief.get_by_role("button", name="公布").click()
    page.goto(asked.public_path)
    expect(page.get_by_text("共收到意见1条，采纳1条")).to_be_visible()
    expect(page.get_by_role("rowheader", name="建议照顾河东片区")).to_be_visible()


def test_from_a_letter_to_the_answer(visit, asked, appointed):
    page = visit(f"/bodies/{asked.body.slug}/mailbox/", viewport=PHONE, scripts=False)
    page.get_by_role("link", name="写信").click()
    page.get_by_label("标题").fill("公开学区图")
    page.get_by_label("内容").fill("希望看到地图")
    page.get_by_role("button", name="寄出").click()
    number, code = page.locator(".foi-code").all_inner_texts()
    assert code.replace("-", "") not in page.url

    desk = visit("/console/engagement/mailbox/", officer=appointed("handler"), scripts=False)
    desk.get_by_role("link", name=number).click()
    desk.get_by_role("link", name="答复").click()
    desk.get_by_label("答复").fill("已在网站公布。")
    desk.get_by_role("button", name="答复").click()
    page.get_by_role("link", name="查询答复").click()
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("已在网站公布。")).to_be_visible()
