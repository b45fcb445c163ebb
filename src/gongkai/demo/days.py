"""Days on which an office works, drawn by season, and moments of its working hours. Always the same ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cache
from random import Random

from django.utils import timezone

from gongkai.law.calendar import official_calendar

PEAK, ORDINARY = 5, 1  # how much likelier a day in a peak month is
DAY_BEGINS, DAY_ENDS = 8 * 60 + 30, 17 * 60 + 50  # minutes; nothing is published at night
MONTHS = range(1, 13)


def chance(seed: str) -> Random:
    """A source of chance that draws the same every time: the demonstration is no secret."""
    return Random(seed)  # noqa: S311 - nothing depends on it being hard to guess


@cache
def workdays(year: int, month: int) -> tuple[dt.date, ...]:
    """The days of a month an office is open, make-up workdays among them."""
    calendar = official_calendar()
    first = dt.date(year, month, 1)
    days = (first + dt.timedelta(days=offset) for offset in range(31))
    return tuple(day for day in days if day.month == month and calendar.is_workday(day))


def seasonal_day(
    rng: Random, year: int, peaks: Collection[int] = (), until: dt.date | None = None, *, only: bool = False
) -> dt.date:
    """A workday of the year no later than ``until``, likelier (or ``only``) in the peak months."""
    last = until.month if until is not None and until.year == year else 12
    months = [month for month in MONTHS if month <= last]
    others = 0 if only and set(peaks) & set(months) else ORDINARY
    weights = [PEAK if month in peaks else others for month in months]
    days = workdays(year, rng.choices(months, weights)[0])
    fitting = [day for day in days if until is None or day <= until]
    return rng.choice(fitting or workdays(year, 1)[:1])


def moment(day: dt.date, minutes: int) -> dt.datetime:
    """A moment of a day in China, in minutes from midnight."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes))


def office_moment(rng: Random, day: dt.date) -> dt.datetime:
    """A moment of office hours."""
    return moment(day, rng.randint(DAY_BEGINS, DAY_ENDS))


def morning(day: dt.date) -> dt.datetime:
    """Half past nine: when an officer does what the day's mail asks for."""
    return moment(day, 9 * 60 + 30)


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The day that many workdays later; the day itself for 0."""
    return day if count == 0 else official_calendar().add_workdays(day, count).day


def workdays_before(day: dt.date, count: int) -> dt.date:
    """The day that many workdays earlier."""
    calendar = official_calendar()
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= calendar.is_workday(day)
    return day


def next_workday(day: dt.date) -> dt.date:
    """The day itself when the office is open, else the first day it is."""
    calendar = official_calendar()
    while not calendar.is_workday(day):
        day += dt.timedelta(days=1)
    return day
