"""Cells, figures and findings: the words every part of the report shares."""

import pytest
from tests.law.report.builders import number, report

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import figures_from
from gongkai.law.report.findings import Finding, Severity, Verdict, problems
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, format_for


@pytest.mark.parametrize("cell", [*FORMAT_2019.cells, *FORMAT_2021.cells])
def test_the_address_of_a_cell_reads_back(cell):
    assert Cell.parse(str(cell)) == cell


@pytest.mark.parametrize("text", ["", "t5.new.total", "t3", "t3.new", "t3..total", "t3.new.total.x"])
def test_what_is_no_address(text):
    with pytest.raises(ValueError, match="不是报告单元格的编号"):
        Cell.parse(text)


def test_a_report_gives_rows_in_the_order_of_the_form():
    values = {"t4.review.upheld": 5, "t4.review.total": 5}
    assert report(values=values).row(4, "review") == tuple(map(number, (5, 0, 0, 0, 5)))


def test_computed_numbers_are_clear_figures():
    assert figures_from({Cell(3, "new", "total"): 3}) == {Cell(3, "new", "total"): number(3)}


def test_a_report_gives_its_prose_in_order():
    assert report(sections={"lead": "导语。", "proactive": "", "other": "无。"}).prose() == "导语。\n\n无。"


def test_rows_come_grouped_by_clause():
    assert [(clause, [row.key for row in rows]) for clause, rows in FORMAT_2021.clauses()] == [
        ("第二十条第（一）项", ["rules", "normdoc"]),
        ("第二十条第（五）项", ["licence"]),
        ("第二十条第（六）项", ["penalty", "coercion"]),
        ("第二十条第（八）项", ["fee_wan"]),
    ]


def test_formats_by_year():
    assert [format_for(year) for year in (2019, 2020, 2021, 2030)] == [
        FORMAT_2019,
        FORMAT_2019,
        FORMAT_2021,
        FORMAT_2021,
    ]
    with pytest.raises(ValueError, match="2018年度没有全国统一的年度报告格式"):
        format_for(2018)


def test_problems_come_gravest_first():
    notice, error = (
        Finding("R1", severity, Verdict.FAIL, "") for severity in (Severity.NOTICE, Severity.ERROR)
    )
    passed = Finding("R1", Severity.ERROR, Verdict.PASS, "")
    assert problems([notice, passed, error]) == (error, notice)
    assert [one.label for one in (*Severity, *Verdict)] == [
        "错误",
        "警告",
        "提示",
        "通过",
        "不通过",
        "存疑",
        "无法核对",
    ]
