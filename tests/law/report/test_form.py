"""R11: the rows and columns of the right format."""

import pytest
from tests.law.report.builders import of, report, told, verdicts

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.checks.form import KINDS
from gongkai.law.report.figures import Figure, ShapeNote
from gongkai.law.report.findings import Severity, Verdict
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, TABLE3_COLUMNS


def row(key, form=FORMAT_2021):
    return [str(cell) for cell in form.cells if cell.row == key]


def noted(kind, where="表三", found="", expected="", cells=()):
    return check(report(shape=(ShapeNote(kind, where, found, expected, cells),)))


def test_the_right_form_passes_twice():
    assert [one.message for one in of(check(report(2023)), "R11")] == [
        "2023年度报告使用了国办公开办函〔2021〕30号的格式。",
        "三张表的行、列与国办公开办函〔2021〕30号的格式一致。",
    ]


def test_the_old_format_is_wrong_for_2021():
    findings = check(report(2021, form=FORMAT_2019))
    assert told(findings, "R11") == [
        ("fail", "error", "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号")
    ]


@pytest.mark.parametrize("year", [None, 2018])
def test_years_without_a_national_format_are_not_judged(year):
    assert verdicts(check(report(2023).with_(year=year)), "R11") == ["not_assessable", "pass"]


def test_an_unsplit_row_is_told_once():
    cells = tuple(Cell(3, "other_total", column.key) for column in TABLE3_COLUMNS)
    split = [address for address in map(str, FORMAT_2021.table3_cells) if ".other_" in address]
    bare = report(2023, absent=split)
    note = ShapeNote("other_not_split", "表三", "（六）其他处理", "", cells)
    unsplit = bare.with_(figures={**bare.figures, **dict.fromkeys(cells, Figure(0))}, shape=(note,))
    (finding,) = of(check(unsplit), "R11", Verdict.FAIL)
    assert finding.message == "表三“（六）其他处理”没有分成三行，仍是2019年格式的单行。"
    assert finding.cells == cells


def test_a_missing_row_in_the_middle_is_an_error():
    (finding,) = of(check(report(absent=row("denied_7_case_file"))), "R11", Verdict.FAIL)
    assert finding.message == "表三没有读到“7.属于行政执法案卷”的全部或部分单元格。"
    assert finding.severity is Severity.ERROR


def test_missing_rows_noted_by_the_reader_are_told_together():
    notes = tuple(
        ShapeNote("row_missing", "表三", "", key, tuple(map(Cell.parse, row(key))))
        for key in ("partial", "granted")
    )
    findings = check(report(absent=row("partial") + row("granted"), shape=notes))
    assert len(of(findings, "R11", Verdict.FAIL)) == 1


def test_a_missing_row_noted_without_cells_is_told_as_noted():
    findings = check(
        report(absent=row("partial"), shape=(ShapeNote("row_missing", "表三", "", "（二）部分公开"),))
    )
    assert [one.message for one in of(findings, "R11", Verdict.FAIL)] == ["表三缺少一行“（二）部分公开”。"]


def test_a_table_that_breaks_off_may_have_been_cut():
    later = [str(cell) for cell in FORMAT_2021.table3_cells + FORMAT_2021.table4_cells]
    (table2, table3, table4) = of(check(report(absent=[*row("fee_wan"), *later])), "R11")[1:]
    assert (
        table2.message == "表二没有读到“行政事业性收费”的全部或部分单元格，文件可能不完整，也可能版式特殊。"
    )
    assert (table2.verdict, table2.severity) == (Verdict.UNCERTAIN, Severity.WARNING)
    assert [table3.message, table4.message] == ["没有读到表三。", "没有读到表四。"]


def test_many_missing_rows_are_uncertain():
    keys = ("granted", "partial", "denied_1_secret", "denied_2_law")
    findings = check(report(absent=[address for key in keys for address in row(key)]))
    assert [one.verdict for one in of(findings, "R11")] == [Verdict.PASS, Verdict.UNCERTAIN]


def test_a_missing_table_is_uncertain_because_it_may_be_a_picture():
    cells = FORMAT_2021.table4_cells
    note = ShapeNote("table_missing", "表四", "", "表四", cells)
    findings = check(report(absent=map(str, cells), shape=(note,)))
    assert [one.message for one in of(findings, "R11", Verdict.UNCERTAIN)] == [
        "没有读到表四；表格若是图片，请改为可以复制文字的表格。"
    ]


def test_extra_cells_are_explained():
    findings = noted("cell_extra", "表四", "16个数", "15列")
    assert [one.message for one in of(findings, "R11", Verdict.FAIL)] == [
        "表四的数据格比表头的列多：表头为15列，数据行16个数；多出的格没有对应的列，核对时未计入。"
    ]


def test_extra_cells_are_counted_where_the_reader_names_them():
    findings = noted("cell_extra", "表四", "多出单元格：0", "15个单元格")
    assert [one.message for one in of(findings, "R11", Verdict.FAIL)] == [
        "表四数据行有16个数，而表头只有15列，多出的1格（0）没有对应的列，核对时未计入。"
    ]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"other_not_split", "table_missing", "row_missing"}))
def test_every_kind_of_note_is_told(kind):
    (finding,) = of(noted(kind, "表三", "写的", "应写的"), "R11", Verdict.FAIL)
    assert (finding.found, finding.expected, finding.severity) == ("写的", "应写的", KINDS[kind].severity)
    assert "〈" not in finding.message


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("row_label", "3．危及 三安全一稳定", "3.危及“三安全一稳定”"),
        (
            "section_title",
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "四、政府信息公开行政复议、行政诉讼情况",
        ),
        ("unknown_kind", "", ""),
        ("unit", "采购总金额（元）", "采购总金额"),
    ],
)
def test_marks_titles_in_use_and_other_kinds_are_no_matter_of_form(kind, found, expected):
    assert verdicts(noted(kind, "表三", found, expected), "R11") == ["pass", "pass"]
