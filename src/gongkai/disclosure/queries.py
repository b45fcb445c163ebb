"""What others ask of documents: what the public may have of one, what waits for whom, which policies lack something."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.disclosure.enums import (
    OFF_THE_SITE,
    Attribute,
    EditionState,
    LeavingWay,
    Opinion,
    ReviewStep,
)
from gongkai.disclosure.models import (
    Attachment,
    Departure,
    Document,
    Edition,
    Fault,
    GuideText,
    PublishingRules,
    Review,
)
from gongkai.disclosure.procedure import needs_plan, plan_of, rules_by_body, rules_of
from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.duties import Publication, publication_due
from gongkai.organisations.models import Body

WITHDRAWN_STATUS: dict[str, HTTPStatus] = {
    LeavingWay.ERROR: HTTPStatus.GONE,
    LeavingWay.MERGED: HTTPStatus.MOVED_PERMANENTLY,
    LeavingWay.BY_LAW: HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}


@dataclass(frozen=True)
class Standing:
    """How the public address of a document answers: 200 with an edition, 301, 410, 451 with a tombstone, 404."""

    status: HTTPStatus
    edition: Edition | None = None
    departure: Departure | None = None
    """Why it is not there, or not in the lists: way, reason, basis, time — the tombstone."""
    into: Document | None = None
    """Where a merged document is to be found; already followed through further merging."""


def online_edition(document: Document) -> Edition | None:
    """The edition the public reads."""
    return document.editions.filter(state=EditionState.PUBLISHED).first()


def open_departures(document: Document) -> list[Departure]:
    """In which ways the document is gone at present, newest first."""
    return list(document.departures.filter(returned_at=None).select_related("into"))


def standing(document: Document) -> Standing:
    """The answer of the document's public address."""
    if document.first_published_at is None or not document.body.is_active:
        return Standing(HTTPStatus.NOT_FOUND)
    departures = open_departures(document)
    if document.withdrawn_at is not None:
        gone = next((one for one in departures if one.way in OFF_THE_SITE), None)
        status = WITHDRAWN_STATUS[gone.way] if gone else HTTPStatus.GONE
        into = _followed(gone.into) if gone and gone.into else None
        if status == HTTPStatus.MOVED_PERMANENTLY and into is None:
            status = HTTPStatus.GONE
        return Standing(status, departure=gone, into=into)
    if document.attribute != Attribute.PROACTIVE:
        return Standing(HTTPStatus.NOT_FOUND)
    edition = online_edition(document)
    if edition is None:
        return Standing(HTTPStatus.NOT_FOUND)
    return Standing(HTTPStatus.OK, edition=edition, departure=departures[0] if departures else None)


def _followed(document: Document) -> Document | None:
    """Through documents that were merged in their turn; None when the way ends in nothing or in a circle."""
    seen: set[int] = set()
    current: Document | None = document
    while current is not None and current.withdrawn_at is not None:
        if current.pk in seen:
            return None
        seen.add(current.pk)
        gone = (
            current.departures.filter(returned_at=None, way=LeavingWay.MERGED).select_related("into").first()
        )
        current = gone.into if gone else None
    return current


@dataclass(frozen=True)
class Access:
    """Whether a file's public address answers with it: 200, 410 after its document left (451 by law), or 404."""

    status: HTTPStatus
    attachment: Attachment | None = None


def attachment_access(public_id: uuid.UUID) -> Access:
    """The file under a public address, as its document stands; one that only drafts have does not exist yet."""
    rows = Attachment.objects.filter(public_id=public_id).select_related("edition__document__body")
    row = rows.filter(edition__state=EditionState.PUBLISHED).first()
    if row is not None:
        found = standing(row.edition.document)
        return Access(found.status, row if found.status == HTTPStatus.OK else None)
    past = rows.filter(edition__state__in=[EditionState.WITHDRAWN, EditionState.SUPERSEDED]).first()
    if past is None:
        return Access(HTTPStatus.NOT_FOUND)
    found = standing(past.edition.document)
    by_law = found.status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS
    return Access(HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS if by_law else HTTPStatus.GONE)


def may_be_public(public_id: uuid.UUID) -> Attachment | None:
    """The file when the public may have it now, else None."""
    return attachment_access(public_id).attachment


def guide_texts(body: Body) -> dict[str, GuideText]:
    """What holds in each section of a body's guide: the newest row. Sections nobody wrote are missing."""
    newest = GuideText.objects.filter(body=body, section=OuterRef("section")).order_by("-at", "-pk")
    rows = GuideText.objects.filter(body=body, pk=Subquery(newest.values("pk")[:1])).select_related("by")
    return {row.section: row for row in rows}


# The worklist --------------------------------------------------------------------------------------------


def in_review(bodies: Iterable[Body]) -> QuerySet[Edition]:
    """Editions on their way through the reviews, the longest waiting first."""
    found = Edition.objects.filter(document__body__in=bodies, state=EditionState.IN_REVIEW)
    found = found.select_related("document__body", "submitted_by").prefetch_related("reviews")
    return found.order_by("submitted_at", "pk")


def signed_not_published(bodies: Iterable[Body]) -> QuerySet[Edition]:
    """Signed editions, those the clock could not publish first."""
    found = Edition.objects.filter(document__body__in=bodies, state=EditionState.APPROVED)
    return found.select_related("document__body").order_by("publish_at", "pk")


def unconfirmed(bodies: Iterable[Body]) -> QuerySet[Review]:
    """Exceptions no second person has confirmed."""
    found = Review.objects.filter(
        edition__document__body__in=bodies, is_override=True, confirmed_at__isnull=True
    )
    return found.select_related("edition__document__body", "reviewer").order_by("at", "pk")


def to_recheck(bodies: Iterable[Body]) -> QuerySet[Edition]:
    """What went through the reviews, is online, and has not been looked at since."""
    done = Review.objects.filter(edition=OuterRef("pk"), step=ReviewStep.RECHECK, opinion=Opinion.PASSED)
    found = Edition.objects.filter(document__body__in=bodies, state=EditionState.PUBLISHED, round__gt=0)
    return found.exclude(Exists(done)).select_related("document__body").order_by("published_at", "pk")


def to_reassess(bodies: Iterable[Body], today: dt.date) -> QuerySet[Document]:
    """Withheld information whose day of assessment has come (条例 art. 18)."""
    found = Document.objects.filter(
        body__in=bodies, attribute=Attribute.WITHHELD, reassess_on__isnull=False, reassess_on__lte=today
    )
    return found.select_related("body", "unit").order_by("reassess_on", "pk")


def open_faults(bodies: Iterable[Body]) -> QuerySet[Fault]:
    """What the nightly check found and what is still so."""
    found = Fault.objects.filter(document__body__in=bodies, gone_at__isnull=True)
    return found.select_related("document__body").order_by("found_at", "pk")


# Interpretation ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lacking:
    """A policy without the interpretation it was to have: the last day for it, and how many days late."""

    document: Document
    due: CountedDay
    late_by: int


def interpretation_due(
    document: Document, calendar: WorkCalendar, rules: PublishingRules | None = None
) -> CountedDay | None:
    """The last day for the interpretation: the body's term after the policy's publication; None before it."""
    if document.first_published_at is None:
        return None
    published_on = timezone.localdate(document.first_published_at)
    workdays = (rules or rules_of(document.body)).interpretation_workdays
    return publication_due(Publication.INTERPRETATION, published_on, calendar, workdays=workdays)


def lacking_interpretation(
    bodies: Iterable[Body], *, calendar: WorkCalendar, today: dt.date
) -> list[Lacking]:
    """Public policies in force whose plan says they are interpreted and that have no public interpretation."""
    interpreted = Document.objects.public().filter(interprets=OuterRef("pk"))
    found = Document.objects.public().filter(
        Q(interpretation_plan__is_needed=True), body__in=bodies, ended_on__isnull=True
    )
    rows, rules = [], rules_by_body(bodies)
    for document in found.exclude(Exists(interpreted)).select_related("body", "unit", "interpretation_plan"):
        due = interpretation_due(document, calendar, rules.get(document.body_id))
        if due is not None:
            rows.append(Lacking(document, due, max(0, (today - due.day).days)))
    return sorted(rows, key=lambda one: (one.due.day, one.document.pk))


def plan_wanted(document: Document) -> bool:
    """Whether the page of a policy asks for a plan."""
    return document.first_published_at is None and needs_plan(document) and plan_of(document) is None
