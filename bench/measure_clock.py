"""The pure clock: what a due date costs, with and without its day-by-day explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.timing import Row, microseconds, seconds_per_call
from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import (
    Answered,
    ClarificationNotified,
    ClarificationReceived,
    Extended,
    Fact,
    Received,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

TITLE = "The statutory clock"

AS_OF = date(2024, 12, 31)
PLAIN: list[Fact] = [Received(date(2024, 9, 23)), Answered(date(2024, 10, 18))]
EVENTFUL: list[Fact] = [
    Received(date(2024, 9, 2)),
    ClarificationNotified(date(2024, 9, 5), deadline_on=date(2024, 9, 20)),
    ClarificationReceived(date(2024, 9, 12)),
    ThirdPartyConsulted(date(2024, 9, 18), received_on=date(2024, 9, 20)),
    ThirdPartyAnswered(date(2024, 10, 9), consents=True),
    Extended(date(2024, 10, 14), workdays=20, approved_by="政务公开办负责人", told_on=date(2024, 10, 15)),
    Answered(date(2024, 11, 8)),
]


def measure() -> Iterator[Row]:
    """Microseconds per case."""
    calendar = official_calendar()
    start = date(2024, 9, 27)
    yield Row(
        "the 20th workday after a day",
        microseconds(seconds_per_call(lambda: calendar.add_workdays(start, 20))),
    )
    for name, facts in (("a plain case", PLAIN), ("clarified, third party asked, extended", EVENTFUL)):
        state = compute(facts, calendar, AS_OF)
        cost = seconds_per_call(lambda facts=facts: compute(facts, calendar, AS_OF))  # type: ignore[misc]
        yield Row(f"{name}: state and due date", microseconds(cost), f"due {state.due_on}")
        cost = seconds_per_call(lambda facts=facts: compute(facts, calendar, AS_OF).explanation)  # type: ignore[misc]
        yield Row(f"{name}: with the explanation", microseconds(cost), f"{len(state.explanation)} days told")
