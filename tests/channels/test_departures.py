"""Leaving by the real acts is told to every channel; what is counted of a year is what the report tells of it."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels.acts import DeliveryRow, open_channel, record_delivery
from gongkai.channels.models import Delivery
from gongkai.channels.queries import delivery_counts
from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts
from gongkai.disclosure.models import Departure, Document, Edition
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.drafting import report_of_year

pytestmark = pytest.mark.django_db
OK = {"id": "A1", "url": "https://city.example.gov.cn/a1.html"}
GIVEN = {
    "error": {"reason": "误发"},
    "by_law": {"reason": "法院裁定", "basis": "行政裁定书"},
    "merged": {"reason": "并入新的通知"},
    "archived": {"reason": "已经办结"},
}


def leave(document, way, into):
    document = Document.objects.get(pk=document.pk)
    if way == "ended":
        today = timezone.localdate()
        acts.end_document(document=document, how="repealed", on=today, basis="新的办法", actor=SYSTEM)
        return
    more = {"into": into} if way == "merged" else {}
    acts.leave_document(document=document, way=way, actor=SYSTEM, at=timezone.now(), **GIVEN[way], **more)


@pytest.mark.parametrize(
    ("way", "action", "state"),
    [
        ("error", "withdraw", "withdrawn"),
        ("by_law", "withdraw", "withdrawn"),
        ("merged", "withdraw", "withdrawn"),
        ("archived", "update", "published"),
        ("ended", "update", "published"),
    ],
)
def test_a_platform_is_told_of_each_way_of_leaving_and_of_the_return(
    way, action, state, connected, publish, vendor
):
    into = Document.objects.get(pk=publish(title="新的通知").document_id)
    channel = connected("webhook")
    vendor.on("/hook", OK)
    edition = publish()
    delivery = the_delivery(edition, channel)
    assert run_due(delivery) == "published"
    leave(edition.document, way, into)
    delivery.refresh_from_db()
    assert run_due(delivery) == state
    assert [one.json["action"] for one in vendor.to("/hook")] == ["publish", action]
    departure = Departure.objects.get()
    assert (departure.way, departure.returned_at) == (way, None)
    acts.return_document(departure=departure, reason="查明无误", actor=SYSTEM, at=timezone.now())
    delivery.refresh_from_db()
    assert run_due(delivery) == "published"
    assert vendor.to("/hook")[-1].json["action"] in {"publish", "restore", "update"}
    assert len(vendor.to("/hook")) == 3


def test_the_counts_of_a_channel_and_year_are_the_narratives(body, publish):
    """By the local calendar: what appeared on New Year's Eve belongs to the year that ends."""
    names = {"wechat": "公众号", "newspaper": "日报", "website": "网站"}
    channels = {
        kind: open_channel(body=body, kind=kind, name=name, actor=SYSTEM) for kind, name in names.items()
    }
    zone = dt.timezone(dt.timedelta(hours=8))
    eve = dt.datetime(2023, 12, 31, 23, 59, tzinfo=zone)
    days = {"wechat": [eve, eve + dt.timedelta(minutes=2)], "newspaper": [eve], "website": [eve, eve, eve]}
    for kind, moments in days.items():
        for number, moment in enumerate(moments):
            edition = publish(title=f"{kind}{number}")
            type(edition).objects.filter(pk=edition.pk).update(published_at=eve - dt.timedelta(days=9))
            Document.objects.filter(pk=edition.document_id).update(made_on=dt.date(2023, 12, 1))
            edition = Edition.objects.get(pk=edition.pk)
            Delivery.objects.filter(edition=edition).delete()
            record_delivery(
                row=DeliveryRow(channel=channels[kind], edition=edition, delivered_at=moment), actor=SYSTEM
            )
    for year, expected in ((2023, (1, 1, 3)), (2024, (1, 0, 0))):
        counts = delivery_counts(body, year)
        told = facts_of(body, report_of_year(body, year).report)
        for kind, number in zip(("wechat", "newspaper", "website"), expected, strict=True):
            assert counts.get(kind, 0) == told[f"deliveries_{kind}"] == number
        assert told["deliveries_media"] == expected[0] + expected[1]
