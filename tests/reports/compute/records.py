"""Random but lawful records of one body over a few years."""

import datetime as dt
import random
from decimal import Decimal

from django.utils import timezone

from gongkai.disclosure.enums import Attribute, DocumentKind, Ending
from gongkai.disclosure.models import Document
from gongkai.disputes.models import Dispute, Result, Route
from gongkai.foi.enums import ApplicantKind
from gongkai.foi.models import Applicant, Request
from gongkai.law.outcomes import OUTCOMES
from gongkai.ledgers.models import FeeReceipt, Matter, MatterKind, Procurement, Tally
from gongkai.organisations.models import Body

FIRST, DAYS = dt.date(2018, 7, 1), 5 * 365


def a_body(slug="bureau", **fields):
    values = {"name": f"{slug}局", "kind": "department", "tier": "county", "path": f"/{slug}/"} | fields
    return Body.objects.create(slug=slug, **values)


def fill(body, seed, size=120):
    """Records of every kind, dated over five years, spread by one seed."""
    chance = random.Random(seed)  # noqa: S311 - the same records every time
    some_requests(body, chance, size)
    some_documents(body, chance, size)
    some_disputes(body, chance, size // 3)
    some_ledgers(body, chance)


def a_day(chance):
    return FIRST + dt.timedelta(days=chance.randrange(DAYS))


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def some_requests(body, chance, size):
    applicants = [Applicant(body=body, kind=kind, name="某") for kind in ApplicantKind.values]
    applicants = {one.kind: one for one in Applicant.objects.bulk_create(applicants)}
    rows = []
    for index in range(size):
        kind, received = chance.choice(ApplicantKind.values), a_day(chance)
        closed = received + dt.timedelta(days=chance.randrange(200)) if chance.random() < 0.9 else None
        rows.append(
            Request(
                body=body,
                number=f"R{index}",
                applicant=applicants[kind],
                applicant_kind=kind,
                channel="online",
                subject="某信息",
                registered_at=noon(received),
                received_on=received if chance.random() < 0.95 or closed else None,
                closed_on=closed,
                outcome=chance.choice(sorted(OUTCOMES)) if closed else "",
            )
        )
    Request.objects.bulk_create(rows)


def some_documents(body, chance, size):
    rows = []
    for index in range(size):
        made = a_day(chance)
        published = made + dt.timedelta(days=chance.randrange(60)) if chance.random() < 0.8 else None
        ended = made + dt.timedelta(days=chance.randrange(900)) if chance.random() < 0.3 else None
        withdrawn = (
            published + dt.timedelta(days=chance.randrange(900))
            if published and chance.random() < 0.1
            else None
        )
        rows.append(
            Document(
                body=body,
                index_number=f"{body.slug}-{index}",
                title="某文件",
                kind=chance.choice([DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.NEWS]),
                attribute=chance.choice([Attribute.PROACTIVE, Attribute.PROACTIVE, Attribute.ON_REQUEST]),
                made_on=made,
                first_published_at=noon(published) if published else None,
                withdrawn_at=noon(withdrawn) if withdrawn else None,
                ended_on=ended,
                ended_how=Ending.REPEALED if ended else "",
            )
        )
    Document.objects.bulk_create(rows)


def some_disputes(body, chance, size):
    rows = []
    for _ in range(size):
        filed = a_day(chance)
        concluded = filed + dt.timedelta(days=chance.randrange(400)) if chance.random() < 0.8 else None
        rows.append(
            Dispute(
                body=body,
                route=chance.choice(Route.values),
                filed_on=filed,
                concluded_on=concluded,
                result=chance.choice(Result.values) if concluded else "",
                as_reviewing_organ=chance.random() < 0.2,
            )
        )
    Dispute.objects.bulk_create(rows)


def some_ledgers(body, chance):
    for kind in MatterKind.values:
        for index in range(6):
            since = a_day(chance)
            until = since + dt.timedelta(days=chance.randrange(900)) if chance.random() < 0.4 else None
            matter = Matter.objects.create(
                body=body, kind=kind, name=f"{kind}{index}", since=since, until=until
            )
            for year in (2018, 2019, 2020, 2021, 2022):
                first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
                Tally.objects.create(
                    matter=matter, first_day=first, last_day=last, count=chance.randrange(500)
                )
                if kind == MatterKind.FEE:
                    yuan = Decimal(chance.randrange(10**9)) / 100
                    FeeReceipt.objects.create(matter=matter, first_day=first, last_day=last, amount_yuan=yuan)
    Procurement.objects.bulk_create(
        Procurement(
            body=body,
            name="某采购",
            concluded_on=a_day(chance),
            amount_yuan=Decimal(chance.randrange(10**8)) / 100,
        )
        for _ in range(30)
    )
