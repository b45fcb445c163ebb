"""A year's holiday arrangement as the State Council's General Office announces it.

One line per holiday, in the notice's own order: the days off, then the weekend days worked in return.
An administrator enters next year's notice in the same form, so a slip must be caught here, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_HOLIDAY_DAYS = 12  # the longest so far had 10 days (春节 2020); more is a slip of the pen
MOST_DAYS_OFF = 45  # no year had more than 34; guards against a wrong month
# 全国年节及纪念日放假办法: holidays on a fixed date, whatever the year's notice moves around them
FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
NAMED_HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
SEVEN_HOLIDAYS_FROM = 2008  # 国务院令第513号: 清明, 端午 and 中秋 became holidays on 2008-01-01
WEEKDAY_NAMES = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_SATURDAY = 5
_DAY = r"(?:(\d{4})\.)?(\d{1,2})\.(\d{1,2})"
_SPAN = re.compile(rf"{_DAY}(?:-{_DAY})?", re.ASCII)


class ArrangementError(ValueError):
    """A year's arrangement that cannot be right; `problems` says why, in Chinese."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problems))


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: the days off from `first` to `last`, weekends included, and the days worked for it."""

    name: str
    first: date
    last: date
    makeup: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        """Every day off, in order; nothing when the span is backwards."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(offset)


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """The holidays of one year. `sources` names the notices, the later one correcting the earlier."""

    year: int
    sources: tuple[str, ...]
    holidays: tuple[Holiday, ...]

    def problems(self) -> list[str]:
        """Everything that shows the arrangement was mistyped; empty when it may be used."""
        return [
            *self._span_problems(),
            *self._makeup_problems(),
            *self._overlap_problems(),
            *self._omissions(),
        ]

    def _span_problems(self) -> Iterator[str]:
        for holiday in self.holidays:
            length = (holiday.last - holiday.first).days + 1
            if length < 1:
                yield f"{holiday.name}：结束日{holiday.last}早于开始日{holiday.first}，请核对起止日期"
            elif length > LONGEST_HOLIDAY_DAYS:
                yield f"{holiday.name}：连续放假{length}天，超过{LONGEST_HOLIDAY_DAYS}天，请核对起止日期"
            for day in (holiday.first, holiday.last, *holiday.makeup):
                if not self._belongs(day):
                    yield f"{holiday.name}：{day}不在{self.year}年（或上年12月下旬）内，请核对年份"
        total = sum(1 for holiday in self.holidays for _ in holiday.days())
        if total > MOST_DAYS_OFF:
            yield f"全年放假共{total}天，超过{MOST_DAYS_OFF}天，请核对月份"

    def _belongs(self, day: date) -> bool:
        """The New Year holiday may begin in the last days of the year before (2007, 2018, 2022, 2023 did)."""
        return date(self.year - 1, 12, 20) <= day <= date(self.year, 12, 31)

    def _makeup_problems(self) -> Iterator[str]:
        off = {day for holiday in self.holidays for day in holiday.days()}
        seen: set[date] = set()
        for holiday in self.holidays:
            for day in holiday.makeup:
                if day.weekday() < _SATURDAY:
                    weekday = WEEKDAY_NAMES[day.weekday()]
                    yield f"{holiday.name}：{day}是{weekday}，本来就是工作日，不能作为调休上班日"
                if day in off:
                    yield f"{holiday.name}：{day}既是放假日又是调休上班日，只能保留一项"
                if day in seen:
                    yield f"{holiday.name}：调休上班日{day}重复，请删去一处"
                seen.add(day)
        freed = sum(1 for day in off if day.weekday() < _SATURDAY)
        if len(seen) > freed:
            yield f"调休上班日{len(seen)}天多于放假占用的工作日{freed}天，请核对"

    def _overlap_problems(self) -> Iterator[str]:
        owner: dict[date, str] = {}
        for holiday in self.holidays:
            for day in holiday.days():
                if day in owner:
                    yield f"{day}同时列在{owner[day]}和{holiday.name}，请只保留一处"
                owner[day] = holiday.name

    def _omissions(self) -> Iterator[str]:
        off = {day for holiday in self.holidays for day in holiday.days()}
        for month, day in FIXED_HOLIDAYS:
            if date(self.year, month, day) not in off:
                yield f"{month}月{day}日是法定节假日，安排中没有放假，请补上"
        if self.year >= SEVEN_HOLIDAYS_FROM:
            listed = "、".join(holiday.name for holiday in self.holidays)
            for name in NAMED_HOLIDAYS:
                if name not in listed:
                    yield f"没有列出{name}，请补上"


def parse_arrangement(year: int, sources: tuple[str, ...], text: str) -> YearArrangement:
    """Read one holiday per line: name, days off, and after a bar the days worked in return.

    `春节 2.10-2.17 | 2.4 2.18`; a day in the year before carries its year: `元旦 2018.12.30-1.1`.
    Raises ArrangementError naming the line that cannot be read; the content is judged by `problems()`.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    holidays: list[Holiday] = []
    unreadable: list[str] = []
    for line in lines:
        try:
            holidays.append(_parse_line(year, line))
        except ValueError:
            unreadable.append(f"“{line}”读不懂，应写成“春节 2.10-2.17 | 2.4 2.18”的样子")
    if unreadable:
        raise ArrangementError(unreadable)
    return YearArrangement(year, sources, tuple(holidays))


def _parse_line(year: int, line: str) -> Holiday:
    off, _, worked = line.partition("|")
    name, span = off.split()
    first, last = _parse_span(year, span)
    return Holiday(name, first, last, tuple(_parse_span(year, day)[0] for day in worked.split()))


def _parse_span(year: int, text: str) -> tuple[date, date]:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    own_year, month, day, last_year, last_month, last_day = match.groups()
    first = date(int(own_year or year), int(month), int(day))
    if last_month is None:
        return first, first
    return first, date(int(last_year or year), int(last_month), int(last_day))
