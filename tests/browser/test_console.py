"""The officers' site: accessible, fitting narrow windows, and telling why an act is not possible."""

import pytest
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.factories import make_body, make_handler
from tests.portal.made import make_version

from gongkai.organisations.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/console/", "/console/reports/", "/accounts/password/change/", "/accounts/2fa/"]


@pytest.fixture
def body():
    return make_body(slug="edu", name="测试县教育局")


@pytest.fixture
def officer(body):
    return make_handler(body, role=Role.HANDLER, username="wang", name="王敏")


def check(page, violations, overflow):
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        assert (violations(page), overflow(page)) == ([], 0)
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0


@pytest.mark.parametrize("appearance", ["standard", "elder"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(body, officer, visit, violations, overflow, path, appearance):
    make_version(body, state="draft")
    page = visit(path, officer=officer, appearance=appearance)
    assert page.locator(".shell-nav").is_visible()
    check(page, violations, overflow)


@pytest.mark.parametrize("appearance", ["standard", "elder"])
def test_a_case_is_accessible_and_fits(body, officer, visit, violations, overflow, appearance):
    version = make_version(body, state="draft")
    page = visit(f"/console/reports/{version.pk}/", officer=officer, appearance=appearance)
    assert [page.locator(one).is_visible() for one in (".case__acts", ".case__past")] == [True, True]
    check(page, violations, overflow)


def test_the_worklist_says_whose_move_it_is_and_that_it_is_late(body, officer, visit):
    make_version(body, state="draft")
    row = visit("/console/", officer=officer, scripts=False).locator("tbody tr")
    assert row.inner_text().split("\t") == [
        "2023年度政府信息公开年报（第1版）",
        "测试县教育局",
        "草稿",
        "经办人校核、送审",
        "2024-01-31（已逾期）",
    ]


def test_what_cannot_be_done_says_why(body, visit):
    reader = make_handler(body, role=Role.READER)
    version = make_version(body, state="draft")
    page = visit(f"/console/reports/{version.pk}/", officer=reader, scripts=False)
    closed = page.locator(".act--closed").first
    assert "现在不能" in closed.inner_text()
    assert "权限" in closed.locator(".obstacles").inner_text()
    assert closed.get_by_role("button").count() == 0


def test_somebody_else_finds_no_desk_and_is_asked_to_sign_in(visit):
    page = visit("/console/", scripts=False)
    assert "/accounts/login/" in page.url


def test_signing_out_is_one_button(body, officer, visit):
    page = visit("/console/", officer=officer, scripts=False)
    page.get_by_role("button", name="退出登录").click()
    page.goto("/console/")
    assert "/accounts/login/" in page.url
