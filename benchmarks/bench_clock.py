"""How long the pure clock takes: microseconds per case, and counting 20 workdays beside two other calendars.

Run `python benchmarks/bench_clock.py`; the other calendars are development dependencies. Compare the rows of one
run with each other, not with another machine's.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import chinese_calendar
import holidays

from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import (
    ClarificationNotified,
    ClarificationReceived,
    Extended,
    Fact,
    FeeNotified,
    FeePaid,
    Received,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

ROUNDS = 7
START = date(2024, 9, 27)
WORKDAYS = 20
TODAY = date(2024, 12, 2)

CASES: dict[str, list[Fact]] = {
    "clock: received": [Received(START)],
    "clock: clarified": [
        Received(START),
        ClarificationNotified(date(2024, 9, 30), date(2024, 10, 31)),
        ClarificationReceived(date(2024, 10, 15)),
    ],
    "clock: third party, extension": [
        Received(START),
        ThirdPartyConsulted(date(2024, 10, 8), "甲公司", date(2024, 10, 10)),
        ThirdPartyAnswered(date(2024, 10, 18), "甲公司"),
        Extended(date(2024, 10, 21), 20, "负责人", date(2024, 10, 21)),
    ],
    "clock: fee paid": [
        Received(START),
        FeeNotified(date(2024, 10, 8), date(2024, 10, 9)),
        FeePaid(date(2024, 10, 16)),
    ],
}


def microseconds(work: Callable[[], object], repeat: int) -> float:
    """The median over rounds of the time of one call."""
    rounds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        for _ in range(repeat):
            work()
        rounds.append((perf_counter() - begin) / repeat * 1e6)
    return median(rounds)


def walk_chinese_calendar() -> date:
    """The usual way to count with `chinesecalendar`: ask it day by day."""
    day, left = START, WORKDAYS
    while left:
        day += timedelta(1)
        left -= chinese_calendar.is_workday(day)
    return day


def rows() -> Iterable[tuple[str, float]]:
    """Every measurement, named. The three ways of counting must agree before they are compared."""
    ours = official_calendar()
    theirs = holidays.country_holidays("CN", years=range(2023, 2026))
    answers = {
        ours.add_workdays(START, WORKDAYS).day,
        theirs.get_nth_working_day(START, WORKDAYS),
        walk_chinese_calendar(),
    }
    if len(answers) != 1:
        sys.exit(f"the calendars disagree: {sorted(answers)}")
    yield "20 workdays: gongkai", microseconds(lambda: ours.add_workdays(START, WORKDAYS), 20_000)
    yield "20 workdays: holidays", microseconds(lambda: theirs.get_nth_working_day(START, WORKDAYS), 1_000)
    yield "20 workdays: chinesecalendar", microseconds(walk_chinese_calendar, 100)
    for name, facts in CASES.items():
        yield name, microseconds(lambda facts=facts: compute(facts, ours, TODAY), 2_000)
    explained = CASES["clock: third party, extension"]
    yield (
        "clock: … with its explanation",
        microseconds(lambda: compute(explained, ours, TODAY).explanation, 500),
    )


def main() -> None:
    """Print one line per measurement, or JSON with --json."""
    measured = {name: round(micro, 2) for name, micro in rows()}
    if "--json" in sys.argv[1:]:
        print(json.dumps({"python": platform.python_version(), "us": measured}, ensure_ascii=False))
        return
    for name, micro in measured.items():
        print(f"{name:<34}{micro:>12.2f} µs")


if __name__ == "__main__":
    main()
