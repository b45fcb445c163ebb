"""R17–R21: figures that add up and are still likely wrong."""

import pytest
from tests.law.report.builders import blank, of, report, told, verdicts

from gongkai.law.report.checks import check
from gongkai.law.report.findings import Severity, Verdict


def row(key, *values, columns=("previous", "change", "decisions")):
    return {f"t2.{key}.{column}": value for column, value in zip(columns, values, strict=True)}


@pytest.mark.parametrize("values", [(8, 10, 18), (21, 19, 40), (3, 6, 9)])
def test_r17_the_stock_of_matters_is_not_the_number_of_decisions(values):
    (finding,) = of(check(report(2020, values=row("licence", *values))), "R17")
    assert (finding.verdict, finding.found) == (Verdict.UNCERTAIN, str(values[2]))


@pytest.mark.parametrize("values", [(14, 6, 1388), (43, 0, 43), (2, -2, 0)])
def test_r17_other_rows_pass(values):
    assert verdicts(check(report(2020, values=row("licence", *values))), "R17") == ["pass"]


def test_r17_needs_numbers_and_the_2019_format():
    decisions = [f"t2.{key}.decisions" for key in ("licence", "other_mgmt", "penalty", "coercion")]
    assert verdicts(check(report(2020, values=dict.fromkeys(decisions, blank()))), "R17") == []
    assert verdicts(check(report(2021)), "R17") == []


def made(*values):
    return row("normdoc", *values, columns=("made", "published", "total"))


def test_r18_a_county_bureau_makes_no_rules():
    values = {"t2.rules.made": 1, "t2.rules.total": 1}
    (finding,) = of(check(report(2020, agency="某区文教局", values=values)), "R18")
    assert finding.message == (
        "某区文教局没有规章制定权，但表二“规章”本年新制作数量为1、表二“规章”对外公开总数量为1，应为0。"
    )
    assert (finding.expected, finding.found) == ("0", "1、1")


def test_r18_is_not_judged_where_the_name_does_not_tell():
    values = {"t2.rules.in_force": 12}
    assert verdicts(check(report(agency="某某市人民政府", values=values)), "R18") == ["not_assessable"]
    assert verdicts(check(report(agency="某省人民政府", values=values)), "R18") == ["pass"]
    assert verdicts(check(report(values={"t2.rules.made": blank()})), "R18") == ["not_assessable"]
    assert verdicts(check(report()), "R18") == ["pass"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((5, 5, 20), []),
        ((0, 0, 7), []),
        ((13, 11, 11), [("uncertain", "notice", "13", "11")]),
        ((0, 8, 8), [("uncertain", "notice", "0", "8")]),
        ((3, 3, 2), [("fail", "warning", "总数量不小于3", "2")]),
    ],
)
def test_r19_documents_of_the_2019_format(values, expected):
    assert told(check(report(2019, values=made(*values))), "R19") == expected


def test_r19_documents_of_the_2021_format():
    columns = ("made", "repealed", "in_force")
    fine = report(2023, values=row("normdoc", 3, 6, 14, columns=columns))
    assert verdicts(check(fine), "R19") == ["pass", "pass"]
    lost = report(2023, values=row("normdoc", 5, 1, 3, columns=columns))
    assert told(check(lost), "R19") == [("fail", "warning", "不小于4", "3")]


@pytest.mark.parametrize("year", [2019, 2023])
def test_r19_is_not_judged_without_numbers(year):
    values = {"t2.rules.made": blank(), "t2.normdoc.made": blank()}
    assert verdicts(check(report(year, values=values)), "R19") == ["not_assessable"]


def test_r20_there_are_not_so_many_kinds_of_licences_and_fees():
    values = {
        "t2.fee.previous": 1288,
        "t2.fee.change": 591,
        "t2.licence.previous": 716,
        "t2.licence.change": -417,
    }
    findings = check(report(2019, values=values))
    assert told(findings, "R20") == [
        ("uncertain", "notice", "", "716"),
        ("uncertain", "notice", "", "1288、591"),
    ]
    assert verdicts(check(report(2019, values={"t2.licence.previous": 37})), "R20") == ["pass"]
    four = [f"t2.{key}.{column}" for key in ("licence", "fee") for column in ("previous", "change")]
    assert verdicts(check(report(2019, values=dict.fromkeys(four, blank()))), "R20") == []


def test_r21_a_direct_suit_since_2024_deserves_a_second_look():
    values = {"t4.direct.upheld": 25, "t4.direct.total": 25}
    (finding,) = of(check(report(2024, values=values)), "R21")
    assert (finding.verdict, finding.severity, finding.found) == (Verdict.UNCERTAIN, Severity.NOTICE, "25")
    assert verdicts(check(report(2023, values=values)), "R21") == []
    assert verdicts(check(report(2024)), "R21") == ["pass"]
    assert verdicts(check(report(2024, values={"t4.direct.total": blank()})), "R21") == ["not_assessable"]
