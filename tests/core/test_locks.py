import pytest
from django.db import transaction

from gongkai.core.locks import lock, lock_one
from gongkai.core.models import Counter


@pytest.mark.django_db(transaction=True)
def test_locks_are_taken_inside_a_transaction_only():
    row = Counter.objects.create(series="a")

    with pytest.raises(transaction.TransactionManagementError):
        lock_one(row)


@pytest.mark.django_db
def test_the_row_comes_as_it_is_now():
    row = Counter.objects.create(series="a", last=1)
    Counter.objects.filter(pk=row.pk).update(last=7)

    assert (lock_one(row).last, row.last) == (7, 1)


@pytest.mark.django_db
def test_rows_come_in_the_order_of_their_keys(django_assert_num_queries):
    rows = [Counter.objects.create(series=name) for name in "abc"]

    with django_assert_num_queries(1) as asked:
        found = lock(Counter, [rows[2].pk, rows[0].pk, rows[2].pk])
    assert list(found.items()) == [(rows[0].pk, rows[0]), (rows[2].pk, rows[2])]
    assert 'ORDER BY "core_counter"."id" ASC' in asked.captured_queries[0]["sql"]


@pytest.mark.django_db
def test_a_row_that_is_gone():
    row = Counter.objects.create(series="a")

    with pytest.raises(Counter.DoesNotExist):
        lock(Counter, [row.pk, row.pk + 1])


@pytest.mark.django_db
@pytest.mark.postgres
def test_others_may_still_refer_to_a_locked_row(django_assert_num_queries):
    row = Counter.objects.create(series="a")

    with django_assert_num_queries(1) as asked:
        lock_one(row)
    assert asked.captured_queries[0]["sql"].endswith("FOR NO KEY UPDATE")
