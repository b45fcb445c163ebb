import contextlib
import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.redaction import Limits, RedactionError, open_source, pages

from .builders import PHONE, hand_pdf, saved, text_at


def refused(data, limits=None):
    with pytest.raises(RedactionError) as error:
        open_source(data, "x", limits=limits or Limits())
    return error.value.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\n ", "empty"),
        (b"plain text", "unsupported"),
        (b"{\\rtf1", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"W", "old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        (b"PK\x03\x04rubbish", "broken_office"),
        (b"%PDF-1.7\nrubbish", "broken_pdf"),
    ],
)
def test_what_is_no_file_for_redaction_is_refused(data, reason):
    assert refused(data) == reason


def test_a_locked_pdf_is_refused_with_its_remedy():
    with pikepdf.open(io.BytesIO(hand_pdf(text_at(1, 1, "x")))) as book:
        locked = saved(book, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(RedactionError, match="请先取消密码保护"):
        open_source(locked, "x")


def test_a_pdf_that_only_forbids_copying_is_opened():
    with pikepdf.open(io.BytesIO(hand_pdf(text_at(50, 50, PHONE)))) as book:
        restricted = saved(book, encryption=pikepdf.Encryption(owner="a", user=""))
    assert pages(open_source(restricted, "x"))[0].text == PHONE


def test_limits():
    good = hand_pdf(text_at(50, 50, PHONE))
    assert refused(good, Limits(file_bytes=100)) == "too_large"
    assert refused(hand_pdf("", box=(0, 0, 300, 12_000)), Limits(page_points=10_000)) == "page_too_large"
    with pikepdf.open(io.BytesIO(good)) as book:
        book.pages.append(book.pages[0])
        assert refused(saved(book), Limits(pages=1)) == "too_many_pages"


def test_a_form_that_draws_itself_does_not_hang():
    book = pikepdf.new()
    page = book.add_blank_page(page_size=(300, 200))
    form = book.make_stream(
        b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 9, 9])
    )
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Contents = book.make_stream(b"/X Do")
    layer = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG))
    book.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    source = open_source(saved(book), "x")
    assert source.layered == {1}
    assert pages(source)[0].text == ""


def test_the_name_is_kept_without_folders():
    assert open_source(hand_pdf(""), "C:\\卷宗\\..\\a/甲.pdf").filename == "甲.pdf"


GOOD = hand_pdf(text_at(50, 50, PHONE))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=40),
    st.integers(0, 300),
)
def test_a_damaged_file_is_read_or_refused_but_never_raises_anything_else(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    with contextlib.suppress(RedactionError):
        pages(open_source(bytes(data[: len(data) - cut]), "x"))
