"""依申请公开 from end to end: online with everything on the way, by plain letter, unpaid, against an objection."""

import re

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.conftest import PHONE
from tests.browser.desks import (
    address,
    agree,
    draft,
    follow,
    issue,
    photograph,
    press,
    send,
    sign,
    submit,
    told,
)
from tests.browser.test_foi import apply
from tests.factories import make_applicant, make_body, make_handler, make_request
from tests.foi.paperwork import BODY, moment
from tests.portal.foi.made import HERE
from tests.redaction.builders import set_pdf

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Letter, Request
from gongkai.organisations.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.fonts, pytest.mark.django_db(transaction=True)]
SECRETS = ("13800138000", "经办人王敏")


@pytest.fixture
def bureau():
    names = {"name": "青屿县教育局", "short_name": "县教育局", "credit_code": "11999900MB0000000X"}
    return make_body(slug="edu", **names, **BODY)


@pytest.fixture
def sit_down(visit, client):
    """An officer at a browser of his own, on a phone without scripts."""

    def come(officer):
        client.cookies.clear()
        return visit("/console/", viewport=PHONE, scripts=False, officer=officer)

    return come


@pytest.fixture
def clerk(bureau):
    return make_handler(bureau, name="王敏")


@pytest.fixture
def chief(bureau, sit_down):
    return sit_down(make_handler(bureau, role=Role.APPROVER, name="林局"))


@pytest.fixture
def colleague(bureau, sit_down):
    return sit_down(make_handler(bureau, name="周海生"))


def received(bureau, **kw):
    today = timezone.localdate()
    applicant = make_applicant(bureau, name="申屠无名")
    return make_request(bureau, applicant=applicant, submitted_on=today, **kw)


# Online, with everything on the way -----------------------------------------------------------------------


def hand_in_online(citizen):
    """Apply, look at the case and confirm it."""
    number, code = apply(citizen)
    photograph(citizen, "01-receipt")
    follow(citizen, "去查询页")
    citizen.get_by_label("查询码").fill(code)
    press(citizen, "查询")
    press(citizen, "我确认")
    return Request.objects.get(number=number)


def accept(clerk, case):
    today = timezone.localdate().isoformat()
    clerk.goto(address("request", case.pk))
    assert "欧阳某某" not in clerk.content()
    follow(clerk, "登记收到申请")
    clerk.get_by_label("到件日期").fill(today)
    clerk.get_by_label("与申请人确认日期").fill(today)
    press(clerk, "保存")
    assert "期限从次日起算" in told(clerk)
    photograph(clerk, "02-accepted")


def ask_to_clarify(clerk, chief, case):
    draft(clerk, case, "政府信息公开申请补正告知书")
    clerk.get_by_label("补正事项").fill("请写明台账的年度")
    clerk.get_by_label("补正期限").fill("2099-01-05")
    letter = submit(clerk)
    sign(chief, letter)
    send(clerk, letter)


def fetch(citizen):
    """Confirm the arrival of the newest letter."""
    citizen.reload()
    with citizen.expect_navigation():
        citizen.get_by_role("button", name=re.compile("我已收到")).last.click()


def reply(citizen):
    fetch(citizen)
    photograph(citizen, "03-asked")
    follow(citizen, "提交补正")
    citizen.get_by_label("补正的内容").fill("要2023年的台账")
    press(citizen, "提交补正")
    assert "提交补正：已经办好" in citizen.content()


def extend(clerk, chief, case):
    draft(clerk, case, "政府信息公开延期答复告知书")
    clerk.get_by_label("延长工作日").fill("10")
    clerk.get_by_label("延期理由").fill("需要检索历史档案")
    letter = submit(clerk)
    sign(chief, letter)
    send(clerk, letter)
    clerk.goto(address("request", case.pk))
    assert "剩30个工作日" in clerk.locator(".case__move").inner_text()


def redact(clerk, colleague, file):
    """One area drawn by numbers, one suggestion taken; verified, and released by somebody else."""
    follow(clerk, "上传材料")
    clerk.get_by_label("类别").select_option(label="拟提供的信息")
    clerk.get_by_label("文件").set_input_files(file)
    press(clerk, "上传")
    follow(clerk, "遮盖")
    press(clerk, "开始遮盖")
    clerk.get_by_label("手机号码").check()
    clerk.locator("summary", has_text="按位置标注矩形").click()
    for side, value in {"left": "52", "top": "5", "width": "70", "height": "12"}.items():
        clerk.locator(f"#id_{side}").fill(value)
    press(clerk, "保存标注")
    assert "遮盖处2" in clerk.content()
    photograph(clerk, "04-marked")
    follow(clerk, "返回遮盖")
    follow(clerk, "生成并核验")
    press(clerk, "生成并核验")
    assert "核验通过" in clerk.locator(".case__head").inner_text()
    colleague.goto(clerk.url)
    follow(colleague, "放行")
    press(colleague, "放行")
    assert "已放行" in colleague.locator(".case__head").inner_text()


def answer_in_part(clerk, colleague, chief, case):
    draft(clerk, case, "政府信息部分公开告知书")
    clerk.get_by_label("提供方式").fill("在查询页下载")
    letter = submit(clerk)
    for stage in ("legal", "secrecy"):
        agree(colleague, letter, stage)
    sign(chief, letter)
    send(clerk, letter)
    photograph(clerk, "05-served")


def text_of(file):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


def download(citizen, link):
    with citizen.expect_download() as coming:
        link.click()
    return coming.value.path()


def test_from_the_phone_to_the_downloaded_answer(bureau, clerk, chief, colleague, sit_down, visit, tmp_path):
    today = timezone.localdate()
    citizen = visit(f"{HERE}apply/", viewport=PHONE, scripts=False)
    case = hand_in_online(citizen)
    desk = sit_down(clerk)
    accept(desk, case)
    ask_to_clarify(desk, chief, case)
    reply(citizen)
    extend(desk, chief, case)
    file = tmp_path / "台账.pdf"
    file.write_bytes(set_pdf("联系电话13800138000，经办人王敏"))
    redact(desk, colleague, file)
    answer_in_part(desk, colleague, chief, case)
    case.refresh_from_db()
    assert case.closed_on is None, "an electronic letter is served when its arrival is confirmed"
    fetch(citizen)
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (today, "partial")
    citizen.reload()
    photograph(citizen, "06-answered")
    letters = citizen.locator("#letters + ul")
    answer = download(
        citizen, letters.locator("li", has_text="部分公开告知书").get_by_role("link", name="PDF")
    )
    assert "第十五条" in text_of(answer)
    given = download(citizen, letters.get_by_role("link", name="台账"))
    assert [one for one in SECRETS if one in text_of(given)] == []
    titles = letters.locator("strong").all_inner_texts()
    assert [one for one in titles if "补正" in one or "延期" in one or "部分公开" in one] == titles
    assert len(titles) == 3


# By plain letter ------------------------------------------------------------------------------------------


def test_a_plain_letter_counts_from_the_day_it_is_confirmed(bureau, clerk, sit_down):
    today = timezone.localdate()
    came = (today - timezone.timedelta(days=4)).isoformat()
    desk = sit_down(clerk)
    desk.goto(address("request_add"))
    desk.get_by_label("姓名或名称").fill("申屠无名")
    desk.get_by_label("所需信息名称").fill("校舍台账")
    desk.get_by_label("受理渠道").select_option(label="平常信函")
    desk.get_by_label("提交日期").fill(came)
    desk.get_by_label("到件日期").fill(came)
    press(desk, "登记")
    case = Request.objects.get()
    assert case.received_on is None
    assert "尚未登记收到" in desk.content()
    follow(desk, "登记收到申请")
    desk.get_by_label("到件日期").fill(came)
    desk.get_by_label("与申请人确认日期").fill(today.isoformat())
    press(desk, "保存")
    case.refresh_from_db()
    assert case.received_on == today
    assert "剩20个工作日" in desk.locator(".case__move").inner_text()
    photograph(desk, "11-plain-letter")


# Not paid -------------------------------------------------------------------------------------------------


def test_what_is_not_paid_for_lapses(bureau, clerk, chief, sit_down, monkeypatch):
    case = make_request(bureau, submitted_on=timezone.datetime(2026, 9, 1).date())
    monkeypatch.setattr(timezone, "now", lambda: moment("2026-09-07"))
    desk = sit_down(clerk)
    draft(desk, case, "政府信息公开信息处理费缴费通知书")
    desk.get_by_label("计收方式").select_option("by_page")
    desk.get_by_label("件数或页数").fill("72")
    desk.get_by_label("缴纳方式").fill("县财政专户")
    letter = submit(desk)
    sign(chief, letter)
    send(desk, letter, "直接送达", 签收日期="2026-09-07")
    desk.goto(address("request", case.pk))
    assert "轮到：申请人" in desk.locator(".case__move").inner_text()
    assert desk.get_by_role("link", name="登记不再处理", exact=True).count() == 0
    monkeypatch.setattr(timezone, "now", lambda: moment("2026-11-02"))
    desk = sit_down(clerk)
    desk.goto(address("request", case.pk))
    follow(desk, "登记不再处理")
    press(desk, "保存")
    case.refresh_from_db()
    assert (case.outcome, case.fee_notices.get().amount_yuan) == ("lapse_unpaid", 420)
    assert desk.get_by_role("link", name="登记缴费", exact=True).count() == 0
    photograph(desk, "12-unpaid")


# Against an objection -------------------------------------------------------------------------------------


def consult(desk, chief, case):
    draft(desk, case, "政府信息公开征求第三方意见书")
    desk.get_by_label("主送（第三方）").fill("宏达建筑公司")
    desk.get_by_label("征求意见内容").fill("附图第4页")
    letter = submit(desk)
    sign(chief, letter)
    issue(desk, letter)


def object_to_it(desk, case):
    desk.goto(address("request", case.pk))
    follow(desk, "第三方答复")
    assert desk.locator("#id_party").input_value() == "宏达建筑公司"
    desk.locator("#id_consents").select_option("no")
    press(desk, "保存")


def test_an_objection_is_overridden_with_reasons_told(bureau, clerk, chief, colleague, sit_down):
    case, desk = received(bureau), sit_down(clerk)
    consult(desk, chief, case)
    object_to_it(desk, case)
    draft(desk, case, "政府信息公开决定告知书（第三方）")
    desk.get_by_label("决定公开的内容").fill("附图第4页的疏散通道")
    desk.get_by_label("决定公开的理由").fill("关系在校师生的人身安全")
    letter = submit(desk)
    agree(colleague, letter, "legal")
    sign(chief, letter)
    send(desk, letter, "邮寄送达", 邮政企业或者受托机关="中国邮政", 邮件号="XA12345678935")
    desk.goto(address("request", case.pk))
    assert "决定公开并告知第三方" in desk.content()
    fact = case.facts.get(kind="third_party_overridden")
    assert (fact.detail["party"], fact.detail["reason"]) == ("宏达建筑公司", "关系在校师生的人身安全")
    photograph(desk, "13-overridden")


# Two at once ----------------------------------------------------------------------------------------------


def test_two_officers_at_one_letter_lose_nothing(bureau, clerk, colleague, sit_down):
    case = received(bureau)
    facts = {"clarify": ["请写明年度"], "clarify_by": "2099-01-05"}
    by = {"actor": clerk, "at": timezone.now()}
    letter = acts.draft_letter(request=case, kind="clarification", facts=facts, **by)
    desk = sit_down(clerk)
    for page in (desk, colleague):
        page.goto(address("letter_edit", letter.pk))
    desk.get_by_label("标题").fill("补正告知书（甲）")
    press(desk, "保存")
    colleague.get_by_label("标题").fill("补正告知书（乙）")
    press(colleague, "保存")
    assert "由他人修改" in colleague.get_by_role("alert").inner_text()
    expect(colleague.get_by_label("标题")).to_have_value("补正告知书（乙）")
    assert Letter.objects.get().title == "补正告知书（甲）"
    photograph(colleague, "14-stale")


def test_two_officers_recording_the_same_thing_record_it_once(bureau, clerk, colleague, sit_down):
    case = make_request(bureau, submitted_on=timezone.localdate(), received=False)
    desk = sit_down(clerk)
    for page in (desk, colleague):
        page.goto(address("request_receive", case.pk))
    press(desk, "保存")
    press(colleague, "保存")
    assert colleague.get_by_role("alert").is_visible()
    assert case.facts.filter(kind="received").count() == 1
    follow(colleague, case.number)
    follow(colleague, "登记撤回")
    acts.withdraw_request(request=case, on=timezone.localdate(), actor=SYSTEM, at=timezone.now())
    press(colleague, "保存")
    assert "办结" in colleague.get_by_role("alert").inner_text()
    assert case.facts.filter(kind="withdrawn").count() == 1
