"""R5, R6, R23: this year's report against last year's."""

import pytest
from tests.law.report.builders import blank, of, report, told, unreadable, verdicts, with_requests

from gongkai.law.report.checks import check
from gongkai.law.report.findings import Verdict


def carried(count):
    return {"t3.carried_out.natural": count, "t3.carried_out.total": count}


def test_r5_the_carry_over_is_that_of_last_year():
    before = report(2022, values=with_requests(2022, granted=1, carried_out=3))
    after = report(2023, values=with_requests(granted=4, carried_in=3))
    assert verdicts(check(after, before), "R5") == ["pass"]


def test_r5_tells_every_column_that_differs_in_one_sentence():
    before = report(2022, values=with_requests(2022, granted=1, carried_out=3))
    after = report(2023, values=with_requests(granted=4, carried_in=2))
    findings = of(check(after, before), "R5")
    assert [one.verdict for one in findings] == [Verdict.FAIL, Verdict.PASS]
    assert findings[0].message == (
        "按“上年结转等于上一年度报告的结转下年度”核对，自然人应为3，写的是2；总计应为3，写的是2。"
    )


def test_r5_works_across_the_change_of_formats():
    before = report(2020, values=with_requests(2020, granted=1, carried_out=3))
    after = report(2021, values=with_requests(2021, granted=4, carried_in=3))
    assert verdicts(check(after, before), "R5") == ["pass"]


def test_r5_blanks_do_not_pass():
    before = report(2022, values={"t3.carried_out.business": blank()})
    findings = of(check(report(2023), before), "R5")
    assert [one.verdict for one in findings] == [Verdict.NOT_ASSESSABLE, Verdict.PASS]
    assert findings[0].message.endswith("；把空白当作0时成立。")
    unknown = report(2022, values={"t3.carried_out.business": unreadable()})
    assert "当作0" not in of(check(report(2023), unknown), "R5")[0].message


def test_r5_a_blank_last_year_that_was_not_zero_is_uncertain():
    before = report(2022, values={"t3.carried_out.natural": blank()})
    after = report(2023, values=with_requests(granted=4, carried_in=2))
    assert [row[0] for row in told(check(after, before), "R5")] == ["fail"]
    only_natural = report(2023, values={"t3.carried_in.natural": 2})
    assert told(check(only_natural, before), "R5") == [("uncertain", "warning", "0", "2")]


@pytest.mark.parametrize("rule", ["R5", "R6", "R16"])
def test_without_the_report_of_the_year_before_nothing_is_compared(rule):
    (alone,) = of(check(report(2023)), rule)
    assert alone.message == "没有提供上一年度报告，无法核对。"
    (other,) = of(check(report(2023), report(2021)), rule)
    assert other.message == "提供的对照报告不是上一年度的，无法核对。"
    assert [one.verdict for one in (alone, other)] == [Verdict.NOT_ASSESSABLE] * 2


def test_r6_documents_in_force_follow_from_last_year():
    before = report(2022, values={"t2.normdoc.in_force": 420})
    values = {"t2.normdoc.made": 61, "t2.normdoc.repealed": 59, "t2.normdoc.in_force": 422}
    assert verdicts(check(report(2023, values=values), before), "R6") == ["pass"]
    findings = check(report(2023, values=values | {"t2.normdoc.in_force": 430}), before)
    assert told(findings, "R6") == [("fail", "warning", "420＋61－59＝422", "430")]


def test_r6_needs_two_reports_in_the_2021_format():
    (finding,) = of(check(report(2021), report(2020)), "R6")
    assert finding.message == "两个年度不都使用2021年格式，2019年格式没有“现行有效件数”，无法递推。"


def test_r6_does_not_reckon_with_blanks():
    before = report(2022, values={"t2.rules.in_force": blank()})
    assert verdicts(check(report(2023), before), "R6") == ["not_assessable", "pass"]


def test_r23_the_number_of_matters_follows_from_last_year():
    before = report(2019, values={"t2.licence.previous": 8, "t2.licence.change": 6})
    assert verdicts(check(report(2020, values={"t2.licence.previous": 14}), before), "R23") == ["pass"]
    findings = check(report(2020, values={"t2.licence.previous": 15}), before)
    assert told(findings, "R23") == [("fail", "warning", "8＋（6）＝14", "15")]


def test_r23_is_for_two_reports_in_the_2019_format():
    assert verdicts(check(report(2021), report(2020)), "R23") == []
    assert verdicts(check(report(2020)), "R23") == ["not_assessable"]
    blank_before = report(2019, values={"t2.fee.change": blank()})
    assert verdicts(check(report(2020), blank_before), "R23") == ["not_assessable", "pass"]
