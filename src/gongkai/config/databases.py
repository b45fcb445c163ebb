"""Database options measured to hold up under several writers; see docs/adr/0002-one-settings-file.md."""

from __future__ import annotations

from typing import Any

SQLITE_WAIT_SECONDS = 20
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous={synchronous};"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-65536;"  # 64 MiB
    "PRAGMA mmap_size=268435456;"  # 256 MiB
    "PRAGMA journal_size_limit=67108864;"  # 64 MiB
)
KEEP_SECONDS = 300  # a connection, with what it has learnt of the database


def tuned(database: dict[str, Any], *, durable: bool = True) -> dict[str, Any]:
    """The connection settings with the options its engine needs; `durable=False` only for throw-away data."""
    if database["ENGINE"].endswith("sqlite3"):
        options = {**database.get("OPTIONS", {}), **_sqlite_options(durable=durable)}
        # Opening a file and setting it up costs more than most pages ask of it; a test closes what it opened.
        return {**database, "CONN_MAX_AGE": KEEP_SECONDS if durable else 0, "OPTIONS": options}
    return {**database, "CONN_MAX_AGE": KEEP_SECONDS, "CONN_HEALTH_CHECKS": True}


def _sqlite_options(*, durable: bool) -> dict[str, Any]:
    # IMMEDIATE: a transaction that reads and then writes would otherwise fail instead of waiting its turn.
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": SQLITE_WAIT_SECONDS,
        "init_command": SQLITE_PRAGMAS.format(synchronous="NORMAL" if durable else "OFF"),
    }
