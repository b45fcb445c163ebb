"""What hides in a file — comments, hidden sheets, properties — through the real upload to the bytes the public gets."""

import io
import re
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from openpyxl import Workbook
from openpyxl.comments import Comment

from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts
from gongkai.disclosure.models import Attachment

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"
"""A made-up identity number with a right check digit."""


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def word_with(place):
    book = Word()
    paragraph = book.add_paragraph("经费公示名单见本机关公告。")
    if place == "comment":
        book.add_comment(paragraph.runs, text=f"核对：{NUMBER}", author="王五")
    elif place == "properties":
        book.core_properties.comments = f"底稿 {NUMBER}"
        book.core_properties.subject = NUMBER
        book.core_properties.author = f"王五{NUMBER}"
    content = saved(book)
    return inside(content) if place == "custom" else content


def inside(content):
    """A custom property and a leftover part that no page of Word shows."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for one in source.infolist():
            data = source.read(one)
            if one.filename == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>",
                    b'<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.custom-properties+xml"/></Types>',
                )
            if one.filename == "_rels/.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>',
                )
            result.writestr(one, data)
        result.writestr(
            "docProps/custom.xml",
            '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="身份证">'
            f"<vt:lpwstr>{NUMBER}</vt:lpwstr></property></Properties>",
        )
    return target.getvalue()


def sheets_with(place):
    book = Workbook()
    book.active["A1"] = "学校"
    if place == "cell comment":
        book.active["A1"].comment = Comment(f"核对{NUMBER}", "王五")
    elif place == "sheet properties":
        book.properties.creator, book.properties.description = "王五", NUMBER
    else:
        second = book.create_sheet("底稿")
        second["A1"] = NUMBER
        if place == "hidden sheet":
            second.sheet_state = "hidden"
        elif place == "very hidden sheet":
            second.sheet_state = "veryHidden"
    return saved(book)


FILES = {
    "comment": ("名单.docx", word_with),
    "properties": ("名单.docx", word_with),
    "custom": ("名单.docx", word_with),
    "cell comment": ("名册.xlsx", sheets_with),
    "sheet properties": ("名册.xlsx", sheets_with),
    "second sheet": ("名册.xlsx", sheets_with),
    "hidden sheet": ("名册.xlsx", sheets_with),
    "very hidden sheet": ("名册.xlsx", sheets_with),
}
STRIPPED = {"comment", "properties", "custom", "cell comment", "sheet properties"}
"""What nobody publishes on purpose is taken out of the file; what is content stops the publication."""


def all_of(content):
    """The bytes, and every part of the archive unpacked, with markup inside runs taken away."""
    parts = [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts += [one.filename.encode() for one in archive.infolist()]
        parts += [one.comment for one in archive.infolist()] + [archive.comment]
        parts += [archive.read(one) for one in archive.infolist()]
    return b"\n".join([*parts, *(re.sub(rb"<[^>]*>", b"", one) for one in parts)])


@pytest.mark.parametrize("place", FILES)
def test_an_identity_number_hidden_in_a_file_does_not_get_out(place, draft, staff, at):
    name, make = FILES[place]
    content = make(place)
    assert NUMBER.encode() in all_of(content), "the example must hide what it says it hides"
    client = Client()
    client.force_login(staff["drafter"], backend="gongkai.accounts.backends.OfficerBackend")
    answer = client.post(
        reverse("console:file_add", args=[draft.pk]),
        {"role": "attachment", "file": SimpleUploadedFile(name, content)},
    )
    assert answer.status_code == 302
    row = Attachment.objects.get()
    stranger = Client()
    assert stranger.get(row.public_path).status_code == 404
    draft.refresh_from_db()
    stops = acts.why_not_publish(draft, actor=SYSTEM, at=timezone.now())
    assert NUMBER not in "".join(str(one) for one in stops)
    if place not in STRIPPED:
        assert {one.code for one in stops} == {"finding"}
        assert stranger.get(row.public_path).status_code == 404
        return
    assert stops == []
    acts.publish_edition(edition=draft, actor=SYSTEM, at=timezone.now())
    served = b"".join(stranger.get(row.public_path).streaming_content)
    assert served[:2] == b"PK"
    assert NUMBER.encode() not in all_of(served)
    page = stranger.get(draft.document.public_path).content.decode()
    assert NUMBER not in page
    assert zlib.crc32(served)
