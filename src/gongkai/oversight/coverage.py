"""应公开 / 已公开 / 逾期 / 长期未更新 / 空白, asked of the database for one body or for a whole province.

The rules are those of `gongkai.law.coverage`. Terms in working days cannot be counted in SQL, but they need not be: for
every duty there is one day that divides the overdue from the rest (`overdue_until`), and the duties of a thousand
bodies are a few dozen. So: one query for the duties that occur, one for the states. Nothing is stored that could be
out of date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.catalogue.models import Item
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.models import Document, Edition
from gongkai.law.calendar import WorkCalendar
from gongkai.law.coverage import State, fresh_since
from gongkai.law.duty_terms import Duty, Rhythm, Span, last_closed, overdue_until, term_of

DUTY_COLUMNS = ("rhythm", "term", "span", "due_month", "due_day", "stale_days")


@dataclass(frozen=True)
class Day:
    """The day on which everything is judged, and the calendar it is judged by."""

    today: dt.date
    calendar: WorkCalendar

    @classmethod
    def of(cls, at: dt.datetime) -> Day:
        """The day of a moment, by the calendar in force."""
        return cls(timezone.localdate(at), current_calendar())


def midnight(day: dt.date) -> dt.datetime:
    """Where a local day begins; the times of publication are moments."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def with_state(items: QuerySet[Item], day: Day) -> QuerySet[Item]:
    """Owed items with ``state`` (a ``State``). Two queries in all, however many items there are."""
    duties = _duties(items)
    dated = items.annotate(
        overdue_until=_per_duty(duties, lambda duty: _overdue_until(duty, day), DateField()),
        window_start=_per_duty(duties, lambda duty: _window_start(duty, day), DateTimeField()),
        window_due=_per_duty(duties, lambda duty: _window_due(duty, day), DateField()),
        fresh_from=_per_duty(duties, lambda duty: _fresh_from(duty, day), DateTimeField()),
    )
    return (
        dated.annotate(is_overdue=Exists(_overdue()))
        .annotate(
            is_missed=_missed(),
            is_listed=Exists(_listed()),
            is_fresh=Exists(_since(_listed(), "fresh_from")),
        )
        .annotate(state=_STATE)
    )


def _duties(items: QuerySet[Item]) -> list[Duty]:
    """The duties that occur among the items."""
    found = items.order_by().values_list(*DUTY_COLUMNS).distinct()
    return [
        Duty(Rhythm(rhythm), term, Span(span), month, day, stale)
        for rhythm, term, span, month, day, stale in found
    ]


def _where(duty: Duty) -> Q:
    values = (duty.rhythm, duty.term, duty.span, duty.month, duty.day, duty.stale_days)
    given = dict(zip(DUTY_COLUMNS, values, strict=True))
    asked = {
        (f"{name}__isnull" if value is None else name): (value is None or value)
        for name, value in given.items()
    }
    return Q(**asked)


def _per_duty(duties: Iterable[Duty], tell: Callable[[Duty], Any], output: Any) -> Case:
    """A value for each duty; null where there is none."""
    whens = [
        When(_where(duty), then=Value(value, output_field=output))
        for duty in duties
        if (value := tell(duty)) is not None
    ]
    return Case(*whens, default=Value(None, output_field=output), output_field=output)


def _overdue_until(duty: Duty, day: Day) -> dt.date | None:
    term = term_of(duty)
    return None if term is None else overdue_until(*term, day.today, day.calendar)


def _window_start(duty: Duty, day: Day) -> dt.datetime | None:
    return midnight(last_closed(duty, day.today, day.calendar).start) if duty.rhythm.months else None


def _window_due(duty: Duty, day: Day) -> dt.date | None:
    return last_closed(duty, day.today, day.calendar).due.day if duty.rhythm.months else None


def _fresh_from(duty: Duty, day: Day) -> dt.datetime | None:
    found = fresh_since(duty, day.today)
    return None if found is None else midnight(found)


def _documents() -> QuerySet[Document]:
    return Document.objects.filter(item=OuterRef("pk"), attribute=Attribute.PROACTIVE)


def _published(**since: Any) -> Exists:
    """An edition of the document let out since then. `changed_at` will not do: an import sets it to its own time."""
    return Exists(Edition.objects.filter(document=OuterRef("pk"), published_at__isnull=False, **since))


def _overdue() -> QuerySet[Document]:
    """Not public past its term; or changed, and the change not public past its term."""
    unseen = Q(first_published_at__isnull=True, made_on__lte=OuterRef("overdue_until"))
    waiting = Q(
        first_published_at__isnull=False,
        amended_on__lte=OuterRef("overdue_until"),
        amended_on__gt=TruncDate("first_published_at"),
    )
    return _documents().filter(unseen | waiting & ~_published(published_at__date__gte=OuterRef("amended_on")))


def _listed() -> QuerySet[Document]:
    return Document.objects.listed().filter(item=OuterRef("pk"))


def _since(documents: QuerySet[Document], moment: str) -> QuerySet[Document]:
    """Those of which the public saw something new from that moment on."""
    edition = _published(published_at__gte=OuterRef(OuterRef(moment)))
    return documents.filter(Q(first_published_at__gte=OuterRef(moment)) | Q(edition))


def _missed() -> Case:
    """A period that ended, owed by then, in which and since which nothing was published."""
    seen = _since(_documents(), "window_start")
    owed = Q(window_due__isnull=False) & (Q(since__isnull=True) | Q(since__lte=F("window_due")))
    return Case(
        When(owed & ~Exists(seen), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


_STATE = Case(
    When(Q(is_overdue=True) | Q(is_missed=True), then=Value(State.OVERDUE.value)),
    When(is_listed=False, then=Value(State.BLANK.value)),
    When(Q(fresh_from__isnull=False, is_fresh=False), then=Value(State.STALE.value)),
    default=Value(State.PUBLIC.value),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Counts:
    """A line of the monitor. ``owed`` is the sum of the four states."""

    owed: int = 0
    public: int = 0
    overdue: int = 0
    stale: int = 0
    blank: int = 0
    undetermined: int = 0
    """Among the owed: the term could not be told and nobody has determined it."""

    @property
    def share(self) -> str:
        """已公开 of 应公开, in per cent; a dash where nothing is owed."""
        return f"{round(self.public * 100 / self.owed)}%" if self.owed else "—"


COUNTED = {
    "owed": Count("pk"),
    **{state.value: Count("pk", filter=Q(state=state.value)) for state in State},
    "undetermined": Count("pk", filter=Q(rhythm=Rhythm.UNKNOWN.value)),
}


def counts_by(items: QuerySet[Item], day: Day, *keys: str) -> dict[tuple[Any, ...], Counts]:
    """The numbers for every value of the keys, e.g. body and field, added up in the database."""
    rows = with_state(items, day).order_by().values_list(*keys).annotate(**COUNTED)
    names = tuple(COUNTED)
    width = len(keys)
    return {tuple(row[:width]): Counts(**dict(zip(names, row[width:], strict=True))) for row in rows}


def total(counts: Iterable[Counts]) -> Counts:
    """All lines together."""
    listed = list(counts)
    return Counts(**{name: sum(getattr(one, name) for one in listed) for name in COUNTED})
