import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from gongkai.audit.models import Entry
from gongkai.channels.acts import (
    DeliveryRow,
    close_channel,
    import_deliveries,
    open_channel,
    record_delivery,
)
from gongkai.channels.models import Channel, Delivery
from gongkai.channels.queries import delivery_counts
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import DocumentRow, add_edition, import_documents, register_document
from gongkai.organisations.acts import lock_year, register_body

CHINA = dt.timezone(dt.timedelta(hours=8))
AT = dt.datetime(2023, 4, 6, 10, tzinfo=CHINA)


def codes(refused):
    return [obstacle.code for obstacle in refused.value.obstacles]


@pytest.fixture
def editions(body):
    rows = [
        DocumentRow(title=f"动态{n}", kind="news", made_on=AT.date(), text="正文", published_at=AT)
        for n in range(3)
    ]
    return import_documents(body=body, rows=rows, actor=SYSTEM, at=AT)


@pytest.fixture
def wechat(body):
    return open_channel(body=body, kind="wechat", name="青屿教育", actor=SYSTEM)


@pytest.fixture
def paper(body):
    return open_channel(body=body, kind="newspaper", name="《青屿教育》", actor=SYSTEM)


def test_only_an_administrator_opens_a_channel_and_names_are_taken_once(body, appointed):
    administrator = appointed("administrator")
    open_channel(body=body, kind="website", name=" 青屿县人民政府网 ", actor=administrator)
    with pytest.raises(ValidationError):
        open_channel(body=body, kind="portal", name="青屿县人民政府网", actor=administrator)
    with pytest.raises(RefusedError) as refused:
        open_channel(body=body, kind="portal", name="教育网", actor=appointed("approver"))
    assert codes(refused) == ["not_permitted"]
    assert list(Channel.objects.values_list("name", flat=True)) == ["青屿县人民政府网"]


def test_a_delivery_by_hand(editions, paper, appointed):
    handler = appointed("handler")
    row = DeliveryRow(channel=paper, edition=editions[0], delivered_at=AT, issue="第12期", page="2版")
    delivery = record_delivery(row=row, actor=handler)
    assert (delivery.state, delivery.issue, delivery.recorded_by) == ("by_hand", "第12期", handler)
    entry = Entry.objects.get(verb="channels.record_delivery")
    assert entry.detail == {"channel": "《青屿教育》", "at": AT.isoformat(), "issue": "第12期"}


def test_everything_that_keeps_a_delivery_out(body, editions, wechat, appointed):
    record_delivery(row=DeliveryRow(channel=wechat, edition=editions[0], delivered_at=AT), actor=SYSTEM)
    close_channel(channel=wechat, actor=SYSTEM)
    wechat.refresh_from_db()
    lock_year(body=body, year=2022, actor=SYSTEM, at=AT)
    early = AT.replace(year=2022)
    row = DeliveryRow(channel=wechat, edition=editions[0], delivered_at=early)
    with pytest.raises(RefusedError) as refused:
        record_delivery(row=row, actor=appointed("reader"))
    assert codes(refused) == ["not_permitted", "closed", "before_made", "delivered", "year_locked"]
    assert Delivery.objects.count() == 1


def test_an_unpublished_edition_and_another_body_s_channel_are_refused(body):
    other = register_body(actor=SYSTEM, name="别处局", slug="other", kind="department", tier="county")
    channel = open_channel(body=other, kind="website", name="别处网", actor=SYSTEM)
    document = register_document(body=body, title="草稿", kind="news", made_on=AT.date(), actor=SYSTEM, at=AT)
    draft = add_edition(document=document, text="正文", actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError) as refused:
        record_delivery(row=DeliveryRow(channel=channel, edition=draft, delivered_at=AT), actor=SYSTEM)
    assert codes(refused) == ["foreign", "unpublished"]


def test_a_batch_is_recorded_with_one_audit_entry(body, editions, wechat, paper):
    rows = [DeliveryRow(channel=c, edition=e, delivered_at=AT) for c in (wechat, paper) for e in editions]
    import_deliveries(body=body, rows=rows, actor=SYSTEM)
    (entry,) = Entry.objects.filter(verb="channels.import_deliveries")
    assert entry.detail == {"count": 6, "channels": ["《青屿教育》", "青屿教育"]}
    assert delivery_counts(body, 2023) == {"newspaper": 3, "wechat": 3}


def test_a_batch_with_a_wrong_row_changes_nothing(body, editions, wechat):
    future = dt.datetime.now(CHINA) + dt.timedelta(days=1)
    rows = [
        DeliveryRow(channel=wechat, edition=editions[0], delivered_at=AT),
        DeliveryRow(channel=wechat, edition=editions[0], delivered_at=AT),
        DeliveryRow(channel=wechat, edition=editions[1], delivered_at=future),
    ]
    with pytest.raises(RefusedError) as refused:
        import_deliveries(body=body, rows=rows, actor=SYSTEM)
    assert [obstacle.message for obstacle in refused.value.obstacles] == [
        "第2行：《动态0》在“青屿教育”已有发布记录，或在本批中重复",
        "第3行：发布时间晚于当前时间",
    ]
    assert Delivery.objects.count() == 0


def test_a_year_is_counted_by_the_local_calendar_and_only_what_came_out(body, editions, wechat, paper):
    new_year = dt.datetime(2024, 1, 1, 0, 30, tzinfo=CHINA)  # still 2023 in UTC
    record_delivery(row=DeliveryRow(channel=wechat, edition=editions[0], delivered_at=new_year), actor=SYSTEM)
    record_delivery(row=DeliveryRow(channel=wechat, edition=editions[1], delivered_at=AT), actor=SYSTEM)
    Delivery.objects.create(channel=wechat, edition=editions[2], state="failed_permanent", delivered_at=AT)
    assert delivery_counts(body, 2023) == {"newspaper": 0, "wechat": 1}
    assert delivery_counts(body, 2024) == {"newspaper": 0, "wechat": 1}
