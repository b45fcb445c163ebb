"""Templates filled from figures."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.report.builders import blank, of, report, with_requests
from tests.law.report.test_tables import consistent_values

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level
from gongkai.law.report.findings import Verdict
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, SECTIONS
from gongkai.law.report.narrative import (
    BY_NAME,
    FACTS,
    STARTING_TEXTS,
    MissingFact,
    UnknownPlaceholder,
    default_templates,
    facts_from_figures,
    fill,
    placeholders,
    unknown_placeholders,
)


def test_placeholders_are_named_in_chinese_or_by_key():
    assert placeholders("收到{{新收申请件数}}件，{{ requests_new }}件，{{新收申请件数}}件。") == (
        "新收申请件数",
        "requests_new",
    )
    assert fill("收到{{新收申请件数}}件（{{ requests_new }}）。", {"requests_new": 3}) == "收到3件（3）。"


def test_numbers_are_written_plainly_and_words_as_they_are():
    facts = {"fee_received_yuan": Decimal("3940.00"), "agency": "某局{{x}}"}
    assert fill("{{机关名称}}收取{{信息处理费实收金额}}元", facts) == "某局{{x}}收取3940元"


@pytest.mark.parametrize(
    ("template", "error", "message"),
    [
        (
            "{{申请.__class__}}",
            UnknownPlaceholder,
            "没有名为“{{申请.__class__}}”的数据项，请从数据项列表中选用",
        ),
        ("{{新收申请件数}", UnknownPlaceholder, "文字中的双花括号没有成对；数据项应写成{{名称}}"),
        ("新收申请件数}}", UnknownPlaceholder, "文字中的双花括号没有成对；数据项应写成{{名称}}"),
        ("{{新收申请件数}}", MissingFact, "数据项“新收申请件数”没有数值，请补充数据，或从文字中删去该项"),
    ],
)
def test_what_cannot_be_filled(template, error, message):
    with pytest.raises(error) as raised:
        fill(template, {})
    assert str(raised.value) == message


def test_unknown_placeholders_are_listed():
    assert unknown_placeholders("{{新收申请件数}}{{别的}}{{别的}}") == ("别的",)


def test_names_and_keys_of_facts_are_unique_and_their_cells_exist():
    assert len(BY_NAME) == 2 * len(FACTS)
    cells = {*FORMAT_2019.cells, *FORMAT_2021.cells}
    assert {cell for fact in FACTS for cell in fact.cells} <= cells


def test_facts_are_sums_of_cells():
    facts = facts_from_figures(
        report(2023, values=with_requests(denied_1_secret=2, denied_2_law=3, other_3_other=1))
    )
    assert [facts[key] for key in ("denied", "other_handled", "requests_answered", "year", "next_year")] == [
        5, 1, 6, "2023", "2024",
    ]  # fmt: skip
    assert facts["notice"] == "国办公开办函〔2021〕30号"
    assert "licence_previous" not in facts


def test_an_unknown_cell_is_no_fact():
    facts = facts_from_figures(report(2023, values={"t3.denied_1_secret.total": blank()}).with_(year=None))
    assert {"denied", "year"}.isdisjoint(facts)


def test_a_fact_has_the_cells_of_the_format():
    fact = BY_NAME["其他处理件数"]
    assert fact.cells_in(FORMAT_2019) == (Cell(3, "other_total", "total"),)
    assert len(fact.cells_in(FORMAT_2021)) == 3


@pytest.mark.parametrize("form", [FORMAT_2019, FORMAT_2021])
def test_default_templates_know_all_their_placeholders(form):
    templates = default_templates(form)
    assert list(templates) == ["lead", *(section.key for section in SECTIONS)]
    assert [unknown_placeholders(text) for text in templates.values()] == [()] * 7


def written(plain, level, others):
    """The report with its default prose, the facts counted elsewhere set to ``others``."""
    counted = {fact.key: others for fact in FACTS if fact.unit and not fact.cells}
    facts = {**counted, **STARTING_TEXTS, **facts_from_figures(plain)}
    templates = default_templates(plain.format, level)
    return plain.with_(sections={key: fill(text, facts) for key, text in templates.items()})


@settings(deadline=None)
@given(
    st.data(),
    st.sampled_from([2019, 2020, 2021, 2023, 2024]),
    st.sampled_from(list(Level)),
    st.integers(0, 9999),
)
def test_prose_from_figures_never_contradicts_them(data, year, level, others):
    form = FORMAT_2019 if year < 2021 else FORMAT_2021
    plain = report(year, values=data.draw(consistent_values(form)), level=level)
    findings = check(written(plain, level, others))
    assert [one for one in findings if one.verdict is Verdict.FAIL] == []
    assert [one for rule in ("R7", "R8", "R9") for one in of(findings, rule, Verdict.UNCERTAIN)] == []
    assert [one.verdict for one in of(findings, "R7")] == [Verdict.PASS]
