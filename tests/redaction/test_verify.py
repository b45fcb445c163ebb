import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageDraw

from gongkai.redaction import Mark, redact, verify

from .builders import AT, PHONE, add_page, hand_pdf, opened, saved, set_pdf, text_at
from .test_redact import marks_on

pytestmark = pytest.mark.fonts


@pytest.fixture(scope="module")
def source():
    return opened(set_pdf(f"申请人张三，手机{PHONE}。#pagebreak() 另一页，编号 A-2023-0457。"))


@pytest.fixture(scope="module")
def marks(source):
    return marks_on(source, PHONE)


@pytest.fixture(scope="module")
def good(source, marks):
    return redact(source, marks, at=AT).pdf


def codes(source, pdf, marks):
    return {issue.code for issue in verify(source, pdf, marks).problems}


def changed(pdf, change):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        change(book)
        return saved(book)


def annotate(book):
    note = book.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 1, 9, 9])))
    book.pages[0].Annots = Array([note])


def attach(book):
    book.attachments["a.txt"] = pikepdf.AttachedFileSpec(book, b"x")


def name_author(book):
    book.docinfo["/Author"] = "王五"


def name_title(book):
    with book.open_metadata() as meta:
        meta["dc:title"] = "张三的材料"


def add_layer(book):
    layer = book.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("x")))
    book.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())


def add_script(book):
    book.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("x"))


def drop_page(book):
    del book.pages[1]


def turn_page(book):
    book.pages[0].Rotate = 90


def second_picture(book):
    images = book.pages[0].Resources.XObject
    images.Other = next(iter(images.values()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (annotate, "structure"),
        (attach, "structure"),
        (name_author, "metadata"),
        (name_title, "metadata"),
        (add_layer, "structure"),
        (add_script, "structure"),
        (drop_page, "pages"),
        (turn_page, "structure"),
        (second_picture, "structure"),
    ],
)
def test_whatever_is_not_ours_is_a_problem(source, good, marks, change, code):
    assert code in codes(source, changed(good, change), marks)


def test_the_good_file_passes(source, good, marks):
    assert verify(source, good, marks).problems == ()
    assert verify(source, good, marks).releasable


def with_picture(pdf, page, paint):
    """The page's picture painted on, as a faulty redaction would leave it."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        stream = next(iter(book.pages[page].Resources.XObject.values()))
        picture = pikepdf.PdfImage(stream).as_pil_image().convert("L")
        paint(picture)
        stream.write(picture.tobytes())
        stream.ColorSpace = Name.DeviceGray
        stream.BitsPerComponent = 8
        if "/DecodeParms" in stream:
            del stream.DecodeParms
        return saved(book)


def without_vector_boxes(pdf):
    """Only the picture is left to cover anything."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        for page in book.pages:
            kept = [
                (operands, operator)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) not in {"f", "f*", "F", "B"}
            ]
            page.Contents = book.make_stream(pikepdf.unparse_content_stream(kept))
        return saved(book)


def test_the_picture_covers_even_without_the_drawn_boxes(source, good, marks):
    assert "pixels_left" not in codes(source, without_vector_boxes(good), marks)


def test_a_box_that_shows_what_is_below_is_a_problem(source, good, marks):
    def uncover(picture):
        ImageDraw.Draw(picture).rectangle((0, 0, picture.width, 120), fill=255)

    assert "pixels_left" in codes(source, with_picture(without_vector_boxes(good), 0, uncover), marks)


def test_a_picture_that_lost_something_is_a_problem(source, good, marks):
    def blacken(picture):
        ImageDraw.Draw(picture).rectangle((0, 400, picture.width, 700), fill=0)

    found = verify(source, with_picture(good, 1, blacken), marks).problems
    assert [(issue.code, issue.page) for issue in found] == [("picture_differs", 2)]


def text_added(pdf, x, y, text):
    """The same file with one more text, in a font that the check allows."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        page = book.pages[0]
        page.Resources.Font.F = book.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        old = page.Contents.read_bytes()
        page.Contents = book.make_stream(old + b"\n" + text_at(x, y, text, 8, mode=3).encode())
        return saved(book)


def test_text_inside_a_box_is_a_problem(source, good, marks):
    box = marks[0].box
    pdf = text_added(good, box.left + 2, source.sizes[0][1] - box.bottom + 3, "7")
    assert codes(source, pdf, marks) == {"text_left"}


def test_text_elsewhere_on_the_page_is_a_warning(source, good, marks):
    checked = verify(source, text_added(good, 30, 30, PHONE), marks)
    assert (checked.problems, [issue.code for issue in checked.warnings]) == ((), ["repeated"])


def test_withheld_text_in_the_raw_data_is_a_problem(source, good, marks):
    def hide(book):
        stream = book.pages[0].Contents
        stream.write(stream.read_bytes() + b"\n% " + PHONE.encode().hex().encode())

    assert codes(source, changed(good, hide), marks) == {"raw"}


def test_data_behind_the_end_and_earlier_revisions_are_problems(source, good, marks):
    assert codes(source, good + b"\nmore", marks) == {"revisions"}
    assert "revisions" in codes(source, good + b"\nstartxref\n0\n%%EOF\n", marks)


def test_marks_that_were_never_applied_are_problems(source, good):
    other = (Mark(2, 10, 10, 380, 60, "privacy"),)
    assert codes(source, good, other) == {"pixels_left", "text_left", "picture_differs"}


def test_the_original_itself_and_rubbish_do_not_pass(source, marks):
    assert codes(source, source.pdf, marks)
    assert codes(source, b"%PDF-1.7 rubbish", marks) == {"unreadable"}
    assert codes(source, source.pdf, ()) == {"no_marks"}


def test_a_text_below_a_drawn_box_alone_is_found_out():
    """What a word processor's black rectangle does."""
    source = opened(hand_pdf(text_at(60, 100, PHONE)))
    book = pikepdf.new()
    add_page(book, text_at(60, 100, PHONE) + "0 g 50 90 150 30 re f")
    assert codes(source, saved(book), (Mark(1, 50, 80, 150, 30, "privacy"),))
