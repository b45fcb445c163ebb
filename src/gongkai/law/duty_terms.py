"""公开时限: the term of a catalogue's item as a duty — on an event, by the calendar, always — and its due days.

The words of a catalogue are read by `gongkai.law.duty_words`; here is what they mean. A duty that could not be told
stays UNKNOWN until a person says what it is; nothing is ever judged by a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.duties import DutyError

ORDINARY_WORKDAYS = 20  # art. 26: within 20 working days of being made or changed
YEAR_MONTHS = 12
LONGEST_TERM = 400  # of any unit; a longer one is a slip of the pen
STALE_DAYS = 180  # 国办秘函〔2019〕19号: notices and policies, 6 months


class Rhythm(StrEnum):
    """What makes an item due."""

    ON_EVENT = "on_event"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"
    STANDING = "standing"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]

    @property
    def months(self) -> int:
        """Length of the period in months; 0 for what has none."""
        return _MONTHS.get(self, 0)


_LABELS = {
    Rhythm.ON_EVENT: "形成或者变更后限期公开",
    Rhythm.MONTHLY: "每月公开",
    Rhythm.QUARTERLY: "每季度公开",
    Rhythm.HALF_YEARLY: "每半年公开",
    Rhythm.YEARLY: "每年公开",
    Rhythm.CONTINUOUS: "持续更新",
    Rhythm.STANDING: "长期公开",
    Rhythm.UNKNOWN: "时限待核定",
}
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


class Span(StrEnum):
    """The unit of a term."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"

    @property
    def label(self) -> str:
        """In Chinese, behind a number."""
        return {Span.WORKDAYS: "个工作日", Span.DAYS: "日", Span.MONTHS: "个月"}[self]


@dataclass(frozen=True, slots=True)
class Duty:
    """One item's duty. `term` counts `span`s from the event, or from the end of the period before.

    `month` and `day` are a yearly duty's last day; `stale_days` after how many days without news the item is stale.
    """

    rhythm: Rhythm
    term: int | None = None
    span: Span = Span.WORKDAYS
    month: int | None = None
    day: int | None = None
    stale_days: int | None = None

    def problems(self) -> list[str]:
        """What is wrong with it, in Chinese; nothing for a duty that can be kept."""
        found = []
        if self.rhythm is Rhythm.ON_EVENT and self.term is None:
            found.append("形成或者变更后限期公开的，应填写期限")
        if self.term is not None and not 0 <= self.term <= LONGEST_TERM:
            found.append(f"期限应为0至{LONGEST_TERM}的整数")
        if self.rhythm in {Rhythm.CONTINUOUS, Rhythm.STANDING, Rhythm.UNKNOWN} and self.term is not None:
            found.append(f"{self.rhythm.label}的，不填期限")
        if (self.month is None) != (self.day is None):
            found.append("截止日的月和日应同时填写")
        if self.month is not None and self.rhythm is not Rhythm.YEARLY:
            found.append("只有每年公开的才有固定的截止月、日")
        if self.month is not None and self.term is not None:
            found.append("固定截止日与年度结束后的期限只能填一项")
        if self.month is not None and self.day is not None and not _is_day(self.month, self.day):
            found.append(f"{self.month}月{self.day}日不是日历上的日子")
        if self.stale_days is not None and not 1 <= self.stale_days <= LONGEST_TERM:
            found.append(f"更新间隔应为1至{LONGEST_TERM}日")
        return found

    @property
    def words(self) -> str:
        """The duty in a Chinese sentence without a full stop."""
        return (
            f"{self._plain()}{f'，超过{self.stale_days}日没有更新即为长期未更新' if self.stale_days else ''}"
        )

    def _plain(self) -> str:
        if self.rhythm is Rhythm.ON_EVENT:
            if self.term == 0:
                return "形成或者变更的当日公开"
            return f"形成或者变更之日起{self.term}{self.span.label}内公开"
        if not self.rhythm.months:
            return {
                Rhythm.CONTINUOUS: "持续更新，不得空白",
                Rhythm.STANDING: "长期公开，不得空白",
                Rhythm.UNKNOWN: "时限文字无法判断，须由人工核定",
            }[self.rhythm]
        if self.month is not None:
            return f"每年{self.month}月{self.day}日前公开"
        ends = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}[self.rhythm.months]
        if self.term is None:
            return f"{ends}至少公开一次"
        return f"{ends}结束后{self.term}{self.span.label}内公开"


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)  # a leap year, so that 29 February may be named
    except ValueError:
        return False
    return True


ORDINARY = Duty(Rhythm.ON_EVENT, ORDINARY_WORKDAYS)
"""Art. 26, for information of which the item says nothing else."""


def count_on(day: date, term: int, span: Span, calendar: WorkCalendar) -> CountedDay:
    """The last day of a term that begins after `day`; a term of 0 ends the same day."""
    if span is Span.WORKDAYS and term:
        return calendar.add_workdays(day, term)
    if span is Span.MONTHS:
        year, month = divmod(day.year * YEAR_MONTHS + day.month - 1 + term, YEAR_MONTHS)
        return CountedDay(_day_of(year, month + 1, day.day), False, "")
    return CountedDay(day + timedelta(term), False, "")


def _day_of(year: int, month: int, day: int) -> date:
    """That day, or the last of a month that has fewer."""
    first_of_next = date(year + month // YEAR_MONTHS, month % YEAR_MONTHS + 1, 1)
    return date(year, month, min(day, (first_of_next - timedelta(1)).day))


def term_of(duty: Duty) -> tuple[int, Span] | None:
    """How soon a single document of the item must be public: its own term, else art. 26; None while not known."""
    if duty.rhythm is Rhythm.UNKNOWN:
        return None
    if duty.rhythm is Rhythm.ON_EVENT and duty.term is not None:
        return duty.term, duty.span
    return ORDINARY_WORKDAYS, Span.WORKDAYS


def document_due(duty: Duty, event_on: date, calendar: WorkCalendar) -> CountedDay | None:
    """The last day to publish a document made (or changed) on that day; None while the duty is not known."""
    term = term_of(duty)
    return None if term is None else count_on(event_on, *term, calendar)


@lru_cache(maxsize=4096)
def overdue_until(term: int, span: Span, today: date, calendar: WorkCalendar) -> date:
    """The last day of making whose term has passed before `today`: all days up to it are overdue, none after it.

    Terms never shrink when the day moves on, so one day divides them; this is how a database is asked.
    """
    low, high = today - timedelta(3 * LONGEST_TERM + 31 * term), today
    while (high - low).days > 1:
        middle = low + (high - low) / 2
        if count_on(middle, term, span, calendar).day < today:
            low = middle
        else:
            high = middle
    return low


@dataclass(frozen=True, slots=True)
class Window:
    """A period in which something of the item must be published, to `due.day` at the latest."""

    start: date
    due: CountedDay


def window_of(duty: Duty, on: date, calendar: WorkCalendar) -> Window:
    """The window of the period in which the day lies. Raises DutyError for a duty without a period."""
    months = duty.rhythm.months
    if not months:
        raise DutyError(f"“{duty.rhythm.label}”没有周期")
    first_month = (on.month - 1) // months * months + 1
    start = date(on.year, first_month, 1)
    if duty.month is not None and duty.day is not None:
        return Window(start, CountedDay(_day_of(on.year, duty.month, duty.day), False, ""))
    if duty.term is not None:
        return Window(start, count_on(start - timedelta(1), duty.term, duty.span, calendar))
    last = _day_of(on.year, first_month + months - 1, 31)
    return Window(start, CountedDay(last, False, ""))


def last_closed(duty: Duty, today: date, calendar: WorkCalendar) -> Window:
    """The latest window whose last day is over. Raises DutyError for a duty without a period."""
    window = window_of(duty, today, calendar)
    while window.due.day >= today:
        window = window_of(duty, window.start - timedelta(1), calendar)
    return window


def next_open(duty: Duty, today: date, calendar: WorkCalendar) -> Window:
    """The window still open, or the next one. Raises DutyError for a duty without a period."""
    window = window_of(duty, today, calendar)
    if window.due.day >= today:
        return window
    beyond = window.start + timedelta(31 * duty.rhythm.months + 1)
    return window_of(duty, beyond.replace(day=1), calendar)
