"""R12, R22, R28: period, notice, the list of parts, words of the template."""

import pytest
from tests.law.report.builders import of, report, told, verdicts

from gongkai.law.report.checks import check
from gongkai.law.report.figures import ShapeNote

SIX = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"


def lead(text, year=2023, **sections):
    return check(report(year, sections={"lead": text, **sections}))


@pytest.mark.parametrize(
    "text",
    [
        "本报告所列数据统计期限自2023年1月1日起至2023年12月31日止。",
        "统计期限为2023年1月1日至12月31日。",
        "数据的统计时间：2023.1.1-2023.12.31。",
        "统计数据起止时间为2023年1月至12月。",
        "数据期限为二〇二三年一月一日至十二月三十一日。",
        "本报告统计期限自２０２３ 年1 月1 日\n至2023 年12 月31 日止。",
    ],
)
def test_r12_a_whole_year_in_many_writings(text):
    assert verdicts(lead(text), "R12") == ["pass"]


@pytest.mark.parametrize("period", ["2023年1月1日至2023年12月30日", "2022年1月1日至2022年12月31日"])
def test_r12_another_period_is_wrong(period):
    findings = lead(f"统计期限为{period}。")
    assert told(findings, "R12") == [("fail", "warning", "2023年1月1日至2023年12月31日", period)]


def test_r12_a_period_of_something_else_is_not_taken():
    findings = lead("2022年12月1日至2023年1月31日开展专项行动。统计期限为2023年1月1日至2023年12月31日。")
    assert verdicts(findings, "R12") == ["pass"]


def test_r12_a_period_that_cannot_be_read_or_is_not_told():
    assert told(lead("统计时间为202311日至20231231。"), "R12")[0][:2] == ("uncertain", "notice")
    assert told(lead("现公布年度报告。"), "R12")[0][:2] == ("fail", "notice")


def test_r12_without_a_lead_or_year_or_prose_nothing_is_judged():
    assert verdicts(check(report(sections={"overview": "正文。"})), "R12") == ["fail"]
    assert verdicts(check(report(sections={"other": "无。"})), "R12") == ["not_assessable"]
    assert verdicts(check(report()), "R12") == ["not_assessable"]
    assert verdicts(check(report(sections={"lead": "正文。"}).with_(year=None)), "R12") == ["not_assessable"]


PERIOD = "统计期限为{0}年1月1日至{0}年12月31日。"


@pytest.mark.parametrize(
    ("year", "cited", "expected"),
    [
        (2022, "国办公开办函〔2021〕30号", ["pass", "pass"]),
        (2022, "国办公开办函[2021]30号和国办公开办函〔2019〕60号", ["pass", "pass"]),
        (2022, "国办公开办函〔2019〕60号", ["pass", "fail"]),
        (2020, "国办公开办函（2021）30号", ["pass", "fail"]),
        (
            2022,
            "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》",
            ["pass", "fail"],
        ),
        (2022, "《条例》", ["pass"]),
    ],
)
def test_r12_the_notice_is_that_of_the_year(year, cited, expected):
    assert verdicts(lead(f"根据{cited}编制。" + PERIOD.format(year), year), "R12") == expected


def test_r12_a_year_before_the_formats_cites_what_it_likes():
    old = report(2019, sections={"lead": "根据国办公开办函〔2019〕60号编制。" + PERIOD.format(2018)}).with_(
        year=2018
    )
    assert verdicts(check(old), "R12") == ["pass"]


@pytest.mark.parametrize(
    "text",
    [
        f"本报告由{SIX}六个部分组成。",
        f"全文包括{SIX}。",
        "本报告共分六部分。",
        "现公布年度报告。\n本报告包括6个部分。",
    ],
)
def test_r22_six_parts(text):
    assert verdicts(lead(text), "R22") == ["pass"]


def test_r22_another_number_of_parts():
    five = SIX.removesuffix("、其他需要报告的事项")
    (finding,) = of(lead(f"本报告由{five}5个部分组成。"), "R22")
    assert finding.message == "导语说由5个部分组成，统一格式为六个部分，没有列出其他需要报告的事项。"
    assert of(lead("本报告共分五部分。"), "R22")[0].message == "导语说由5个部分组成，统一格式为六个部分。"


@pytest.mark.parametrize("end", ["六部分组成", ""])
def test_r22_six_parts_of_which_five_are_named(end):
    five = SIX.replace("政府信息公开行政复议、行政诉讼情况、", "")
    (finding,) = of(lead(f"本报告由{five}等{end or '内容组成'}。"), "R22")
    assert finding.message == "导语列出的组成部分不全，没有列出政府信息公开行政复议、行政诉讼情况。"
    assert (finding.expected, finding.found) == ("6", "5")


def test_r22_a_lead_without_a_list_is_fine():
    assert verdicts(lead("公开是政府工作的一部分。主动公开政府信息包括各类文件。"), "R22") == []


@pytest.mark.parametrize(
    "text",
    [
        "（文字描述，收取信息处理费情况在此处报告。）",
        "编写说明：此项如实填写。",
        "XX局主动公开信息。",
        "负责人：____。",
        "收到{{新收申请件数}}件。",
    ],
)
def test_r28_words_of_the_template(text):
    (finding,) = of(check(report(sections={"other": text})), "R28")
    assert finding.verdict.value == "fail"
    assert finding.message.startswith("“其他需要报告的事项”部分残留模板说明或未填写的空位：")


def test_r28_what_the_reader_noted_and_what_is_clean():
    note = ShapeNote("leftover_instruction", "表二“规章”", "规章是指……")
    findings = check(report(shape=(note,), sections={"lead": "根据条例编制。"}))
    assert told(findings, "R28") == [("fail", "warning", "", "规章是指……")]
    assert verdicts(check(report(sections={"lead": "根据条例编制。"})), "R28") == ["pass"]
    assert of(check(report(sections={"lead": "XX局编制。"})), "R28")[0].message.startswith("导语残留")
    assert verdicts(check(report()), "R28") == []
