"""The site as files: whole, leading on by relative ways, only what changed, nothing of what left."""

import hashlib
import re
import sqlite3
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from tests.engagement.made import released
from tests.factories import at, make_body
from tests.portal.made import add_edition, leave, make_document, make_file, make_version

from gongkai.cli.export_site import run, web_address
from gongkai.engagement.models import ConsultationFile, FaqEntry
from gongkai.portal.copying.links import file_of, is_copied, relative
from gongkai.portal.copying.manifest import Manifest, NotOursError, replace
from gongkai.portal.copying.site import Site, safe_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "site"


@pytest.fixture
def body():
    made = make_body(slug="edu", name="测试县教育局")
    make_version(made, year=2023)
    return made


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Without the slowest forms of the reports."""
    from gongkai.portal.copying import site

    kept = {ending: output for ending, output in site.OUTPUTS.items() if ending in {"json", "csv"}}
    monkeypatch.setattr(site, "OUTPUTS", kept)


def write(folder, **given):
    with Manifest(folder) as manifest:
        Site(manifest, **given).write()
    return manifest.written, manifest.removed


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def ways(content):
    found = re.findall(rb'(?:href|src)="([^"#]+)', content)
    return [one.decode() for one in found if not re.match(rb"https?:|mailto:|tel:|data:", one)]


def test_every_way_in_the_copy_leads_to_a_file(folder, body):
    document = make_document(body, kind="policy", files=[("附件 1#.pdf", b"x")], title="办法")
    add_edition(document, text="<p>新</p>", files=[("附件 2.pdf", b"y")])
    for number in range(45):
        make_document(body, title=f"第{number}件", kind="budget", at=at(2024, 1, 1 + number % 28))
    write(folder)
    there = files(folder)
    for name, content in there.items():
        if name.endswith(".html"):
            here = (folder / name).parent
            for way in ways(content):
                assert not way.startswith("/"), (name, way)
                target = (here / unquote(way)).resolve()
                assert target.is_file(), (name, way)
    assert f"documents/{document.pk}/changes/1-2/index.html" in there
    assert sum("statutory/budget/after-" in name for name in there) == 2
    assert b"<form" not in b"".join(there.values())
    assert not [name for name in there if "/foi/" in name or name.startswith(("console", "accounts"))]


def test_files_keep_their_names_and_content(folder, body):
    document = make_document(body, files=[("报名表.docx", b"content")])
    one = document.editions.get().attachments.get()
    write(folder)
    there = files(folder)
    assert there[f"files/{one.public_id}/报名表.docx"] == b"content"
    assert "bodies/edu/reports/2023/2023.json" in there
    assert "static/gongkai/tokens.css" in there


def test_a_second_run_writes_nothing(folder, body):
    make_document(body)
    first, _ = write(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    assert first > 20
    assert write(folder) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")} == before


def test_one_publication_rewrites_only_what_shows_it(folder, body):
    old = [make_document(body, kind="news", at=at(2023, 5, 1, 8, number)) for number in range(40)]
    write(folder)
    before = files(folder)
    make_document(body, kind="budget", title="二〇二四年部门预算", at=at(2024, 5, 1))
    write(folder)
    after = files(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"index.html", "documents/index.html", "archive/documents/2024/5/index.html"} <= changed
    assert not {f"documents/{one.pk}/index.html" for one in old} & changed
    assert "archive/documents/2023/5/index.html" not in changed


def test_what_left_becomes_a_tombstone_and_its_files_go(folder, body):
    into = make_document(body, title="现行办法")
    gone = make_document(body, title="误发的名单", files=[("名单.xlsx", b"x")])
    merged = make_document(body, title="旧办法")
    write(folder)
    leave(gone, "error", reason="含有个人信息")
    leave(merged, "merged", into=into)
    _, removed = write(folder)
    there = files(folder)
    page = there[f"documents/{gone.pk}/index.html"].decode()
    assert ("误发的名单" in page, "含有个人信息" in page) == (False, True)
    assert not [name for name in there if name.startswith("files/")]
    assert not (folder / "files").exists()
    assert f"../{into.pk}/index.html" in there[f"documents/{merged.pk}/index.html"].decode()
    assert "误发的名单".encode() not in b"".join(there.values())
    assert removed >= 1


def test_an_address_makes_maps_codes_and_canonical_names(folder, body):
    document = make_document(body)
    write(folder, base="https://gk.example.cn/open/")
    there = files(folder)
    page = there[f"documents/{document.pk}/index.html"].decode()
    assert f'<link rel="canonical" href="https://gk.example.cn/open/documents/{document.pk}/">' in page
    assert f"documents/{document.pk}/qr.svg" in there
    assert b"https://gk.example.cn/open/sitemaps/0.xml" in there["sitemap.xml"]
    assert "sitemaps/0.xml" in there
    assert b"Sitemap: https://gk.example.cn/open/sitemap.xml" in there["robots.txt"]


def test_without_an_address_nothing_names_one(folder, body):
    document = make_document(body)
    write(folder)
    there = files(folder)
    assert not {"sitemap.xml", "robots.txt", f"documents/{document.pk}/qr.svg"} & set(there)
    assert b"localhost" not in b"".join(there.values())


def test_living_pages_are_reached_where_they_live(folder, body):
    make_document(body)
    write(folder, live="https://live.example.cn")
    assert b'href="https://live.example.cn/bodies/edu/foi/"' in files(folder)["index.html"]


def test_a_lost_file_is_written_again(folder, body):
    document = make_document(body)
    write(folder)
    (folder / f"documents/{document.pk}/index.html").unlink()
    assert write(folder)[0] == 1


def test_a_killed_run_is_finished_by_the_next(folder, body, monkeypatch):
    for _ in range(5):
        make_document(body)
    calls = []

    def fails(target, content):
        calls.append(target)
        if len(calls) == 12:
            raise KeyboardInterrupt
        replace(target, content)

    monkeypatch.setattr("gongkai.portal.copying.manifest.replace", fails)
    with pytest.raises(KeyboardInterrupt):
        write(folder)
    monkeypatch.undo()
    assert not list(folder.rglob(".new-*"))
    write(folder)
    whole = files(folder)
    other = folder.parent / "other"
    write(other)
    assert whole.keys() == files(other).keys()


def test_somebody_elses_folder_is_left_alone(folder):
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(NotOursError, match="不是空的"):
        Manifest(folder).__enter__()
    assert (folder / "letter.txt").read_text() == "mine"


def test_two_runs_do_not_write_at_once(folder):
    with Manifest(folder), pytest.raises(NotOursError, match="另一个导出"):
        Manifest(folder).__enter__()


def test_half_a_file_is_never_seen(folder, monkeypatch):
    folder.mkdir()
    replace(folder / "a", b"old")

    def broken(*_args):
        raise OSError("disk is full")

    monkeypatch.setattr("gongkai.portal.copying.manifest.os.fdopen", broken)
    with pytest.raises(OSError, match="disk is full"):
        replace(folder / "a", b"new")
    assert [path.name for path in folder.iterdir()] == ["a"]
    assert (folder / "a").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/documents/7/", "documents/7/index.html"),
        ("/documents/7/qr.svg", "documents/7/qr.svg"),
        ("/bodies/edu/statutory/budget/?after=12-3", "bodies/edu/statutory/budget/after-12-3/index.html"),
        ("/bodies/?page=2", "bodies/page-2/index.html"),
        ("/bodies/?q=x", None),
        ("/search/?q=x", None),
        ("/bodies/edu/foi/", None),
        ("/console/", None),
        ("https://elsewhere.example/documents/", None),
    ],
)
def test_addresses_and_files(address, file):
    assert file_of(address) == file


def test_what_has_no_file():
    assert [
        path for path in ("/foi/", "/deadline/", "/report-check/", "/appearance/") if is_copied(path)
    ] == []


def test_ways_are_relative_and_quoted():
    assert (
        relative("files/x/报 名.docx", "documents/1/index.html") == "../../files/x/%E6%8A%A5%20%E5%90%8D.docx"
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("甲/乙.pdf", "甲_乙.pdf"),
        ("..", "file"),
        ("a#b?.pdf", "a_b_.pdf"),
        ("长" * 200 + ".pdf", "长" * 80 + ".pdf"),
    ],
)
def test_names_every_server_takes(name, safe):
    assert safe_name(name) == safe


def test_a_file_lost_from_storage_stops_nothing(folder, body):
    document = make_document(body)
    lost = make_file(document.editions.get(), "丢失.pdf")
    lost.file.storage.delete(lost.file.name)
    write(folder)
    assert not (folder / "files").exists()


def test_the_command_tells_what_it_did(folder, body, capsys, monkeypatch):
    import argparse

    monkeypatch.setattr("gongkai.cli.export_site.start_framework", lambda: None)
    args = argparse.Namespace(folder=folder, base_url=None, live_url=None)
    assert run(args) == 0
    assert "写入" in capsys.readouterr().out
    other = folder.parent / "other"
    other.mkdir()
    (other / "x").touch()
    assert run(argparse.Namespace(folder=other, base_url=None, live_url=None)) == 2
    assert "换一个空目录" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["gk.example.cn", "ftp://x", "https://", "https://x/?a=1"])
def test_what_is_no_address_is_refused(text):
    import argparse

    with pytest.raises(argparse.ArgumentTypeError, match="不是网址"):
        web_address(text)


def test_the_list_of_files_is_kept_in_the_folder(folder, body):
    write(folder)
    with sqlite3.connect(folder / ".gongkai-export.sqlite3") as rows:
        assert rows.execute("SELECT count(*) FROM page").fetchone()[0] > 20


def test_further_pages_of_a_month_stay_when_nothing_changed(folder, body, monkeypatch):
    monkeypatch.setattr("gongkai.portal.views.archive.ISSUE", 2)
    for number in range(5):
        make_document(body, at=at(2024, 1, 2, 8, number))
    write(folder)
    assert "bodies/edu/archive/documents/2024/1/3/index.html" in files(folder)
    assert write(folder) == (0, 0)
    assert "archive/documents/2024/1/3/index.html" in files(folder)


def test_consultations_concerns_and_questions_are_copied_without_their_forms(folder, body):
    asked = released(body, title="校车条例征求意见")
    kept = ConsultationFile.objects.create(
        consultation=asked,
        name="草案.docx",
        file=ContentFile(b"draft", name="x"),
        size=5,
        sha256=hashlib.sha256(b"draft").hexdigest(),
        added_at=at(2024, 5, 1),
    )
    entry = FaqEntry.objects.create(
        body=body,
        topic="入学",
        question="几岁入学？",
        answer="<p>六周岁。</p>",
        state="published",
        written_at=at(2024, 5, 1),
        published_at=at(2024, 5, 1),
    )
    write(folder)
    there = files(folder)
    page = there[f"consultations/{asked.pk}/index.html"].decode()
    assert ("校车条例征求意见" in page, "我要提意见" in page, "距离截止" in page) == (True, False, False)
    assert there[f"consultations/files/{kept.public_id}/草案.docx"] == b"draft"
    assert "几岁入学？" in there[f"questions/{entry.pk}/index.html"].decode()
    assert "给我们写信" not in there[f"questions/{entry.pk}/index.html"].decode()
    assert {"bodies/edu/consultations/index.html", "concerns/index.html"} <= set(there)
    assert write(folder) == (0, 0)


def test_feeds_are_copied_where_the_address_of_the_copy_is_known(folder, tmp_path, body):
    document = make_document(body, title="办法")
    write(folder)
    assert not [name for name in files(folder) if "feeds/" in name]
    assert b"application/atom+xml" not in files(folder)["index.html"]
    other = tmp_path / "with-address"
    write(other, base="https://gk.example.gov.cn")
    there = files(other)
    for name in ("feeds/atom.xml", "feeds/feed.json", "bodies/edu/feeds/rss.xml"):
        assert f"https://gk.example.gov.cn{document.public_path}" in there[name].decode()
    assert b'href="bodies/edu/feeds/atom.xml"' in there["index.html"]
    assert write(other, base="https://gk.example.gov.cn") == (0, 0)
