"""Working days: weekends, holidays, 调休 make-up workdays, and how far ahead the calendar is official.

Every statutory term of the Regulation is in working days, so a wrong day here is a wrong deadline everywhere.
A year whose arrangement has not been announced is counted Monday to Friday and marked provisional (预计).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.law.arrangements import WEEKDAY_NAMES, ArrangementError, YearArrangement
from gongkai.law.calendar_years import ARRANGEMENTS

_SATURDAY = 5


class CountedDay(NamedTuple):
    """The n-th workday; `provisional` when it rests on a year not announced, which `note` then names."""

    day: date
    provisional: bool
    note: str


class WorkdayCount(NamedTuple):
    """A number of workdays, provisional like `CountedDay`."""

    number: int
    provisional: bool
    note: str


class ChangedDay(NamedTuple):
    """A day that a new arrangement turned into a workday or out of one, with both reasons."""

    day: date
    before: str
    after: str


@dataclass(frozen=True)
class WorkCalendar:
    """An immutable calendar made of yearly arrangements; `with_year` gives a new one.

    A notice may reach back into the December before it (2018-12-31 became a day off that way), so dates there
    can still move when the next year's arrangement is entered: recompute open cases then.
    """

    arrangements: tuple[YearArrangement, ...]
    _off: dict[date, str] = field(init=False, repr=False, compare=False)
    _worked: dict[date, str] = field(init=False, repr=False, compare=False)
    _workdays: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _first: int = field(init=False, repr=False, compare=False)  # ordinals of the days laid out
    _last: int = field(init=False, repr=False, compare=False)
    official_from: date = field(init=False, compare=False)
    official_through: date = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out every workday of the covered years once, so that counting is a look-up.

        Raises ArrangementError for no year, a year given twice, or a year whose arrangement cannot be right.
        """
        years = self._checked_years()
        object.__setattr__(self, "official_from", date(years[0], 1, 1))
        object.__setattr__(self, "official_through", date(_end_of_run(years), 12, 31))
        self._lay_out_exceptions()
        self._lay_out_workdays()

    def _checked_years(self) -> list[int]:
        years = sorted(arrangement.year for arrangement in self.arrangements)
        if not years:
            raise ArrangementError(["工作日历至少要有一年的放假安排"])
        if len(set(years)) < len(years):
            raise ArrangementError(["工作日历中同一年的放假安排只能有一份"])
        problems = [
            f"{arrangement.year}年：{problem}"
            for arrangement in self.arrangements
            for problem in arrangement.problems()
        ]
        if problems:
            raise ArrangementError(problems)
        return years

    def _lay_out_exceptions(self) -> None:
        """Where two notices speak of one day, the later year's notice is the newer word."""
        off: dict[date, str] = {}
        worked: dict[date, str] = {}
        for arrangement in sorted(self.arrangements, key=lambda one: one.year):
            for holiday in arrangement.holidays:
                for day in holiday.days():
                    off[day] = holiday.name
                    worked.pop(day, None)
                for day in holiday.makeup:
                    worked[day] = holiday.name  # asked before `off` everywhere
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_worked", worked)

    def _lay_out_workdays(self) -> None:
        """From the first day any notice speaks of (it may lie in a December) to the end of the last year."""
        first = min(self.official_from, *self._off, *self._worked).toordinal()
        last = date(max(one.year for one in self.arrangements), 12, 31).toordinal()
        ordinals = range(first, last + 1)
        workdays = tuple(o for o in ordinals if self.is_workday(date.fromordinal(o)))
        object.__setattr__(self, "_workdays", workdays)
        object.__setattr__(self, "_first", first)
        object.__setattr__(self, "_last", last)

    def with_year(self, arrangement: YearArrangement) -> WorkCalendar:
        """A calendar that also knows this year, replacing what it knew of it. Raises ArrangementError."""
        others = (one for one in self.arrangements if one.year != arrangement.year)
        return WorkCalendar(tuple(sorted((*others, arrangement), key=lambda one: one.year)))

    def changes_to(self, other: WorkCalendar) -> tuple[ChangedDay, ...]:
        """The days that are a workday in one calendar and not in the other: what entering a year changed."""
        days = sorted({*self._off, *self._worked, *other._off, *other._worked})
        return tuple(
            ChangedDay(day, self.why(day), other.why(day))
            for day in days
            if self.is_workday(day) != other.is_workday(day)
        )

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day; Monday to Friday where nothing is announced."""
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() < _SATURDAY

    def holiday(self, day: date) -> str | None:
        """The holiday that makes a Monday-to-Friday day free; None for weekends and workdays."""
        return self._off.get(day) if day.weekday() < _SATURDAY else None

    def makeup_for(self, day: date) -> str | None:
        """The holiday for which this weekend day is worked, if it is."""
        return self._worked.get(day)

    def why(self, day: date) -> str:
        """Why a day counts or not, in a few Chinese words."""
        if day in self._worked:
            return f"调休上班（补{self._worked[day]}）"
        if day in self._off:
            return f"{self._off[day]}放假"
        plain = "工作日" if day.weekday() < _SATURDAY else WEEKDAY_NAMES[day.weekday()]
        return plain if self.is_official(day) else f"{plain}（预计，{day.year}年放假安排未公布）"

    def is_official(self, day: date) -> bool:
        """Whether the year of that day, and every year from the first known one to it, has been announced."""
        return self.official_from <= day <= self.official_through

    def provisional_note(self, day: date) -> str:
        """The sentence that goes with a provisional result; empty when the day is official."""
        if self.is_official(day):
            return ""
        if day < self.official_from:
            return f"{day.year}年的放假安排未录入，按周一至周五推算，仅供参考"
        first = self.official_through.year + 1
        years = f"{first}年" if first == day.year else f"{first}—{day.year}年"
        return f"{years}放假安排尚未公布，暂按周一至周五推算，公布后会重新计算"

    def add_workdays(self, day: date, number: int) -> CountedDay:
        """The `number`-th workday after `day`; the day itself is not counted. Raises ValueError below 1."""
        if number < 1:
            raise ValueError("工作日数应为正整数")
        start = day.toordinal()
        reached = date.fromordinal(self._nth_after(start, number))
        if self.official_from <= day and reached <= self.official_through:
            return CountedDay(reached, False, "")
        doubtful = day if day < self.official_from else reached
        return CountedDay(reached, True, self.provisional_note(doubtful))

    def _nth_after(self, start: int, number: int) -> int:
        """Inside the table a look-up; before it and after it whole weeks of five days."""
        table = self._workdays
        if start < self._first:
            before = _weekdays(start, self._first - 1)
            if number <= before:
                return _nth_weekday(start, number)
            start, number = self._first - 1, number - before
        position = bisect_right(table, start) + number
        if position <= len(table):
            return table[position - 1]
        return _nth_weekday(max(start, self._last), position - len(table))

    def workdays_between(self, start: date, end: date) -> WorkdayCount:
        """How many workdays lie after `start` up to and including `end`; none when `end` is not later."""
        if end <= start:
            return WorkdayCount(0, False, "")
        count = self._through(end.toordinal()) - self._through(start.toordinal())
        if self.official_from <= start and end <= self.official_through:
            return WorkdayCount(count, False, "")
        doubtful = start if start < self.official_from else end
        return WorkdayCount(count, True, self.provisional_note(doubtful))

    def _through(self, ordinal: int) -> int:
        """Workdays from the first known day through that one; negative before it."""
        if ordinal < self._first:
            return -_weekdays(ordinal, self._first - 1)
        beyond = _weekdays(self._last, max(ordinal, self._last))
        return bisect_right(self._workdays, ordinal) + beyond

    def days(self, start: date, end: date) -> Iterable[date]:
        """Every day from `start` through `end`."""
        return (start + timedelta(offset) for offset in range((end - start).days + 1))


def _end_of_run(years: list[int]) -> int:
    """The last year before the first gap: past a gap nothing is certain."""
    for year, following in pairwise(years):
        if following > year + 1:
            return year
    return years[-1]


def _weekdays_through(ordinal: int) -> int:
    """Mondays to Fridays from day 1 of the calendar era (a Monday) through that day."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _weekdays(start: int, end: int) -> int:
    return _weekdays_through(end) - _weekdays_through(start)


def _nth_weekday(start: int, number: int) -> int:
    """The number-th Monday-to-Friday day after `start`."""
    weeks, rest = divmod(_weekdays_through(start) + number - 1, 5)
    return weeks * 7 + rest + 1


@cache
def official_calendar() -> WorkCalendar:
    """The calendar of the arrangements that ship with Gongkai; built once, it never changes."""
    return WorkCalendar(ARRANGEMENTS)
