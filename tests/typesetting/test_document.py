"""Where things stand in an official document (GB/T 9704-2012)."""

import datetime as dt

import pytest

from gongkai.typesetting import page
from gongkai.typesetting.document import (
    Form,
    FormCell,
    FormRow,
    Head,
    Heading,
    KeyValues,
    Paragraph,
    SignatureIndents,
    Table,
    as_form,
    chinese_date,
    numbered_names,
    outlined,
    placed,
    signature_indents,
)
from gongkai.typesetting.text import em_width, set_width

from .builders import FORM, a_document


def test_a_date_has_no_zeros_in_front():
    assert chinese_date(dt.date(2024, 3, 5)) == "2024年3月5日"


@pytest.mark.parametrize(
    ("signature", "date", "indents"),
    [
        ("江东市文化局", "2024年3月5日", SignatureIndents(4.625, 4)),
        ("甲局", "2024年12月12日", SignatureIndents(7.125, 4)),
        ("江东市文化和旅游局", "2024年3月5日", SignatureIndents(3.125, 4)),
        ("江东市人民政府政务公开领导小组办公室", "2024年3月5日", SignatureIndents(0, 5.375)),
    ],
)
def test_under_a_seal_the_signature_is_centred_over_the_date(signature, date, indents):
    found = signature_indents(signature, date, seal=True)
    assert found == indents
    middles = (found.signature + set_width(signature) / 2, found.date + set_width(date) / 2)
    assert middles[0] == middles[1]


@pytest.mark.parametrize(
    ("signature", "date", "indents"),
    [
        ("江东市文化和旅游局办公室", "2024年3月5日", SignatureIndents(2, 4.75)),
        ("甲局", "2024年12月12日", SignatureIndents(10.25, 2)),
    ],
)
def test_without_a_seal_the_date_begins_two_characters_further(signature, date, indents):
    found = signature_indents(signature, date, seal=False)
    assert found == indents
    begins = (found.signature + set_width(signature), found.date + set_width(date))
    assert begins[0] - begins[1] == 2


def test_the_body_stands_in_the_title_unless_a_red_head_carries_it():
    assert a_document().title_lines == ("江东市文化局", "政府信息部分公开告知书")
    assert a_document(head=Head.RED).title_lines == ("政府信息部分公开告知书",)
    assert a_document().name == "江东市文化局政府信息部分公开告知书"


def test_a_long_name_fits_the_line():
    short, long = a_document(), a_document(issuer="江东市文化和旅游局、江东市发展和改革委员会")
    assert short.issuer_size == page.ISSUER_SIZE
    assert long.issuer_size * em_width(long.issuer) <= page.points(page.TEXT_WIDTH)


def test_attachments_are_numbered_when_there_are_several():
    document = a_document()
    assert document.all_attachments == ("批复", "附图", "意见回执")
    assert [label for label, _ in document.labelled_enclosures] == ["附件3"]
    assert [label for label, _ in a_document(attachments=()).labelled_enclosures] == ["附件"]
    assert numbered_names(("甲", "乙")) == ("1. 甲", "2. 乙")
    assert numbered_names(("甲",)) == ("甲",)


def test_notes_begin_with_the_contact():
    assert a_document().all_notes == ("联系人：林敏", "此件主动公开")


def test_cells_go_where_room_is():
    assert [(one.row, one.column, one.cell.text) for one in placed(FORM)] == [
        (0, 0, "受送达人"),
        (0, 1, "陈晓明"),
        (1, 0, "签收"),
        (1, 1, "甲\n乙"),
        (1, 2, "丙"),
        (2, 1, "丁"),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((FormRow((FormCell("甲"),)),), "form “表”: the cells do not fill its 2 columns"),
        ((FormRow((FormCell("甲", colspan=3),)),), "form “表”: the cells do not fill its 2 columns"),
        (
            (FormRow((FormCell(rowspan=2), FormCell(rowspan=2))),),
            "form “表”: the cells do not fill its 2 columns",
        ),
        (
            (FormRow((FormCell(), FormCell(rowspan=2))), FormRow((FormCell(colspan=2),))),
            "form “表”: cells overlap in row 2",
        ),
    ],
)
def test_a_form_must_be_full(rows, message):
    with pytest.raises(ValueError, match=message):
        Form((1, 1), rows, "表")


def test_tables_are_forms():
    table = as_form(Table(("甲", "乙"), (("1", "2"),), "表", (1, 3)))
    assert (table.millimetres, table.head_rows) == ((39, 117), 1)
    facts = as_form(KeyValues((("申请编号", "1"), ("名", "2")), "表"))
    assert [cell.label for row in facts.rows for cell in row.cells] == [True, False, True, False]
    assert sum(facts.millimetres) == pytest.approx(page.TEXT_WIDTH)


def test_no_level_of_the_outline_is_skipped():
    two, one, text = Heading("（一）", 2), Heading("一、"), Paragraph("甲")
    assert outlined((two, text, one, two)) == (False, False, True, True)
    assert outlined((text,)) == (False,)
