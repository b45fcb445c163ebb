"""Counting what is asked too often: exactly, for all processes together, and the cache they share."""

import datetime as dt
from threading import Thread

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import override_settings

from gongkai.core.models import CacheEntry, Rate
from gongkai.core.rates import count, forget_rates

NOON = dt.datetime(2024, 3, 1, 12, 0, 15, tzinfo=dt.UTC)
WINDOW = 60


def test_each_is_counted_for_its_name_its_address_and_its_window(db):
    asked = [("track", "a", 0), ("track", "a", 1), ("track", "b", 0), ("files", "a", 0), ("track", "a", 45)]
    told = [
        count(name, whose, at=NOON + dt.timedelta(seconds=late), window=WINDOW) for name, whose, late in asked
    ]
    assert told == [(1, 45), (2, 44), (1, 45), (1, 45), (1, 60)]


def test_the_table_tells_nobody_who_asked(db):
    count("track", "192.0.2.7", at=NOON, window=WINDOW)
    assert "192.0.2.7" not in str(Rate.objects.values())


def test_windows_that_are_over_are_forgotten(db):
    for seconds in (0, 60):
        count("track", "a", at=NOON + dt.timedelta(seconds=seconds), window=WINDOW)
    assert forget_rates(at=NOON + dt.timedelta(seconds=45)) == 1
    assert count("track", "a", at=NOON + dt.timedelta(seconds=60), window=WINDOW) == (2, 45)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_none_is_lost():
    found = []

    def ask():
        try:
            found.extend(count("track", "a", at=NOON, window=WINDOW)[0] for _ in range(5))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 21))


SHARED = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}


@override_settings(CACHES=SHARED)
def test_the_shared_cache_needs_no_step_but_the_migrations(db):
    cache = caches["default"]
    cache.set("wrong-codes", [1.5, 2.5], timeout=60)
    assert (cache.get("wrong-codes"), CacheEntry.objects.count()) == ([1.5, 2.5], 1)
    assert not cache.add("wrong-codes", [], timeout=60)
    cache.delete("wrong-codes")
    assert cache.get("wrong-codes") is None
