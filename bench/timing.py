"""How a measurement is taken and told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

SECONDS_A_ROUND = 0.2
ROUNDS = 7


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, the value with its unit, and what it rests on."""

    what: str
    value: str
    note: str = ""


def seconds_per_call(work: Callable[[], object]) -> float:
    """The median of several rounds, each long enough for the clock; the first call does not count."""
    work()
    calls, spent = 1, _spent(work, 1)
    while spent < SECONDS_A_ROUND:
        calls = max(calls * 2, int(calls * SECONDS_A_ROUND / max(spent, 1e-6)))
        spent = _spent(work, calls)
    return statistics.median([spent, *(_spent(work, calls) for _ in range(ROUNDS - 1))]) / calls


def _spent(work: Callable[[], object], calls: int) -> float:
    begin = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - begin


def microseconds(seconds: float) -> str:
    """Three significant figures."""
    return f"{seconds * 1e6:.3g} µs"
