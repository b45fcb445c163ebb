import contextlib
import io
import zipfile

import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.drafting import DraftingError, extract_text, read_document
from gongkai.drafting.opening import LIMITS
from gongkai.drafting.workbook import index, letters, plain_number
from gongkai.redaction.limits import Limits

from .builders import notice, p, picture, word, zipped


def reason(name, data, **options):
    with pytest.raises(DraftingError) as error:
        read_document(name, data, **options)
    return error.value.reason


def locked():
    out = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("甲.docx", b"", "empty"),
        ("甲.doc", OLE + b"W" * 600, "old_office"),
        ("甲.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        ("甲.docx", b"PK\x03\x04rubbish", "broken_office"),
        ("甲.zip", zipped({"a.txt": "x"}), "unsupported"),
        ("甲.docx", word("<w:p>"), "broken_office"),
        ("甲.docx", word(""), "no_text"),
        ("甲.png", picture(), "unsupported"),
        ("甲.exe", b"MZ\x90\x00\x03" * 9, "unsupported"),
        ("甲.pdf", b"%PDF-1.7\nrubbish", "broken_pdf"),
        ("甲.pdf", locked(), "encrypted_pdf"),
        ("甲.txt", b"\x00\x01\x02\xff\xfe\xfd" * 50, "broken_text"),
    ],
)
def test_what_cannot_be_read_is_refused(name, data, code):
    assert reason(name, data) == code


def test_the_old_format_says_how_to_save_anew():
    with pytest.raises(DraftingError, match=r"另存为.*docx"):
        read_document("甲.doc", OLE + b"W" * 600)


def test_entities_bombs_depth_and_doubles_are_refused():
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    data = word(p("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert (
        reason("甲.docx", zipped({"[Content_Types].xml": "<a/>", "word/document.xml": entity + body}))
        == "hostile"
    )
    assert reason("甲.docx", word(p("x"), styles="0" * 30_000_000)) == "hostile"
    deep = "<w:tbl><w:tr><w:tc>" * 70 + p("x") + "</w:tc></w:tr></w:tbl>" * 70
    assert reason("甲.docx", word(deep)) in {"hostile", "broken_office"}
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", body.replace(">x<", ">y<"))
    assert reason("甲.docx", out.getvalue()) == "hostile"


def test_limits():
    assert reason("甲.docx", notice(), limits=Limits(file_bytes=100)) == "too_large"
    many = "<w:tbl>" + f"<w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr>" * 60 + "</w:tbl>"
    assert reason("甲.docx", word(many), limits=Limits(cells=100)) == "too_complex"


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["学校", 13800138000, 1.5])
    sheet.append(["藏行"])
    sheet.row_dimensions[2].hidden = True
    sheet["D1"] = "藏列"
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("藏表")
    hidden["A1"] = "藏"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_only_what_a_workbook_shows_is_searched():
    assert extract_text("甲.xlsx", workbook()) == "名单\n学校\t13800138000\t1.5"


def test_slides_without_hidden_ones_and_notes():
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"

    def slide(text, show=""):
        return f'<p:sld xmlns:p="p" xmlns:a="{a}" {show}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    data = zipped(
        {
            "[Content_Types].xml": "<a/>",
            "ppt/presentation.xml": '<p:presentation xmlns:p="p"/>',
            "ppt/slides/slide1.xml": slide("甲"),
            "ppt/slides/slide2.xml": slide("乙", 'show="0"'),
        }
    )
    assert extract_text("甲.pptx", data) == "甲"


def test_other_attachments():
    assert extract_text("甲.csv", "甲,乙\n1,2".encode("gb18030")) == "甲,乙\n1,2"
    assert extract_text("甲.docx", notice(), most=7) == "青屿县教育局文"
    assert extract_text("甲.png", picture()) == ""
    assert extract_text("甲.zip", zipped({"a": "b"})) == ""


@given(st.integers(1, 16_384))
def test_names_of_columns(number):
    assert index(letters(number)) == number


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1.3800138E10", "13800138000"),
        ("5.0", "5"),
        ("1.5", "1.5"),
        ("1E-2", "0.01"),
        ("x", "x"),
        ("Ex", "Ex"),
    ],
)
def test_numbers_in_full(stored, shown):
    assert plain_number(stored) == shown


GOOD = notice()


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=30),
    st.integers(0, 300),
)
def test_a_damaged_file_is_read_or_refused_but_never_raises_anything_else(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    with contextlib.suppress(DraftingError):
        read_document("甲.docx", bytes(data[: len(data) - cut]), limits=LIMITS)
