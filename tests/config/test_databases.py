"""The tuning is really in force on the connection."""

import pytest
from django.db import connection

from gongkai.config.databases import tuned


def test_postgresql_keeps_connections_and_tests_them():
    assert tuned({"ENGINE": "django.db.backends.postgresql", "HOST": "db"}) == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


@pytest.mark.parametrize(("durable", "synchronous"), [(True, "NORMAL"), (False, "OFF")])
def test_sqlite_waits_for_its_turn(durable, synchronous):
    options = tuned({"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}, durable=durable)["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert f"PRAGMA synchronous={synchronous};" in options["init_command"]


@pytest.mark.django_db
def test_sqlite_writes_ahead():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has pragmas")
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "temp_store")
        }
    assert values == {"journal_mode": "wal", "temp_store": 2}
