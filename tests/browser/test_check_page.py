"""年报体检 as somebody uses it: upload, see the marked cell, follow it to the list, save the result."""

import json

import pytest
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.portal.made import page_of, report_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wrong_report(tmp_path):
    path = tmp_path / "2023年报.html"
    path.write_bytes(page_of(report_with(t4__review__upheld=10, t4__review__corrected=1)))
    return path


def check(page, path):
    page.get_by_label("要体检的年报", exact=True).set_input_files(path)
    page.get_by_role("button", name="开始体检").click()
    return page


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_wrong_total_is_found_without_scripts(visit, wrong_report, viewport):
    page = check(visit("/report-check/", viewport=viewport, scripts=False), wrong_report)
    cell = page.locator('[id="rep-t4.review.total"]')
    assert "rep-cell--error" in cell.get_attribute("class")
    cell.get_by_role("link").click()
    finding = page.locator(":target")
    assert "报告写" in finding.inner_text()
    assert finding.locator("dd.finding__found").inner_text() == "0"
    finding.get_by_role("link", name="总计").click()
    assert page.locator(":target").get_attribute("id") == "rep-t4.review.total"


def test_the_result_is_saved_without_scripts(visit, wrong_report):
    page = check(visit("/report-check/", scripts=False, accept_downloads=True), wrong_report)
    with page.expect_download() as download:
        page.get_by_role("button", name="保存为 JSON").click()
    content = json.loads(download.value.path().read_text("utf-8"))
    assert (download.value.suggested_filename, content["agency"]) == ("report-check.json", "测试县教育局")


def test_an_unreadable_file_keeps_what_was_chosen(visit, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("今天天气很好。", "utf-8")
    page = visit("/report-check/", scripts=False)
    page.get_by_label("乡镇、街道").check()
    check(page, path)
    assert "没有找到政府信息公开工作年度报告" in page.locator("#id_report_error").inner_text()
    assert page.get_by_label("乡镇、街道").is_checked()


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_result_is_accessible(visit, wrong_report, violations, overflow, viewport, appearance):
    page = check(visit("/report-check/", viewport=viewport, appearance=appearance), wrong_report)
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("appearance", ["standard", "elder"])
def test_the_result_fits_a_window_of_320_pixels(visit, wrong_report, overflow, appearance):
    page = check(visit("/report-check/", viewport=NARROW, appearance=appearance), wrong_report)
    assert overflow(page) == 0
