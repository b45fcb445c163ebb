import threading
from functools import partial

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at_once, make_body

from gongkai.core.actors import SYSTEM
from gongkai.core.models import Counter
from gongkai.disclosure.checks import index_pattern_is_usable
from gongkai.disclosure.numbering import example, take_index_numbers, why_not_numbered, why_not_pattern
from gongkai.organisations.acts import register_body


def test_numbers_are_consecutive_within_body_and_year(body):
    assert take_index_numbers(body, 2024) == ["11999900MB0000000X/2024-00001"]
    assert take_index_numbers(body, 2024, count=2) == [
        "11999900MB0000000X/2024-00002",
        "11999900MB0000000X/2024-00003",
    ]
    assert take_index_numbers(body, 2025) == ["11999900MB0000000X/2025-00001"]


def test_the_pattern_is_a_setting(body, settings):
    settings.GONGKAI_INDEX_PATTERN = "{organisation_code}/{year}-{serial:04}"
    assert take_index_numbers(body, 2024) == ["MB0000000/2024-0001"]


def test_two_ways_to_write_a_serial_share_one_counter(body, settings):
    settings.GONGKAI_INDEX_PATTERN = "{slug}-{serial}"
    assert take_index_numbers(body, 2024) == ["qingyu-jtj-1"]
    settings.GONGKAI_INDEX_PATTERN = "{slug}-{serial:03}"
    assert take_index_numbers(body, 2025) == ["qingyu-jtj-002"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{credit_code}/{year}-{serial:05}", ""),
        ("{slug}{serial}", ""),
        ("{credit_code}/{year}", "索引号格式中应恰有一处 {serial} 或 {serial:05}"),
        ("{slug}{serial}{serial}", "索引号格式中应恰有一处 {serial} 或 {serial:05}"),
        (
            "{year}-{serial}",
            "索引号格式中应有 {credit_code}、{organisation_code} 或 {slug}，以区分机关",
        ),
        (
            "{slug}/{month}-{serial}",
            "索引号格式只能使用：{credit_code}、{organisation_code}、{slug}、{year}、{serial}",
        ),
        (
            "{slug}/{year.real.__class__}-{serial}",
            "索引号格式只能使用：{credit_code}、{organisation_code}、{slug}、{year}、{serial}",
        ),
    ],
)
def test_what_a_pattern_must_have(pattern, problem):
    assert why_not_pattern(pattern) == problem


def test_the_start_up_check_names_the_setting(settings):
    assert index_pattern_is_usable() == []
    settings.GONGKAI_INDEX_PATTERN = "{year}"
    (error,) = index_pattern_is_usable()
    assert (error.id, "GONGKAI_INDEX_PATTERN" in error.hint) == ("gongkai.E011", True)


@pytest.mark.django_db
def test_a_body_without_a_code_is_told_so():
    bare = register_body(actor=SYSTEM, name="无码局", slug="bare", kind="department", tier="county")
    assert [obstacle.code for obstacle in why_not_numbered(bare)] == ["no_credit_code"]


def test_a_failed_transaction_uses_up_no_number(body):
    with transaction.atomic():
        take_index_numbers(body, 2024, count=10)
        transaction.set_rollback(True)
    assert take_index_numbers(body, 2024) == ["11999900MB0000000X/2024-00001"]


@pytest.mark.django_db(transaction=True)
def test_threads_never_share_a_number(body):
    numbers, failures, start = [], [], threading.Barrier(4)

    def work():
        try:
            start.wait()
            for count in (1, 3, 1, 2):
                numbers.extend(take_index_numbers(body, 2024, count=count))
        except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(numbers) == [f"11999900MB0000000X/2024-{serial:05}" for serial in range(1, 29)]
    assert Counter.objects.get(series="index:11999900MB0000000X/2024-*").last == 28


plans = st.lists(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=4), min_size=2, max_size=3)
"""For each officer at work at once: how many numbers he takes, and whether his act fails afterwards."""


@pytest.mark.django_db(transaction=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans)
def test_however_many_work_at_once_and_fail_no_number_is_double_and_none_is_missing(body, work):
    Counter.objects.all().delete()

    def officer(steps):
        taken = []
        for count, fails in steps:
            with transaction.atomic():
                numbers = take_index_numbers(body, 2024, count=count)
                transaction.set_rollback(fails)
            taken += [] if fails else numbers
        return taken

    found = at_once(*(partial(officer, steps) for steps in work))
    numbers = [number for taken in found for number in taken]
    assert sorted(numbers) == [
        f"11999900MB0000000X/2024-{serial:05}" for serial in range(1, len(numbers) + 1)
    ]
    assert len(numbers) == sum(count for steps in work for count, fails in steps if not fails)


@pytest.mark.django_db
def test_the_guide_shows_how_an_index_number_looks():
    assert example(make_body(credit_code="11999900MB0000000X"), 2026) == "11999900MB0000000X/2026-00001"
    assert example(make_body(), 2026) == ""
