"""R13 and R31: when the report came out (条例 art. 49)."""

import datetime as dt

import pytest
from tests.law.report.builders import of, report, told, verdicts

from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level
from gongkai.law.report.findings import Severity, Verdict


def published(day, year=2022, **changes):
    return report(year, published_on=dt.date.fromisoformat(day), **changes)


class NewYearHoliday:
    """The Spring Festival of 2022: 31 January to 6 February."""

    def is_workday(self, day):
        return not dt.date(2022, 1, 31) <= day <= dt.date(2022, 2, 6)


def test_a_department_publishes_by_31_january():
    assert verdicts(check(published("2023-01-31")), "R13") == ["pass"]
    (finding,) = of(check(published("2023-12-20")), "R13")
    assert finding.message == "公布于2023年12月20日，晚于《条例》规定的2023年1月31日，迟了323天。"
    assert (finding.verdict, finding.severity) == (Verdict.FAIL, Severity.WARNING)


def test_a_government_publishes_by_31_march():
    government = {"level": Level.GOVERNMENT, "agency": "某县人民政府"}
    assert verdicts(check(published("2023-03-31", **government)), "R13") == ["pass"]
    assert verdicts(check(published("2023-04-03", **government)), "R13") == ["fail"]


def test_a_township_is_not_named_by_the_regulation():
    township = {"level": Level.TOWNSHIP, "agency": "某镇人民政府"}
    assert verdicts(check(published("2023-01-20", **township)), "R13") == ["pass"]
    assert verdicts(check(published("2023-05-20", **township)), "R13") == ["not_assessable"]
    assert (
        of(check(report(2022, **township)), "R13")[0].message
        == "没有读到公布日期；乡镇、街道以当地规定的时间为准。"
    )


def test_a_body_of_unknown_kind_is_late_only_after_both_days():
    unknown = {"level": Level.UNKNOWN, "agency": "某某经济开发区"}
    assert verdicts(check(published("2023-01-20", **unknown)), "R13") == ["pass"]
    assert verdicts(check(published("2023-02-20", **unknown)), "R13") == ["not_assessable"]
    assert verdicts(check(published("2023-05-20", **unknown)), "R13") == ["uncertain"]


def test_rest_days_after_the_deadline_are_left_to_judgement():
    sunday_2021 = published("2021-02-01", 2020)
    assert told(check(sunday_2021), "R13") == [("uncertain", "notice", "不晚于2021年1月31日", "2021年2月1日")]
    after_festival = published("2022-02-07", 2021)
    assert verdicts(check(after_festival), "R13") == ["fail"]
    assert verdicts(check(after_festival, calendar=NewYearHoliday()), "R13") == ["uncertain"]


def test_without_a_date_the_deadline_is_told():
    (finding,) = of(check(report(2022)), "R13")
    assert finding.message == "没有读到公布日期；应不晚于2023年1月31日公布。"
    (finding,) = of(check(report(2022), today=dt.date(2023, 2, 1)), "R13")
    assert finding.message == "没有读到公布日期；法定期限2023年1月31日已过。"


def test_without_a_year_nothing_is_judged():
    nameless = report(2022).with_(year=None, published_on=dt.date(2023, 1, 1))
    assert [verdicts(check(nameless), rule) for rule in ("R13", "R31")] == [["not_assessable"]] * 2


@pytest.mark.parametrize(
    ("day", "today", "verdict"),
    [
        ("2023-01-10", None, "pass"),
        ("2023-01-10", dt.date(2023, 1, 10), "pass"),
        ("2023-01-10", dt.date(2023, 1, 9), "fail"),
        ("2022-12-31", None, "uncertain"),
    ],
)
def test_r31_a_report_appears_after_its_year_and_not_tomorrow(day, today, verdict):
    assert verdicts(check(published(day), today=today), "R31") == [verdict]
