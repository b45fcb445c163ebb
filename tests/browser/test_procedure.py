"""A request from the counter to the figure: clarified, extended, answered in part with a redacted file, served."""

import pytest
from django.utils import timezone
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.desks import address, agree, draft, follow, issue, press, send, sign, submit
from tests.factories import make_applicant, make_body, make_handler, make_request
from tests.foi.paperwork import ready
from tests.redaction.builders import set_pdf

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Redaction, Request
from gongkai.organisations.enums import Role
from gongkai.reports.acts import open_report

pytestmark = [pytest.mark.browser, pytest.mark.fonts, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bureau():
    return make_body(name="青屿县教育局", short_name="县教育局", credit_code="11999900MB0000000X")


@pytest.fixture
def people(bureau):
    """A clerk, his colleague, and who signs."""
    return {
        "clerk": make_handler(bureau, name="王敏"),
        "colleague": make_handler(bureau, name="周海生"),
        "chief": make_handler(bureau, role=Role.APPROVER, name="林局"),
    }


def registered(clerk):
    clerk.goto(address("request_add"))
    clerk.get_by_label("姓名或名称").fill("申屠无名")
    clerk.get_by_label("所需信息名称").fill("校舍台账")
    clerk.get_by_label("受理渠道").select_option(label="当面提交")
    press(clerk, "登记")
    return ready(Request.objects.get())


def clarify(clerk, chief, case):
    draft(clerk, case, "政府信息公开申请补正告知书")
    clerk.get_by_label("补正事项").fill("请写明台账的年度")
    clerk.get_by_label("补正期限").fill("2099-01-05")
    letter = submit(clerk)
    sign(chief, letter)
    issue(clerk, letter)
    clerk.goto(address("request", case.pk))
    assert "轮到：申请人" in clerk.locator(".case__move").inner_text()
    follow(clerk, "收到补正")
    press(clerk, "保存")


def extend(clerk, chief, case):
    draft(clerk, case, "政府信息公开延期答复告知书")
    clerk.get_by_label("延长工作日").fill("10")
    clerk.get_by_label("延期理由").fill("需要检索历史档案")
    letter = submit(clerk)
    sign(chief, letter)
    issue(clerk, letter)
    clerk.goto(address("request", case.pk))
    assert "剩30个工作日" in clerk.locator(".case__move").inner_text()


def redact(clerk, colleague, file):
    follow(clerk, "上传材料")
    clerk.get_by_label("类别").select_option(label="拟提供的信息")
    clerk.get_by_label("文件").set_input_files(file)
    press(clerk, "上传")
    follow(clerk, "遮盖")
    press(clerk, "开始遮盖")
    clerk.get_by_label("手机号码").check()
    press(clerk, "保存标注")
    assert "13800138000（已遮盖）" in clerk.content()
    follow(clerk, "返回遮盖")
    follow(clerk, "生成并核验")
    press(clerk, "生成并核验")
    assert "核验通过" in clerk.locator(".case__head").inner_text()
    colleague.goto(address("redaction", Redaction.objects.get().pk))
    follow(colleague, "放行")
    press(colleague, "放行")
    assert "已放行" in colleague.locator(".case__head").inner_text()


def answer(clerk, colleague, chief, case):
    draft(clerk, case, "政府信息部分公开告知书")
    clerk.get_by_label("提供方式").fill("随本告知书邮寄纸质件")
    assert "条例第十五条" in clerk.get_by_label("不予公开内容表").input_value()
    letter = submit(clerk)
    for stage in ("legal", "secrecy"):
        agree(colleague, letter, stage)
    sign(chief, letter)
    send(clerk, letter, "邮寄送达", 邮政企业或者受托机关="中国邮政", 邮件号="XA12345678935")


def figure(page, version):
    page.goto(address("report_cell", version.pk, "t3.partial.natural"))
    return page.locator(".figures dd").first.inner_text().strip()


@pytest.fixture
def office(people, visit, client):
    """The three of them, each at a browser of his own, on a phone without scripts."""

    def sit_down(officer):
        client.cookies.clear()
        return visit("/console/", viewport=PHONE, scripts=False, officer=officer)

    return {name: sit_down(officer) for name, officer in people.items()}


def test_from_the_counter_to_the_figure(bureau, office, tmp_path):
    today = timezone.localdate()
    version = open_report(body=bureau, year=today.year, actor=SYSTEM, at=timezone.now())
    clerk, colleague, chief = (office[name] for name in ("clerk", "colleague", "chief"))
    assert figure(clerk, version) == "0件"
    case = registered(clerk)
    clarify(clerk, chief, case)
    extend(clerk, chief, case)
    file = tmp_path / "台账.pdf"
    file.write_bytes(set_pdf("联系电话13800138000，经办人王敏"))
    redact(clerk, colleague, file)
    answer(clerk, colleague, chief, case)
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (today, "partial")
    assert figure(clerk, version) == "1件"
    clerk.goto(address("request", case.pk))
    assert "申屠无名" not in clerk.content()


def check(page, violations, overflow):
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        assert (violations(page), overflow(page)) == ([], 0), page.url
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0, page.url


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
def test_the_pages_are_accessible_and_fit(bureau, people, visit, violations, overflow, appearance):
    now = timezone.now()
    applicant = make_applicant(bureau, name="申屠无名")
    case = ready(make_request(bureau, applicant=applicant, submitted_on=timezone.localdate()))
    clerk = people["clerk"]
    by = {"actor": clerk, "at": now}
    letter = acts.draft_letter(
        request=case,
        kind="partial",
        facts={
            "provision": ["附件"],
            "withheld": [{"part": "电话", "reason": "隐私", "basis": "条例第十五条"}],
        },
        **by,
    )
    material = acts.add_material(
        request=case, kind="source", name="台账.pdf", content=set_pdf("电话13800138000"), **by
    )
    row = acts.begin_redaction(source=material, **by)
    acts.assign(request=case, officer=clerk, actor=SYSTEM, at=now)
    acts.remark(request=case, text="请核对", **by)
    page = visit("/console/", officer=clerk, appearance=appearance)
    for here in [
        address("desk"),
        address("reminders"),
        address("hand_overs"),
        address("hand_over", bureau.pk, clerk.pk),
        address("request", case.pk),
        address("case_assign", case.pk),
        address("request_split", case.pk),
        address("letters"),
        address("letter_choose", case.pk),
        address("letter_add", case.pk, "fee_notice"),
        address("letter", letter.pk),
        address("letter_edit", letter.pk),
        address("material_add", case.pk),
        address("redaction", row.pk),
        address("redaction_page", row.pk, 1),
    ]:
        page.goto(here)
        for folded in page.locator("details").all():
            folded.evaluate("one => one.open = true")
        check(page, violations, overflow)
