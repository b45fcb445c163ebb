"""The PDF of an official document, checked by structure."""

import datetime as dt
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from gongkai.typesetting import page, pdf
from gongkai.typesetting.document import Head, Heading, Paragraph
from gongkai.typesetting.fonts import CharacterMissing, FontMissing

from .builders import AT, a_document

pytestmark = pytest.mark.fonts


@pytest.fixture(scope="module")
def file():
    return pdf.render(a_document(), at=AT)


SAME_LINE = 6  # points between the tops of faces of different height, which a machine may have for digits


def words(made):
    with pdfplumber.open(BytesIO(made)) as opened:
        return [page.extract_text(y_tolerance=SAME_LINE) for page in opened.pages]


def place(made, text):
    """The page a line stands on, and its left and right edge in mm."""
    with pdfplumber.open(BytesIO(made)) as opened:
        for number, sheet in enumerate(opened.pages, start=1):
            for line in sheet.extract_text_lines(y_tolerance=SAME_LINE):
                if "".join(line["text"].split()) == text:
                    return number, line["x0"] * 25.4 / 72, line["x1"] * 25.4 / 72
    return None


def test_it_is_archival_accessible_and_tagged(file):
    with pikepdf.open(BytesIO(file)) as opened:
        with opened.open_metadata() as facts:
            declared = [facts.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
        assert declared == ["2", "A", "1"]
        assert bool(opened.Root.MarkInfo.Marked)
        kinds = [
            str(item.S)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
        alternatives = [
            str(item.Alt)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    counted = {name: kinds.count(f"/{name}") for name in ("Title", "H1", "H2", "Table", "TH", "Figure")}
    assert counted == {"Title": 1, "H1": 1, "H2": 1, "Table": 4, "TH": 2, "Figure": 1}
    assert alternatives == ["查询二维码"]


def test_title_author_and_date(file):
    with pikepdf.open(BytesIO(file)) as opened:
        facts = opened.docinfo
        assert (str(facts.Title), str(facts.Author), str(facts.CreationDate)[:16]) == (
            "江东市文化局政府信息部分公开告知书",
            "江东市文化局",
            "D:20240305013000",
        )


def test_signature_and_date_stand_under_the_seal():
    made = pdf.render(a_document(signature="江东市文化局办公室"), at=AT)
    signature, date = place(made, "江东市文化局办公室"), place(made, "2024年3月5日")
    edge = page.PAGE_WIDTH - page.RIGHT
    assert edge - date[2] == pytest.approx(page.BODY_SIZE * 4 / page.POINTS_PER_MM, abs=0.5)
    assert sum(signature[1:]) == pytest.approx(sum(date[1:]), abs=1)
    last = place(made, "特此告知。")
    assert [last[0], signature[0], date[0]] == [2, 2, 2]


def test_a_red_head_stands_35_mm_down_over_a_red_rule():
    made = pdf.render(a_document(head=Head.RED), at=AT)
    with pdfplumber.open(BytesIO(made)) as opened:
        first = opened.pages[0]
        red = [each for each in first.chars if each["non_stroking_color"] == (1, 0, 0)]
        rules = [each for each in (*first.lines, *first.rects) if each["stroking_color"] == (1, 0, 0)]
    assert "".join(each["text"] for each in red) == "江东市文化局"
    assert min(each["top"] for each in red) * 25.4 / 72 == pytest.approx(page.TOP + 35, abs=4)
    assert [round(each["width"] * 25.4 / 72) for each in rules] == [page.TEXT_WIDTH]


def test_an_enclosure_begins_a_page(file):
    pages = words(file)
    assert pages[-1].startswith("附件 3\n意见回执\n意见")


def test_a_second_level_alone_is_no_outline():
    made = pdf.render(a_document(blocks=(Heading("（一）批复", 2), Paragraph("甲"))), at=AT)
    assert "（一）批复" in words(made)[0]


def test_the_same_document_gives_the_same_bytes(file):
    assert pdf.render(a_document(), at=AT) == file
    assert pdf.render(a_document(), at=AT + dt.timedelta(days=1)) != file


def test_text_is_never_markup():
    made = pdf.render(a_document(title="#panic()", blocks=(Paragraph("*a* $b$ #c [d]"),)), at=AT)
    assert ["#panic()" in words(made)[0], "*a* $b$ #c [d]" in words(made)[0]] == [True, True]


def test_what_cannot_be_set_is_named():
    with pytest.raises(CharacterMissing, match=r"U\+E123"):
        pdf.render(a_document(addressee="\ue123"), at=AT)
    with pytest.raises(FontMissing, match="apt-get install fonts-noto-cjk"):
        pdf.render(a_document(), at=AT, system_fonts=False)
