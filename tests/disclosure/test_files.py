import io
import socketserver
import struct
import threading

import pytest
from docx import Document as Word
from openpyxl import Workbook
from PIL import Image
from tests.factories import codes

from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts
from gongkai.disclosure.checking import why_not_content
from gongkai.disclosure.models import Attachment, Edition
from gongkai.disclosure.viruses import scan

NUMBER = "11010519491231002X"
"""A made-up identity number with a right check digit."""


def png():
    target = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(target, "PNG")
    return target.getvalue()


def word(text, *, comment="", author="王五"):
    book = Word()
    paragraph = book.add_paragraph(text)
    if comment:
        book.add_comment(paragraph.runs, text=comment, author=author)
    book.core_properties.author = author
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet(hidden):
    book = Workbook()
    book.active["A1"] = "学校"
    second = book.create_sheet("底稿")
    second["A1"] = hidden
    second.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def add(draft, staff, at):
    def make(name, content, **given):
        return acts.add_file(
            edition=draft, name=name, content=content, actor=staff["drafter"], at=at, **given
        )

    return make


def refused(call):
    with pytest.raises(RefusedError) as caught:
        call()
    assert Attachment.objects.count() == 0
    return codes(caught.value.obstacles)


def test_a_file_is_known_by_its_bytes(add, settings):
    assert refused(lambda: add("空.pdf", b"")) == ["empty"]
    assert refused(lambda: add("病毒.pdf", b"MZ\x90\x00")) == ["file_type"]
    settings.GONGKAI_UPLOAD_LIMIT = 3
    assert refused(lambda: add("大.txt", b"abcd")) == ["too_large"]


def test_a_picture_of_the_text_is_described_and_shown_by_every_browser(add):
    assert refused(lambda: add("图.png", png(), role="picture")) == ["no_alternative"]
    assert refused(lambda: add("图.txt", "字".encode(), role="picture", alternative="图")) == ["picture_type"]
    row = add("图.png", png(), role="picture", alternative="学区示意图")
    assert (row.media_type, row.alternative, len(row.sha256)) == ("image/png", "学区示意图", 64)


def test_the_same_file_is_taken_once(add):
    add("甲.txt", "甲".encode())
    with pytest.raises(RefusedError) as caught:
        add("乙.txt", "甲".encode())
    assert codes(caught.value.obstacles) == ["again"]


def test_metadata_is_taken_out(add):
    row = add("通知.docx", word("请遵照执行。"))
    kept = row.file.read()
    assert Word(io.BytesIO(kept)).core_properties.author == ""
    assert "请遵照执行" in row.text


def test_an_identity_number_in_a_comment_does_not_get_out(add):
    row = add("名单.docx", word("名单如下。", comment=f"身份证{NUMBER}"))
    assert NUMBER.encode() not in row.file.read()
    assert NUMBER not in row.text


def test_an_identity_number_on_a_hidden_sheet_blocks_until_let_pass(add, draft, staff, at):
    row = add("表.xlsx", sheet(NUMBER))
    found = why_not_content(draft)
    assert {one.code for one in found} == {"finding"}
    assert NUMBER not in "".join(str(one) for one in found)
    assert codes(acts.why_not_submit(draft, actor=staff["drafter"], at=at)) == codes(found)
    given = {"edition": draft, "actor": staff["drafter"], "at": at}
    for one in row.findings:
        if one["blocks"]:
            with pytest.raises(RefusedError):
                acts.pass_finding(fingerprint=one["fingerprint"], reason=" ", **given)
            acts.pass_finding(fingerprint=one["fingerprint"], reason="示例号码", **given)
    assert why_not_content(draft) == []
    assert codes(acts.why_not_pass(draft, fingerprint="x", reason="无", actor=staff["drafter"], at=at)) == [
        "gone"
    ]


def test_a_finding_in_the_text_goes_when_the_text_is_mended(draft, staff, at):
    by = {"actor": staff["drafter"], "at": at}
    acts.edit_edition(edition=draft, title="题", text=f"联系人身份证{NUMBER}", **by)
    draft.refresh_from_db()
    assert {one.code for one in why_not_content(draft)} == {"finding"}
    acts.edit_edition(edition=draft, title="题", text="联系人见附件", **by)
    draft.refresh_from_db()
    assert why_not_content(draft) == []


def test_a_watched_word_blocks_and_a_typo_is_shown(draft, body, staff, at):
    from gongkai.disclosure.guarding import findings_of
    from gongkai.disclosure.models import WatchWord

    WatchWord.objects.create(body=body, word="招生范围", kind="sensitive")
    WatchWord.objects.create(body=body, word="范围", kind="typo", suggestion="区域")
    assert [(one.kind, one.blocks) for one in findings_of(draft)] == [("sensitive", True), ("typo", False)]
    assert codes(why_not_content(draft)) == ["finding"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["empty"]),
        ('<p>见<a href="/documents/999999/">文件</a></p>', ["broken_link"]),
        ('<p>见<a href="/files/00000000-0000-4000-8000-000000000000/">附件</a></p>', ["broken_file_link"]),
        ('<p><img src="https://x.example/a.png" alt="图"></p>', ["foreign_picture"]),
        ('<p><img src="a.png"></p>', ["no_alternative", "unplaced_picture"]),
        ("<p>无误</p>", []),
    ],
)
def test_what_is_wrong_with_a_text(text, found, draft):
    Edition.objects.filter(pk=draft.pk).update(text=text)
    draft.refresh_from_db()
    assert codes(why_not_content(draft)) == found


def test_a_lost_or_changed_file_is_seen(add, draft):
    row = add("表.txt", "名单".encode())
    assert why_not_content(draft, deep=True) == []
    with row.file.storage.open(row.file.name, "wb") as stored:
        stored.write(b"other")
    assert codes(why_not_content(draft, deep=True)) == ["damaged_file"]
    row.file.storage.delete(row.file.name)
    assert codes(why_not_content(draft)) == ["damaged_file"]


def test_a_file_is_described_and_removed(add, draft, staff, at, django_capture_on_commit_callbacks):
    by = {"actor": staff["drafter"], "at": at}
    row = add("图.png", png(), role="picture", alternative="旧")
    assert codes(acts.why_not_describe(row, name=" ", alternative=" ", **by)) == ["no_name", "no_alternative"]
    row = acts.describe_file(attachment=row, name="学区图", alternative="学区示意图", **by)
    assert (row.name, row.alternative) == ("学区图.png", "学区示意图")
    storage, name = row.file.storage, row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        acts.remove_file(attachment=row, **by)
    assert (Attachment.objects.count(), storage.exists(name)) == (0, False)


# The scanner ------------------------------------------------------------------------------------------------


class Clamd(socketserver.BaseRequestHandler):
    """Behaves as clamd's manual says of zINSTREAM."""

    def handle(self):
        assert self._take(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self._take(4))[0]:
            content += self._take(size)
        if b"BROKEN" in content:
            answer = b"INSTREAM size limit exceeded. ERROR\0"
        else:
            answer = b"stream: Eicar-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
        self.request.sendall(answer)

    def _take(self, size):
        taken = b""
        while len(taken) < size:
            more = self.request.recv(size - len(taken))
            assert more
            taken += more
        return taken


@pytest.fixture
def clamd(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.GONGKAI_CLAMD = f"tcp:127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_without_a_scanner_a_file_is_marked_unchecked(add, settings):
    settings.GONGKAI_CLAMD = ""
    assert add("甲.txt", "甲".encode()).get_virus_state_display() == "未检查病毒"


def test_with_a_scanner_a_clean_file_is_marked_so(add, clamd):
    assert add("甲.txt", "甲".encode() * 70_000).virus_state == "clean"


def test_a_virus_is_refused_by_name(add, clamd):
    assert refused(lambda: add("甲.txt", b"EICAR")) == ["virus"]
    assert "Eicar-Signature" in scan(b"EICAR").obstacles[0].message


def test_a_scanner_that_cannot_say_refuses(add, clamd):
    assert refused(lambda: add("甲.txt", b"BROKEN")) == ["no_scanner"]


@pytest.mark.parametrize("where", ["tcp:127.0.0.1:1", "unix:/nowhere/clamd", "nonsense"])
def test_a_scanner_that_does_not_answer_refuses(where, add, settings):
    settings.GONGKAI_CLAMD = where
    assert refused(lambda: add("甲.txt", "甲".encode())) == ["no_scanner"]
