"""Every public page and the signing in: accessible, usable by keyboard, fitting narrow windows, big enough for 适老."""

import pytest
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.factories import make_body
from tests.portal.made import make_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/",
    "/reports/",
    "/bodies/edu/",
    "/bodies/edu/reports/2023/",
    "/report-check/",
    "/report-check/rules/",
    "/appearance/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nothing-here/",
]
SIZES = """[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
    .filter(one => one.offsetParent && !one.closest('p, li li, dd, td, .rep-report, .rep-adjustments, label'))
    .filter(one => one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def site():
    body = make_body(
        slug="edu", name="测试县教育局", office="办公室", phone="0000-12345", email="gk@example.cn"
    )
    make_version(body, number=1, state="superseded")
    make_version(body, number=2, reason="更正申请人类别")


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(site, visit, violations, overflow, path, appearance):
    page = visit(path, viewport=PHONE, appearance=appearance)
    assert (violations(page), overflow(page)) == ([], 0)
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0
    page.set_viewport_size(DESKTOP)
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("path", PAGES)
def test_elder_pages_have_large_type_and_large_targets(site, visit, path):
    page = visit(path, viewport=PHONE, appearance="elder")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert (size >= 24, page.evaluate(SIZES)) == (True, [])


def test_the_first_tab_leads_past_the_navigation(site, visit):
    page = visit("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    page.keyboard.press("Enter")
    assert (focused, width, page.url.endswith("#main")) == ("跳到正文", "3px", True)


def test_the_look_is_chosen_without_scripts(site, visit):
    page = visit("/reports/", scripts=False)
    page.get_by_role("button", name="适老").click()
    assert (page.url.endswith("/reports/"), page.locator("html.appearance-elder").count()) == (True, 1)


def test_a_wide_table_scrolls_inside_itself(site, visit):
    page = visit("/bodies/edu/reports/2023/", viewport=PHONE)
    frame = page.locator(".rep-scroll:has(.rep-table--3)")
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth && one.tabIndex === 0")


def test_a_system_that_asks_for_contrast_gets_it(site, visit):
    page = visit("/", contrast="more")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_print_leaves_the_frame_out(site, visit):
    page = visit("/bodies/edu/reports/2023/")
    page.emulate_media(media="print")
    hidden = [
        page.locator(one).first.is_hidden()
        for one in (".site-nav", ".appearance", ".foot", ".report-page__aside")
    ]
    assert (hidden, page.locator(".rep-table--3").is_visible()) == ([True] * 4, True)
