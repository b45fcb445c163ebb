"""The PDF, checked by structure: tagged, archival, the same page as the Word document."""

from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from gongkai.reports.writing import pdf
from gongkai.reports.writing.presentation import PLAIN, Presentation

from .builders import AT, a_hostile_presentation, a_hostile_report, a_report

pytestmark = pytest.mark.fonts


@pytest.fixture(scope="module")
def file():
    return pdf.render(a_report(), at=AT)


@pytest.fixture(scope="module")
def parsed(file):
    with pikepdf.open(BytesIO(file)) as opened:
        yield opened


def tags(parsed):
    found = []
    waiting = [parsed.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S))
        kids = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else []
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    return found


def test_it_declares_archival_and_accessible(parsed):
    with parsed.open_metadata() as facts:
        declared = [facts.get(f"{name}") for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    assert declared == ["2", "A", "1"]
    assert [str(intent.S) for intent in parsed.Root.OutputIntents] == ["/GTS_PDFA1"]


def test_it_is_tagged_in_chinese_and_shows_its_title(parsed):
    assert (
        bool(parsed.Root.MarkInfo.Marked),
        str(parsed.Root.Lang),
        bool(parsed.Root.ViewerPreferences.DisplayDocTitle),
    ) == (
        True,
        "zh-CN",
        True,
    )


def test_title_author_and_date(parsed):
    facts = parsed.docinfo
    assert (str(facts.Title), str(facts.Author), str(facts.CreationDate)[:16]) == (
        "江东市文化局2024年政府信息公开工作年度报告",
        "江东市文化局",
        "D:20250120093000",
    )


def test_headings_and_tables_are_structure(parsed):
    found = tags(parsed)
    counted = {name: found.count(f"/{name}") for name in ("Table", "H1", "H2", "Title")}
    assert counted == {"Table": 3, "H1": 6, "H2": 1, "Title": 1}
    assert found.count("/TH") > 0


def test_every_font_is_embedded(parsed):
    fonts = [
        item
        for item in parsed.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_page_is_that_of_official_documents(file):
    with pdfplumber.open(BytesIO(file)) as opened:
        for page in opened.pages:
            assert (round(page.width * 25.4 / 72), round(page.height * 25.4 / 72)) == (210, 297)
            body = [
                each
                for each in page.chars
                if each["text"].isalnum() and each["bottom"] < (297 - 35) / 25.4 * 72
            ]
            assert min(each["x0"] for each in body) > 27.5 / 25.4 * 72
            assert max(each["x1"] for each in body) < (210 - 25) / 25.4 * 72


def test_page_numbers_stand_outside(file):
    with pdfplumber.open(BytesIO(file)) as opened:
        numbers = [
            page.crop((0, page.height - 28 / 25.4 * 72, page.width, page.height)) for page in opened.pages
        ]
        said = [(each.extract_text().strip(), each.chars[0]["x0"] > each.width / 2) for each in numbers]
    assert said[:2] == [("— 1 —", True), ("— 2 —", False)]


def test_the_same_report_gives_the_same_bytes(file):
    assert pdf.render(a_report(), PLAIN, at=AT) == file


def test_hostile_text_is_never_markup():
    made = pdf.render(a_hostile_report(), a_hostile_presentation(), at=AT)
    with pdfplumber.open(BytesIO(made)) as opened:
        text = "".join(page.extract_text() for page in opened.pages).replace("\n", "")
    assert "<script>alert(1)</script>" in text
    assert "#panic()" in text


def test_a_character_no_font_has_is_named():
    with pytest.raises(pdf.CharacterMissing, match=r"PDF无法写入这些字符：U\+E123"):
        pdf.render(a_report(sections={"overview": "私用\ue123字"}), at=AT)


def test_without_a_chinese_font_it_says_what_to_install():
    with pytest.raises(pdf.FontMissing, match="apt-get install fonts-noto-cjk"):
        pdf.render(a_report(), Presentation(), at=AT, system_fonts=False)
