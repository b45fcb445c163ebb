"""The records each figure is made of, as querysets. The one place that says what counts in a year.

A request counts as new in the year it was received (条例 art. 31), as finished in the year its answer left the house,
and as carried over while it is open at 31 December. A dispute counts with its result in the year it was concluded and
as pending in every year at whose end it was open.

Only ordinary requests count: of one that was split, the parts do; of duplicates handled together, the one they were
merged into; a request answered anew after a review or a judgment was counted with its first answer (concepts.md).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.disclosure.enums import Attribute, DocumentKind
from gongkai.disclosure.models import Document
from gongkai.disputes.models import Dispute
from gongkai.foi.enums import Standing
from gongkai.foi.models import Request
from gongkai.ledgers.models import FeeReceipt, Matter, Procurement, Tally
from gongkai.organisations.models import Body
from gongkai.reports.compute.period import Period

DOCUMENT_KINDS = {"rules": DocumentKind.RULE, "normdoc": DocumentKind.NORMATIVE}


def _counted(body: Body) -> QuerySet[Request]:
    return Request.objects.filter(body=body, standing=Standing.ORDINARY)


def requests_new(body: Body, period: Period) -> QuerySet[Request]:
    """Received in the year."""
    return _counted(body).filter(received_on__gte=period.first, received_on__lte=period.last)


def requests_carried_in(body: Body, period: Period) -> QuerySet[Request]:
    """Received before the year and not finished before it."""
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=period.first)
    return _counted(body).filter(still_open, received_on__lt=period.first)


def requests_closed(body: Body, period: Period) -> QuerySet[Request]:
    """Finished in the year, however."""
    return _counted(body).filter(closed_on__gte=period.first, closed_on__lte=period.last)


def requests_carried_out(body: Body, period: Period) -> QuerySet[Request]:
    """Received by the end of the year and not finished by then."""
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=period.last)
    return _counted(body).filter(still_open, received_on__lte=period.last)


def documents(body: Body, row: str) -> QuerySet[Document]:
    """Rules or normative documents of a body."""
    return Document.objects.filter(body=body, kind=DOCUMENT_KINDS[row])


def made_in(period: Period) -> Q:
    """Documents made in the year."""
    return Q(made_on__gte=period.first, made_on__lte=period.last)


def published_in(period: Period) -> Q:
    """Documents first made public in the year."""
    return Q(
        attribute=Attribute.PROACTIVE, first_published_at__gte=period.start, first_published_at__lt=period.end
    )


def public_at_end(period: Period) -> Q:
    """Documents the public could read at the year's end and that were still valid."""
    online = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=period.end)
    return Q(first_published_at__lt=period.end, attribute=Attribute.PROACTIVE) & online & valid_at_end(period)


def repealed_in(period: Period) -> Q:
    """Documents repealed or lapsed in the year."""
    return Q(ended_on__gte=period.first, ended_on__lte=period.last)


def valid_at_end(period: Period) -> Q:
    """Documents made by the year's end and neither repealed nor lapsed by then."""
    return Q(made_on__lte=period.last) & (Q(ended_on__isnull=True) | Q(ended_on__gt=period.last))


def matters(body: Body, kind: str) -> QuerySet[Matter]:
    """Matters of a kind on the body's list of powers."""
    return Matter.objects.filter(body=body, kind=kind)


def matters_before(period: Period) -> Q:
    """Matters on the list at the end of the year before."""
    return Q(since__lt=period.first) & (Q(until__isnull=True) | Q(until__gte=period.first))


def matters_added(period: Period) -> Q:
    """Matters put on the list in the year."""
    return Q(since__gte=period.first, since__lte=period.last)


def matters_dropped(period: Period) -> Q:
    """Matters taken off the list in the year."""
    return Q(until__gte=period.first, until__lte=period.last)


def tallies(body: Body, period: Period) -> QuerySet[Tally]:
    """Counts of decisions in the year."""
    return Tally.objects.filter(matter__body=body, first_day__gte=period.first, first_day__lte=period.last)


def fee_receipts(body: Body, period: Period) -> QuerySet[FeeReceipt]:
    """Administrative fees received in the year."""
    return FeeReceipt.objects.filter(
        matter__body=body, first_day__gte=period.first, first_day__lte=period.last
    )


def procurements(body: Body, period: Period) -> QuerySet[Procurement]:
    """Procurement projects concluded in the year."""
    return Procurement.objects.filter(
        body=body, concluded_on__gte=period.first, concluded_on__lte=period.last
    )


def disputes(body: Body) -> QuerySet[Dispute]:
    """Disputes the body counts: not those in which it is sued only as the reviewing organ (〔2016〕201号)."""
    return Dispute.objects.filter(body=body, as_reviewing_organ=False)


def concluded_in(period: Period) -> Q:
    """Disputes concluded in the year."""
    return Q(concluded_on__gte=period.first, concluded_on__lte=period.last)


def pending_at_end(period: Period) -> Q:
    """Disputes filed by the year's end and not concluded by then."""
    return Q(filed_on__lte=period.last) & (Q(concluded_on__isnull=True) | Q(concluded_on__gt=period.last))
