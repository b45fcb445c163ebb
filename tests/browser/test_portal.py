"""The public library in a real browser: every kind of page accessible in three looks, journeys without scripts, paper."""

import datetime as dt

import pytest
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.factories import at, make_body
from tests.portal.made import add_edition, leave, make_document, make_version

from gongkai.catalogue.models import Catalogue, Field, Item, KeyArea

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = "<table><tbody>" + "<tr>" + "<td>一个比较宽的单元格里的文字</td>" * 8 + "</tr></tbody></table>"
PAGES = [
    "/",
    "/documents/",
    "/policies/",
    "/search/",
    "/search/?q=nothing",
    "/search/?q=入学",
    "/bodies/",
    "/map/",
    "/archive/documents/2024/",
    "/archive/documents/2024/3/",
    "/bodies/edu/",
    "/bodies/edu/guide/",
    "/bodies/edu/institutions/",
    "/bodies/edu/statutory/",
    "/bodies/edu/statutory/regulations/",
    "/bodies/edu/key-areas/",
    "/bodies/edu/policies/",
    "/bodies/edu/reports/",
    "PAPER",
    "PAPER/editions/",
    "PAPER/editions/1/",
    "PAPER/changes/1-2/",
    "READ",
    "GONE",
    "LAW",
    "ITEM",
    "AREA",
]


@pytest.fixture
def site():
    from gongkai.search.acts import refresh

    body = make_body(slug="edu", name="测试县教育局", office="办公室", phone="0000-12345")
    make_body(slug="water", name="测试县水利局")
    field = Field.objects.create(code="compulsory-education", name="义务教育")
    catalogue = Catalogue.objects.create(field=field, body=body, title="义务教育标准目录")
    first = Item.objects.create(catalogue=catalogue, number="1", name="招生管理")
    item = Item.objects.create(
        catalogue=catalogue, number="1.1", name="招生计划", parent=first, basis="依据甲"
    )
    area = KeyArea.objects.create(body=body, name="学前教育")
    paper = make_document(
        body,
        kind="policy",
        title="关于做好2024年小学入学工作的通知",
        document_number="测教〔2024〕12号",
        text=f"<h2>一、总则</h2><p>适龄儿童年满六周岁入学。</p>{TABLE}",
        files=[("招生范围示意图和各校名额一览表（二〇二四年春季）.xlsx", b"x" * 4096)],
        item=item,
        key_area=area,
        amended_on=dt.date(2024, 5, 1),
        subject="science_education",
        keywords=["入学"],
        at=at(2024, 3, 1),
    )
    add_edition(
        paper,
        text=f"<h2>一、总则</h2><p>适龄儿童年满七周岁入学。</p>{TABLE}",
        reason="更正年龄",
        files=[("名额一览表.xlsx", b"x" * 4096)],
    )
    read = make_document(
        body, kind="interpretation", title="读懂入学政策", interprets=paper, at=at(2024, 3, 2)
    )
    gone, law = make_document(body, title="误发"), make_document(body, title="依法")
    leave(gone, "error")
    leave(law, "by_law", basis="某法第一条")
    for number in range(25):
        make_document(body, kind="notice", title=f"关于第{number}号事项的公告", at=at(2024, 3, 3), item=item)
    make_version(body, year=2022)
    make_version(body, year=2023)
    refresh([paper.pk, read.pk])
    paths = {"PAPER": paper, "READ": read, "GONE": gone, "LAW": law}
    found = {name: one.public_path.rstrip("/") for name, one in paths.items()}
    return found | {"ITEM": f"/bodies/edu/items/{item.pk}", "AREA": f"/bodies/edu/key-areas/{area.pk}"}


def address(site, path):
    name, _, below = path.partition("/")
    return f"{site[name]}/{below}" if name in site else path


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
def test_every_kind_of_page_is_accessible_and_fits(site, visit, violations, overflow, appearance):
    page = visit("/", viewport=PHONE, appearance=appearance)
    found = {}
    for path in PAGES:
        page.goto(address(site, path))
        page.set_viewport_size(PHONE)
        small = violations(page), overflow(page)
        page.set_viewport_size(NARROW)
        narrow = overflow(page)
        page.set_viewport_size(DESKTOP)
        large = violations(page), overflow(page)
        if (small, narrow, large) != (([], 0), 0, ([], 0)):
            found[path] = (small, narrow, large)
    assert found == {}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_citizen_finds_a_paper_and_reads_what_changed(site, visit, viewport, scripts):
    page = visit("/", viewport=viewport, scripts=scripts)
    page.get_by_label("检索公开信息").last.fill("入学")
    page.get_by_role("button", name="检索").click()
    page.locator(".found__hits").get_by_role("link", name="关于做好2024年小学入学工作的通知").click()
    assert page.locator(".message").first.inner_text().startswith("已修改")
    assert page.get_by_role("link", name="读懂入学政策").is_visible()
    page.get_by_role("link", name="全部版本与变化").click()
    page.get_by_role("link", name="与第1版对照").click()
    assert (page.locator("del").inner_text(), page.locator("ins").inner_text()) == ("删六", "增七")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_read_on_and_back(site, visit, scripts):
    page = visit("/documents/", scripts=scripts)
    page.get_by_role("link", name="更早的").click()
    assert page.locator(".line").count() == 7
    page.get_by_role("link", name="较新的").click()
    assert page.locator(".line").count() == 20


def test_policies_are_narrowed_without_scripts(site, visit):
    page = visit("/policies/", viewport=PHONE, scripts=False)
    page.get_by_label("有效性").select_option("amended")
    page.get_by_role("button", name="筛选").click()
    assert page.locator(".line").count() == 1


def test_a_file_is_saved_under_its_name(site, visit):
    page = visit(site["PAPER"] + "/")
    with page.expect_download() as saved:
        page.get_by_role("link", name="名额一览表.xlsx").click()
    assert saved.value.suggested_filename == "名额一览表.xlsx"


def test_a_document_is_read_by_keyboard_alone(site, visit):
    page = visit(site["PAPER"] + "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.className + document.activeElement.textContent"))
    assert any("table-frame" in one for one in seen)  # what scrolls can be scrolled with the keys


def test_at_twice_the_size_nothing_is_cut_off(site, visit, overflow):
    page = visit(site["PAPER"] + "/", viewport={"width": 640, "height": 450})  # 1280 at 200 %
    assert overflow(page) == 0


def test_the_text_can_be_read_aloud_apart_from_the_frame(site, visit):
    page = visit(site["PAPER"] + "/")
    spoken = page.locator("[itemprop=cssSelector]").evaluate_all("all => all.map(one => one.content)")
    assert [page.locator(one).count() for one in spoken] == [1, 1]
    assert page.locator("article [itemprop=text]").get_attribute("id") == "text"


def test_paper_has_the_document_its_address_and_code_and_nothing_else(site, visit):
    page = visit(site["PAPER"] + "/")
    page.emulate_media(media="print")
    hidden = [".site-nav", ".crumbs", ".foot", ".appearance", "#near"]
    assert [page.locator(one).first.is_visible() for one in hidden] == [False] * len(hidden)
    assert [page.locator(one).is_visible() for one in ("#title", "#text", ".doc__qr")] == [True] * 3
