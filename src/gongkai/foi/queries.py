"""Reading requests: the open ones, one's whole story, and what is already known of an applicant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from gongkai.core.fields import blind_index
from gongkai.foi.details import FILE_LABELS, LABELS
from gongkai.foi.enums import Standing
from gongkai.foi.models import Applicant, CaseFact, Request
from gongkai.organisations.models import Body

SET_ASIDE = (Standing.SPLIT, Standing.MERGED)
"""Handled in their parts or in another request: never open, never closed."""


def open_requests(body: Body) -> QuerySet[Request]:
    """Requests of a body that are not closed, oldest first, with their facts; those not received yet come last."""
    found = Request.objects.filter(body=body, closed_on__isnull=True).exclude(standing__in=SET_ASIDE)
    return found.select_related("applicant", "unit").prefetch_related("facts").order_by("received_on", "pk")


def find_applicants(body: Body, *, name: str = "", identity_number: str = "") -> QuerySet[Applicant]:
    """Applicants of a body with exactly this name or number; none when both are empty."""
    found = Applicant.objects.filter(body=body)
    if identity_number:
        found = found.filter(identity_index=blind_index(identity_number))
    if name:
        found = found.filter(name_index=blind_index(name))
    return found if name or identity_number else found.none()


def requests_in_month(applicant: Applicant, month: dt.date) -> QuerySet[Request]:
    """What an applicant asked this body in a calendar month: what a fee by item counts (国办函〔2020〕109号 art. 4).

    An applicant entered twice is one person by the identity number. Parts of a split request count each; what was
    split, merged or is answered anew does not.
    """
    same = Q(applicant=applicant) if applicant.pk else Q(pk__in=())
    if applicant.identity_index:
        same |= Q(applicant__body=applicant.body_id, applicant__identity_index=applicant.identity_index)
    return Request.objects.filter(
        same, standing=Standing.ORDINARY, received_on__year=month.year, received_on__month=month.month
    ).order_by("received_on", "pk")


MOST_OTHERS = 10
_LIKE = 0.6  # of the characters two subjects have together


@dataclass(frozen=True)
class Others:
    """What the same applicant asked this body besides: for duplicates, and for the fee by item of the month."""

    in_month: int
    """Requests received in the month of this one, itself among them."""
    month: dt.date | None
    rows: tuple[Request, ...]
    """The latest others, the likely duplicates first."""
    alike: frozenset[int]
    """Keys of those whose subject is much the same."""


def others_of(request: Request) -> Others:
    """The same person by the identity number, else by the name; a name alone may be another person's."""
    found = _of_person(request.applicant).exclude(pk__in=[request.pk, request.parent_id or 0])
    return _others(found, request.applicant, request.subject, request.received_on)


def others_before(applicant: Applicant, *, subject: str, month: dt.date | None) -> Others:
    """The same while a request is being registered; the applicant may be a row not saved, with its indexes set.

    ``in_month`` then is the number without the one being registered.
    """
    return _others(_of_person(applicant), applicant, subject, month)


def _of_person(applicant: Applicant) -> QuerySet[Request]:
    """Requests to this body of the applicant, of whoever has his number, and of his name where a number is missing."""
    same = Q(applicant=applicant) if applicant.pk else Q(pk__in=())
    name, number = applicant.name_index, applicant.identity_index
    if number:
        same |= Q(applicant__identity_index=number)
    if name:
        same |= Q(applicant__name_index=name, **({"applicant__identity_index": ""} if number else {}))
    return Request.objects.filter(same, body=applicant.body_id).select_related("applicant")


def _others(found: QuerySet[Request], applicant: Applicant, subject: str, month: dt.date | None) -> Others:
    rows = list(found.order_by("-registered_at", "-pk")[: 3 * MOST_OTHERS])
    alike = frozenset(one.pk for one in rows if likeness(one.subject, subject) >= _LIKE)
    rows.sort(key=lambda one: one.pk not in alike)
    number = requests_in_month(applicant, month).count() if month else 0
    return Others(number, month, tuple(rows[:MOST_OTHERS]), alike)


def likeness(one: str, other: str) -> float:
    """How much two subjects have in common, by their pairs of characters: 0 nothing, 1 all."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / len(first | second) if first and second else float(one == other)


def _pairs(text: str) -> set[str]:
    plain = "".join(sign for sign in text if sign.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a request's story."""

    on: dt.date
    kind: str
    label: str
    text: str
    document_number: str
    recorded_by: str
    cancelled: str = field(default="")
    """Why it no longer counts; empty while it does."""


def request_timeline(request: Request) -> list[TimelineEntry]:
    """Every dated fact in order, cancelled ones too, with the decision that goes with the answer."""
    numbers = {one.served_on: one.number for one in request.decisions.all()}
    facts = request.facts.select_related("recorded_by").order_by("on", "pk")
    return [_entry(fact, numbers.get(fact.on, "") if fact.kind == "answered" else "") for fact in facts]


def _entry(fact: CaseFact, decision_number: str) -> TimelineEntry:
    return TimelineEntry(
        on=fact.on,
        kind=fact.kind,
        label=fact.get_kind_display(),
        text=_text(fact),
        document_number=fact.document_number or decision_number,
        recorded_by=fact.recorded_by.name if fact.recorded_by else "系统",
        cancelled=fact.cancel_reason,
    )


def _text(fact: CaseFact) -> str:
    """The notes in words; those that are kept for the file only have no label and are passed over."""
    if "explanation" in fact.detail:
        return str(fact.detail["explanation"])
    named = LABELS | FILE_LABELS
    notes = ((named[key], value) for key, value in fact.detail.items() if key in named)
    return "；".join(f"{label}：{_WORDS.get(value, value)}" for label, value in notes)


_WORDS: dict[object, str] = {True: "是", False: "否"}
