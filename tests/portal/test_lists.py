"""Lists of documents: positions, filters, validity, archives by month, the number of questions."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone
from tests.factories import at, make_body
from tests.portal.made import leave, make_document, make_version, said, text, tree

from gongkai.catalogue.models import Catalogue, Field, Item, KeyArea
from gongkai.disclosure.enums import Validity
from gongkai.disclosure.models import Document, GuideText
from gongkai.portal import freshness
from gongkai.portal.listing import counted, listed
from gongkai.portal.shelves import BY_FIELD, BY_KIND, duties_of, duty_of_field, shelves
from gongkai.portal.standing import in_standing

pytestmark = pytest.mark.django_db


def titles(response):
    return said(response, "//main//a[@class='entry__title']")


def ways(response):
    links = tree(response).xpath("//nav[@aria-label='翻页']//a[@rel]")
    names = {"prev": "newer", "next": "older"}
    return {names[one.get("rel")]: one.get("href") for one in links}


def numbered(body, count, **fields):
    return [make_document(body, title=f"第{number}件", **fields) for number in range(count)]


def walk(client, address, way):
    """Every title from here on in one direction."""
    found = []
    for _ in range(20):
        response = client.get(address)
        found.append(titles(response))
        if way not in ways(response):
            return found
        address = ways(response)[way]
    raise AssertionError("a list without an end")


def test_a_list_is_read_to_its_end_and_back_without_loss(client):
    body = make_body(slug="edu")
    moment = at(2024, 5, 1)
    # Many of one moment, as after an import: the key tells them apart.
    made = numbered(body, 45, at=moment)
    expected = [one.title for one in reversed(made)]
    pages = walk(client, "/bodies/edu/documents/", "older")
    assert (list(itertools.chain(*pages)), [len(one) for one in pages]) == (expected, [20, 20, 5])
    last = client.get("/bodies/edu/documents/")
    last = client.get(ways(client.get(ways(last)["older"]))["older"])
    back = walk(client, ways(last)["newer"], "newer")
    assert list(itertools.chain(*reversed(back))) == expected[:40]


@pytest.mark.parametrize(
    "position", ["after=x", "before=1", "after=1-", "after=²-1", "after=" + "9" * 18 + "-1"]
)
def test_a_made_up_position_is_refused(client, position):
    assert client.get(f"/documents/?{position}").status_code == 400


def test_only_what_the_public_may_see_is_listed(client):
    body = make_body(slug="edu")
    make_document(body, title="公开的")
    make_document(body, title="草稿", published=False)
    make_document(body, title="不公开的", attribute="withheld")
    leave(make_document(body, title="撤下的"), "error")
    leave(make_document(body, title="归档的"), "archived")
    make_document(make_body(is_active=False), title="停用机关的")
    for address in ("/documents/", "/bodies/edu/documents/"):
        assert titles(client.get(address)) == ["公开的"]


def test_a_list_of_several_bodies_names_them(client):
    make_document(make_body(name="甲局"))
    assert "甲局</span>" not in text(client.get("/documents/"))
    make_document(make_body(name="乙局"))
    assert "甲局</span>" in text(client.get("/documents/"))


def test_an_empty_list_says_so(client):
    make_body(slug="edu")
    assert "还没有公开的信息" in text(client.get("/documents/"))
    assert "没有符合条件的信息" in text(client.get("/documents/?kind=news"))
    assert "没有符合条件的文件" in text(client.get("/policies/?kind=rule"))


def test_policies_are_filtered_and_keep_their_filters_on_the_way(client):
    body = make_body(slug="edu")
    make_document(body, kind="normative", subject="finance", at=at(2023, 5, 1), title="甲")
    make_document(body, kind="policy", subject="finance", at=at(2024, 5, 1), title="乙")
    make_document(
        body, kind="policy", title="丙", at=at(2024, 6, 1), ended_on=dt.date(2024, 7, 1), ended_how="repealed"
    )
    make_document(body, kind="notice", title="丁", at=at(2024, 6, 2))
    assert titles(client.get("/policies/")) == ["丙", "乙", "甲"]
    assert titles(client.get("/policies/?kind=normative")) == ["甲"]
    assert titles(client.get("/policies/?year=2024")) == ["丙", "乙"]
    assert titles(client.get("/policies/?subject=finance&year=2024")) == ["乙"]
    assert titles(client.get("/policies/?validity=repealed")) == ["丙"]
    assert titles(client.get("/policies/?validity=in_force")) == ["乙", "甲"]
    assert titles(client.get("/policies/?kind=nonsense&year=0&validity=x&subject=y")) == ["丙", "乙", "甲"]
    numbered(body, 21, kind="policy", subject="finance")
    found = ways(client.get("/bodies/edu/policies/?subject=finance"))
    assert found["older"].startswith("/bodies/edu/policies/?subject=finance&after=")


def test_a_policy_stands_beside_its_validity_and_what_explains_it(client):
    body = make_body()
    paper = make_document(body, kind="policy", title="办法", valid_until=dt.date(2024, 5, 1))
    make_document(body, kind="interpretation", title="解读甲", interprets=paper)
    make_document(body, kind="interpretation", title="解读乙", interprets=paper)
    page = text(client.get("/policies/"))
    assert '<span class="status status--error">失效</span>' in page
    assert page.index("解读甲") < page.index("解读乙")


def test_the_database_gives_the_same_answer_about_validity_as_the_document(db):
    body, today = make_body(), timezone.localdate()
    days = (None, today - dt.timedelta(1), today, today + dt.timedelta(1))
    rows = []
    endings = [(None, "")] + [(day, how) for day in days[1:] for how in ("repealed", "lapsed")]
    for place, (kind, until, begun, amended, (ended, how)) in enumerate(
        itertools.product(("policy", "news"), days, days, days, endings)
    ):
        rows.append(
            Document(
                body=body,
                index_number=f"V/{place}",
                title="甲",
                kind=kind,
                made_on=dt.date(2020, 1, 1),
                valid_until=until,
                effective_on=begun,
                amended_on=amended,
                ended_on=ended,
                ended_how=how,
            )
        )
    Document.objects.bulk_create(rows)
    for validity in Validity:
        asked = set(Document.objects.filter(in_standing(validity, today)).values_list("pk", flat=True))
        told = {one.pk for one in Document.objects.all() if one.validity(today) == validity}
        assert asked == told


def test_nobody_counts_to_the_end(db):
    body = make_body()
    numbered(body, 3)
    assert (counted(listed(body)), counted(listed(body), limit=2)) == ("3", "2以上")


# By month


def test_a_year_shows_the_months_that_have_something(client):
    body = make_body(slug="edu")
    make_document(body, at=at(2024, 1, 31, 23, 50))
    make_document(body, at=at(2024, 3, 1))
    make_document(body, at=at(2022, 3, 1))
    months = client.get("/bodies/edu/archive/documents/2024/").context["months"]
    assert [month for month, address in months if address] == [1, 3]
    assert client.get("/archive/documents/2023/").status_code == 200  # between the first and the last year
    for address in ("/archive/documents/2021/", "/archive/nonsense/2024/", "/archive/gazette/2024/"):
        assert client.get(address).status_code == 404


def test_a_month_ends_at_local_midnight_and_is_read_from_its_first_day(client):
    body = make_body()
    make_document(body, at=at(2024, 1, 31, 23, 59), title="一月")
    make_document(body, at=at(2024, 2, 1, 0, 0), title="二月甲")
    make_document(body, at=at(2024, 2, 29, 23, 59), title="二月乙")
    assert titles(client.get("/archive/documents/2024/2/")) == ["二月甲", "二月乙"]
    assert titles(client.get("/archive/documents/2024/1/")) == ["一月"]


def test_the_gazette_has_policy_papers_only(client):
    body = make_body(slug="edu")
    make_document(body, at=at(2024, 2, 1), kind="policy", title="办法")
    make_document(body, at=at(2024, 2, 2), kind="news", title="动态")
    assert titles(client.get("/bodies/edu/archive/gazette/2024/2/")) == ["办法"]


def test_a_month_of_many_documents_has_further_pages(client, monkeypatch):
    monkeypatch.setattr("gongkai.portal.views.archive.ISSUE", 2)
    numbered(make_body(), 5, at=at(2024, 2, 1))
    first = client.get("/archive/documents/2024/2/")
    assert (titles(first), first.context["later"]) == (["第0件", "第1件"], "/archive/documents/2024/2/2/")
    last = client.get("/archive/documents/2024/2/3/") if False else client.get("/archive/documents/2024/2/2/")
    assert (titles(last), last.context["earlier"]) == (["第2件", "第3件"], "/archive/documents/2024/2/1/")


@pytest.mark.parametrize("address", ["2024/13/", "2024/0/", "2024/2/9/", "1999/1/", "2024/2/0/", "99999/1/"])
def test_a_month_that_is_none_is_not_found(client, address):
    make_document(make_body(), at=at(2024, 2, 1))
    assert client.get(f"/archive/documents/{address}").status_code == 404


# The platform of a body


@pytest.fixture
def platform():
    body = make_body(slug="edu", name="测试县教育局")
    field = Field.objects.create(code="compulsory-education", name="义务教育")
    catalogue = Catalogue.objects.create(field=field, body=body, title="义务教育标准目录")
    first = Item.objects.create(catalogue=catalogue, number="1", name="招生管理")
    second = Item.objects.create(
        catalogue=catalogue, number="1.1", name="招生计划", parent=first, basis="依据甲", method="主动"
    )
    area = KeyArea.objects.create(body=body, name="学前教育")
    return body, first, second, area


def test_every_item_of_the_regulation_stands_on_the_platform_empty_ones_too(client, platform):
    body, _, second, _ = platform
    make_document(body, item=second, title="招生计划公告")
    make_document(body, kind="budget", title="部门预算")
    page = client.get("/bodies/edu/statutory/")
    newest = {shelf.key: shelf.newest.title if shelf.newest else "" for shelf in page.context["shelves"]}
    assert [*newest] == [duty.key for duty in duties_of(body)]
    assert {key: title for key, title in newest.items() if title} == {
        "livelihood": "招生计划公告",
        "budget": "部门预算",
    }
    assert "暂无信息" in text(page)


def test_documents_stand_under_the_item_their_kind_and_field_lead_to(client, platform):
    body, _, second, _ = platform
    make_document(body, item=second, title="招生计划公告")
    make_document(body, item=second, title="招生动态", kind="news")
    make_document(body, kind="policy", title="招生办法", item=second)
    make_document(body, kind="notice", title="一般通知")
    assert titles(client.get("/bodies/edu/statutory/livelihood/")) == ["招生办法", "招生计划公告"]
    assert titles(client.get("/bodies/edu/statutory/regulations/")) == ["招生办法"]
    assert titles(client.get("/bodies/edu/statutory/other/")) == ["一般通知"]
    for key in ("homesteads", "nonsense"):  # owed by townships only; by nobody
        assert client.get(f"/bodies/edu/statutory/{key}/").status_code == 404


@pytest.mark.parametrize("tier", ["province", "city", "county", "township"])
def test_the_tables_lead_to_items_that_the_level_owes(db, tier):
    body = make_body(tier=tier)
    owed = frozenset(duty.key for duty in duties_of(body))
    assert {duty_of_field(code, owed) for code in [*BY_FIELD, "a-local-field"]} <= owed
    assert set(BY_KIND.values()) <= owed
    assert set(shelves(body)) == owed


def test_every_field_of_the_standard_has_its_item(db):
    from gongkai.catalogue.reference import fields

    assert {row.code for row in fields()} == set(BY_FIELD)


def test_an_item_says_what_must_be_public_and_a_first_level_item_has_all_below(client, platform):
    body, first, second, _ = platform
    make_document(body, item=second, title="招生计划公告")
    page = client.get(f"/bodies/edu/items/{second.pk}/")
    assert ("依据甲" in text(page), titles(page)) == (True, ["招生计划公告"])
    assert titles(client.get(f"/bodies/edu/items/{first.pk}/")) == ["招生计划公告"]
    make_body(slug="other")
    assert client.get(f"/bodies/other/items/{first.pk}/").status_code == 404


def test_key_areas_are_columns_of_their_own(client, platform):
    body, _, _, area = platform
    make_document(body, key_area=area, title="幼儿园名单")
    assert "幼儿园名单" in text(client.get("/bodies/edu/key-areas/"))
    assert titles(client.get(f"/bodies/edu/key-areas/{area.pk}/")) == ["幼儿园名单"]
    make_body(slug="other")
    assert client.get(f"/bodies/other/key-areas/{area.pk}/").status_code == 404


def test_the_guide_says_what_article_12_asks(client, platform):
    page = text(client.get("/bodies/edu/guide/"))
    for words in ("义务教育标准目录", "法定主动公开内容", "公开工作机构", "未登记", "20个工作日", "索引号"):
        assert words in page


def test_institutions_are_the_papers_marked_as_such(client, platform):
    body, *_ = platform
    make_document(body, kind="policy", title="关于印发信息发布审查制度的通知", is_institution=True)
    make_document(body, kind="news", title="我局召开政务公开培训会")
    make_document(body, kind="policy", title="招生办法")
    assert titles(client.get("/bodies/edu/institutions/")) == ["关于印发信息发布审查制度的通知"]


def test_the_guide_has_the_body_s_own_words_after_what_its_data_say(client, platform):
    body, *_ = platform
    assert "补充内容更新于" not in text(client.get("/bodies/edu/guide/"))
    for section, words in (("office", "旧的说明"), ("office", "<p>周三延时至19时</p>"), ("remedies", "")):
        GuideText.objects.create(body=body, section=section, text=words, at=timezone.now())
    page = text(client.get("/bodies/edu/guide/"))
    assert "<p>周三延时至19时</p>" in page
    assert ("旧的说明" in page, "补充内容更新于" in page) == (False, True)


def test_annual_reports_stand_side_by_side_with_the_change(client, platform):
    body, *_ = platform
    make_version(body, year=2022)
    make_version(body, year=2023)
    page = client.get("/bodies/edu/reports/")
    assert page.context["years"] == ["2022", "2023"]
    name, figures = page.context["rows"][0]
    assert (name, [(one.value, one.change) for one in figures]) == (
        "新收政府信息公开申请",
        [("3", ""), ("3", "持平")],
    )
    assert text(page).count("下载") == 2
    assert "<svg" in text(page)


def test_bodies_are_found_by_name_and_by_tree(client):
    county = make_body(slug="county", name="测试县人民政府", kind="government")
    make_body(slug="edu", name="测试县教育局", short_name="县教育局", parent=county)
    make_body(slug="rest", name="停用局", parent=county, is_active=False)
    names = lambda response: [one.name for one, _ in response.context["rows"]]  # noqa: E731
    assert names(client.get("/bodies/")) == ["测试县人民政府", "测试县教育局"]
    assert names(client.get("/bodies/?q=教育")) == ["测试县教育局"]
    assert names(client.get("/bodies/?under=county")) == ["测试县教育局"]
    assert client.get("/bodies/?under=nobody").status_code == 404
    assert "没有名称中含“&lt;b&gt;”的机关" in text(client.get("/bodies/?q=<b>"))


def test_thousands_of_bodies_come_a_page_at_a_time(client):
    from gongkai.organisations.models import Body

    Body.objects.bulk_create(
        Body(name=f"局{n:04}", slug=f"b{n}", kind="department", tier="county", path=f"/b{n:04}/")
        for n in range(150)
    )
    assert [len(client.get(f"/bodies/?page={n}").context["rows"]) for n in (1, 2, 3)] == [60, 60, 30]
    assert len(client.get("/").context["bodies"]) == 12
    assert "查看全部机关" in text(client.get("/"))


# Maps


def test_the_maps_hold_every_public_document_and_page(client, platform):
    body, *_ = platform
    listed_one = make_document(body, at=at(2024, 3, 1), changed_at=at(2024, 4, 1, 9))
    hidden = make_document(body, published=False)
    index = text(client.get("/sitemap.xml"))
    assert "http://testserver/sitemaps/0.xml" in index
    part = listed_one.pk // 50_000 + 1
    found = b"".join(client.get(f"/sitemaps/{part}.xml").streaming_content).decode()
    assert (
        f"<url><loc>http://testserver{listed_one.public_path}</loc><lastmod>2024-04-01T09:00:00+08:00</lastmod>"
        in found
    )
    assert hidden.public_path not in found
    others = b"".join(client.get("/sitemaps/0.xml").streaming_content).decode()
    assert "<loc>http://testserver/bodies/edu/guide/</loc>" in others
    assert client.get("/sitemaps/999.xml").status_code == 404
    assert "Sitemap: http://testserver/sitemap.xml" in text(client.get("/robots.txt"))
    assert "/bodies/edu/statutory/" in text(client.get("/map/"))


# Questions asked of the database

ADDRESSES = [
    "/",
    "/documents/",
    "/documents/?kind=notice",
    "/policies/",
    "/policies/?year=2024&validity=in_force&kind=policy",
    "/bodies/",
    "/map/",
    "/archive/documents/2024/",
    "/archive/documents/2024/3/",
    "/bodies/edu/",
    "/bodies/edu/guide/",
    "/bodies/edu/institutions/",
    "/bodies/edu/statutory/",
    "/bodies/edu/statutory/other/",
    "/bodies/edu/key-areas/",
    "/bodies/edu/documents/",
    "/bodies/edu/policies/",
    "/bodies/edu/archive/gazette/2024/",
    "/bodies/edu/archive/gazette/2024/3/",
    "/bodies/edu/reports/",
    "/sitemap.xml",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_ask_few_questions_and_the_same_whatever_their_length(asked, platform, address):
    body, first, second, area = platform
    make_body(slug="water")

    def more():
        paper = make_document(body, kind="policy", title="政务公开办法", item=second)
        make_document(body, kind="interpretation", interprets=paper)
        make_document(body, key_area=area)
        make_document(body, kind="notice")
        KeyArea.objects.create(body=body, name=f"栏目{KeyArea.objects.count()}")
        Item.objects.create(
            catalogue=first.catalogue, number="9", name=f"事项{Item.objects.count()}", parent=first
        )

    more()
    make_version(body, year=2022)
    make_version(body, year=2021)
    one = asked(address)
    more()
    more()
    make_version(body, year=2023)
    freshness.forget()  # made without an act
    assert asked(address) == one
    assert one <= 8
