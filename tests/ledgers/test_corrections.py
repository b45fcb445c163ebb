"""Putting entries of the ledgers right."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import codes, day, lock_year

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.ledgers.acts import (
    TallyRow,
    correct_entry,
    list_matter,
    record_procurement,
    record_tally,
    remove_entry,
)
from gongkai.ledgers.models import Procurement, Tally


@pytest.fixture
def tally(body):
    matter = list_matter(
        body=body, kind="licence", name="民办学校设立", since=day("2019-01-01"), actor=SYSTEM
    )
    row = TallyRow(matter=matter, first_day=day("2023-01-01"), last_day=day("2023-03-31"), count=12)
    return record_tally(row=row, actor=SYSTEM)


@pytest.fixture
def purchase(body):
    return record_procurement(
        body=body, name="课桌椅", concluded_on=day("2023-05-04"), amount_yuan=Decimal("1200.50"), actor=SYSTEM
    )


def test_a_wrong_count_is_corrected_and_both_stay_on_record(tally, appointed):
    correct_entry(entry=tally, count=21, reason="录入时数字颠倒", actor=appointed("handler"))
    entry = Entry.objects.order_by("sequence").last()
    assert Tally.objects.get().count == 21
    assert (entry.verb, entry.reason) == ("ledgers.correct_entry", "录入时数字颠倒")
    assert (entry.detail["from"]["count"], entry.detail["to"]["count"]) == (12, 21)


@pytest.mark.parametrize(
    ("changes", "reason", "expected"),
    [
        ({"count": 21}, " ", ["no_reason"]),
        ({"count": 12}, "误", ["unchanged"]),
        ({"count": -1}, "误", ["field"]),
    ],
)
def test_a_correction_that_cannot_stand_changes_nothing(tally, appointed, changes, reason, expected):
    with pytest.raises(RefusedError) as caught:
        correct_entry(entry=tally, reason=reason, actor=appointed("handler"), **changes)
    assert codes(caught.value.obstacles) == expected
    assert Tally.objects.get().count == 12


def test_a_reader_corrects_nothing(tally, appointed):
    with pytest.raises(RefusedError) as caught:
        correct_entry(entry=tally, count=21, reason="误", actor=appointed("reader"))
    assert codes(caught.value.obstacles) == ["not_permitted"]


def test_a_purchase_moved_into_a_locked_year_needs_an_amendment(purchase, body, appointed):
    lock_year(body, 2022)
    change = {"concluded_on": dt.date(2022, 12, 30), "reason": "日期有误", "actor": appointed("handler")}
    with pytest.raises(RefusedError) as caught:
        correct_entry(entry=purchase, **change)
    assert codes(caught.value.obstacles) == ["year_locked"]
    correct_entry(entry=purchase, amendment="更正2022年采购", **change)
    entry = Entry.objects.order_by("sequence").last()
    assert (entry.verb, entry.detail["amended_years"]) == ("ledgers.amend.correct_entry", [2022])


def test_a_future_day_and_a_negative_price_are_refused(purchase, appointed):
    with pytest.raises(RefusedError) as caught:
        correct_entry(
            entry=purchase,
            concluded_on=dt.date(2999, 1, 1),
            amount_yuan=Decimal(-1),
            reason="误",
            actor=appointed("handler"),
        )
    assert codes(caught.value.obstacles) == ["future", "negative", "field"]


def test_what_may_not_be_changed(tally):
    with pytest.raises(TypeError):
        correct_entry(entry=tally, first_day=dt.date(2024, 1, 1), reason="误", actor=SYSTEM)


def test_an_entry_made_by_mistake_goes_and_the_audit_keeps_it(purchase, appointed):
    with pytest.raises(RefusedError):
        remove_entry(entry=purchase, reason="", actor=appointed("handler"))
    assert Procurement.objects.count() == 1
    remove_entry(entry=purchase, reason="重复登记", actor=appointed("handler"))
    entry = Entry.objects.order_by("sequence").last()
    assert Procurement.objects.count() == 0
    assert (entry.verb, entry.detail["name"]) == ("ledgers.remove_entry", "课桌椅")
