"""Figures by hand."""

from decimal import Decimal

import pytest
from tests.factories import refused, verbs

from gongkai.law.report.cells import Cell
from gongkai.reports import acts
from gongkai.reports.drafting import figures_of
from gongkai.reports.models import Adjustment

LICENCE = Cell(2, "licence", "decisions")
FEE = Cell(2, "fee_wan", "amount_wan")
GRANTED = Cell(3, "granted", "natural")


def adjust(version, cell, value, actor, at, reason="另一科室的数据未录入系统"):
    return acts.adjust(version=version, cell=cell, value=Decimal(value), reason=reason, actor=actor, at=at)


def test_an_adjusted_figure_keeps_what_the_records_gave_and_why(draft, handler, now):
    adjust(draft, LICENCE, "12", handler, now)
    shown = figures_of(draft)
    assert shown.report[LICENCE].value == 12
    assert shown.adjustments == {LICENCE: (0, "另一科室的数据未录入系统")}
    assert verbs()[-1] == "reports.adjust"


def test_sums_follow_an_adjusted_part(draft, handler, now):
    adjust(draft, GRANTED, "3", handler, now)
    report = figures_of(draft).report
    totals = [
        report.value(3, "granted", "total"),
        report.value(3, "total", "natural"),
        report.value(3, "total", "total"),
    ]
    assert totals == [3, 3, 3]


def test_a_later_adjustment_replaces_the_former(draft, handler, now):
    adjust(draft, LICENCE, "12", handler, now)
    adjust(draft, LICENCE, "15", handler, now, reason="再次核实")
    row = Adjustment.objects.get()
    assert (row.value, row.computed, row.reason, row.made_by) == (15, 0, "再次核实", handler)


def test_money_takes_four_decimals(draft, handler, now):
    adjust(draft, FEE, "9.6321", handler, now)
    assert figures_of(draft).report[FEE].value == Decimal("9.6321")


@pytest.mark.parametrize(
    ("cell", "value", "reason", "why"),
    [
        (Cell(3, "granted", "total"), "3", "核实", "derived"),
        (Cell(3, "total", "natural"), "3", "核实", "derived"),
        (Cell(4, "review", "total"), "3", "核实", "derived"),
        (Cell(2, "procurement", "count"), "3", "核实", "no_cell"),
        (LICENCE, "3", "  ", "no_reason"),
        (LICENCE, "-3", "核实", "negative"),
        (LICENCE, "3.5", "核实", "not_whole"),
        (LICENCE, "NaN", "核实", "not_a_number"),
        (LICENCE, "1E+20", "核实", "not_a_number"),
        (FEE, "9.63211", "核实", "too_fine"),
        (FEE, "-1", "核实", "negative"),
    ],
)
def test_what_cannot_be_adjusted(draft, handler, now, cell, value, reason, why):
    with refused(why):
        adjust(draft, cell, value, handler, now, reason)


def test_all_obstacles_are_told_at_once(submitted, handler, now):
    with refused("not_draft", "derived", "no_reason", "negative", "not_whole"):
        adjust(submitted, Cell(3, "granted", "total"), "-1.5", handler, now, reason="")


def test_a_signed_column_takes_a_negative_number(bureau, handler, now):
    version = acts.open_report(body=bureau, year=2020, actor=handler, at=now)
    change = Cell(2, "licence", "change")
    adjust(version, change, "-3", handler, now)
    assert figures_of(version).report[change].value == -3


def test_removing_an_adjustment_lets_the_records_speak_again(draft, handler, now):
    adjust(draft, LICENCE, "12", handler, now)
    acts.remove_adjustment(version=draft, cell=LICENCE, actor=handler, at=now)
    assert figures_of(draft).report[LICENCE].value == 0
    acts.remove_adjustment(version=draft, cell=LICENCE, actor=handler, at=now)
    assert verbs().count("reports.remove_adjustment") == 1
