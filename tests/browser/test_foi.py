"""依申请公开 in a real browser: an application on a telephone without scripts, and every page's access and size."""

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.test_pages import SIZES
from tests.portal.foi.made import HERE, PDF, PNG, make_office

from gongkai.core.actors import SYSTEM
from gongkai.foi.acts import confirm_arrival
from gongkai.foi.models import Request

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNTED = (
    "/deadline/?channel=online&day=2025-09-25&third=2025-10-09&third_got=2025-10-13&third_back=2025-10-20"
)
BACK_TRIES, BACK_PAUSE = 5, 200  # milliseconds between tries
PAGES = [
    "/foi/",
    HERE,
    f"{HERE}apply/",
    f"{HERE}apply/start/",
    f"{HERE}apply/resume/",
    f"{HERE}track/",
    "/deadline/",
    COUNTED,
    "/deadline/?channel=&day=x",
]


@pytest.fixture(autouse=True)
def offices():
    make_office(address="测试路1号")
    make_office(slug="water", name="测试县水利局")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def back(page):
    """Back, once the page is there: Chromium has no history to answer with while it changes pages."""
    page.wait_for_load_state()
    for _ in range(BACK_TRIES):
        try:
            page.go_back()
        except Error as busy:
            if "Not attached to an active page" not in busy.message:
                raise
            page.wait_for_timeout(BACK_PAUSE)
        else:
            return
    message = "Chromium had no history to answer with"
    raise AssertionError(message)


def begin(page):
    page.get_by_role("link", name="开始填写申请").click()
    page.get_by_label("公民").check()
    press(page, "下一步")


def fill_applicant(page):
    page.get_by_label("姓名", exact=True).fill("欧阳某某")
    page.get_by_label("证件号码").fill("11010519491231002X")
    page.get_by_label("联系电话").fill("13800001234")
    press(page, "保存，下一步")


def fill_information(page):
    page.get_by_label("信息名称").fill("2024年义务教育招生工作方案")
    page.get_by_label("电子文件").check()
    page.get_by_label("自行领取").check()
    press(page, "保存，下一步")


def hand_in(page, *files):
    page.locator("#id_identity").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    press(page, "保存，下一步")


def apply(page):
    begin(page)
    fill_applicant(page)
    fill_information(page)
    hand_in(page, ("证件.png", PNG))
    press(page, "提交申请")
    return page.locator(".foi-code").all_inner_texts()


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(visit, violations, overflow, path, appearance):
    page = visit(path, viewport=PHONE, appearance=appearance)
    assert (violations(page), overflow(page)) == ([], 0)
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0
    page.set_viewport_size(DESKTOP)
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("path", PAGES)
def test_elder_pages_have_large_type_and_large_targets(visit, path):
    page = visit(path, viewport=PHONE, appearance="elder")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert (size >= 24, page.evaluate(SIZES)) == (True, [])


@pytest.mark.parametrize("appearance", ["standard", "elder"])
def test_every_step_is_accessible_and_fits(visit, violations, overflow, appearance):
    page = visit(f"{HERE}apply/", viewport=NARROW, appearance=appearance)
    seen = []

    def look():
        seen.append((violations(page), overflow(page)))

    page.get_by_label("您想要什么信息").fill("举报学校")
    press(page, "找一找")
    look()
    begin(page)
    press(page, "保存，下一步")
    look()
    fill_applicant(page)
    press(page, "保存，下一步")
    look()
    fill_information(page)
    hand_in(page, ("坏.txt", b"text"))
    look()
    hand_in(page, ("证件.png", PNG))
    look()
    press(page, "提交申请")
    look()
    number, code = page.locator(".foi-code").all_inner_texts()
    page.goto(f"{HERE}track/?number={number}")
    page.get_by_label("查询码").fill(code)
    press(page, "查询")
    look()
    press(page, "我确认")
    confirm_arrival(request=Request.objects.get(), actor=SYSTEM, at=timezone.now())
    page.reload()
    look()
    page.get_by_role("link", name="撤回申请").click()
    press(page, "撤回申请")
    look()
    assert seen == [([], 0)] * 9


def test_applying_on_a_telephone_without_scripts_and_tracking(visit):
    page = visit(f"{HERE}apply/", viewport=PHONE, scripts=False)
    page.get_by_label("您想要什么信息").fill("2024年义务教育招生工作方案")
    press(page, "找一找")
    begin(page)
    fill_applicant(page)
    expect(page.get_by_label("信息名称")).to_have_value("2024年义务教育招生工作方案")
    fill_information(page)
    hand_in(page, ("证件.pdf", PDF))
    press(page, "提交申请")
    number, code = page.locator(".foi-code").all_inner_texts()
    assert (number, code in page.url) == (Request.objects.get().number, False)
    press(page, "我已记下查询码，从这台设备上清除")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查询")
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交，等待确认")
    press(page, "我确认")
    expect(page.get_by_role("heading", level=1)).to_have_text("等待本机关确认")
    press(page, "退出查询")
    expect(page.get_by_label("查询码")).to_be_visible()
    back(page)
    expect(page.get_by_label("查询码")).to_be_visible()


def test_a_mistake_costs_nothing(visit):
    page = visit(f"{HERE}apply/", viewport=PHONE, scripts=False)
    begin(page)
    page.get_by_label("姓名", exact=True).fill("欧阳某某")
    page.get_by_label("证件号码").fill("11010519491231002")
    press(page, "保存，下一步")
    expect(page.get_by_role("alert")).to_contain_text("现在有17位")
    expect(page.get_by_label("姓名", exact=True)).to_have_value("欧阳某某")
    fill_applicant(page)
    assert page.url.endswith("/information/")
    back(page)
    expect(page.get_by_label("姓名", exact=True)).to_have_value("欧阳某某")
    back(page)
    back(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("申请人身份")


def test_going_on_after_the_browser_was_closed(visit):
    first = visit(f"{HERE}apply/", viewport=PHONE, scripts=False)
    begin(first)
    first.get_by_label("姓名", exact=True).fill("欧阳某某")
    press(first, "先保存，以后再填")
    code = first.locator(".foi-ticket .foi-code").inner_text()
    first.context.close()
    second = visit(f"{HERE}apply/resume/", viewport=PHONE, scripts=False)
    second.get_by_label("继续填写码").fill(code)
    press(second, "继续填写")
    expect(second.get_by_label("姓名", exact=True)).to_have_value("欧阳某某")


def test_pressing_back_after_submitting_shows_the_receipt_again(visit):
    page = visit(f"{HERE}apply/", viewport=PHONE, scripts=False)
    number, code = apply(page)
    back(page)
    page.reload()
    expect(page.locator(".foi-code").first).to_have_text(number)
    assert Request.objects.count() == 1
    assert code


def test_the_receipt_prints_without_the_frame(visit):
    page = visit(f"{HERE}apply/", viewport=DESKTOP)
    apply(page)
    page.emulate_media(media="print")
    expect(page.locator(".foi-ticket")).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.get_by_text("去查询页")).to_be_hidden()


def test_the_count_of_days_prints_whole(visit):
    page = visit(COUNTED)
    page.emulate_media(media="print")
    expect(page.locator(".days tbody tr").last).to_be_visible()
    expect(page.get_by_role("button", name="计算")).to_be_hidden()
