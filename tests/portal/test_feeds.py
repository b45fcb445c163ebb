"""Feeds: what they must hold by their specifications, what left them, whether a copy still holds."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from tests.api.made import WAYS, gone, make_area, make_item
from tests.factories import make_body
from tests.portal.made import make_document, text

from gongkai.disclosure.enums import LeavingWay
from gongkai.disclosure.models import Document
from gongkai.search.acts import refresh

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
FORMS = ("atom.xml", "rss.xml", "feed.json")


def atom_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def is_moment(value):
    moment = dt.datetime.fromisoformat(value)
    return moment.tzinfo is not None


def valid_atom(root):
    """The musts of RFC 4287."""
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    assert root.xpath("count(a:link[@rel='self'])", namespaces=ATOM) == 1
    assert root.xpath("count(a:link[@rel='alternate'])", namespaces=ATOM) == 1
    ids = root.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    for entry in root.findall("a:entry", ATOM):
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1
        assert entry.find("a:id", ATOM).text.startswith("tag:")
        assert is_moment(entry.find("a:updated", ATOM).text)
        assert entry.find("a:link", ATOM).get("href").startswith("http://testserver/documents/")
        assert entry.find("a:author/a:name", ATOM).text
    assert is_moment(root.find("a:updated", ATOM).text)


def titles(root):
    return root.xpath("a:entry/a:title/text()", namespaces=ATOM)


def test_atom_holds_what_its_specification_asks(client, body):
    make_document(body, title="入学办法", document_number="青教〔2024〕1号", keywords=["入学", "学区"])
    make_document(body, title="带 <标签> & 控制\x0b字符")
    root = atom_of(client, "/feeds/atom.xml")
    valid_atom(root)
    assert titles(root) == ["带 <标签> & 控制字符", "入学办法（青教〔2024〕1号）"]
    assert root.xpath("a:entry[2]/a:category/@term", namespaces=ATOM) == ["通知公告", "入学", "学区"]
    assert root.xpath("string(a:entry[2]/a:summary)", namespaces=ATOM) == "正文。"


def test_an_id_is_the_same_in_every_feed_and_updated_is_the_last_change(client, body, settings):
    settings.GONGKAI_SITE_ADDRESS = "https://gk.example.gov.cn"
    one = make_document(body)
    Document.objects.update(changed_at=dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC))
    day = one.first_published_at.date().isoformat()
    root = atom_of(client, f"/bodies/{body.slug}/feeds/atom.xml")
    wanted = f"tag:gk.example.gov.cn,{day}:/documents/{one.pk}/"
    assert root.xpath("string(a:entry/a:id)", namespaces=ATOM) == wanted
    assert root.xpath("string(a:entry/a:updated)", namespaces=ATOM) == "2024-05-06T15:08:00+08:00"
    assert root.xpath("string(a:updated)", namespaces=ATOM) == "2024-05-06T15:08:00+08:00"
    assert client.get("/feeds/feed.json").json()["items"][0]["id"] == wanted
    assert etree.fromstring(client.get("/feeds/rss.xml").content).findtext(".//guid") == wanted


def test_rss_holds_what_its_specification_asks(client, body):
    make_document(body, title="入学办法")
    response = client.get("/feeds/rss.xml")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    channel = root.find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    item = channel.find("item")
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate").endswith("+0800")
    assert channel.find("a:link", ATOM).get("href") == "http://testserver/feeds/rss.xml"


def test_json_feed_holds_what_its_specification_asks(client, body):
    make_document(body, title="入学办法")
    gone(body, LeavingWay.ERROR)
    response = client.get("/feeds/feed.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/feeds/feed.json"
    (item,) = feed["items"]
    assert item["id"]
    assert item["content_text"]
    assert is_moment(item["date_published"])
    assert len(feed["_gongkai"]["withdrawn"]) == 1


def test_the_feed_of_each_scope_holds_its_own(client, body):
    item, area, other = make_item(body), make_area(body), make_body()
    child = make_item(body, "招生", parent=item)
    make_document(other, title="别处的")
    make_document(body, title="事项下的", item=child)
    make_document(body, title="重点领域的", key_area=area)
    here = f"/bodies/{body.slug}"
    assert titles(atom_of(client, "/feeds/atom.xml")) == ["重点领域的", "事项下的", "别处的"]
    assert titles(atom_of(client, f"{here}/feeds/atom.xml")) == ["重点领域的", "事项下的"]
    assert titles(atom_of(client, f"{here}/items/{item.pk}/feeds/atom.xml")) == ["事项下的"]
    assert titles(atom_of(client, f"{here}/key-areas/{area.pk}/feeds/atom.xml")) == ["重点领域的"]


def test_a_search_has_a_feed_of_its_own(client, body):
    for title in ("学区划分方案", "食堂采购"):
        refresh([make_document(body, title=title).pk])
    root = atom_of(client, "/search/feeds/atom.xml?q=学区")
    valid_atom(root)
    assert titles(root) == ["学区划分方案"]
    assert "q=%E5%AD%A6" in root.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM)
    assert client.get("/search/feeds/atom.xml").status_code == 404
    assert client.get("/search/feeds/atom.xml?q=%00").status_code in {200, 404}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_what_left_leaves_the_feeds(client, body, way, form):
    gone(body, way)
    said = text(client.get(f"/bodies/{body.slug}/feeds/{form}"))
    if way == LeavingWay.ENDED:
        assert "绝密标题" in said
    else:
        assert "绝密标题" not in said
        assert "不该再看到" not in said


def test_tombstones_say_what_the_page_says(client, body):
    document = gone(body, LeavingWay.BY_LAW)
    root = atom_of(client, "/feeds/atom.xml")
    (stone,) = root.findall("at:deleted-entry", ATOM)
    assert stone.get("ref").endswith(f":/documents/{document.pk}/")
    assert is_moment(stone.get("when"))
    assert "依据：某法第一条" in stone.findtext("at:comment", namespaces=ATOM)


def test_what_came_back_has_no_tombstone(client, body):
    document = gone(body, LeavingWay.ARCHIVED)
    document.archived_at = None
    document.save()
    document.departures.update(returned_at=dt.datetime.now(dt.UTC))
    root = atom_of(client, "/feeds/atom.xml")
    assert root.findall("at:deleted-entry", ATOM) == []
    assert len(titles(root)) == 1


def test_a_reader_who_has_it_is_told_so(client, body):
    make_document(body)
    first = client.get("/feeds/atom.xml")
    assert client.get("/feeds/atom.xml", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert (
        client.get("/feeds/atom.xml", headers={"if-modified-since": first["Last-Modified"]}).status_code
        == 304
    )
    make_document(body)
    assert client.get("/feeds/atom.xml", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.head("/feeds/atom.xml").status_code == 200
    assert client.post("/feeds/atom.xml").status_code == 405


def test_a_feed_is_bounded_and_asks_as_much_for_many(client, body):
    counts = []
    for number in (1, 55):
        for _ in range(number):
            make_document(body)
        with CaptureQueriesContext(connection) as seen:
            root = atom_of(client, f"/bodies/{body.slug}/feeds/atom.xml")
        counts.append(len(seen))
    assert len(titles(root)) == 50
    assert counts[0] == counts[1] <= 6


def test_an_empty_feed_is_a_feed(client, body):
    valid_atom(atom_of(client, "/feeds/atom.xml"))


@pytest.mark.parametrize(
    "address",
    ["/bodies/nowhere/feeds/atom.xml", "/feeds/other.xml", "/bodies/{}/items/999999/feeds/atom.xml"],
)
def test_what_is_not_there_is_not_there(client, body, address):
    assert client.get(address.format(body.slug)).status_code == 404


def test_pages_tell_of_their_feeds(client, body):
    item = make_item(body)
    make_document(body, item=item)
    for page, feed in (
        ("/bodies/", "/feeds/atom.xml"),
        (f"/bodies/{body.slug}/", f"/bodies/{body.slug}/feeds/atom.xml"),
        (f"/bodies/{body.slug}/items/{item.pk}/", f"/bodies/{body.slug}/items/{item.pk}/feeds/atom.xml"),
        ("/search/?q=通知", "/search/feeds/atom.xml?q=%E9%80%9A%E7%9F%A5"),
    ):
        said = text(client.get(page))
        assert f'href="{feed}"' in said, page
        assert client.get(feed).status_code == 200
    assert "订阅源" in text(client.get("/feeds/"))
