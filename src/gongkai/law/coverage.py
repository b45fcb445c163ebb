"""Whether an item is covered: 已公开, 逾期, 长期未更新, 空白 — from the days of its documents, with the reasons.

One state each, the gravest first, so that the states of a body's items add up to what it owes. Only facts go in; the
same rules are asked of the database for many bodies at once (`gongkai.oversight.coverage`), and a test holds the two
equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.duty_terms import Duty, Rhythm, Window, document_due, last_closed, next_open


class State(StrEnum):
    """How an item stands; in the order in which it is asked."""

    OVERDUE = "overdue"
    BLANK = "blank"
    STALE = "stale"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


_LABELS = {
    State.OVERDUE: "逾期",
    State.BLANK: "空白",
    State.STALE: "长期未更新",
    State.PUBLIC: "已公开",
}


@dataclass(frozen=True, slots=True)
class Published:
    """The days of one document of an item. `listed` is whether the public finds it in lists today."""

    made_on: date
    first_published_on: date | None = None
    changed_on: date | None = None
    amended_on: date | None = None
    listed: bool = False

    @property
    def last_on(self) -> date | None:
        """The day the public last saw something new of it."""
        days = [day for day in (self.first_published_on, self.changed_on) if day is not None]
        return max(days, default=None)

    @property
    def event_on(self) -> date:
        """What the running term begins with: the change that is not public yet, else the making."""
        return self.amended_on if self.waits_for_change and self.amended_on else self.made_on

    @property
    def waits_for_change(self) -> bool:
        """Whether it was changed and the public still reads the old text."""
        last = self.last_on
        return last is not None and self.amended_on is not None and last < self.amended_on

    @property
    def is_awaited(self) -> bool:
        """Whether something of it is not public yet."""
        return self.first_published_on is None or self.waits_for_change


class DocumentState(StrEnum):
    """How a single document stands with its term."""

    ON_TIME = "按期公开"
    LATE = "逾期公开"
    WAITING = "待公开"
    OVERDUE = "逾期未公开"
    UNJUDGED = "时限待核定"


def document_state(
    duty: Duty, document: Published, today: date, calendar: WorkCalendar
) -> tuple[DocumentState, CountedDay | None]:
    """The state of a document and its last day; no day while the duty is not known."""
    due = document_due(duty, document.event_on, calendar)
    if due is None:
        return DocumentState.UNJUDGED, None
    if document.is_awaited:
        return (DocumentState.OVERDUE if due.day < today else DocumentState.WAITING), due
    assert document.first_published_on is not None  # noqa: S101 - what is not awaited is published
    late = document.first_published_on > due.day
    return (DocumentState.LATE if late else DocumentState.ON_TIME), due


@dataclass(frozen=True, slots=True)
class Coverage:
    """An item's state and what it rests on."""

    state: State
    last_on: date | None
    overdue: tuple[int, ...] = ()
    """Positions of the documents whose term has passed."""
    missed: Window | None = None
    """The period that ended without a publication."""
    coming: Window | None = None
    """The period still open."""


def coverage(
    duty: Duty,
    documents: Sequence[Published],
    today: date,
    calendar: WorkCalendar,
    *,
    since: date | None = None,
) -> Coverage:
    """How an item stands. `since` is the day from which its periods are owed; None is always."""
    overdue = tuple(
        position
        for position, one in enumerate(documents)
        if document_state(duty, one, today, calendar)[0] is DocumentState.OVERDUE
    )
    missed = _missed(duty, documents, today, calendar, since)
    last_on = max((one.last_on for one in documents if one.listed and one.last_on), default=None)
    coming = next_open(duty, today, calendar) if duty.rhythm.months else None
    return Coverage(_state(duty, overdue, missed, last_on, today), last_on, overdue, missed, coming)


def _state(
    duty: Duty, overdue: tuple[int, ...], missed: Window | None, last_on: date | None, today: date
) -> State:
    if overdue or missed:
        return State.OVERDUE
    if last_on is None:
        return State.BLANK
    fresh_from = fresh_since(duty, today)
    return State.STALE if fresh_from is not None and last_on < fresh_from else State.PUBLIC


def fresh_since(duty: Duty, today: date) -> date | None:
    """The earliest day of a last update that is still fresh (国办秘函〔2019〕19号); None where nothing grows stale."""
    return None if duty.stale_days is None else today - timedelta(duty.stale_days)


def _missed(
    duty: Duty, documents: Sequence[Published], today: date, calendar: WorkCalendar, since: date | None
) -> Window | None:
    """The last closed period, unless something was published since it began. Late, it is settled all the same."""
    window = owed_window(duty, today, calendar, since)
    if window is None:
        return None
    seen = any(one.last_on is not None and one.last_on >= window.start for one in documents)
    return None if seen else window


def owed_window(duty: Duty, today: date, calendar: WorkCalendar, since: date | None) -> Window | None:
    """The last closed period, if the item was owed by its last day."""
    if duty.rhythm is Rhythm.UNKNOWN or not duty.rhythm.months:
        return None
    window = last_closed(duty, today, calendar)
    return None if since is not None and window.due.day < since else window


def explain_term(
    duty: Duty, event_on: date, due: CountedDay, calendar: WorkCalendar, *, changed: bool
) -> str:
    """Why a document is due on that day, in a Chinese sentence: the rule, the start, the holidays, the doubt."""
    what = "变更" if changed else "形成"
    rule = (
        duty.words
        if duty.rhythm is Rhythm.ON_EVENT
        else "条例第二十六条：自形成或者变更之日起20个工作日内公开"
    )
    holidays = dict.fromkeys(
        name for day in calendar.days(event_on + timedelta(1), due.day) if (name := calendar.holiday(day))
    )
    free = f"，其间{'、'.join(holidays)}放假不计" if holidays else ""
    note = f"（预计：{due.note}）" if due.provisional else ""
    return f"{rule}。{event_on}{what}，次日起算{free}，至{due.day}届满{note}"


def explain_window(duty: Duty, window: Window) -> str:
    """Why a period is due on that day."""
    note = f"（预计：{window.due.note}）" if window.due.provisional else ""
    return f"{duty.words}。本期自{window.start}起，最迟{window.due.day}公开{note}"
