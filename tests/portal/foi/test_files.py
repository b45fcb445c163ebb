"""Uploaded files, judged by what they are."""

import io
import os
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.foi.made import PDF, PNG

from gongkai.portal.foi import files, keeping
from gongkai.portal.foi.files import opened, opened_all


def word(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "x")
    return stream.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, ("a.pdf", "application/pdf")),
        ("a.png", PNG, ("a.png", "image/png")),
        ("a.jpeg", b"\xff\xd8\xff\xe0", ("a.jpeg", "image/jpeg")),
        ("a.docx", word(), ("a.docx", DOCX)),
        ("photo.pdf", PNG, ("photo.pdf.png", "image/png")),
        ("a.pdf.exe", PDF, ("a.pdf.exe.pdf", "application/pdf")),
        ("../../etc/身份证.png", PNG, ("身份证.png", "image/png")),
        ("C:\\我的\\证.png", PNG, ("证.png", "image/png")),
        ("a\u202egnp.exe.png", PNG, ("agnp.exe.png", "image/png")),
        ("noname", PNG, ("noname.png", "image/png")),
    ],
    ids=range(10),
)
def test_a_file_is_what_its_bytes_say(name, content, expected):
    upload = opened(_file(name, content))
    assert (upload.name, upload.media_type) == expected


def _file(name, content):
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file


@pytest.mark.parametrize(
    ("content", "code", "word_in"),
    [
        (b"", "empty", "空文件"),
        (b"MZ\x90", "kind", "不是PDF"),
        (b"<svg onload=alert(1)>", "kind", "不是PDF"),
        (b"<html>", "kind", "不是PDF"),
        (word("a.txt"), "kind", "不是PDF"),
        (word("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "kind", "不是PDF"),
        (b"PK\x03\x04broken", "kind", "不是PDF"),
        (b"\0\0\0\x18ftypheic", "kind", "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "kind", "旧版Word"),
    ],
    ids=range(9),
)
def test_what_is_refused_and_why(content, code, word_in):
    with pytest.raises(ValidationError) as caught:
        opened(SimpleUploadedFile("a.pdf", content))
    assert (caught.value.code, word_in in caught.value.message) == (code, True)


def test_a_large_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ValidationError) as caught:
        opened(SimpleUploadedFile("a.png", PNG))
    assert caught.value.code == "large"


def test_together_they_have_a_limit(monkeypatch):
    monkeypatch.setattr(files, "ALL_TOGETHER", 2 * len(PNG))
    good, errors = opened_all([SimpleUploadedFile(f"{n}.png", PNG) for n in range(3)], already=0, size=0)
    assert ([one.name for one in good], len(errors)) == (["0.png", "1.png"], 1)


def test_forgotten_files_are_swept_away(settings):
    old, new = (keeping.stored(opened(SimpleUploadedFile(f"{n}.png", PNG))) for n in range(2))
    then = time.time() - keeping.KEPT.total_seconds() - 60
    os.utime(settings.PRIVATE_ROOT / old["path"], (then, then))
    assert (keeping.sweep(), keeping.fetched(new).content) == (1, PNG)
    with pytest.raises(FileNotFoundError):
        keeping.fetched(old)


def test_sweeping_an_empty_house_is_nothing():
    assert keeping.sweep() == 0
