"""R14, R26, R27, R29, R30: what the prose must and must not speak of."""

import pytest
from tests.law.report.builders import of, report, told, verdicts

from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level
from gongkai.law.report.findings import Severity, Verdict

FIVE = "主动公开信息。依申请公开规范。加强政府信息管理。推进平台建设。强化监督保障。"


def said(year=2023, *, level=Level.DEPARTMENT, **sections):
    return check(report(year, sections=sections, level=level))


def test_r14_five_aspects():
    assert verdicts(said(overview=FIVE), "R14") == ["pass"]
    (finding,) = of(said(overview="主动公开信息19条，强化领导，落实责任。"), "R14")
    assert finding.message == ("“总体情况”没有写到依申请公开、政府信息管理、政府信息公开平台建设、监督保障。")
    assert finding.severity is Severity.WARNING


def test_r14_the_2019_format_only_suggests_them():
    (finding,) = of(said(2020, overview="主动公开信息。"), "R14")
    assert finding.severity is Severity.NOTICE
    assert finding.message.endswith("2019年格式没有逐项要求，供参考。")


def test_r14_without_an_overview_nothing_is_judged():
    assert verdicts(said(problems="无"), "R14") == ["not_assessable"]


def test_r14_a_government_tells_assessment_appraisal_and_accountability():
    government = {"level": Level.GOVERNMENT}
    assert verdicts(said(overview=FIVE, other="考核、社会评议、责任追究均已开展。", **government), "R14") == [
        "pass",
        "pass",
    ]
    findings = of(said(overview=FIVE + "纳入考核。", **government), "R14")
    assert findings[1].message == "政府年报没有写到社会评议、责任追究结果情况。"


@pytest.mark.parametrize(
    ("sections", "verdict"),
    [
        ({"other": "全年收取信息处理费0元。"}, ["pass"]),
        ({"other": "无。", "overview": "未收取信息处理费。"}, ["pass"]),
        ({"other": "无。"}, ["fail"]),
        ({"overview": "正文。"}, ["not_assessable"]),
    ],
)
def test_r26_processing_fees(sections, verdict):
    assert verdicts(said(**sections), "R26") == verdict


def test_r26_is_for_the_2021_format():
    assert verdicts(said(2020, other="无。"), "R26") == []


LONG = "我局公开内容的深度还有差距，解读形式比较单一，群众关注度还需提高。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LONG + "下一步将加强培训。", "第五部分写明了问题和改进情况。"),
        ("无。", "第五部分没有写明存在的主要问题和改进情况。"),
        (
            "我局公开内容的深度还有差距，解读形式比较单一，群众知晓的还很少，栏目也太多了一些。",
            "第五部分没有写明改进情况。",
        ),
        (
            "我局认真贯彻条例，今后继续加强学习培训，完善公开制度，推动公开工作再上一个新台阶。",
            "第五部分没有写明存在的主要问题。",
        ),
    ],
)
def test_r27_problems_and_measures(text, message):
    assert [one.message for one in of(said(problems=text), "R27")] == [message]


def test_r27_without_the_section_nothing_is_judged():
    assert verdicts(said(overview=FIVE), "R27") == ["not_assessable"]


@pytest.mark.parametrize(
    "text",
    [
        "2022年,某区教育局坚持公开为常态，开展各项公开工作。",
        "（一）主动公开。2022年，我局主动公开信息25条。".replace("（一）主动公开。", "（一）主动公开情况"),
        "2022年度我局认真落实条例要求。",
        "全面落实条例。\n2022年，我局受理申请3件。",
    ],
)
def test_r29_another_year_was_copied(text):
    (finding,) = of(said(overview=text), "R29")
    assert (finding.verdict, finding.expected, finding.found) == (Verdict.FAIL, "2023年", "2022年")


def test_r29_with_the_right_year_elsewhere_it_is_only_asked_about():
    findings = said(problems="2022年，我局公开工作取得成效。2023年仍有差距。")
    assert told(findings, "R29") == [("uncertain", "notice", "2023年", "2022年")]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局主动公开信息25条。",
        "2022年以来，我局推进公开工作。",
        "2022年度报告指出的问题已经整改，公开工作有改进。",
        "2024年，我局将继续推进公开工作。",
        "2022年，天气炎热。",
        "与2022年相比，公开信息增加5条。",
        "2023年，我局推进公开。\n2022年，我局出台办法，公开目录。",
    ],
)
def test_r29_other_years_are_no_copies(text):
    assert verdicts(said(overview=text), "R29") == ["pass"]


def test_r29_needs_a_year_and_prose():
    assert verdicts(said(lead="导语。"), "R29") == ["not_assessable"]
    assert verdicts(check(report(sections={"overview": FIVE}).with_(year=None)), "R29") == ["not_assessable"]


def test_r30_the_budget_of_the_year_and_the_accounts_of_the_year_before():
    (finding,) = of(said(2021, overview="公开2022年度财政预算、2021年度决算报告。"), "R30")
    assert (finding.expected, finding.found) == ("2021年预算、2020年决算", "2022年度财政预算、2021年度决算")
    assert verdicts(said(2021, overview="公开2021年预算和2020年部门决算。"), "R30") == ["pass"]
    assert verdicts(said(2021, overview="公开预算。"), "R30") == []
    assert verdicts(check(report(sections={"overview": FIVE}).with_(year=None)), "R30") == []
