"""Tables, feeds, files and values as people and old systems write them; what is hostile is refused."""

import datetime as dt
import gzip
import http.server
import io
import json
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.disclosure.importing import AT, checked, imported, line, now, opened, table, told, workbook
from tests.factories import codes
from tests.servers import Server

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.importing import values
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.importing.headings import find_head, why_not_mapping
from gongkai.disclosure.importing.row import Row, digest_of, from_line, to_line
from gongkai.disclosure.importing.sources import feeds, fetching, tables
from gongkai.disclosure.importing.sources.files import Folder, archive_of, plain_name
from gongkai.disclosure.models import Document, Edition

CHINA = dt.timezone(dt.timedelta(hours=8))


def refused_for(call, *args, **given):
    with pytest.raises(RefusedError) as refused:
        call(*args, **given)
    return codes(refused.value.obstacles)


# Values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", (2024, 3, 5, 0, 0)),
        ("2024/3/5 9:30", (2024, 3, 5, 9, 30)),
        ("2024.03.05", (2024, 3, 5, 0, 0)),
        ("2024年3月5日", (2024, 3, 5, 0, 0)),
        ("2024年3月5日 9时30分", (2024, 3, 5, 9, 30)),
        ("20240305", (2024, 3, 5, 0, 0)),
        ("2024-03-05T01:30:00Z", (2024, 3, 5, 9, 30)),
        ("2024-03-05T09:30:00.123+08:00", (2024, 3, 5, 9, 30)),
        ("2024-03-05T09:30:00+0800", (2024, 3, 5, 9, 30)),
        ("45356", (2024, 3, 5, 0, 0)),
        ("45356.5", (2024, 3, 5, 12, 0)),
        ("Tue, 05 Mar 2024 01:30:00 GMT", (2024, 3, 5, 9, 30)),
    ],
)
def test_moments(text, expected):
    assert values.moment_of(text) == dt.datetime(*expected, tzinfo=CHINA)


@pytest.mark.parametrize(
    "text",
    ["", "前天", "2024-13-01", "2024-02-30", "1024-01-01", "2024-03-05 25:00", "2024-03-05 上午", "99999"],
)
def test_what_is_no_moment(text):
    with pytest.raises(ValueError):  # noqa: PT011 - any
        values.moment_of(text)


@given(
    st.dates(dt.date(1949, 10, 1), dt.date(2100, 1, 1)),
    st.sampled_from(
        ["{:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{:%Y%m%d}"]
    ),
)
def test_every_day_in_every_way(day, form):
    assert values.day_of(form.format(day)) == day


def test_kinds_classes_and_lists():
    assert [values.kind_named(one) for one in ("通知公告", "news", "规范性文件", "诗")] == [
        "notice",
        "news",
        "normative",
        "",
    ]
    assert [values.genre_named(one) for one in ("通知", "令", "诗")] == ["notice", "order", ""]
    assert [values.subject_named(one) for one in ("科技、教育", "教育", "诗")] == [
        "science_education"
    ] * 2 + [""]
    assert values.listed("甲、乙;丙\n丁") == ["甲", "乙", "丙", "丁"]
    assert values.named_files("甲，乙.pdf；丙.pdf|甲，乙.pdf") == ["甲，乙.pdf", "丙.pdf"]


@given(st.text(max_size=40), st.text(max_size=200), st.lists(st.text(max_size=9), max_size=3))
def test_a_staged_row_comes_back_as_it_was(title, text, words):
    row = Row(
        number=3, title=title, kind="news", made_on=dt.date(2023, 1, 2), text=text, keywords=words,
        published_at=dt.datetime(2023, 1, 3, 9, tzinfo=CHINA), valid_until=dt.date(2030, 1, 1),
    )  # fmt: skip
    line_ = to_line(row)
    assert (from_line(line_), line_.count(b"\n")) == (row, 1)
    assert digest_of(from_line(line_)) == digest_of(row)


# Tables ---------------------------------------------------------------------------------------------------


def test_headings_as_people_write_them():
    head = find_head(1, ["*名 称", "发布时间（必填）", "标题", "栏目"], {})
    assert (head, find_head(1, ["序号", "文号"], {}), find_head(1, ["标题"], {})) == (
        None if head is None else head,
        None,
        None,
    )
    assert find_head(2, ["名称：", "发布日期", "标题", "栏目"], {}).ignored == ("标题", "栏目")
    assert find_head(1, ["甲", "乙"], {"甲": "title", "乙": "published_at"}).columns == {
        "title": 0,
        "published_at": 1,
    }
    assert find_head(1, ["标题", "文号"], {}).missing == ["公开时间"]
    assert (why_not_mapping({"甲": "title"}), "poem" in why_not_mapping({"甲": "poem"})) == ("", True)


def read(content, mapping=None):
    with tables.opened(io.BytesIO(content), mapping or {}) as found:
        return [(one.number, one.cells) for one in found.rows]


def test_separators_marks_and_breaks_within_cells():
    content = '\ufeff标题;公开时间;正文\r\n"甲;乙";2023-04-06;"一\n二"\r\n;;\r\n丙;2023-04-07;x\r\n'.encode()
    assert read(content) == [
        (2, {"title": "甲;乙", "published_at": "2023-04-06", "text": "一\n二"}),
        (4, {"title": "丙", "published_at": "2023-04-07", "text": "x"}),
    ]


def test_a_workbook_knows_dates_and_numbers():
    moment = dt.datetime(2023, 4, 6, 10)  # noqa: DTZ001 - as a spreadsheet has it
    content = workbook({"标题": "甲", "公开时间": moment, "文号": 7.0})
    assert read(content) == [
        (3, {"title": "甲", "published_at": "2023-04-06 10:00:00", "document_number": "7"})
    ]


def bomb():
    target = io.BytesIO()
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(workbook(line(1)))) as good, zipfile.ZipFile(target, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, entity if name.endswith("sheet1.xml") else good.read(name))
    return target.getvalue()


def plain_zip():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("甲.txt", "甲")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xd0\xcf\x11\xe0old", "old_format"),
        (b"\xff\xfet\x00", "encoding"),
        (b"\x81\xff\xff\x80\x80\x80\xff", "encoding"),
        ("随便\n写写".encode(), "no_head"),
        ("标题,文号\n甲,乙".encode(), "headings"),
        ('标题,公开时间\n"甲,2023-04-06\n'.encode(), "broken"),
        (plain_zip(), "not_xlsx"),
        (bomb(), "hostile"),
        (workbook(line(1))[:-300], "broken"),
    ],
)
def test_what_is_no_table(content, code):
    assert refused_for(read, content) == [code]


def test_a_workbook_that_would_burst(monkeypatch):
    monkeypatch.setattr(tables, "UNPACKED_LIMIT", 1000)
    assert refused_for(read, workbook(line(1))) == ["too_large"]
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    assert refused_for(read, table(line(1), line(2))) == ["too_many"]


# Files ----------------------------------------------------------------------------------------------------


def test_names_in_an_archive_from_chinese_windows():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(zipfile.ZipInfo("附件/招生.txt".encode("gbk").decode("cp437")), b"x")
        package.writestr("a/same.txt", b"1")
        package.writestr("b/same.txt", b"2")
    data = target.getvalue()
    with archive_of(io.BytesIO(data)) as files:
        assert files.read("same.txt", 9) is None
        assert (files.read("b\\same.txt", 9), files.read("./a/same.txt", 9), files.read("没有", 9)) == (
            b"2",
            b"1",
            None,
        )
        assert files.read("a/same.txt", 0) == b"1"
    assert plain_name(" ./a//b ") == "a/b"


def test_an_archive_that_is_damaged_or_none(tmp_path):
    with pytest.raises(RefusedError), archive_of(io.BytesIO(b"PK nonsense")):
        pass
    data = bytearray(plain_zip())
    data[38] ^= 0xFF
    with archive_of(io.BytesIO(bytes(data))) as files, pytest.raises(OSError, match="损坏"):
        files.read("甲.txt", 100)
    data = bytearray(plain_zip())
    place = data.index(b"PK\x01\x02") + 8
    data[place] |= 1
    with archive_of(io.BytesIO(bytes(data))) as files, pytest.raises(OSError, match="密码"):
        files.read("甲.txt", 100)
    (tmp_path / "甲.txt").write_bytes(b"12345")
    assert Folder(tmp_path).read("甲.txt", 3) == b"1234"


# Feeds ----------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>旧站</title>{more}
<item><title>关于甲的通知</title><link>/a/{n}.html</link><guid>g{n}</guid><pubDate>Tue, 05 Mar 2024 01:30:00 GMT</pubDate>
<category>教育</category><description>短</description><content:encoded>&lt;p&gt;正文{n}&lt;/p&gt;</content:encoded>
<enclosure url="/f/{n}.pdf"/></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>e1</id><title>乙</title><link href="/b.html"/>
<published>2024-03-05T09:30:00+08:00</published><category term="教育"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>一<br/>二</p></div></content></entry></feed>"""
JSON = {
    "items": [
        {"id": 7, "url": "c.html", "title": "丙", "content_text": "一\n二", "date_published": "2024-03-05T09:30:00+08:00",
         "tags": ["教育"], "attachments": [{"url": "x/y.pdf"}]},
    ],
    "next_url": "",
}  # fmt: skip
SITE = "https://old.example.gov.cn/feed"


def test_three_kinds_of_feed_read_alike():
    rss = feeds.parse(RSS.format(n=1, more="").encode(), SITE).entries[0]
    assert rss["link"] == "https://old.example.gov.cn/a/1.html"
    assert (rss["text"], rss["enclosed"]) == ("<p>正文1</p>", "https://old.example.gov.cn/f/1.pdf")
    atom = feeds.parse(ATOM.encode(), SITE).entries[0]
    assert (atom["source_id"], atom["link"], atom["text"]) == (
        "e1", "https://old.example.gov.cn/b.html", "<div><p>一<br>二</p></div>",
    )  # fmt: skip
    found = feeds.parse(json.dumps(JSON).encode(), SITE).entries[0]
    assert (found["source_id"], found["keywords"], found["published_at"]) == (
        "7",
        "教育",
        "2024-03-05T09:30:00+08:00",
    )
    assert (found["text"], found["enclosed"]) == ("一\n二", "https://old.example.gov.cn/x/y.pdf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><body>page</body></html>", "not_feed"),
        (b"nothing", "not_feed"),
        (b'{"a": 1}', "not_feed"),
        (b"{broken", "not_feed"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "hostile",
        ),
        (
            b"<feed><entry><content type='xhtml'>"
            + b"<p>" * 5000
            + b"</p>" * 5000
            + b"</content></entry></feed>",
            "hostile",
        ),
    ],
)
def test_what_is_no_feed(content, code):
    assert refused_for(feeds.parse, content) == [code]


class _Site(http.server.BaseHTTPRequestHandler):
    pages: dict = {}

    def do_GET(self):
        status, headers, content = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


@pytest.fixture
def site(settings):
    """A server of an old site on this machine, whose network the installation has allowed."""
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    server = Server(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Site.pages = {}
    yield f"http://127.0.0.1:{server.server_port}", _Site.pages
    server.shutdown()
    server.server_close()
    thread.join()


def page(number, more=""):
    return 200, {}, RSS.format(n=number, more=more).encode()


def after(address):
    return f'<atom:link rel="next" href="{address}"/>'


@pytest.mark.django_db
def test_a_feed_is_read_page_after_page_and_imported_once(body, site):
    address, pages = site
    pages["/feed"] = (302, {"Location": "/feed/1"}, b"")
    pages["/feed/1"] = page(1, after("/feed/2?p=二"))
    pages["/feed/2?p=%E4%BA%8C"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(page(2)[2]))
    job = imported(body, None, address=f"{address}/feed", default_kind="notice", origin="")
    assert (job.kind, job.imported) == ("feed", 2)
    document = Document.objects.get(imported_from__link=f"{address}/a/2.html")
    assert (document.made_on, document.keywords) == (dt.date(2024, 3, 5), ["教育"])
    assert Edition.objects.filter(text__contains="正文2").count() == 1
    again = imported(body, None, address=f"{address}/feed", default_kind="notice", origin="")
    assert (again.imported, again.unchanged, Document.objects.count()) == (0, 2, 2)


@pytest.mark.django_db
def test_a_feed_saved_as_a_file(body):
    job = checked(body, RSS.format(n=1, more="").encode())
    assert told(job) == [(1, "类别", "kind", True)]
    assert imported(body, ATOM.encode(), default_kind="news").imported == 1


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ({}, "status"),
        ({"/feed": (302, {"Location": "/feed"}, b"")}, "redirects"),
        ({"/feed": page(1, after("/feed"))}, "loop"),
        ({"/feed": page(1, after("http://other.example.gov.cn/feed"))}, "elsewhere"),
        ({"/feed": (302, {"Location": "file:///etc/passwd"}, b"")}, "address"),
        ({"/feed": (302, {"Location": "http://10.0.0.1/"}, b"")}, "address"),
        ({"/feed": (200, {}, b"x" * 3000)}, "too_large"),
        ({"/feed": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 9000))}, "too_large"),
        ({"/feed": (200, {"Content-Encoding": "gzip"}, b"nonsense")}, "connection"),
    ],
)
def test_a_site_that_misbehaves(site, monkeypatch, pages, code):
    address, known = site
    known.update(pages)
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 2000)
    assert refused_for(lambda: list(feeds.entries(f"{address}/feed"))) == [code]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/feed",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest",
        "http://192.168.1.1/",
        "ftp://example.gov.cn/",
        "http://name:word@example.gov.cn/",
        "http://example.gov.cn:0/",
        "http://example.gov.cn:99999/",
        "https:///feed",
        "feed",
    ],
)
def test_addresses_that_are_not_read(address):
    assert fetching.why_not_address(address)


def test_a_name_that_leads_into_our_own_network(monkeypatch):
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", ("10.0.0.1", 80))])
    assert refused_for(fetching.fetch, "http://inside.example.gov.cn/feed") == ["address"]

    def unknown(*_args, **_given):
        raise OSError

    monkeypatch.setattr(fetching.socket, "getaddrinfo", unknown)
    assert refused_for(fetching.fetch, "http://nowhere.example.gov.cn/feed") == ["dns"]


@pytest.mark.django_db
def test_an_address_that_fails_leaves_the_import_waiting_with_the_reason(body, site):
    job = opened(body, None, address=f"{site[0]}/none")
    assert refused_for(check, job, now=now) == ["status"]
    job.refresh_from_db()
    assert (job.state, "HTTP 404" in job.failure) == ("new", True)
    assert (job.made_at, job.made_by, SYSTEM.pk) == (AT, None, None)
