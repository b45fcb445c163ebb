"""Files and pictures of another site's feed: fetched from that site only, else left as links with the reason."""

import http.server
import io
import threading
import time
import zipfile

import pytest
from django.core.files.base import File
from PIL import Image
from tests.disclosure.importing import checked, imported, told

from gongkai.disclosure.checking import UNDESCRIBED
from gongkai.disclosure.importing.sources import enclosures as module
from gongkai.disclosure.importing.sources import fetching
from gongkai.disclosure.importing.sources.enclosures import Enclosures, may_ask, name_of
from gongkai.disclosure.models import Attachment, Document, Edition

FEED = """<rss version="2.0"><channel>{items}</channel></rss>"""
ITEM = """<item><guid>{n}</guid><title>关于第{n}号事项的通知</title><link>{site}/a/{n}.html</link>
<pubDate>Tue, 05 Mar 2024 01:00:00 GMT</pubDate><description>{text}</description>{files}</item>"""


def picture():
    target = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(target, "PNG")
    return target.getvalue()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args):
        """A reader that went away is what some tests are about."""


@pytest.fixture
def site(settings):
    """An old site: pages by path; a callable answers itself. ``asked`` are the paths in their order."""
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    pages, asked = {}, []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, headers, content = pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if callable(content):
                content(self.wfile)
            else:
                self.wfile.write(content)

        def log_message(self, *_args):
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages, asked
    server.shutdown()
    server.server_close()
    thread.join()


def put(site, *items):
    """A feed of these (text, addresses of files)."""
    made = [
        ITEM.format(
            n=number,
            site=site[0],
            text=text.replace("&", "&amp;").replace("<", "&lt;"),
            files="".join(f'<enclosure url="{one}"/>' for one in files),
        )
        for number, (text, *files) in enumerate(items, start=1)
    ]
    site[1]["/feed"] = (200, {}, FEED.format(items="".join(made)).encode())
    return {"address": f"{site[0]}/feed", "default_kind": "notice"}


def remarks(job):
    return list(job.problems.order_by("row", "pk").values_list("row", "message"))


@pytest.mark.django_db
def test_files_and_pictures_come_along_and_are_asked_for_once(body, site):
    site[1]["/f/%E9%99%84%E4%BB%B6.txt"] = (200, {}, "附件内容".encode())
    site[1]["/p/a.png"] = (200, {}, picture())
    text = '<p>正文</p><img src="/p/a.png" alt="校门"><img src="../p/a.png">'
    given = put(site, (text, "/f/附件.txt"), ("<p>又一份</p>", f"{site[0]}/f/附件.txt"))
    job = imported(body, None, **given)
    assert (job.state, job.imported, job.files, told(job)) == ("done", 2, 3, [])
    first = Document.objects.get(title__contains="第1号")
    file, shown = Attachment.objects.filter(edition__document=first).order_by("role")
    assert (file.role, file.name, file.file.read().decode()) == ("attachment", "附件.txt", "附件内容")
    assert (shown.role, shown.alternative) == ("picture", "校门")
    published = Edition.objects.get(document=first).text
    assert published.count(f'src="{shown.public_path}"') == 2
    assert "/p/a.png" not in published
    assert site[2].count("/p/a.png") == 1
    asked = len(site[2])
    again = imported(body, None, **given)
    assert (again.unchanged, again.imported, len(site[2])) == (2, 0, asked + 1)


@pytest.mark.django_db
def test_what_cannot_be_had_stays_a_link_and_the_row_says_why(body, site, settings):
    settings.GONGKAI_UPLOAD_LIMIT = 100_000

    def endless(out):
        for _ in range(1000):
            out.write(b"x" * 65536)

    def cut(out):
        out.write(b"PK")

    pages = site[1]
    pages |= {
        "/big.txt": (200, {}, endless),
        "/cut.txt": (200, {"Content-Length": "5000"}, cut),
        "/page.exe": (200, {}, b"MZ\x90\x00"),
        "/empty.txt": (200, {}, b""),
        "/away.txt": (302, {"Location": "http://other.example.gov.cn/a.txt"}, b""),
        "/inside.txt": (302, {"Location": "http://169.254.169.254/a.txt"}, b""),
        "/scheme.txt": (302, {"Location": "file:///etc/passwd"}, b""),
    }
    names = ("none.txt", *(one[1:] for one in site[1]))
    far = ("http://other.example.gov.cn/b.txt", "ftp://127.0.0.1/c.txt")
    job = imported(body, None, **put(site, ("正文", *(f"/{one}" for one in names), *far)))
    assert (job.state, job.imported, job.files, job.wrong) == ("done", 1, 0, 0)
    said = dict(one.split("没有取到：", 1) for _, one in remarks(job))
    assert {name.strip("“”"): words for name, words in said.items()} == {
        "none.txt": f"对方网站答复 HTTP 404（{site[0]}/none.txt）",
        "big.txt": "对方返回的内容超过0MB",
        "cut.txt": "与 127.0.0.1 的连接中断（IncompleteRead）",
        "page.exe": "不能接受这种格式的文件",
        "empty.txt": "文件是空的",
        "away.txt": "对方网站转向另一个网站（other.example.gov.cn）",
        "inside.txt": "169.254.169.254 在内部网络，未获准访问（见部署说明 GONGKAI_CHANNEL_NETWORKS）",
        "scheme.txt": "请填写以 http:// 或 https:// 开头的完整网址",
        "b.txt": "在另一个网站（other.example.gov.cn）",
    }
    text = Edition.objects.get().text
    assert text.count("<p>附件：<a href=") == 9
    assert "ftp:" not in text
    assert not job.archive


@pytest.mark.django_db
def test_a_site_that_does_not_answer_is_given_up_for_this_import(body, site, monkeypatch):
    monkeypatch.setattr(fetching, "READ_SECONDS", 0.2)
    monkeypatch.setattr(module, "FAILURES", 2)
    for number in range(4):
        site[1][f"/{number}.txt"] = (200, {}, lambda _out: time.sleep(1))
    job = checked(body, None, **put(site, *(("正文", f"/{number}.txt") for number in range(4))))
    assert [words.split("：")[1] for _, words in remarks(job)] == [
        "127.0.0.1 超时未答复",
        "127.0.0.1 超时未答复",
        "127.0.0.1 连续2次没有答复，不再尝试",
        "127.0.0.1 连续2次没有答复，不再尝试",
    ]
    assert len(site[2]) == 3


@pytest.mark.django_db
def test_pictures_without_words_wait_for_them_and_those_not_had_keep_their_address(body, site):
    site[1]["/p/a.png"] = (200, {}, picture())
    site[1]["/p/b.svg"] = (200, {}, b"<svg/>")
    text = '<p>正文</p><img src="/p/a.png"><img src="/p/b.svg"><img src="data:image/png;base64,AA">'
    job = imported(body, None, **put(site, (text,)))
    assert [(row, words.split("：")[0]) for row, words in remarks(job)] == [(1, "正文图片“b.svg”没有取到")]
    assert Attachment.objects.get().alternative == UNDESCRIBED
    assert f'src="{site[0]}/p/b.svg"' in Edition.objects.get().text


@pytest.mark.django_db
def test_a_feed_saved_as_a_file_keeps_its_links(body):
    item = ITEM.format(n=1, site="https://old.example.gov.cn", text="正文", files='<enclosure url="https://old.example.gov.cn/a.txt"/>')  # fmt: skip
    job = imported(body, FEED.format(items=item).encode(), default_kind="notice")
    assert remarks(job) == [(1, "“a.txt”没有取到：从文件导入的订阅不下载附件")]
    assert 'href="https://old.example.gov.cn/a.txt"' in Edition.objects.get().text


@pytest.mark.django_db
def test_an_entry_of_a_file_alone_is_a_document(body, site):
    site[1]["/a.txt"] = (200, {}, b"words")
    assert imported(body, None, **put(site, ("", "/a.txt"))).imported == 1


@pytest.mark.django_db
def test_a_later_check_replaces_what_the_earlier_fetched(body, site, django_capture_on_commit_callbacks):
    from gongkai.disclosure.importing.checking import check

    site[1]["/a.txt"] = (200, {}, b"words")
    job = checked(body, None, **put(site, ("正文", "/a.txt")))
    earlier = job.archive.name
    with django_capture_on_commit_callbacks(execute=True):
        job = check(job)
    assert job.archive.name != earlier
    assert not job.archive.storage.exists(earlier)
    with job.archive.open() as file, zipfile.ZipFile(File(file)) as package:
        assert len(package.namelist()) == 1


@pytest.mark.parametrize(
    ("host", "feed", "expected"),
    [
        ("www.a.gov.cn", "a.gov.cn", True),
        ("A.gov.cn", "www.a.gov.cn", True),
        ("files.a.gov.cn", "www.a.gov.cn", True),
        ("ba.gov.cn", "a.gov.cn", False),
        ("a.gov.cn", "files.a.gov.cn", False),
        ("a.gov.cn.evil.cn", "a.gov.cn", False),
        ("a.gov.cn", "", False),
    ],
)
def test_whom_files_are_taken_from(host, feed, expected):
    assert may_ask(host, feed) is expected


def test_names_and_limits(monkeypatch):
    assert name_of("http://a.cn/x/%E9%99%84.pdf?v=1") == "附.pdf"
    assert name_of("http://a.cn/") == "附件"
    monkeypatch.setattr(module, "MOST_BYTES", -1)
    found = Enclosures("http://a.cn/feed", io.BytesIO())._fetched("http://a.cn/a.txt", "attachment")
    assert "超过" in found[2]
