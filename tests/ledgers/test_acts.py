import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.ledgers.acts import (
    TallyRow,
    cancel_matter,
    import_tallies,
    list_matter,
    record_fee_receipt,
    record_procurement,
    record_supervision,
    record_tally,
    record_training,
)
from gongkai.ledgers.models import FeeReceipt, Matter, Procurement, Supervision, Tally, Training
from gongkai.organisations.acts import lock_year

CHINA = dt.timezone(dt.timedelta(hours=8))
AT = dt.datetime(2024, 3, 1, tzinfo=CHINA)
SINCE = dt.date(2019, 1, 1)
JANUARY = {"first_day": dt.date(2024, 1, 1), "last_day": dt.date(2024, 1, 31)}
FEBRUARY = {"first_day": dt.date(2024, 2, 1), "last_day": dt.date(2024, 2, 29)}


def codes(refused):
    return [obstacle.code for obstacle in refused.value.obstacles]


@pytest.fixture
def licence(body):
    return list_matter(body=body, kind="licence", name="教师资格认定", since=SINCE, actor=SYSTEM)


@pytest.fixture
def fee(body):
    return list_matter(body=body, kind="fee", name="自学考试考务费", since=SINCE, actor=SYSTEM)


def test_a_matter_is_listed_once_and_cancelled_once(body, licence, appointed):
    handler = appointed("handler")
    with pytest.raises(ValidationError, match="已有同类同名的在用事项"):
        list_matter(body=body, kind="licence", name="教师资格认定", since=SINCE, actor=handler)
    cancelled = cancel_matter(matter=licence, until=dt.date(2024, 2, 1), actor=handler, reason="国务院取消")
    assert cancelled.until == dt.date(2024, 2, 1)
    with pytest.raises(RefusedError) as refused:
        cancel_matter(matter=licence, until=dt.date(2018, 1, 1), actor=handler)
    assert codes(refused) == ["cancelled", "before_listed"]
    again = list_matter(body=body, kind="licence", name="教师资格认定", since=AT.date(), actor=handler)
    assert Matter.objects.filter(until=None).get() == again


def test_a_matter_listed_in_the_past_touches_every_later_report(body):
    lock_year(body=body, year=2020, actor=SYSTEM, at=AT)
    lock_year(body=body, year=2022, actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError) as refused:
        list_matter(body=body, kind="licence", name="校车许可", since=SINCE, actor=SYSTEM)
    assert [obstacle.message for obstacle in refused.value.obstacles] == [
        "县教体局2020年度的年报已经公布，该年度的记录已锁定",
        "县教体局2022年度的年报已经公布，该年度的记录已锁定",
    ]
    added = list_matter(
        body=body, kind="licence", name="校车许可", since=SINCE, actor=SYSTEM, amendment="核对清单"
    )
    entry = Entry.objects.get(target_id=str(added.pk), verb="ledgers.amend.list_matter")
    assert (entry.reason, entry.detail["amended_years"]) == ("核对清单", [2020, 2022])


def test_a_count_of_decisions(licence, appointed):
    tally = record_tally(row=TallyRow(matter=licence, count=120, **JANUARY), actor=appointed("handler"))
    assert tally.count == 120
    assert Entry.objects.get(verb="ledgers.record_tally").detail == {
        "from": "2024-01-01",
        "to": "2024-01-31",
        "count": 120,
    }


def test_everything_wrong_with_a_count(body, licence, fee, appointed):
    record_tally(row=TallyRow(matter=licence, count=1, **JANUARY), actor=SYSTEM)
    lock_year(body=body, year=2024, actor=SYSTEM, at=AT)
    row = TallyRow(matter=licence, first_day=dt.date(2024, 1, 15), last_day=dt.date(2025, 1, 14), count=-1)
    with pytest.raises(RefusedError) as refused:
        record_tally(row=row, actor=appointed("reader"))
    assert codes(refused) == ["not_permitted", "two_years", "negative", "overlap", "year_locked"]
    with pytest.raises(RefusedError) as refused:
        record_tally(row=TallyRow(matter=fee, count=1, **FEBRUARY), actor=SYSTEM, amendment="补")
    assert codes(refused) == ["fee"]
    with pytest.raises(RefusedError) as refused:
        record_tally(
            row=TallyRow(matter=licence, count=1, first_day=SINCE, last_day=dt.date(2018, 12, 31)),
            actor=SYSTEM,
        )
    assert codes(refused) == ["backward", "two_years", "not_listed"]
    assert Tally.objects.count() == 1


def test_a_count_after_the_matter_was_cancelled_is_refused(licence):
    cancel_matter(matter=licence, until=dt.date(2024, 1, 15), actor=SYSTEM)
    licence.refresh_from_db()
    record_tally(row=TallyRow(matter=licence, count=4, **JANUARY), actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        record_tally(row=TallyRow(matter=licence, count=4, **FEBRUARY), actor=SYSTEM)
    assert codes(refused) == ["cancelled"]


def test_a_batch_of_counts_is_all_or_nothing(body, licence):
    good = TallyRow(matter=licence, count=3, **JANUARY)
    bad = TallyRow(matter=licence, count=3, first_day=dt.date(2024, 1, 20), last_day=dt.date(2024, 2, 2))
    with pytest.raises(RefusedError) as refused:
        import_tallies(body=body, rows=[good, bad], actor=SYSTEM)
    assert [obstacle.message for obstacle in refused.value.obstacles] == [
        "第2行：“教师资格认定”在2024-01-01至2024-01-31已有统计，与本次期间重叠"
    ]
    assert Tally.objects.count() == 0
    import_tallies(body=body, rows=[good, TallyRow(matter=licence, count=5, **FEBRUARY)], actor=SYSTEM)
    assert list(Tally.objects.values_list("count", flat=True)) == [3, 5]
    assert Entry.objects.get(verb="ledgers.import_tallies").detail == {"rows": 2, "decisions": 8}


def test_fees_in_yuan_under_a_fee_matter(fee, licence, appointed):
    handler = appointed("handler")
    receipt = record_fee_receipt(matter=fee, amount_yuan=Decimal("96321.10"), actor=handler, **JANUARY)
    assert receipt.amount_yuan == Decimal("96321.10")
    with pytest.raises(RefusedError) as refused:
        record_fee_receipt(matter=fee, amount_yuan=Decimal(-1), actor=handler, **JANUARY)
    assert codes(refused) == ["negative", "overlap"]
    with pytest.raises(RefusedError) as refused:
        record_fee_receipt(matter=licence, amount_yuan=Decimal(1), actor=handler, **JANUARY)
    assert codes(refused) == ["not_fee"]
    with pytest.raises(ValidationError):
        record_fee_receipt(matter=fee, amount_yuan=Decimal("0.001"), actor=handler, **FEBRUARY)
    assert FeeReceipt.objects.get() == receipt


def test_procurement_and_training(body, appointed):
    handler = appointed("handler")
    row = record_procurement(
        body=body,
        name="课桌椅采购",
        concluded_on=AT.date(),
        amount_yuan=Decimal("251000.00"),
        actor=handler,
        supplier="某家具公司",
    )
    assert Procurement.objects.get() == row
    training = record_training(body=body, held_on=AT.date(), title="条例培训", attendees=42, actor=handler)
    assert Training.objects.get() == training
    lock_year(body=body, year=2024, actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError) as refused:
        record_training(body=body, held_on=AT.date(), title="再培训", attendees=4, actor=handler)
    assert codes(refused) == ["year_locked"]
    with pytest.raises(RefusedError) as refused:
        record_procurement(
            body=body, name="未来", concluded_on=dt.date(2999, 1, 1), amount_yuan=Decimal(1), actor=handler
        )
    assert codes(refused) == ["future"]
    assert (Procurement.objects.count(), Training.objects.count()) == (1, 1)


def test_an_assessment_and_a_case_of_accountability(body, appointed):
    handler = appointed("handler")
    given = {"body": body, "held_on": AT.date(), "actor": handler}
    record_supervision(kind="assessment", title="政务公开年度考核", result="良好", **given)
    record_supervision(kind="accountability", title="逾期答复追责", people=1, **given)
    assert list(Supervision.objects.order_by("pk").values_list("kind", "people")) == [
        ("assessment", 0),
        ("accountability", 1),
    ]
    with pytest.raises(ValidationError):
        record_supervision(kind="applause", title="表扬", **given)
    lock_year(body=body, year=2024, actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError) as refused:
        record_supervision(kind="appraisal", title="社会评议", **given)
    assert codes(refused) == ["year_locked"]
    assert Supervision.objects.count() == 2
