"""Appending to the record."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from gongkai.audit.acts import record
from gongkai.audit.models import FIRST_DIGEST, AppendOnlyError, Entry, Head
from gongkai.audit.queries import entries_about, verify_chain

WRITERS = 6
ACTS_EACH = 5


@pytest.fixture
def thing(db):
    return Group.objects.create(name="卷宗一")


@pytest.mark.django_db
def test_an_entry_keeps_who_what_and_why_as_they_were(officer, thing):
    entry = record(
        verb="reports.publish",
        actor=officer,
        target=thing,
        detail={"on": date(2021, 1, 31), "amount": Decimal("10.50"), "rows": [1, {"after": "已发布"}]},
        reason="年度报告",
    )
    officer.name = "改名"
    officer.save()
    kept = Entry.objects.get()
    assert kept == entry
    assert {key: value for key, value in kept.sealed_values().items() if key != "at"} == {
        "sequence": 1,
        "actor": officer.pk,
        "actor_name": "王敏（wang）",
        "body": None,
        "verb": "reports.publish",
        "target_type": "auth.group",
        "target_id": str(thing.pk),
        "target_name": "卷宗一",
        "detail": {"on": "2021-01-31", "amount": "10.50", "rows": [1, {"after": "已发布"}]},
        "reason": "年度报告",
        "previous_digest": FIRST_DIGEST,
    }
    assert verify_chain() is None


@pytest.mark.django_db
def test_each_entry_names_the_digest_before_it(system, thing):
    first = record(verb="a.one", actor=system, target=thing)
    second = record(verb="a.two", actor=system, target=thing)
    assert (second.sequence, second.previous_digest) == (2, first.digest)
    assert (Head.objects.get().sequence, Head.objects.get().digest) == (2, second.digest)
    assert list(entries_about(thing)) == [first, second]


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_not_recorded(clerk):
    thing = Group.objects.create(name="卷宗一")
    with pytest.raises(transaction.TransactionManagementError):
        record(verb="a.one", actor=clerk, target=thing)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_failed_act_leaves_no_record(clerk, thing):
    def fail():
        with transaction.atomic():
            record(verb="a.one", actor=clerk, target=thing)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Entry.objects.count() == 0
    assert record(verb="a.two", actor=clerk, target=thing).sequence == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("detail", "error"),
    [
        ({"ratio": 0.5}, TypeError),
        ({"rows": [{"ratio": 0.5}]}, TypeError),
        ({"text": "坏\x00字"}, ValueError),
        ({"thing": object()}, TypeError),
    ],
)
def test_what_a_database_would_respell_is_refused(clerk, thing, detail, error):
    with pytest.raises(error):
        record(verb="a.one", actor=clerk, target=thing, detail=detail)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_name_longer_than_its_column_is_cut(clerk):
    thing = Group.objects.create(name="卷" * 150)
    thing.name = "卷" * 600
    assert record(verb="a.one", actor=clerk, target=thing).target_name == "卷" * 500


@pytest.mark.django_db
def test_our_own_code_can_neither_change_nor_delete(clerk, thing):
    entry = record(verb="a.one", actor=clerk, target=thing)
    entry.verb = "a.other"
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(verb="x"),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    assert Entry.objects.get().verb == "a.one"


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_keep_one_chain(clerk):
    thing = Group.objects.create(name="卷宗一")
    start = threading.Barrier(WRITERS)
    failures = []

    def write(writer):
        try:
            start.wait()
            for act in range(ACTS_EACH):
                with transaction.atomic():
                    record(verb=f"w{writer}.act{act}", actor=clerk, target=thing)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert verify_chain() is None
    assert list(Entry.objects.values_list("sequence", flat=True)) == list(range(1, WRITERS * ACTS_EACH + 1))
