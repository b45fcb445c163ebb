"""Files of a case: what they are by their bytes, how they are kept, what may go to the applicant."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from tests.factories import at, make_request, refused

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.acts import materials
from gongkai.foi.models import Material
from gongkai.foi.sniffing import APPLICANT_FILES, safe_name, sniff

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def package(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"BM", "image/bmp"),
        ("说明".encode(), "text/plain"),
        ("说明".encode("gb18030"), "text/plain"),
        (
            package("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (package("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (package("word/document.xml", "word/vbaProject.bin"), None),
        (package("a.exe"), None),
        (b"PK\x03\x04 broken", None),
        (b"MZ\x90\x00\x03", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"\x7fELF\x02\x01", None),
    ],
)
def test_what_a_file_is(content, media_type):
    found = sniff(content)
    assert (found and found.media_type) == media_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("申请书.pdf", "申请书.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\\文件\\身份证.PDF", "身份证.pdf"),
        ("报告.pdf.exe", "报告.pdf.exe.pdf"),
        ("\u202egnp.pdf", "gnp.pdf"),
        ("", "文件.pdf"),
        ("...", "文件.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_that_does_no_harm(given, kept):
    assert safe_name(given, sniff(PDF)) == kept


def add(request, content=PDF, **kw):
    kw = {"kind": "source", "name": "张三的信息.pdf", "actor": SYSTEM, "at": at()} | kw
    return acts.add_material(request=request, content=content, **kw)


def kept_files():
    root = Path(settings.PRIVATE_ROOT)
    return sorted(one for one in root.rglob("*") if one.is_file())


def test_kept_with_its_digest_under_a_name_nobody_guesses():
    request = make_request()
    material = add(request)

    [stored] = kept_files()
    assert (len(stored.stem), stored.suffix) == (32, ".pdf")
    assert (material.name, material.size, materials.read(material)) == ("张三的信息.pdf", len(PDF), PDF)
    entry = Entry.objects.latest("sequence")
    assert entry.detail == {"material": material.pk, "kind": "source", "sha256": material.sha256}
    with pytest.raises(ValueError, match="no address"):
        _ = material.file.url
    stored.write_bytes(b"other")
    with pytest.raises(ValueError, match="differs"):
        materials.read(material)


def test_what_is_not_taken(settings):
    request = make_request()
    settings.GONGKAI_UPLOAD_LIMIT = 1024 * 1024
    with refused("empty"):
        add(request, b"")
    with refused("too_large"):
        add(request, PDF + b"0" * 1024 * 1024)
    with refused("file_type", "kind"):
        add(request, b"MZ\x90\x00", kind="virus")
    add(request)
    with refused("again"):
        add(request)
    assert len(kept_files()) == 1


def test_an_applicant_adds_so_many():
    request = make_request()
    for number in range(APPLICANT_FILES):
        add(request, PDF + bytes([number]), kind="identity", by_applicant=True, actor=applicant_of(request))
    with refused("too_many"):
        add(request, kind="identity", by_applicant=True, actor=applicant_of(request))
    assert Entry.objects.latest("sequence").actor_name == f"申请人（{request.number}）"


def test_no_file_stays_of_an_act_that_failed(monkeypatch):
    request = make_request()

    def broken(**_):
        message = "the audit is down"
        raise OSError(message)

    monkeypatch.setattr(materials, "record", broken)
    with pytest.raises(OSError, match="audit"):
        add(request)
    assert kept_files() == []
    assert Material.objects.count() == 0


def test_what_goes_to_the_applicant():
    request = make_request()
    source, original = add(request), add(request, PNG, kind="original")
    with refused("kind"):
        acts.mark_for_applicant(material=original, actor=SYSTEM, at=at())
    acts.mark_for_applicant(material=source, actor=SYSTEM, at=at())
    source.refresh_from_db()
    with refused("unchanged"):
        acts.mark_for_applicant(material=source, actor=SYSTEM, at=at())
    acts.mark_for_applicant(material=source, for_applicant=False, actor=SYSTEM, at=at())
    source.refresh_from_db()
    assert source.for_applicant is False
