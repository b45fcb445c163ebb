"""A due date explained for people: in one sentence, and day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gongkai.law.clock import ClockResult, DayLine, State

_WEEKDAYS = "一二三四五六日"


class Row(NamedTuple):
    """One day of the table: its date, its weekday, its number if it counts, and why or what happened."""

    day: dt.date
    weekday: str
    number: int | None
    reason: str
    events: tuple[str, ...]
    kind: str
    """``off``, ``counted``, ``start`` or ``due``: only for the look, the words say the same."""


@dataclass(frozen=True)
class Counting:
    """A result of the clock, arranged for a page."""

    result: ClockResult

    @property
    def due_on(self) -> dt.date | None:
        """The due date; None while it cannot be known."""
        return self.result.due_on

    @property
    def weekday(self) -> str:
        """The due date's weekday."""
        return f"星期{_WEEKDAYS[self.due_on.weekday()]}" if self.due_on else ""

    @property
    def standing(self) -> str:
        """How today stands to the due date, in words."""
        result = self.result
        if result.closed_on is not None:
            late = "，已超过期限" if result.overdue else "，在期限以内"
            return f"{result.closed_on}办结{late if result.due_on else ''}。"
        if result.due_on is None:
            return f"正在等待{'、'.join(result.waits_for)}。" if result.waits_for else ""
        if result.overdue:
            return f"已经超过期限{result.overdue_by}个工作日。"
        if result.state is State.RUNNING and result.left is not None:
            return "今天是最后一天。" if result.left == 0 else f"还剩{result.left}个工作日。"
        return ""

    @cached_property
    def rows(self) -> list[Row]:
        """Every day from receipt on."""
        return [self._row(line) for line in self.result.explanation]

    def _row(self, line: DayLine) -> Row:
        if line.day == self.due_on:
            kind = "due"
        elif line.number is not None:
            kind = "counted"
        else:
            kind = "start" if line.events else "off"
        return Row(line.day, _WEEKDAYS[line.day.weekday()], line.number, line.reason, line.events, kind)
