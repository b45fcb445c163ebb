"""The work calendar in force: the arrangements that ship with the product, and over them the entered ones."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from gongkai.calendars.models import EnteredArrangement
from gongkai.law.arrangements import Holiday, YearArrangement
from gongkai.law.calendar import WorkCalendar, official_calendar


def current_calendar() -> WorkCalendar:
    """The calendar to count with now.

    The entered rows (one or two a year) are read every time, so every process counts alike as soon as one is entered;
    the calendar made of them is kept by their content, so that one rolled back is never mistaken for its successor.
    """
    rows = EnteredArrangement.objects.order_by("pk").values_list("year", "notice", "holidays", "workdays")
    newest = {row[0]: arrangement_of(*row) for row in rows}
    return _calendar(tuple(newest[year] for year in sorted(newest)))


@lru_cache(maxsize=8)
def _calendar(entered: tuple[YearArrangement, ...]) -> WorkCalendar:
    calendar = official_calendar()
    for arrangement in entered:
        calendar = calendar.with_year(arrangement)
    return calendar


def arrangement_of(
    year: int, notice: str, holidays: list[dict[str, Any]], workdays: list[dict[str, Any]]
) -> YearArrangement:
    """The law's arrangement from entered lines. Raises KeyError or ValueError for lines never checked."""
    makeup: dict[str, list[dt.date]] = {}
    for one in workdays:
        makeup.setdefault(one["name"], []).append(dt.date.fromisoformat(one["day"]))
    lines = tuple(
        Holiday(
            one["name"],
            dt.date.fromisoformat(one["first"]),
            dt.date.fromisoformat(one["last"]),
            tuple(makeup.get(one["name"], ())),
        )
        for one in holidays
    )
    return YearArrangement(year, (notice,), lines)


def newest_arrangement(year: int) -> EnteredArrangement | None:
    """The entered arrangement of a year that counts."""
    return EnteredArrangement.objects.filter(year=year).order_by("-pk").first()
