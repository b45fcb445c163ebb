"""The clock of a request: its dated facts, given to the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import cast

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from gongkai.calendars.queries import current_calendar
from gongkai.core.errors import Obstacle
from gongkai.foi.details import law_fact
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Request
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import REPLY_WORKDAYS, ClockError, ClockResult, compute
from gongkai.law.facts import Answered, Fact, Received
from gongkai.organisations.models import Body

ENDINGS: frozenset[str] = frozenset(
    {FactKind.ANSWERED, FactKind.WITHDRAWN, FactKind.CLARIFICATION_LAPSED, FactKind.FEE_LAPSED}
)
PLAIN = frozenset({FactKind.SUBMITTED, FactKind.RECEIVED, FactKind.ANSWERED})
"""Facts that leave the term as it is: 20 workdays from receipt."""
BATCH = 500  # requests whose facts are read at once


def clock_facts(request: Request, *, without: CaseFact | None = None) -> list[Fact]:
    """The facts the clock reckons with, in the law's own classes; cancelled ones do not count.

    Uses prefetched ``facts`` where there are any.
    """
    standing = [fact for fact in request.facts.all() if fact.cancelled_at is None]
    read = [law_fact(fact.kind, fact.on, fact.detail) for fact in standing if fact != without]
    kinds = {fact.kind for fact in standing}
    return [fact for fact in (*_from_dates(request, kinds), *read) if fact is not None]


def _from_dates(request: Request, kinds: Collection[str]) -> Iterator[Fact]:
    """A request taken over from an older register may have its dates alone; they are its facts then."""
    if request.received_on is not None and FactKind.RECEIVED not in kinds:
        yield Received(request.received_on)
    if request.closed_on is not None and not ENDINGS & set(kinds):
        yield Answered(request.closed_on)


def clock_of(request: Request, *, as_of: dt.date, calendar: WorkCalendar | None = None) -> ClockResult:
    """How the request stands on a day. Raises ClockError before it is received.

    Give the calendar when asking for many requests.
    """
    return compute(clock_facts(request), calendar or current_calendar(), as_of)


def why_clock_refuses(
    request: Request, *added: Fact | None, without: CaseFact | None = None
) -> list[Obstacle]:
    """The law's objection to the request's facts with some added or one left out."""
    facts = [*clock_facts(request, without=without), *(fact for fact in added if fact is not None)]
    try:
        compute(facts, current_calendar(), max((_last_day(fact) for fact in facts), default=dt.date.min))
    except ClockError as error:
        return [Obstacle("clock", str(error), field="on")]
    return []


def _last_day(fact: Fact) -> dt.date:
    """The last day the fact tells of: it may have been received after it was sent. Days to come are no events."""
    told = (getattr(fact, name, None) for name in ("received_on", "received_by_applicant_on", "told_on"))
    return max([fact.on, *(day for day in told if day is not None)])


def closed_late(body: Body, year: int, *, calendar: WorkCalendar | None = None) -> list[Request]:
    """The requests of a body closed in a year after their term, oldest first."""
    calendar = calendar or current_calendar()
    late, doubtful = _late_and_doubtful(body, year, calendar)
    found = [one for some in _batched(late, BATCH) for one in Request.objects.filter(pk__in=some)]
    found += _late_among(doubtful, calendar)
    return sorted(found, key=lambda one: (str(one.received_on), one.pk))


def overdue_closed(body: Body, year: int, *, calendar: WorkCalendar | None = None) -> int:
    """How many requests of a body were closed late in a year (for “均按期办结”)."""
    calendar = calendar or current_calendar()
    late, doubtful = _late_and_doubtful(body, year, calendar)
    return len(late) + len(_late_among(doubtful, calendar))


def _late_and_doubtful(body: Body, year: int, calendar: WorkCalendar) -> tuple[list[int], list[int]]:
    """The keys of what was certainly late, and of what the facts must tell.

    Nothing in the Regulation makes a term shorter than 20 workdays from receipt, so of each day's closings the index
    passes over those received within them; of the others, those with no fact that could prolong the term were late.
    """
    # An expression, as the bare column would lure SQLite from the index of closings to that of receipts.
    closed = Request.objects.filter(body=body).alias(received=Coalesce("received_on", "closed_on")).order_by()
    in_year = closed.filter(closed_on__gte=dt.date(year, 1, 1), closed_on__lte=dt.date(year, 12, 31))
    days = in_year.order_by("closed_on").values_list("closed_on", flat=True).distinct()
    keys: list[int] = []
    for day in cast("Iterator[dt.date]", days):
        last = _last_doubtful_receipt(day, calendar)
        keys += closed.filter(closed_on=day, received__lte=last).values_list("pk", flat=True)
    prolonged = {one for some in _batched(keys, BATCH) for one in _prolonged(some)}
    return [key for key in keys if key not in prolonged], [key for key in keys if key in prolonged]


def _prolonged(keys: list[int]) -> QuerySet[CaseFact, int]:
    """Those with a fact that could have prolonged the term."""
    told = CaseFact.objects.filter(request_id__in=keys, cancelled_at=None).exclude(kind__in=PLAIN)
    return told.order_by().values_list("request_id", flat=True)


def _late_among(keys: list[int], calendar: WorkCalendar) -> list[Request]:
    return [one for some in _batched(keys, BATCH) for one in _with_facts(some) if _was_late(one, calendar)]


def _last_doubtful_receipt(closed_on: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day of receipt from which 20 workdays had run out before that day."""
    received_on = closed_on
    while calendar.add_workdays(received_on, REPLY_WORKDAYS).day >= closed_on:
        received_on -= dt.timedelta(1)
    return received_on


def _with_facts(keys: list[int]) -> QuerySet[Request]:
    return Request.objects.filter(pk__in=keys).prefetch_related("facts")


def _was_late(request: Request, calendar: WorkCalendar) -> bool:
    as_of = request.closed_on or dt.date.max
    return clock_of(request, as_of=as_of, calendar=calendar).overdue


def _batched(keys: list[int], size: int) -> Iterator[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
