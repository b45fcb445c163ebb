import datetime as dt
import io

import pikepdf
import pytest
from PIL import Image

from gongkai.drafting import DraftingError, extract_text, read_document

from .builders import set_pdf

pytestmark = pytest.mark.fonts

LONG = "青屿县各中小学校要严格落实免试就近入学的规定，不得以考试或者变相考试的方式选拔学生，并向社会公开招生结果。"


def test_lines_become_paragraphs_again_and_furniture_goes():
    markup = f"#set par(first-line-indent: (amount: 2em, all: true))\n{LONG}\n\n第二段{LONG}\n\n" * 6
    drafted = read_document("甲.pdf", set_pdf(markup, numbering='"— 1 —"', header="[内部资料　注意保存]"))
    assert drafted.html.count("<p>") == 12
    assert drafted.html.count(f"第二段{LONG}") == 6
    assert "—" not in drafted.html
    assert "running_heads" in [each.kind for each in drafted.warnings]


def test_a_ruled_table_with_spans_and_over_two_pages():
    rows = "".join(f"[学校{n}],[{n}]," for n in range(30))
    markup = f"前文在此。\n#table(columns: (150pt, 150pt), table.header([名称],[人数]), {rows})"
    html = read_document("甲.pdf", set_pdf(markup)).html
    assert html.count("<table>") == 1
    assert html.count("<th ") == 2
    assert html.count("<tr>") == 31
    assert html.index("学校3<") < html.index("学校29<")
    spanned = "#table(columns: 3, table.cell(rowspan: 2)[甲], table.cell(colspan: 2)[乙], [丙], [丁])"
    assert '<td rowspan="2">甲</td><td colspan="2">乙</td>' in read_document("甲.pdf", set_pdf(spanned)).html


def test_what_an_official_pdf_says_of_itself():
    markup = (
        "#align(center)[#text(size: 20pt)[青屿县教育局文件]]\n#align(center)[青教〔2024〕12号]\n"
        "#align(center)[#text(size: 18pt)[关于做好招生工作的通知]]\n\n各学校：\n\n" + LONG + "\n\n"
        "#align(right)[青屿县教育局]\n#align(right)[2024年5月8日]"
    )
    drafted = read_document("甲.pdf", set_pdf(markup, height=500))
    assert drafted.title.value == "关于做好招生工作的通知"
    assert drafted.document_number.value == "青教〔2024〕12号"
    assert drafted.recipients.value == "各学校"
    assert drafted.issuers[0].value == "青屿县教育局"
    assert (drafted.made_on.value, drafted.made_on.place[:3]) == (dt.date(2024, 5, 8), "第1页")


def scan():
    out = io.BytesIO()
    Image.new("L", (600, 800), 200).save(out, "PDF")
    return out.getvalue()


def test_a_scan_is_refused_with_its_remedy_and_searched_as_nothing():
    with pytest.raises(DraftingError, match="没有文字层") as error:
        read_document("甲.pdf", scan())
    assert error.value.reason == "scanned"
    assert extract_text("甲.pdf", scan()) == ""


def test_a_scanned_page_among_others_is_told():
    with pikepdf.open(io.BytesIO(set_pdf(LONG))) as book, pikepdf.open(io.BytesIO(scan())) as other:
        book.pages.extend(other.pages)
        out = io.BytesIO()
        book.save(out)
    drafted = read_document("甲.pdf", out.getvalue())
    assert [(each.kind, each.place) for each in drafted.warnings] == [("scanned_page", "第2页")]


def test_white_letters_are_not_taken():
    drafted = read_document("甲.pdf", set_pdf(f"{LONG}\n\n#text(fill: white)[藏着的字]"))
    assert "藏" not in drafted.html
    assert "white" in [each.kind for each in drafted.warnings]


def test_the_text_of_a_pdf_is_searched():
    assert "免试就近入学" in extract_text("甲.pdf", set_pdf(LONG)).replace("\n", "")
