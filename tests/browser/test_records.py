"""Registering, closing, counting: an officer's way from a letter to a figure, and the pages on that way."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.console.conftest import fill
from tests.factories import make_body, make_handler

from gongkai.core.actors import SYSTEM
from gongkai.organisations.enums import Role
from gongkai.reports.acts import open_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Qingyu-2026-gk"


@pytest.fixture
def county():
    return make_body(name="青屿县人民政府", kind="government", credit_code="11999900MB0000001X")


@pytest.fixture
def bureau(county):
    return make_body(name="青屿县教育局", parent=county, credit_code="11999900MB0000000X")


@pytest.fixture
def handler(bureau):
    officer = make_handler(bureau, role=Role.HANDLER, username="wang", name="王敏")
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def figure(page, version):
    """What the report says of requests of natural persons answered by full disclosure this year."""
    page.goto(reverse("console:report_cell", args=[version.pk, "t3.granted.natural"]))
    return page.locator(".figures dd").first.inner_text().strip(), page.locator("tbody tr").count()


def test_a_request_becomes_a_figure_of_the_report_and_the_figure_leads_back_to_it(bureau, handler, visit):
    today = timezone.localdate()
    version = open_report(body=bureau, year=today.year, actor=SYSTEM, at=timezone.now())
    page = visit("/console/", viewport=PHONE, scripts=False)
    page.get_by_label("登录名或邮箱").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.locator("h1").inner_text() == "工作台"
    assert figure(page, version) == ("0件", 0)

    page.get_by_role("link", name="公开申请").first.click()
    page.get_by_role("link", name="登记申请").click()
    page.get_by_label("姓名或名称").fill("申屠无名")
    page.get_by_label("所需信息名称").fill("学区划分方案")
    page.get_by_label("受理渠道").select_option(label="邮寄（需签收）")
    page.get_by_label("签收日期").fill("2020-01-02")
    page.get_by_role("button", name="登记", exact=True).click()
    assert "收到日期2020-01-02早于提交日期" in page.locator(".error-summary").inner_text()
    assert page.get_by_label("姓名或名称").input_value() == "申屠无名"
    page.get_by_label("签收日期").fill("")
    page.get_by_label("受理渠道").select_option(label="当面提交")
    page.get_by_role("button", name="登记", exact=True).click()
    assert f"{today.year}-0001" in page.locator("h1").inner_text()
    assert "剩20个工作日" in page.locator(".case__move").inner_text()
    assert "申屠无名" not in page.content()

    page.get_by_role("link", name="办结答复").click()
    page.get_by_label("办理结果").select_option(label="予以公开")
    page.get_by_label("文书编号").fill("公开〔2026〕1号")
    page.get_by_role("button", name="办结").click()
    assert "申请已办结" in page.locator(".messages").inner_text()
    assert figure(page, version) == ("1件", 1)
    assert "学区划分方案" in page.locator("tbody tr").inner_text()
    page.get_by_role("link", name=f"{today.year}-0001").click()
    assert "予以公开" in page.locator(".case__head").inner_text()


def check(page, violations, overflow):
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        assert (violations(page), overflow(page)) == ([], 0)
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0


def addresses(records):
    """One page of every kind."""
    return [
        reverse("console:requests"),
        reverse("console:request_add"),
        reverse("console:request", args=[records.waiting.pk]),
        reverse("console:request_close", args=[records.waiting.pk]),
        reverse("console:document", args=[records.document.pk]),
        reverse("console:document_add"),
        reverse("console:catalogues"),
        reverse("console:catalogue_import"),
        reverse("console:coverage"),
        reverse("console:coverage_items"),
        reverse("console:document_work"),
        reverse("console:deliveries"),
        reverse("console:delivery", args=[records.delivery.pk]),
        reverse("console:channels"),
        reverse("console:channel", args=[records.channel.pk]),
        reverse("console:guides"),
        reverse("console:tallies"),
        f"{reverse('console:tally_sheet')}?kind=licence&year=2024&period=m5",
        reverse("console:tally_import"),
        reverse("console:dispute", args=[records.dispute.pk]),
        reverse("console:concern", args=[records.concern.pk]),
    ]


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
def test_the_pages_of_the_records_are_accessible_and_fit(bureau, visit, violations, overflow, appearance):
    records = fill(bureau)
    officer = make_handler(bureau, role=Role.APPROVER)
    page = visit("/console/", officer=officer, appearance=appearance)
    for address in addresses(records):
        page.goto(address)
        for folded in page.locator("details").all():
            folded.evaluate("one => one.open = true")
        check(page, violations, overflow)


def test_the_pages_of_administration_are_accessible_and_fit(county, bureau, visit, violations, overflow):
    fill(bureau)
    officer = make_handler(county, role=Role.ADMINISTRATOR)
    page = visit("/console/", officer=officer)
    for address in [
        reverse("console:bodies"),
        reverse("console:body", args=[bureau.pk]),
        reverse("console:body_edit", args=[bureau.pk]),
        reverse("console:accounts"),
        reverse("console:account", args=[officer.pk]),
        reverse("console:calendars"),
        reverse("console:calendar_enter"),
        reverse("console:log"),
        reverse("console:log_entry", args=[1]),
        reverse("console:chain"),
        reverse("console:jobs"),
    ]:
        page.goto(address)
        check(page, violations, overflow)


def test_a_refused_form_is_accessible_and_leads_to_its_fields(bureau, visit, violations, overflow):
    officer = make_handler(bureau, role=Role.HANDLER)
    page = visit(reverse("console:procurement_add"), officer=officer)
    page.locator("form.form").evaluate("one => { one.noValidate = true; one.submit(); }")
    page.locator(".error-summary").wait_for()
    check(page, violations, overflow)
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") in {"name", ""}
