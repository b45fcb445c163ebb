"""The Word file of an official document."""

from io import BytesIO
from zipfile import ZipFile

import docx as reader
import pytest
from docx.oxml.ns import qn

from gongkai.typesetting import docx
from gongkai.typesetting.document import Head, Paragraph

from .builders import AT, a_document


def opened(**changes):
    return reader.Document(BytesIO(docx.render(a_document(**changes), at=AT)))


@pytest.fixture(scope="module")
def document():
    return opened()


def lines(document):
    return [(each.style.name, each.text) for each in document.paragraphs if each.text]


def paragraph(document, text):
    return next(each._p for each in document.paragraphs if each.text == text)


def test_the_lines_in_order(document):
    assert lines(document) == [
        ("Title", "江东市文化局\n政府信息部分公开告知书"),
        ("Document Number", "江文公开〔2024〕第12号"),
        ("Addressee", "陈晓明："),
        ("Normal", "现答复如下。"),
        ("Heading 1", "一、公开的内容"),
        ("Heading 2", "（一）批复"),
        ("Normal", "1. 甲项。"),
        ("Normal", "2. 乙项。"),
        ("Addressee", "顶格。"),
        ("Normal", "特此告知。"),
        ("Attachment", "附件：1. 批复"),
        ("Attachment", "\u3000\u3000\u30002. 附图"),
        ("Attachment", "\u3000\u3000\u30003. 意见回执"),
        ("Signature", "江东市文化局"),
        ("Signature", "2024年3月5日"),
        ("Normal", "（联系人：林敏）"),
        ("Normal", "（此件主动公开）"),
        ("Enclosure", "附件3"),
        ("Title", "意见回执"),
    ]


def test_under_a_red_head_the_number_stands_on_the_rule():
    made = opened(head=Head.RED)
    assert lines(made)[:3] == [
        ("Issuer", "江东市文化局"),
        ("Ruled Number", "江文公开〔2024〕第12号"),
        ("Title", "政府信息部分公开告知书"),
    ]
    colour = made.styles["Issuer"].element.find(f".//{qn('w:color')}").get(qn("w:val"))
    rule = made.styles["Ruled Number"].element.find(f".//{qn('w:bottom')}")
    assert (colour, rule.get(qn("w:color")), rule.get(qn("w:space"))) == ("FF0000", "FF0000", "11")


def test_the_date_is_four_characters_in(document):
    indent = paragraph(document, "2024年3月5日").find(f".//{qn('w:ind')}")
    assert (indent.get(qn("w:rightChars")), indent.get(qn("w:right"))) == ("400", "1280")


def test_the_end_stays_with_the_last_words(document):
    kept = [
        each.text
        for each in document.paragraphs
        if each._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    ]
    assert [text for text in kept if text] == [
        "特此告知。",
        "附件：1. 批复",
        "\u3000\u3000\u30002. 附图",
        "\u3000\u3000\u30003. 意见回执",
        "江东市文化局",
        "2024年3月5日",
        "（联系人：林敏）",
    ]


def test_there_is_room_for_the_seal():
    def empty(seal):
        made = opened(
            seal=seal, blocks=(Paragraph("甲"),), attachments=(), enclosures=(), notes=(), contact=""
        )
        return [each.text for each in made.paragraphs].count("")

    assert (empty(True), empty(False)) == (2, 1)


def test_an_enclosure_begins_a_page(document):
    assert paragraph(document, "附件3").find(f".//{qn('w:pageBreakBefore')}") is not None


def test_tables_and_their_merged_cells(document):
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert cells == [
        [["内容", "理由"], ["第3页", "个人隐私"]],
        [["申请编号", "2024-0012"]],
        [["", "申请编号：2024-0012"]],
        [["受送达人", "陈晓明", "陈晓明"], ["签收", "甲\n乙", "丙"], ["签收", "丁", "丁"]],
        [["意见", ""]],
    ]


def test_the_code_is_a_picture_that_can_be_read_out(document):
    (picture,) = document.element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "查询二维码"


def test_the_same_document_gives_the_same_bytes():
    assert docx.render(a_document(), at=AT) == docx.render(a_document(), at=AT)


def test_nothing_of_the_machine_is_inside():
    parts = ZipFile(BytesIO(docx.render(a_document(), at=AT)))
    assert [name for name in parts.namelist() if b"python-docx" in parts.read(name)] == []
    facts = opened().core_properties
    assert (facts.title, facts.author) == ("江东市文化局政府信息部分公开告知书", "江东市文化局")


def test_a_bare_document_has_no_empty_parts():
    made = opened(
        blocks=(Paragraph("甲"),), number="", addressee="", attachments=(), signature="", signed_on=None, notes=(),
        contact="", enclosures=(),
    )  # fmt: skip
    assert [each.text for each in made.paragraphs] == ["江东市文化局\n政府信息部分公开告知书", "甲"]
