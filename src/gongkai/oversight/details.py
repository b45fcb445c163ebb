"""Behind the numbers: the items with their state, an item's documents with their last days and the reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.catalogue.models import Item
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.models import Document
from gongkai.law.coverage import (
    Coverage,
    DocumentState,
    Published,
    coverage,
    document_state,
    explain_term,
    explain_window,
    owed_window,
)
from gongkai.law.duty_terms import Duty, Rhythm, Span, count_on, term_of
from gongkai.organisations.models import Body
from gongkai.oversight.coverage import DUTY_COLUMNS, Day, with_state

MOST_DOCUMENTS = 1000  # of one item that are judged one by one; the newest


def _local(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def published(document: Document) -> Published:
    """The days of a document that was fetched by ``documents_of``."""
    last: dt.datetime | None = document.last_published_at  # type: ignore[attr-defined]
    listed = document.withdrawn_at is None and document.archived_at is None and document.body.is_active
    return Published(
        made_on=document.made_on,
        first_published_on=_local(document.first_published_at),
        changed_on=_local(last),
        amended_on=document.amended_on,
        listed=listed and document.first_published_at is not None,
    )


def documents_of(item: Item) -> QuerySet[Document]:
    """The documents of an item that are public of themselves, newest first."""
    found = Document.objects.filter(item=item, attribute=Attribute.PROACTIVE).select_related("body", "unit")
    last = Max("editions__published_at", filter=Q(first_published_at__isnull=False))
    return found.annotate(last_published_at=last).order_by("-made_on", "-pk")


@dataclass(frozen=True)
class Judged:
    """A document of an item: how it stands, its last day, and why."""

    document: Document
    state: DocumentState
    due_on: dt.date | None
    provisional: bool
    reason: str


@dataclass(frozen=True)
class ItemDetail:
    """Everything about one item's duty."""

    coverage: Coverage
    documents: tuple[Judged, ...]
    more: int
    missed: str
    coming: str


def detail_of(item: Item, day: Day) -> ItemDetail:
    """The item judged document by document. Two queries."""
    found = documents_of(item)
    rows = list(found[: MOST_DOCUMENTS + 1])
    shown, duty = rows[:MOST_DOCUMENTS], item.duty
    facts = [published(one) for one in shown]
    whole = coverage(duty, facts, day.today, day.calendar, since=item.since)
    judged = tuple(_judged(duty, one, fact, day) for one, fact in zip(shown, facts, strict=True))
    return ItemDetail(
        coverage=whole,
        documents=judged,
        more=found.count() - MOST_DOCUMENTS if len(rows) > MOST_DOCUMENTS else 0,
        missed=explain_window(duty, whole.missed) if whole.missed else "",
        coming=explain_window(duty, whole.coming) if whole.coming else "",
    )


def _judged(duty: Duty, document: Document, facts: Published, day: Day) -> Judged:
    state, due = document_state(duty, facts, day.today, day.calendar)
    if due is None:
        return Judged(document, state, None, False, "公开时限待核定，未作判断")
    reason = explain_term(duty, facts.event_on, due, day.calendar, changed=facts.waits_for_change)
    return Judged(document, state, due.day, due.provisional, reason)


def items_with_state(items: QuerySet[Item], day: Day) -> QuerySet[Item]:
    """Owed items with their state, the day the public last saw something, and how many documents wait."""
    mine = Q(documents__attribute=Attribute.PROACTIVE)
    online = mine & Q(
        documents__first_published_at__isnull=False,
        documents__withdrawn_at__isnull=True,
        documents__archived_at__isnull=True,
    )
    ordered = with_state(items, day).annotate(
        last_first=Max("documents__first_published_at", filter=online),
        last_edition=Max("documents__editions__published_at", filter=online),
    )
    return ordered.select_related("parent", "unit", "catalogue__body", "catalogue__field").order_by(
        "catalogue__body__path", "catalogue", "parent__position", "parent", "position", "pk"
    )


def last_on(item: Item) -> dt.date | None:
    """The day of the last public news of an item fetched by ``items_with_state``."""
    moments = [
        moment
        for moment in (item.last_first, item.last_edition)  # type: ignore[attr-defined]
        if moment is not None
    ]
    return _local(max(moments, default=None))


@dataclass(frozen=True)
class Late:
    """A document that was published after its last day."""

    document: Document
    due_on: dt.date
    published_on: dt.date


def late_documents(bodies: QuerySet[Body], *, year: int, day: Day) -> Iterator[Late]:
    """逾期公开: the documents of catalogue items first published in a year and too late, term by term.

    A term in working days is never shorter than in days, so the database leaves out what cannot be late.
    """
    start = timezone.make_aware(dt.datetime(year, 1, 1))  # noqa: DTZ001 - made aware here
    end = timezone.make_aware(dt.datetime(year + 1, 1, 1))  # noqa: DTZ001 - made aware here
    items = Item.objects.owed().filter(catalogue__body__in=bodies)
    for term, span in sorted(_terms(items)):
        shortest = dt.timedelta(27 * term if span is Span.MONTHS else term)
        found = Document.objects.filter(
            _with_term(term, span),
            item__in=items,
            attribute=Attribute.PROACTIVE,
            first_published_at__gte=start,
            first_published_at__lt=end,
            made_on__lt=TruncDate(F("first_published_at")) - shortest,
        ).select_related("body", "unit", "item")
        for document in found.order_by("first_published_at", "pk"):
            assert document.first_published_at is not None  # noqa: S101 - asked for above
            on = timezone.localdate(document.first_published_at)
            due = count_on(document.made_on, term, span, day.calendar).day
            if on > due:
                yield Late(document, due, on)


def _terms(items: QuerySet[Item]) -> set[tuple[int, Span]]:
    rows = items.order_by().values_list(*DUTY_COLUMNS).distinct()
    duties = [Duty(Rhythm(r), t, Span(s), m, d, f) for r, t, s, m, d, f in rows]
    return {found for duty in duties if (found := term_of(duty)) is not None}


def _with_term(term: int, span: Span) -> Q:
    """Documents of items whose single documents have this term."""
    own = Q(item__rhythm=Rhythm.ON_EVENT.value, item__term=term, item__span=span.value)
    if term_of(Duty(Rhythm.STANDING)) != (term, span):
        return own
    others = [one.value for one in Rhythm if one not in {Rhythm.ON_EVENT, Rhythm.UNKNOWN}]
    return own | Q(item__rhythm__in=others)


def owed_note(item: Item, day: Day) -> str:
    """Why the last closed period of an item is or is not owed; empty for what has none."""
    duty = item.duty
    if not duty.rhythm.months or owed_window(duty, day.today, day.calendar, item.since) is not None:
        return ""
    return f"自{item.since}起应公开，此前的周期不计"


def states(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Items fetched with their state, by state."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.state, []).append(item)  # type: ignore[attr-defined]
    return found
