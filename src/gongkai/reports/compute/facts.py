"""The facts of the year's prose that no cell holds, counted from the records (``law.report.facts`` names them)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, Sum

from gongkai.catalogue.models import Item
from gongkai.channels.models import ChannelKind
from gongkai.channels.queries import delivery_counts
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.models import Document
from gongkai.engagement.models import Concern, Consultation
from gongkai.foi.clock import overdue_closed
from gongkai.foi.models import FeeNotice
from gongkai.law.report.facts import Value
from gongkai.law.report.figures import Report
from gongkai.law.report.narrative import STARTING_TEXTS, facts_from_figures
from gongkai.ledgers.models import Supervision, SupervisionKind, Training
from gongkai.organisations.models import Body
from gongkai.reports.compute.period import Period
from gongkai.reports.compute.selections import published_in
from gongkai.reports.models import Problem

Facts = dict[str, Value]
MEDIA = (ChannelKind.NEWSPAPER, ChannelKind.WEIBO, ChannelKind.WECHAT)
ORDINALS = "一二三四五六七八九十"


def facts_of(body: Body, report: Report) -> Facts:
    """Everything a placeholder may name, for a body's report; its own figures first."""
    facts = facts_from_figures(report)
    if report.year is None:
        return facts
    period = Period(report.year)
    facts |= _channels(body, period) | _documents(body, period) | _catalogue(body)
    facts |= _engagement(body, period) | _requests(body, period) | _supervision(body, period)
    return facts | _problems(body, period)


def _channels(body: Body, period: Period) -> Facts:
    counts = delivery_counts(body, period.year)
    facts: Facts = {f"deliveries_{kind}": counts.get(kind, 0) for kind in ChannelKind.values}
    facts["deliveries_media"] = sum(counts.get(kind, 0) for kind in MEDIA)
    facts["press_conferences"] = counts.get(ChannelKind.PRESS, 0)
    return facts


def _documents(body: Body, period: Period) -> Facts:
    published = Document.objects.filter(published_in(period), body=body)
    found = published.aggregate(
        docs_total=Count("pk"),
        catalogue_published=Count("pk", filter=Q(item__isnull=False)),
        key_area=Count("pk", filter=Q(key_area__isnull=False)),
        interpretations=Count("pk", filter=Q(kind=DocumentKind.INTERPRETATION)),
    )
    return dict(found)


def _catalogue(body: Body) -> Facts:
    items = Item.objects.current().filter(catalogue__body=body)
    found = items.aggregate(
        catalogue_level1=Count("pk", filter=Q(parent__isnull=True)),
        catalogue_level2=Count("pk", filter=Q(parent__isnull=False)),
    )
    return dict(found)


def _engagement(body: Body, period: Period) -> Facts:
    released = Consultation.objects.filter(body=body, released_at__isnull=False)
    opened = released.filter(opens_on__gte=period.first, opens_on__lte=period.last)
    answered = Concern.objects.filter(body=body, answered_at__gte=period.start, answered_at__lt=period.end)
    return {"consultations": opened.count(), "responses": answered.count()}


def _requests(body: Body, period: Period) -> Facts:
    notices = FeeNotice.objects.filter(request__body=body)
    sent = notices.filter(notified_on__gte=period.first, notified_on__lte=period.last)
    paid = notices.filter(paid_on__gte=period.first, paid_on__lte=period.last)
    found = sent.aggregate(number=Count("pk"), yuan=Sum("amount_yuan"))
    return {
        "overdue": overdue_closed(body, period.year),
        "fee_notices": found["number"],
        "fee_notified_yuan": found["yuan"] or 0,
        "fee_received_yuan": paid.aggregate(yuan=Sum("paid_yuan"))["yuan"] or 0,
    }


def _supervision(body: Body, period: Period) -> Facts:
    held = Q(body=body, held_on__gte=period.first, held_on__lte=period.last)
    trained = Training.objects.filter(held).aggregate(number=Count("pk"), people=Sum("attendees"))
    found = Supervision.objects.filter(held).aggregate(
        assessments=Count("pk", filter=Q(kind=SupervisionKind.ASSESSMENT)),
        appraisals=Count("pk", filter=Q(kind=SupervisionKind.APPRAISAL)),
        accountability=Sum("people", filter=Q(kind=SupervisionKind.ACCOUNTABILITY)),
    )
    found["accountability"] = found["accountability"] or 0
    return {"trainings": trained["number"], "training_people": trained["people"] or 0, **found}


def _problems(body: Body, period: Period) -> Facts:
    rows = list(Problem.objects.filter(body=body, year__in=[period.year - 1, period.year]))
    now = [row for row in rows if row.year == period.year]
    before = [row for row in rows if row.year < period.year and row.follow_up]
    told: Facts = dict(STARTING_TEXTS)
    if now:
        told |= {
            "main_problems": enumerated(row.problem for row in now),
            "measures": enumerated(row.measure for row in now),
        }
    if before:
        told["follow_up"] = enumerated(f"针对“{_bare(row.problem)}”，{row.follow_up}" for row in before)
    return told


def enumerated(sentences: Iterable[str]) -> str:
    """Sentences as 一是…；二是…。 as official prose lists them; beyond ten without ordinals."""
    parts = [_bare(sentence) for sentence in sentences]
    if len(parts) == 1:
        return f"{parts[0]}。"
    numbered = len(parts) <= len(ORDINALS)
    return "；".join(f"{ORDINALS[i]}是{part}" if numbered else part for i, part in enumerate(parts)) + "。"


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip("。；;.")
