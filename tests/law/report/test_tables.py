"""R1–R4: the arithmetic of tables 3 and 4."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.report.builders import blank, of, report, told, unreadable, verdicts, with_requests

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.checks.tables import result_rows, rows_of_table3
from gongkai.law.report.figures import Figure, Standing
from gongkai.law.report.findings import Severity, Verdict
from gongkai.law.report.formats import (
    APPLICANT_COLUMNS,
    FORMAT_2019,
    FORMAT_2021,
    TABLE3_COLUMNS,
    TABLE4_COLUMNS,
    TABLE4_GROUPS,
)

ARITHMETIC = ("R1", "R2", "R3", "R4")


@st.composite
def consistent_values(draw, form=FORMAT_2021):
    """Tables 3 and 4 whose sums are right, by address."""
    random, values = draw(st.randoms(use_true_random=False)), {}
    most = draw(st.sampled_from([0, 1, 3, 40, 5000]))

    def count():
        return random.randint(0, most)

    for column in APPLICANT_COLUMNS:
        parts = {row: count() for row in form.result_rows}
        carried_in, carried_out = count(), count()
        total = sum(parts.values())
        new = total + carried_out - carried_in
        if new < 0:
            new, carried_in = 0, total + carried_out
        rows = {**parts, "new": new, "carried_in": carried_in, "carried_out": carried_out, "total": total}
        values |= {f"t3.{row}.{column}": value for row, value in rows.items()}
    for row in form.table3:
        values[f"t3.{row.key}.total"] = sum(values[f"t3.{row.key}.{column}"] for column in APPLICANT_COLUMNS)
    for group in TABLE4_GROUPS:
        parts = [count() for _ in TABLE4_COLUMNS[:-1]]
        values |= {
            f"t4.{group.key}.{c.key}": v for c, v in zip(TABLE4_COLUMNS, [*parts, sum(parts)], strict=True)
        }
    return values


@settings(deadline=None)
@given(consistent_values())
def test_consistent_tables_pass_every_sum(values):
    findings = check(report(2023, values=values))
    assert [verdicts(findings, rule) for rule in ARITHMETIC] == [["pass"]] * 4


@settings(deadline=None)
@given(consistent_values(FORMAT_2019))
def test_consistent_tables_of_the_2019_format_pass_every_sum(values):
    findings = check(report(2020, values=values))
    assert [verdicts(findings, rule) for rule in ARITHMETIC] == [["pass"]] * 4


@settings(deadline=None)
@given(consistent_values(), st.sampled_from(FORMAT_2021.table3_cells), st.integers(min_value=1, max_value=99))
def test_a_change_of_any_one_cell_of_table_3_is_found(values, cell, added):
    values[str(cell)] += added
    findings = check(report(2023, values=values))
    concerned = {
        one
        for rule in ("R1", "R2", "R3")
        for finding in of(findings, rule, Verdict.FAIL)
        for one in finding.cells
    }
    assert cell in concerned


@settings(deadline=None)
@given(consistent_values(), st.sampled_from(FORMAT_2021.table4_cells), st.integers(min_value=1, max_value=99))
def test_a_change_of_any_one_cell_of_table_4_is_found(values, cell, added):
    values[str(cell)] += added
    (finding,) = of(check(report(2023, values=values)), "R4", Verdict.FAIL)
    assert cell in finding.cells


def test_r1_names_the_column_and_both_sides():
    values = with_requests(granted=21) | {"t3.new.natural": 22, "t3.new.total": 22}
    first, second = of(check(report(values=values)), "R1", Verdict.FAIL)
    assert first.message == (
        "表三“自然人”列：第一项22＋第二项0＝22，第三项（七）总计21＋第四项0＝21，两边相差1件。"
    )
    assert (first.severity, first.expected, first.found) == (Severity.ERROR, "22", "21")
    assert first.cells == tuple(
        Cell(3, row, "natural") for row in ("new", "carried_in", "total", "carried_out")
    )
    assert "总计" in second.message


def test_r2_compares_the_results_with_their_total():
    values = with_requests(granted=3, denied_2_law=1) | {"t3.total.natural": 5, "t3.new.natural": 5}
    (finding,) = of(check(report(values=values)), "R2", Verdict.FAIL)
    assert finding.message == "表三“自然人”列：各类办理结果之和为4，（七）总计写的是5，不一致。"
    assert finding.remedy == "核对各分项；分项无误的，（七）总计填4。"


def test_r3_a_blank_total_over_filled_columns_is_wrong():
    values = with_requests(granted=3) | {"t3.granted.total": blank()}
    (finding,) = of(check(report(values=values)), "R3", Verdict.FAIL)
    assert finding.message == "表三“（一）予以公开”：六类申请人之和为3，总计是空白，不一致。"
    assert (finding.expected, finding.found) == ("3", "空白")


def test_r4_names_the_addends():
    values = {"t4.review.upheld": 10, "t4.review.corrected": 1}
    (finding,) = of(check(report(values=values)), "R4", Verdict.FAIL)
    assert finding.message == (
        "表四“行政复议”：结果维持10＋结果纠正1＋其他结果0＋尚未审结0＝11，总计写的是0，不一致。"
    )


def test_blanks_that_hold_as_zero_never_pass_and_never_fail():
    values = with_requests(granted=3) | {"t3.granted.business": blank(), "t3.partial.natural": blank("/")}
    findings = check(report(values=values))
    assert {rule: verdicts(findings, rule) for rule in ARITHMETIC} == {
        "R1": ["pass"],
        "R2": ["not_assessable", "pass"],
        "R3": ["not_assessable", "pass"],
        "R4": ["pass"],
    }
    told_of = of(findings, "R3", Verdict.NOT_ASSESSABLE)[0].message
    assert told_of.endswith("有空白，不能算通过；把空白当作0时，“总计等于六类申请人之和”成立。")


def test_a_blank_that_may_make_up_the_difference_is_uncertain():
    values = with_requests(granted=3) | {"t3.granted.business": blank(), "t3.granted.total": 5}
    findings = check(report(values=values))
    assert told(findings, "R3") == [("uncertain", "warning", "3", "5")]
    assert (
        "表三“（一）予以公开”商业企业为空白，这里按0计算" in of(findings, "R3", Verdict.UNCERTAIN)[0].message
    )


def test_a_blank_cannot_mend_a_total_that_is_too_small():
    values = with_requests(granted=3) | {"t3.granted.business": blank(), "t3.granted.total": 2}
    assert told(check(report(values=values)), "R3") == [("fail", "error", "3", "2")]


def test_blank_row_totals_are_reckoned_from_their_row_in_r2():
    values = with_requests(granted=3, partial=2) | {"t3.granted.total": blank(), "t3.partial.total": blank()}
    findings = check(report(values=values))
    assert told(findings, "R2") == []
    assert told(findings, "R3") == [("fail", "error", "3", "空白"), ("fail", "error", "2", "空白")]


@pytest.mark.parametrize("gap", [unreadable("l2"), Figure(None, Standing.MISSING)])
def test_an_unreadable_or_absent_cell_leaves_the_sum_undecided(gap):
    values = with_requests(granted=3) | {"t3.granted.business": gap}
    findings = check(report(values=values))
    assert verdicts(findings, "R3") == ["not_assessable", "pass"]
    assert of(findings, "R3")[0].message == (
        "“（一）予以公开”缺少单元格或有读不出的数，无法核对“总计等于六类申请人之和”。"
    )


def test_an_assigned_cell_makes_a_failure_uncertain():
    values = with_requests(granted=3) | {"t3.granted.business": Figure(1, Standing.ASSIGNED, raw="1")}
    (finding,) = of(check(report(values=values)), "R3", Verdict.UNCERTAIN)
    assert finding.message.endswith("其中表三“（一）予以公开”商业企业的位置由软件推断，请先对照原文核对。")


def test_an_assigned_cell_makes_a_blank_total_uncertain():
    values = {"t3.granted.natural": Figure(3, Standing.ASSIGNED, raw="3"), "t3.granted.total": blank()}
    assert told(check(report(values=values)), "R3") == [("uncertain", "warning", "3", "空白")]


def test_without_the_tables_nothing_is_said_of_their_sums():
    findings = check(
        report(absent=[str(cell) for cell in FORMAT_2021.table3_cells + FORMAT_2021.table4_cells])
    )
    assert [one.message for rule in ("R1", "R4") for one in of(findings, rule)] == [
        "没有读到表三，无法核对“第一项加第二项等于第三项加第四项”。",
        "没有读到表四，无法核对“总计等于四种结果之和”。",
    ]


def test_an_unsplit_row_of_the_old_format_is_added_in_the_new_one():
    unsplit = report(2023, absent=[str(c) for c in FORMAT_2021.table3_cells if c.row.startswith("other_")])
    cells = {
        Cell(3, "other_total", column.key): Figure(4) for column in TABLE3_COLUMNS[:1] + TABLE3_COLUMNS[-1:]
    }
    zeros = {Cell(3, "other_total", column.key): Figure(0) for column in TABLE3_COLUMNS[1:-1]}
    totals = {
        Cell.parse(f"t3.{row}.{column}"): Figure(4)
        for row in ("new", "total")
        for column in ("natural", "total")
    }
    mixed = unsplit.with_(figures={**unsplit.figures, **cells, **zeros, **totals})
    assert result_rows(mixed)[-1] == "other_total"
    assert rows_of_table3(mixed)[-3:] == ("other_total", "total", "carried_out")
    assert [verdicts(check(mixed), rule) for rule in ("R1", "R2", "R3")] == [["pass"]] * 3


def test_decimals_are_shown_without_idle_zeros():
    values = {"t4.review.upheld": Decimal("2.50"), "t4.review.total": Decimal("3.0")}
    assert told(check(report(values=values)), "R4") == [("fail", "error", "2.5", "3")]
