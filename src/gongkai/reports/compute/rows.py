"""Which report row a request's outcome belongs to, read from the law, per format."""

from __future__ import annotations

from functools import cache

from gongkai.law.outcomes import OUTCOMES


@cache
def row_by_outcome(format_id: str) -> dict[str, str]:
    """Outcome key → row key of table 3 in a format."""
    return {
        outcome.key: outcome.row("2019" if format_id == "2019" else "2021") for outcome in OUTCOMES.values()
    }


@cache
def outcomes_by_row(format_id: str) -> dict[str, tuple[str, ...]]:
    """Row key of table 3 → the outcome keys counted there."""
    rows: dict[str, list[str]] = {}
    for key, row in row_by_outcome(format_id).items():
        rows.setdefault(row, []).append(key)
    return {row: tuple(keys) for row, keys in rows.items()}
