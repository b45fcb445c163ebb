"""R7, R8, R9, R25: prose against the tables and against itself."""

from decimal import Decimal

import pytest
from tests.law.report.builders import blank, of, report, told, verdicts, with_requests

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Figure, Level
from gongkai.law.report.findings import Severity, Verdict


def said(text, year=2023, *, values=None, section="overview", **changes):
    return check(report(year, values=values or {}, sections={section: text}, **changes))


ASKED = with_requests(granted=12, partial=3, denied_1_secret=4, other_3_other=1, carried_in=2, carried_out=5)
"""New 23, carried in 2, results 20, carried out 5."""


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请23件。",
        "收办政府信息公开申请25件。",
        "答复政府信息公开申请20件。",
        "答复政府信息公开申请19件。",
        "政府信息公开申请中，予以公开12件，部分公开3件，不予公开4件，无法提供0件，其他处理1件。",
        "政府信息公开申请中，予以公开15件，属于国家秘密4件。",
        "收到政府信息公开申请23件，上年结转2件，结转下年度5件。",
        "未发生因政府信息公开引起的行政复议、行政诉讼情况。",
    ],
)
def test_r7_every_counting_in_use_agrees(text):
    assert verdicts(said(text, values=ASKED), "R7") == ["pass"]


def test_r7_a_number_that_fits_no_counting_is_wrong():
    (finding,) = of(said("收到政府信息公开申请17件。", values=ASKED), "R7")
    assert finding.message == (
        "正文写“收到申请”17件，表格为本年新收23、本年新收加上年结转25、办理结果总计20，对不上。"
    )
    assert (finding.verdict, finding.severity, finding.section) == (
        Verdict.FAIL,
        Severity.WARNING,
        "overview",
    )
    assert (finding.expected, finding.found, finding.quote) == (
        "23或25或20",
        "17",
        "收到政府信息公开申请17件",
    )


def test_r7_hints_where_the_number_comes_from():
    values = with_requests(unable_1_not_held=252) | {
        "t3.unable_1_not_held.business": 13,
        "t3.unable_1_not_held.total": blank(),
        "t3.unable_2_need_create.natural": 44,
        "t3.unable_2_need_create.total": 44,
    }
    (finding,) = of(said("申请中无法提供265件。", values=values), "R7", Verdict.FAIL)
    assert finding.message.endswith(
        "表格为无法提供309，对不上（265正好等于表三“1.本机关不掌握相关政府信息”六类申请人之和）。"
    )
    (finding,) = of(said("申请中无法提供252件。", values=values), "R7", Verdict.FAIL)
    assert finding.message.endswith("（252正好等于表三“一、本年新收政府信息公开申请数量”自然人）。")
    (finding,) = of(said("申请中无法提供77件。", values=values), "R7", Verdict.FAIL)
    assert finding.message.endswith("对不上。")


def test_r7_hints_know_the_rows_of_the_other_format():
    base = report(values=with_requests(granted=3))
    split = {cell: figure for cell, figure in base.figures.items() if not cell.row.startswith("other_")}
    unsplit = {Cell(3, "other_total", column): Figure(9) for column in ("natural", "business")}
    lone = base.with_(figures={**split, **unsplit}, sections={"overview": "收到政府信息公开申请18件。"})
    assert of(check(lone), "R7")[0].message.endswith("（18正好等于表三“（六）其他处理”六类申请人之和）。")


def test_r7_rough_numbers_are_left_alone():
    assert verdicts(said("收到政府信息公开申请30余件。", values=ASKED), "R7") == ["not_assessable"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("全市收到政府信息公开申请170件。", {}),
        ("办公室收到政府信息公开申请7件。", {"level": Level.GOVERNMENT, "agency": "某县人民政府"}),
        ("双公示系统公开行政许可55项。", {}),
        ("收到政府信息公开申请23件。受理政府信息公开申请18件。", {}),
    ],
)
def test_r7_what_may_be_another_matter_is_only_asked_about(text, changes):
    found = told(said(text, values=ASKED | {"t2.licence.decisions": 423}, **changes), "R7")
    assert [row[:2] for row in found] == [("uncertain", "notice")]


def test_r7_without_figures_the_numbers_are_only_listed():
    text = "收到政府信息公开申请3件，上年结转1件，答复政府信息公开申请4件，其他处理0件。因政府信息公开被申请行政复议1件，作出行政许可2件。"
    gone = {address: blank() for address in map(str, report().figures)}
    (finding,) = of(said(text, values=gone), "R7")
    assert finding.message == (
        "正文写到收到申请3、上年结转1、答复申请4、其他处理0、行政复议1、行政许可2，表格中没有可以核对的数。"
    )
    no_table4 = [address for address in gone if address.startswith("t4")]
    assert verdicts(check(report(absent=no_table4, sections={"disputes": "行政复议1件。"})), "R7") == [
        "not_assessable"
    ]


def test_r7_a_document_without_the_row_leaves_the_number_open():
    absent = [
        address for address in map(str, report().figures) if ".other_" in address and address.startswith("t3")
    ]
    text = "申请中，其他处理1件。答复政府信息公开申请3件。"
    findings = check(report(absent=absent, values=with_requests(granted=3), sections={"overview": text}))
    assert verdicts(findings, "R7") == ["not_assessable", "pass"]


def test_r7_blank_totals_are_read_from_their_rows():
    values = {
        "t3.denied_1_secret.natural": 3,
        "t3.denied_1_secret.total": blank(),
        "t3.denied_2_law.total": 1,
    }
    blanks = {
        f"t3.denied_8_query.{column}": blank()
        for column in ("natural", "business", "research", "public_good", "legal_service", "other", "total")
    }
    assert verdicts(said("申请中，不予公开4件。", values=values | blanks), "R7") == ["pass"]


def test_r7_disputes_may_be_counted_by_total_or_by_outcome():
    values = {"t4.review.upheld": 10, "t4.review.corrected": 1, "t4.direct.upheld": 2, "t4.direct.total": 2}
    for text in ("行政复议11件。", "行政复议0件。", "行政诉讼2件。", "复议后起诉0件。"):
        assert verdicts(said(text, values=values, section="disputes"), "R7") == ["pass"], text
    assert told(said("行政复议57件。", values=values, section="disputes"), "R7") == [
        ("fail", "warning", "0或11", "57")
    ]


def test_r7_upheld_throughout_means_no_other_outcome():
    values = {
        "t4.review.upheld": 5,
        "t4.review.pending": 2,
        "t4.review.total": 7,
        "t4.direct.upheld": 9,
        "t4.direct.total": 9,
    }
    text = "信息公开类行政复议7件，诉讼9件，均获维持。"
    (finding,) = of(said(text, values=values), "R7", Verdict.FAIL)
    assert finding.message == "正文称“均获维持”，但表四有“行政复议”尚未审结2件。"
    fine = values | {"t4.review.upheld": 7, "t4.review.pending": 0}
    assert verdicts(said(text, values=fine), "R7") == ["pass"]


def test_r7_outcomes_told_of_one_kind_of_dispute():
    values = {"t4.review.upheld": 5, "t4.review.corrected": 1, "t4.review.total": 6}
    assert verdicts(said("政府信息公开行政复议6件，结果维持5件，纠正1件。", values=values), "R7") == ["pass"]
    findings = said("政府信息公开行政复议6件，结果维持4件。", values=values)
    assert told(findings, "R7") == [("uncertain", "warning", "5", "4")]
    both = "政府信息公开行政复议6件，行政诉讼0件，结果维持4件。"
    assert verdicts(said(both, values=values), "R7") == ["pass"]
    unknown = values | {"t4.review.upheld": blank()}
    assert told(said("政府信息公开行政复议6件，结果维持4件。", values=unknown), "R7") == []


@pytest.mark.parametrize("text", ["7730.28万元", "7730.3万元", "77302800元", "0.77亿元"])
def test_r7_money_may_be_said_in_another_unit_and_rounded(text):
    values = {"t2.fee_wan.amount_wan": Decimal("7730.28")}
    assert verdicts(said(f"行政事业性收费{text}。", values=values), "R7") == ["pass"]


def test_r7_money_that_differs():
    findings = said("行政事业性收费12万元。", values={"t2.fee_wan.amount_wan": Decimal("7730.28")})
    assert of(findings, "R7")[0].message.startswith(
        "正文写“行政事业性收费”12万元，表格为表二“行政事业性收费”"
    )


def test_r8_parts_of_a_whole():
    findings = said("公开信息217条：审批127条、表彰7条。")
    assert told(findings, "R8") == [("fail", "warning", "217", "134")]
    assert of(findings, "R8")[0].message == "正文写总数217条，所列分项127＋7＝134，相差83。"


@pytest.mark.parametrize(
    ("text", "severity", "hint"),
    [
        ("发布53篇，其中机构2篇、文件5篇、动态43篇、预算4篇。", "warning", "分项多于总数，可能有重复计算。"),
        ("公布684(制度2条、年报1条、规划5条、文件72条)。", "warning", "如果没有列全，请加“等”或“主要”。"),
        (
            "公开100条，其中甲类9条、乙类9条、丙类9条、丁类9条、戊类9条、己类9条。",
            "notice",
            "如果没有列全，请加“等”或“主要”。",
        ),
        ("公布100条（网站60条、微信50条）。", "notice", "分项多于总数，可能有重复计算。"),
    ],
)
def test_r8_lists_that_may_be_open_are_asked_about(text, severity, hint):
    (finding,) = of(said(text), "R8")
    assert (finding.verdict.value, finding.severity.value) == ("uncertain", severity)
    assert finding.message.endswith(hint)


def test_r8_lists_that_add_up_pass():
    assert [one.message for one in of(said("公开30条，分别为动态10条、公告20条。"), "R8")] == [
        "正文有1处分项之和与总数一致：30条。"
    ]


ALL_KINDS = "答复政府信息公开申请{}件。{}不予公开4件，无法提供0件，不予处理0件，其他处理1件。"


@pytest.mark.parametrize("granted", ["申请中予以公开12件，部分公开3件，", "申请中予以公开及部分公开15件，"])
def test_r8_the_kinds_of_results_add_up_to_the_number_answered(granted):
    assert told(said(ALL_KINDS.format(20, granted), values=ASKED), "R8") == []
    findings = said(ALL_KINDS.format(25, granted), values=ASKED)
    assert told(findings, "R8") == [("fail", "warning", "25", "20")]


def test_r9_a_share_is_of_all_answered():
    text = "答复政府信息公开申请20件，予以公开12件，占60%；部分公开3件，占15.0%；不予公开4件（占20%）。"
    assert verdicts(said(text, values=ASKED), "R9") == ["pass"]


def test_r9_a_share_cut_off_passes_like_one_rounded():
    values = with_requests(granted=770, denied_1_secret=35)
    for share in ("4", "4.3", "4.34", "4.35"):
        assert verdicts(said(f"答复申请中，不予公开35件，占{share}%。", values=values), "R9") == ["pass"]


def test_r9_a_wrong_share_is_told_with_what_would_fit():
    values = with_requests(granted=258, partial=1, denied_1_secret=546)
    (finding,) = of(said("申请中，予以公开258件，占33.9%。", values=values), "R9")
    assert finding.message == (
        "正文写“予以公开”258件占33.9%，与任何一种总数都不符（258占答复总数805的32.05%；要得到33.9%，件数应为273；"
        "以258件得到33.9%的总数应为760至762）。"
    )
    assert (finding.expected, finding.found, finding.severity) == ("32.05%", "33.9%", Severity.NOTICE)


@pytest.mark.parametrize("share", ["0", "99.999"])
def test_r9_a_share_nothing_fits(share):
    values = with_requests(granted=12, denied_1_secret=5)
    (finding,) = of(said(f"申请中，予以公开12件，占{share}%。", values=values), "R9")
    assert "总数应为" not in finding.message


def test_r9_without_a_total_the_numbers_of_the_prose_are_the_base():
    gone = {address: blank() for address in map(str, report().figures)}
    text = "答复政府信息公开申请20件，予以公开0件，占5%；不予公开5件，占25%。"
    findings = of(said(text, values=gone), "R9")
    assert [one.verdict for one in findings] == [Verdict.FAIL, Verdict.PASS]
    assert findings[0].message == "正文写“予以公开”0件占5%，与任何一种总数都不符。"


def test_r9_other_shares_are_not_judged():
    assert verdicts(said("公开信息100条，网站60条，占60%。"), "R9") == ["not_assessable"]
    assert verdicts(said("申请中予以公开0件，占0%。"), "R9") == ["not_assessable"]


DONE = "收到政府信息公开申请23件，已全部按期办结。"


def test_r25_all_done_leaves_nothing_for_next_year():
    (finding,) = of(said(DONE, values=ASKED), "R25")
    assert finding.message == (
        "正文称“收到政府信息公开申请23件，已全部按期办结”，但表三“四、结转下年度继续办理”为5件。"
    )
    assert verdicts(said(DONE, values=with_requests(granted=23)), "R25") == ["pass"]


@pytest.mark.parametrize(
    "text", [DONE[:-1] + "，另有5件结转下年度办理。", "热线来电47件，已全部办结。", "均按期办结。"]
)
def test_r25_other_sentences_are_not_judged(text):
    assert verdicts(said(text, values=ASKED), "R25") == ["not_assessable"]
