"""Asking others before deciding: a third party (art. 32) and a body that is joint author (art. 34).

Both have 15 workdays from receiving the letter and both stop the clock, but their silence means opposites.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar

CONSULTATION_WORKDAYS = 15  # 条例 arts. 32 and 34, from the day the letter is received


class Consulted(StrEnum):
    """Who is asked."""

    THIRD_PARTY = "third_party"
    CO_AUTHOR = "co_author"

    @property
    def label(self) -> str:
        """The Chinese name of this kind of consultation."""
        return "征求第三方意见" if self is Consulted.THIRD_PARTY else "征求相关行政机关意见"

    @property
    def article(self) -> str:
        """The article that gives the term."""
        return "条例第三十二条" if self is Consulted.THIRD_PARTY else "条例第三十四条"


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows when no opinion comes in time."""

    counts_as_consent: bool
    article: str
    consequence: str


SILENCE_OF_THIRD_PARTY = Silence(
    counts_as_consent=False,
    article="条例第三十二条",
    consequence="第三方逾期未提出意见，不等于同意公开；由行政机关依照条例的规定决定是否公开。",
)
SILENCE_OF_CO_AUTHOR = Silence(
    counts_as_consent=True,
    article="条例第三十四条",
    consequence="被征求意见的行政机关逾期未提出意见，视为同意公开。",
)


def silence(of: Consulted) -> Silence:
    """What the silence of the one consulted means: the two articles say the opposite, so never mix them."""
    return SILENCE_OF_THIRD_PARTY if of is Consulted.THIRD_PARTY else SILENCE_OF_CO_AUTHOR


def opinion_due(received_on: date, calendar: WorkCalendar) -> CountedDay:
    """The last day for an opinion: 15 workdays after the letter was received (arts. 32, 34)."""
    return calendar.add_workdays(received_on, CONSULTATION_WORKDAYS)


@dataclass(frozen=True, slots=True)
class Consultation:
    """One letter and its answer. The clock stops from the day after `sent_on` through the day it ends.

    That the day of sending still counts is 常识, by the same rule as for the day of receipt.
    """

    of: Consulted
    name: str
    sent_on: date
    received_on: date | None
    answered_on: date | None = None

    def answered(self, on: date) -> Consultation:
        """The same consultation with its answer."""
        return replace(self, answered_on=on)

    def due(self, calendar: WorkCalendar) -> CountedDay | None:
        """The last day for the opinion; None while the letter has not been received."""
        return None if self.received_on is None else opinion_due(self.received_on, calendar)

    def ended_on(self, calendar: WorkCalendar, as_of: date) -> date | None:
        """The last day the clock stood still: the answer, or the end of the term in silence; None while open.

        An answer after the term does not lengthen the pause.
        """
        due = self.due(calendar)
        if self.answered_on is not None:
            return self.answered_on if due is None else min(self.answered_on, due.day)
        return due.day if due is not None and due.day < as_of else None

    def waits_for(self, calendar: WorkCalendar) -> str:
        """What an open consultation waits for, in Chinese."""
        due = self.due(calendar)
        if due is None:
            return f"{self.name}签收征求意见书（签收后才能确定意见期限）"
        return f"{self.name}的意见（最迟{due.day}）"
