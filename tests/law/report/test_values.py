"""R10, R15, R24: what stands in single cells."""

from decimal import Decimal

from tests.law.report.builders import blank, of, report, told, unreadable, verdicts, with_requests

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Figure, Level, ShapeNote, Standing
from gongkai.law.report.findings import Verdict
from gongkai.law.report.formats import FORMAT_2021


def test_r10_collects_the_blanks_of_a_table_in_one_finding():
    values = {"t3.new.business": blank(), "t3.new.research": blank("/"), "t3.granted.business": blank()}
    (finding,) = of(check(report(values=values)), "R10", Verdict.FAIL)
    assert finding.message == (
        "表三有3个单元格没有写数（空白2个、“/”1个），涉及“一、本年新收政府信息公开申请数量”、“（一）予以公开”；"
        "没有数量的应写0。"
    )
    assert finding.remedy == "确为零的，可一键把这些单元格改为0；不为零的，填写实际数量。"
    assert [str(cell) for cell in finding.cells] == [
        "t3.new.business",
        "t3.new.research",
        "t3.granted.business",
    ]


def test_r10_does_not_offer_zero_where_the_total_says_otherwise():
    values = {"t3.new.natural": 5, "t3.new.business": blank(), "t3.new.total": 8}
    (finding,) = of(check(report(values=values)), "R10", Verdict.FAIL)
    assert finding.remedy == "对照办理台账填写实际数量，不能直接改为0。"
    assert finding.cells == (Cell(3, "new", "business"),)


def test_r10_leaves_a_blank_total_above_nothing_to_the_sums():
    values = with_requests(granted=3) | {
        "t3.granted.total": blank(),
        "t4.review.upheld": 2,
        "t4.review.total": blank(),
    }
    assert told(check(report(values=values)), "R10") == []


def test_r10_takes_a_blank_row_of_table_4_for_zeros():
    values = {"t4.direct.total": blank(), "t4.direct.upheld": blank(), "t2.licence.decisions": blank("-")}
    assert told(check(report(values=values)), "R10") == [
        ("fail", "error", "0", "“-”1个"),
        ("fail", "error", "0", "空白2个"),
    ]


def test_r10_asks_about_what_it_cannot_read():
    (finding,) = of(check(report(values={"t3.new.business": unreadable("1O")})), "R10", Verdict.UNCERTAIN)
    assert finding.message == (
        "表三有1个单元格读不出是多少：表三“一、本年新收政府信息公开申请数量”商业企业（“1O”）。"
    )


def test_r10_a_full_table_passes_and_an_absent_one_is_not_judged():
    findings = check(report(absent=[str(cell) for cell in FORMAT_2021.table4_cells]))
    assert verdicts(findings, "R10") == ["pass", "pass", "not_assessable"]


def test_r15_an_amount_in_yuan_is_given_in_wan():
    figure = Figure(Decimal("25.1"), Standing.NORMALISED, raw="251000元", unit="元")
    (finding,) = of(check(report(2019, values={"t2.procurement.amount_wan": figure})), "R15")
    assert finding.message == "表二“政府集中采购”采购总金额以元填报（251000元），应以万元填报，即25.1万元。"
    assert (finding.verdict, finding.expected, finding.found) == (Verdict.FAIL, "25.1万元", "251000元")


def test_r15_an_implausible_amount_is_asked_about():
    (finding,) = of(check(report(2020, values={"t2.procurement.amount_wan": 1035000})), "R15")
    assert finding.message == (
        "表二“政府集中采购”采购总金额写的是1035000，按万元计为103.5亿元，疑为以元填报；若是元，应为103.5万元。"
    )


def test_r15_a_whole_government_may_take_more():
    values = {"t2.fee_wan.amount_wan": Decimal("592370.2449")}
    government = report(2023, values=values, level=Level.GOVERNMENT, agency="某市人民政府")
    assert verdicts(check(government), "R15") == ["pass"]
    assert verdicts(check(report(2023, values=values)), "R15") == ["uncertain"]


def test_r15_a_heading_in_another_unit_is_asked_about_once():
    note = ShapeNote(
        "unit",
        "表二“政府集中采购”",
        "采购总金额（元）",
        "采购总金额",
        (Cell(2, "procurement", "amount_wan"),),
    )
    findings = check(report(2020, shape=(note,)))
    assert told(findings, "R15") == [("uncertain", "warning", "采购总金额", "采购总金额（元）")]
    yuan = Figure(Decimal("2.5"), Standing.NORMALISED, raw="25000元", unit="元")
    findings = check(report(2020, shape=(note,), values={"t2.procurement.amount_wan": yuan}))
    assert verdicts(findings, "R15") == ["fail"]


def test_r15_says_nothing_without_an_amount():
    assert verdicts(check(report(absent=["t2.fee_wan.amount_wan"])), "R15") == []


def test_r24_counts_are_whole_and_not_negative():
    values = {
        "t2.licence.decisions": -3,
        "t4.review.other": Decimal("1.5"),
        "t2.fee_wan.amount_wan": Decimal(-1),
    }
    findings = of(check(report(values=values)), "R24")
    assert [one.message for one in findings] == [
        "表二“行政许可”本年处理决定数量写的是-3，这一项应是不小于0的整数。",
        "表二“行政事业性收费”本年收费金额（单位：万元）写的是-1，这一项应是不小于0的金额。",
        "表四“行政复议”其他结果写的是1.5，这一项应是不小于0的整数。",
    ]


def test_r24_a_change_may_be_negative_but_not_below_the_stock():
    fine = {"t2.licence.previous": 716, "t2.licence.change": -417}
    assert verdicts(check(report(2020, values=fine)), "R24") == ["pass"]
    (finding,) = of(check(report(2020, values=fine | {"t2.licence.change": -717})), "R24")
    assert finding.message == "表二“行政许可”：上一年项目数量716、本年增减-717，相加小于0。"


def test_r24_says_nothing_of_a_report_without_numbers():
    assert verdicts(check(report(absent=[str(cell) for cell in FORMAT_2021.cells])), "R24") == []
