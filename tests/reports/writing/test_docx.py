"""The Word document: GB/T 9704-2012, tables that break well, nothing of the machine inside."""

from io import BytesIO
from zipfile import ZipFile

import docx as reader
import pytest
from docx.oxml.ns import qn

from gongkai.law.report.cells import Cell
from gongkai.reports.writing import docx
from gongkai.reports.writing.presentation import Adjustment, Presentation

from .builders import AT, a_hostile_presentation, a_hostile_report, a_report


@pytest.fixture(scope="module")
def file():
    return docx.render(a_report(), Presentation(version=2, digest="ab12"), at=AT)


@pytest.fixture(scope="module")
def document(file):
    return reader.Document(BytesIO(file))


def test_the_page_is_that_of_official_documents(document):
    page = document.sections[0]
    sides = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.right_margin,
        page.bottom_margin,
    )
    assert [round(side.mm) for side in sides] == [210, 297, 37, 28, 26, 35]


def test_the_faces_and_sizes(document):
    def face(name):
        style = document.styles[name]
        return style.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")), style.font.size.pt

    assert {name: face(name) for name in ("Title", "Normal", "Heading 1", "Heading 2", "Table Text")} == {
        "Title": ("方正小标宋简体", 22),
        "Normal": ("仿宋_GB2312", 16),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Table Text": ("宋体", 10.5),
    }


def test_lines_and_indents_of_the_body(document):
    form = document.styles["Normal"].paragraph_format
    indent = document.styles["Normal"].element.find(f".//{qn('w:ind')}").get(qn("w:firstLineChars"))
    assert (form.line_spacing.pt, indent) == (28.95, "200")


def test_every_face_names_its_stand_ins(file):
    table = ZipFile(BytesIO(file)).read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,仿宋,FangSong,' in table


def test_headings_stay_with_what_follows(document):
    assert [document.styles[name].paragraph_format.keep_with_next for name in ("Heading 1", "Heading 2")] == [
        True,
        True,
    ]


def test_the_paragraphs_in_order(document):
    assert [(each.style.name, each.text) for each in document.paragraphs if each.text] == [
        ("Title", "江东市文化局\n2024年政府信息公开工作年度报告"),
        ("Normal", "本报告依据《中华人民共和国政府信息公开条例》编制。"),
        ("Heading 1", "一、总体情况"),
        ("Heading 2", "（一）主动公开情况"),
        ("Normal", "全年主动公开政府信息1136条。"),
        ("Normal", "（二）依申请公开情况。收到申请21件，均按期答复。"),
        ("Heading 1", "二、主动公开政府信息情况"),
        ("Heading 1", "三、收到和处理政府信息公开申请情况"),
        ("Heading 1", "四、政府信息公开行政复议、行政诉讼情况"),
        ("Heading 1", "五、存在的主要问题及改进情况"),
        ("Normal", "一是公开的深度不够。"),
        ("Normal", "二是解读的形式单一。"),
        ("Heading 1", "六、其他需要报告的事项"),
        ("Normal", "本年度收取信息处理费0元。"),
    ]


def test_no_row_breaks_and_heads_repeat(document):
    rows = [[row.find(f"{qn('w:trPr')}") for row in table._tbl.tr_lst] for table in document.tables]
    assert all(each.find(qn("w:cantSplit")) is not None for table in rows for each in table)
    repeated = [[each.find(qn("w:tblHeader")) is not None for each in table].count(True) for table in rows]
    assert repeated == [0, 3, 3]


def test_headings_inside_tables_stay_with_the_row_below(document):
    kept = [
        paragraph.text
        for row in document.tables[0].rows
        for paragraph in row.cells[0].paragraphs
        if paragraph.paragraph_format.keep_with_next
    ]
    assert kept[:3] == ["第二十条第（一）项", "信息内容", "第二十条第（五）项"]


def test_the_page_number_stands_outside(document):
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    assert [
        (footer.paragraphs[0].text, footer.paragraphs[0]._p.find(f".//{qn('w:jc')}").get(qn("w:val")))
        for footer in (page.footer, page.even_page_footer)
    ] == [("—  —", "right"), ("—  —", "left")]
    assert [node.text for node in page.footer._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_the_metadata_names_the_agency_and_no_one_else(file, document):
    facts = document.core_properties
    assert (facts.title, facts.author, facts.last_modified_by, facts.version, facts.identifier) == (
        "江东市文化局2024年政府信息公开工作年度报告",
        "江东市文化局",
        "江东市文化局",
        "2",
        "sha256:ab12",
    )
    assert (facts.created, facts.modified) == (AT, AT)
    parts = ZipFile(BytesIO(file))
    assert [
        name for name in parts.namelist() if b"python-docx" in parts.read(name) or "thumbnail" in name
    ] == []


def test_the_same_report_gives_the_same_bytes(file):
    assert docx.render(a_report(), Presentation(version=2, digest="ab12"), at=AT) == file


def test_adjustments_are_told_below_the_table():
    made = docx.render(
        a_report(), Presentation(adjustments={Cell(3, "granted", "natural"): Adjustment(23, "漏登。")}), at=AT
    )
    notes = [
        each.text
        for each in reader.Document(BytesIO(made)).paragraphs
        if each.style.name == "Table Note" and each.text
    ]
    assert notes == [
        "数据调整说明：",
        "调1 表三“（一）予以公开”自然人：按记录计算为23，填报为24。理由：漏登。",
    ]


def test_hostile_text_is_text():
    made = reader.Document(BytesIO(docx.render(a_hostile_report(), a_hostile_presentation(), at=AT)))
    assert made.paragraphs[0].text == a_hostile_report().title.replace("\x07", "")
