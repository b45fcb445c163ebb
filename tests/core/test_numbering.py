"""Numbers are unique and without gaps, also when many take them at once."""

from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at_once, workers_wait_for_each_other

from gongkai.core.models import Counter
from gongkai.core.numbering import next_number

one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.django_db
def test_a_series_counts_from_one_by_itself():
    assert [next_number("a"), next_number("b"), next_number("a")] == [1, 1, 2]
    assert str(Counter.objects.get(series="a")) == "a:2"


@one_database
@given(counts=st.lists(st.integers(1, 50), min_size=1, max_size=10))
def test_blocks_follow_each_other_without_gap(db, counts):
    with transaction.atomic():
        firsts = [next_number("blocks", count=count) for count in counts]
        taken = [
            number
            for first, count in zip(firsts, counts, strict=True)
            for number in range(first, first + count)
        ]
        transaction.set_rollback(True)

    assert taken == list(range(1, sum(counts) + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, -1])
def test_no_less_than_one(count):
    with pytest.raises(ValueError, match="cannot take"):
        next_number("a", count=count)
    assert not Counter.objects.exists()


class _FailedError(Exception):
    pass


@pytest.mark.django_db
def test_a_failed_act_gives_its_number_back():
    next_number("a")
    taken = []

    @transaction.atomic
    def act():
        taken.append(next_number("a"))
        raise _FailedError

    with pytest.raises(_FailedError):
        act()
    assert (taken, next_number("a")) == ([2], 2)


@pytest.mark.django_db(transaction=True)
@settings(one_database, max_examples=5)
@given(counts=st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_taken_at_once_they_are_still_unique_and_without_gap(counts):
    if not workers_wait_for_each_other():
        pytest.skip("threads do not share a database in memory")
    Counter.objects.all().delete()
    firsts = at_once(*(partial(next_number, "shared", count=count) for count in counts))

    taken = [
        number for first, count in zip(firsts, counts, strict=True) for number in range(first, first + count)
    ]
    assert sorted(taken) == list(range(1, sum(counts) + 1))
    assert Counter.objects.get(series="shared").last == sum(counts)
