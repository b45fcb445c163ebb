"""The check as a whole."""

import re

from tests.law.report.builders import report, unreadable

from gongkai.law.report.checks import RULES, check
from gongkai.law.report.findings import Severity, Verdict, problems
from gongkai.law.report.formats import FORMAT_2021


def test_the_rules_are_numbered_through_and_fully_described():
    assert list(RULES) == [f"R{number}" for number in range(1, 32)]
    for identifier, rule in RULES.items():
        assert rule.id == identifier
        assert rule.title
        assert rule.basis
        assert re.fullmatch(r"[^。]+。", rule.checks), rule.id


def test_findings_come_in_the_order_of_the_rules_with_their_basis():
    findings = check(report(2023))
    numbers = [int(one.rule[1:]) for one in findings]
    assert numbers == sorted(numbers)
    assert {one.basis for one in findings if one.rule == "R13"} == {"《政府信息公开条例》第四十九条"}


def test_a_report_of_zeros_has_no_problem():
    assert problems(check(report(2023))) == ()


def test_a_report_in_which_nothing_can_be_read_stays_short_and_raises_no_error():
    lost = report(2023, values=dict.fromkeys(map(str, FORMAT_2021.cells), unreadable()))
    findings = check(lost)
    assert len(findings) < 120
    assert [one for one in problems(findings) if one.severity is Severity.ERROR] == []
    assert [one.verdict for one in findings if one.rule in {"R1", "R2", "R3", "R4"}] == [
        Verdict.NOT_ASSESSABLE
    ] * 4


def test_a_report_in_which_everything_is_wrong_stays_short():
    values = {str(cell): number for number, cell in enumerate(FORMAT_2021.cells, start=1)}
    assert len(check(report(2023, values=values), report(2022))) < 120


def test_an_empty_report_is_not_assessable():
    empty = report(2023, absent=map(str, FORMAT_2021.cells)).with_(year=None, agency="")
    assert {one.verdict for one in check(empty)} == {Verdict.NOT_ASSESSABLE}
