import io

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from gongkai.redaction import (
    BASES,
    Box,
    Mark,
    RedactionError,
    mark_over,
    marks_for,
    marks_of,
    read_page,
    redact,
    suggest,
    verify,
    why_marks_wrong,
)

from .builders import (
    AT,
    ID,
    PHONE,
    add_page,
    appended,
    hand_pdf,
    holds,
    opened,
    pdfium_text,
    saved,
    scan_picture,
    scanned_pdf,
    set_pdf,
    text_at,
    word,
    words,
)

pytestmark = pytest.mark.fonts

LETTER = f"""申请人：张三，身份证号码{ID}，手机{PHONE}。

经查，张三于2023年5月6日向本机关提出申请，编号 A-2023-0457，联系邮箱 zhang\\@c.cn。"""


def plumbed(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        return "\n".join(page.extract_text() for page in book.pages)


def squeezed(text):
    return "".join(text.split())


def marks_on(source, *texts, basis="privacy"):
    return tuple(
        mark
        for number in range(1, source.page_count + 1)
        for each in read_page(source, number).words
        if any(text in each.text for text in texts)
        for mark in marks_for(read_page(source, number), [each.id], basis=basis)
    )


def test_what_is_marked_is_gone_and_the_rest_can_be_searched():
    source = opened(set_pdf(LETTER))
    marks = marks_on(source, ID, PHONE)
    result = redact(source, marks, at=AT)
    for text in (pdfium_text(result.pdf), plumbed(result.pdf)):
        assert ID not in text
        assert PHONE not in text
        assert "A-2023-0457" in text
        assert "经查，张三于" in squeezed(text)
    assert not holds(result.pdf, ID)
    assert not holds(result.pdf, PHONE)
    assert verify(source, result, marks).problems == ()


def test_the_report_counts_and_names_the_bases_in_the_order_of_the_articles():
    source = opened(set_pdf(LETTER))
    marks = marks_on(source, PHONE, basis="case_file") + marks_on(source, ID)
    result = redact(source, marks, at=AT)
    assert result.removed == 2
    assert result.bases == (BASES["privacy"], BASES["case_file"])
    (page,) = result.report.pages
    assert (page.marks, page.removed, page.unseen) == (2, len(ID) + len(PHONE), 0)
    assert result.report.source_digest == source.digest
    assert result.report.left_behind == source.findings


def test_the_same_input_gives_the_same_bytes():
    source = opened(set_pdf(LETTER))
    marks = marks_on(source, ID)
    assert redact(source, marks, at=AT).pdf == redact(source, marks, at=AT).pdf


def test_the_basis_stands_on_the_box_or_its_number_at_the_foot():
    source = opened(set_pdf(LETTER))
    page = read_page(source, 1)
    name = [each for each in page.words[1].characters if each.text in "张三"]
    small = mark_over(
        page, [Box(name[0].box.left, name[0].box.top, name[1].box.right, name[1].box.bottom)], basis="privacy"
    )
    tiny = (Mark(1, 200, 200, 3, 3, "process"),)
    text = pdfium_text(redact(source, marks_on(source, ID) + small + tiny, at=AT).pdf)
    assert "第十五条 个人隐私" in text.replace("\r\n", "")
    assert squeezed(text).endswith(
        "遮盖依据：〔1〕第十五条个人隐私；〔2〕第十六条过程性信息（含未标号的小块）。"
    )


def test_a_half_covered_number_goes_whole_and_a_warning_says_so():
    source = opened(set_pdf(LETTER))
    box = word(read_page(source, 1), f"{ID}，").characters[3].box
    marks = (Mark(1, box.left - 0.5, box.top - 1, 12, box.height + 2, "privacy"),)
    result = redact(source, marks, at=AT)
    assert not any(ID[start : start + 4] in squeezed(plumbed(result.pdf)) for start in range(15))
    checked = verify(source, result, marks)
    assert (checked.problems, [issue.code for issue in checked.warnings]) == ((), ["partly_covered"])


def test_a_repetition_elsewhere_is_named_with_its_page():
    source = opened(set_pdf(f"手机{PHONE}。#pagebreak() 无 #pagebreak() 另见 138 0013 8000。"))
    marks = marks_on(source, PHONE)
    checked = verify(source, redact(source, marks, at=AT), marks)
    assert [str(issue) for issue in checked.warnings] == ["第3页：已遮盖的“13*******00”在第3页1处仍未遮盖"]
    assert checked.releasable


def test_accepted_suggestions_are_withheld():
    source = opened(set_pdf(LETTER))
    found = suggest(source)
    assert [(each.kind.value, each.text) for each in found] == [
        ("姓名", "张三"),
        ("身份证号码", ID),
        ("手机号码", PHONE),
        ("姓名", "张三"),
        ("电子邮箱", "zhang@c.cn"),
    ]
    marks = marks_of(source, found, basis="privacy")
    result = redact(source, marks, at=AT)
    assert not any(each.text in squeezed(pdfium_text(result.pdf)) for each in found)
    assert verify(source, result, marks) == verify(source, result.pdf, marks)
    assert verify(source, result, marks).warnings == ()


def test_a_number_over_two_lines_gets_two_boxes():
    source = opened(set_pdf(f"身份证 {ID[:14]}\\ {ID[14:]} 号"))
    (found,) = suggest(source)
    assert len(found.boxes) == 2
    marks = marks_of(source, [found], basis="privacy")
    assert "002X" not in pdfium_text(redact(source, marks, at=AT).pdf)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_and_cropped_pages(rotation):
    content = text_at(60, 100, PHONE) + text_at(60, 60, "OPEN99")
    source = opened(hand_pdf(content, Rotate=rotation, CropBox=Array([50, 20, 250, 180])))
    marks = marks_on(source, PHONE)
    result = redact(source, marks, at=AT)
    assert verify(source, result, marks).problems == ()
    assert not holds(result.pdf, PHONE)
    again = opened(result.pdf)
    assert again.sizes[0][0] == pytest.approx(source.sizes[0][0])
    kept, before = word(read_page(again, 1), "OPEN99").box, word(read_page(source, 1), "OPEN99").box
    assert all(abs(one - other) < 8 for one, other in zip(kept.centre, before.centre, strict=True))


def test_nothing_that_was_hidden_in_the_file_comes_along():
    book = pikepdf.new()
    shown = book.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([5, 5, 14, 14]),
        Contents=pikepdf.String("SECRETNOTE"),
        AP=Dictionary(N=shown),
    )
    page = add_page(
        book, text_at(60, 100, PHONE) + text_at(60, 60, "OPEN99"), Annots=Array([book.make_indirect(note)])
    )
    page.Thumb = book.make_stream(b"SECRETTHUMB")
    book.docinfo["/Author"] = "SECRETAUTHOR"
    book.attachments["SECRETFILE.txt"] = pikepdf.AttachedFileSpec(book, b"SECRETCONTENT")
    book.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("SECRETSCRIPT"))
    pdf = saved(book, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(pdf)) as again:
        number = again.pages[0].Contents.objgen[0]
    new = text_at(60, 100, "PRESENT1").encode()
    source = opened(appended(pdf, number, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(new), new)))
    marks = marks_on(source, "PRESENT1")
    result = redact(source, marks, at=AT)
    for secret in ("SECRET", "PRESENT1", PHONE, "OPEN99"):
        assert not holds(result.pdf, secret)
    assert verify(source, result, marks).problems == ()


def test_a_scan_loses_picture_and_recognised_text_together():
    layer = text_at(48, 842 - 69, PHONE, 24, mode=3) + text_at(48, 842 - 190, "OPEN99", 24, mode=3)
    sheet = scan_picture(PHONE)
    sheet.paste(scan_picture("OPEN99").crop((90, 90, 500, 170)), (90, 340))
    source = opened(scanned_pdf(layer, sheet))
    assert words(read_page(source, 1)) == [PHONE, "OPEN99"]
    marks = marks_on(source, PHONE)
    result = redact(source, marks, at=AT)
    assert "OPEN99" in pdfium_text(result.pdf)
    assert not holds(result.pdf, PHONE)
    assert verify(source, result, marks).problems == ()


def test_a_redacted_file_can_be_redacted_further():
    source = opened(set_pdf(LETTER))
    once = opened(redact(source, marks_on(source, ID), at=AT).pdf)
    marks = marks_on(once, PHONE)
    result = redact(once, marks, at=AT)
    assert (PHONE in pdfium_text(result.pdf), "A-2023-0457" in pdfium_text(result.pdf)) == (False, True)
    assert verify(once, result, marks).problems == ()


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        (Mark(2, 1, 1, 1, 1, "privacy"), "没有第2页"),
        (Mark(1, 1, 1, 1, 1, "none"), "没有选定遮盖依据"),
        (Mark(1, 1, 1, 0, 1, "privacy"), "宽或高为零"),
        (Mark(1, 1, 1, float("nan"), 1, "privacy"), "位置不是数字"),
        (Mark(1, 350, 1, 51, 1, "privacy"), "超出第1页的范围"),
        (Mark(1, -2, 1, 5, 1, "privacy"), "超出第1页的范围"),
    ],
)
def test_wrong_marks_are_refused_with_their_fault(mark, fault):
    source = opened(set_pdf("文"))
    (wrong,) = why_marks_wrong(source, [mark])
    assert str(wrong).startswith(f"第1处：{fault}。遮盖框有误")
    with pytest.raises(RedactionError, match="遮盖框有误"):
        redact(source, [mark], at=AT)


def test_no_mark_is_refused():
    with pytest.raises(RedactionError, match="还没有标注"):
        redact(opened(set_pdf("文")), [], at=AT)


TOKENS = [f"K{number:03}Z" for number in range(40)]
HANZI = [chr(0x4E00 + 37 * number) for number in range(60)]


@pytest.fixture(scope="module")
def dense():
    """Every word and every Chinese character on it stands once."""
    first = " ".join(TOKENS[:30]) + "\n\n" + "".join(HANZI)
    return opened(
        set_pdf(first + "\n\n#rotate(90deg, reflow: true)[" + " ".join(TOKENS[30:]) + "]", height=260)
    )


@pytest.fixture(scope="module")
def inked(dense):
    """Where another library sees each character: the oracle."""
    with pdfplumber.open(io.BytesIO(dense.pdf)) as book:
        return [
            (char["text"], Box(char["x0"], char["top"], char["x1"], char["bottom"]))
            for char in book.pages[0].chars
            if char["text"].strip()
        ]


def covered(boxes, mark):
    return [
        text
        for text, box in boxes
        if mark.box.shared(box).width > box.width * 0.6 and mark.box.shared(box).height > box.height * 0.6
    ]


areas = st.builds(
    Mark,
    page=st.just(1),
    x=st.floats(0, 300),
    y=st.floats(0, 200),
    width=st.floats(2, 100),
    height=st.floats(2, 60),
    basis=st.sampled_from(sorted(BASES)),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=st.lists(areas, min_size=1, max_size=6))
def test_no_marked_word_can_be_extracted_by_anyone(dense, inked, marks):
    result = redact(dense, marks, at=AT, dpi=100)
    texts = [squeezed(pdfium_text(result.pdf)), squeezed(plumbed(result.pdf))]
    labels = "".join(basis.label for basis in BASES.values())
    for mark in marks:
        for sign in covered(inked, mark):
            if sign in HANZI and sign not in labels:
                assert not any(sign in text for text in texts)
    runs = _runs(inked)
    for token, boxes in runs.items():
        if any(covered(boxes, mark) for mark in marks):
            assert not any(token in text for text in texts)
            assert not holds(result.pdf, token)
    assert verify(dense, result, marks).problems == ()


def _runs(inked):
    """The characters of each Latin word, in the order of the file."""
    flat = "".join(text for text, _ in inked)
    return {
        token: inked[flat.index(token) : flat.index(token) + len(token)] for token in TOKENS if token in flat
    }
