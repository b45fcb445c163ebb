"""The workbook: three tables in the statutory layout, a sheet for machines, and no formula ever."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Standing
from gongkai.reports.writing import xlsx
from gongkai.reports.writing.presentation import Adjustment, Presentation

from .builders import AT, a_hostile_presentation, a_hostile_report, a_report, with_figure


def opened(report, presentation=None):
    return openpyxl.load_workbook(BytesIO(xlsx.render(report, presentation or Presentation(), at=AT)))


@pytest.fixture(scope="module")
def book():
    return opened(a_report())


def test_one_sheet_per_table_and_one_for_machines(book):
    assert book.sheetnames == ["表二 主动公开", "表三 依申请公开", "表四 复议诉讼", "数据"]


def test_merged_cells_follow_the_form(book):
    merged = {str(each) for each in book["表四 复议诉讼"].merged_cells.ranges}
    assert {"A1:O1", "A3:E3", "F3:O3", "A4:A5", "F4:J4", "K4:O4"} <= merged


def test_sheets_print_on_one_page_of_a4_with_their_head(book):
    sheet = book["表三 依申请公开"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        9,
        0,
        "$3:$5",
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True


def test_figures_are_numbers(book):
    sheet = book["表三 依申请公开"]
    assert [cell.value for cell in sheet[6]] == [
        "一、本年新收政府信息公开申请数量",
        None,
        None,
        *range(10, 17),
    ]


def test_the_data_sheet_has_a_row_per_cell(book):
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows[0] == ("单元格", "表", "行", "列", "数值", "单位", "原文", "状态")
    assert rows[1] == ("t2.rules.made", "表二", "规章", "本年制发件数", 0, "件", "0", "明确")
    assert [row[0] for row in rows[1:]] == [str(cell) for cell in a_report().format.cells]


def test_nothing_becomes_a_formula_or_a_link():
    book = opened(a_hostile_report(), a_hostile_presentation())
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert (kinds, links) == ({"s", "n"}, [])


@pytest.mark.parametrize("raw", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_a_cell_that_begins_like_a_formula_stays_text(raw):
    cell = Cell(3, "new", "natural")
    sheet = opened(with_figure(a_report(), cell, Figure(None, Standing.UNCERTAIN, raw=raw)))[
        "表三 依申请公开"
    ]
    assert (sheet["D6"].value, sheet["D6"].data_type) == (raw, "s")


def test_an_amount_with_more_digits_than_a_sheet_holds_is_kept_as_text():
    cell = Cell(2, "fee_wan", "amount_wan")
    figure = Figure(Decimal("9999999999999999.9999"))
    sheet = opened(with_figure(a_report(), cell, figure))["表二 主动公开"]
    assert sheet["B16"].value == "9999999999999999.9999"


def test_adjustments_are_told_below_the_table():
    sheet = opened(
        a_report(), Presentation(adjustments={Cell(3, "granted", "natural"): Adjustment(23, "漏登。")})
    )
    told = [cell.value for cell in sheet["表三 依申请公开"]["A"] if cell.value]
    assert told[-1] == "调1 表三“（一）予以公开”自然人：按记录计算为23，填报为24。理由：漏登。"


def test_the_metadata_names_the_agency(book):
    assert (book.properties.title, book.properties.creator) == (
        "江东市文化局2024年政府信息公开工作年度报告",
        "江东市文化局",
    )


def test_the_same_report_gives_the_same_bytes():
    assert xlsx.render(a_report(), at=AT) == xlsx.render(a_report(), at=AT)
