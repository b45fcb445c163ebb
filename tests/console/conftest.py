"""A county with two bureaus, one record of every kind in the first, and an officer for every part."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import close, make_body, make_handler, make_request

from gongkai.catalogue.acts import load_reference_catalogue, open_key_area
from gongkai.channels.acts import DeliveryRow, open_channel, record_delivery, send_to_channel
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import add_edition, publish_edition, register_document
from gongkai.disputes.acts import file_dispute
from gongkai.engagement import acts as engagement
from gongkai.engagement.acts import open_consultation, record_concern, release_consultation
from gongkai.foi import acts as foi
from gongkai.ledgers import acts as ledgers
from gongkai.organisations.acts import add_unit
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Officer

PAST = dt.date(2024, 3, 1)


def client_for(officer):
    """A browser in which this officer is signed in."""
    client = Client()
    client.force_login(officer, backend="gongkai.accounts.backends.OfficerBackend")
    return client


def fill_consultation(bureau, now):
    """One on the site, prepared, and one that is open, with an opinion that came in."""
    today = timezone.localdate(now)
    given = {
        "body": bureau,
        "closes_on": today + dt.timedelta(days=40),
        "takes_online": True,
        "actor": SYSTEM,
    }
    by = {"actor": SYSTEM, "at": now}
    prepared = open_consultation(title="待签发的征集", text="请提意见", opens_on=today, **given)
    question = engagement.ask(consultation=prepared, text="赞成吗", kind="text", **by)
    file = engagement.add_file(consultation=prepared, name="草案.pdf", content=b"%PDF-1.4 test", **by)
    asked = open_consultation(title="正在征集", text="请提意见", opens_on=today, **given)
    release_consultation(consultation=asked, **by)
    words = engagement.Words(text="请增加校车，电话13800001234", name="欧阳某某", contact="13800001234")
    comment = engagement.comment(consultation=asked, words=words, origin="", at=now)
    group = engagement.group_opinions(consultation=asked, summary="校车", verdict="adopted", **by)
    return {
        "prepared": prepared, "asked": asked, "question": question, "file": file, "comment": comment, "group": group,
    }  # fmt: skip


def fill(bureau):
    """One record of every kind."""
    now = timezone.now()
    load_reference_catalogue()
    unit = add_unit(body=bureau, name="办公室", kind="internal", actor=SYSTEM)
    channel = open_channel(body=bureau, kind="wechat", name="青屿教育", actor=SYSTEM)
    area = open_key_area(body=bureau, name="义务教育", actor=SYSTEM)
    document = register_document(
        body=bureau, title="关于做好招生工作的通知", kind="normative", made_on=PAST, actor=SYSTEM, at=now
    )
    edition = add_edition(document=document, text="各学校：请遵照执行。", actor=SYSTEM, at=now)
    edition = publish_edition(edition=edition, actor=SYSTEM, at=now)
    delivery = record_delivery(
        row=DeliveryRow(channel=channel, edition=edition, delivered_at=timezone.now()), actor=SYSTEM
    )
    board = open_channel(body=bureau, kind="board", name="公示栏", actor=SYSTEM)
    waiting_delivery = send_to_channel(channel=board, edition=edition, actor=SYSTEM, at=now)
    matter = ledgers.list_matter(
        body=bureau, kind="licence", name="民办学校设立审批", since=PAST, actor=SYSTEM
    )
    fee = ledgers.list_matter(body=bureau, kind="fee", name="考试费", since=PAST, actor=SYSTEM)
    period = {"first_day": dt.date(2024, 4, 1), "last_day": dt.date(2024, 4, 30)}
    tally = ledgers.record_tally(row=ledgers.TallyRow(matter=matter, count=3, **period), actor=SYSTEM)
    receipt = ledgers.record_fee_receipt(matter=fee, amount_yuan=Decimal("1200.5"), actor=SYSTEM, **period)
    purchase = ledgers.record_procurement(
        body=bureau, name="课桌椅采购", concluded_on=PAST, amount_yuan=Decimal(98000), actor=SYSTEM
    )
    training = ledgers.record_training(
        body=bureau, held_on=PAST, title="公开业务培训", attendees=40, actor=SYSTEM
    )
    supervision = ledgers.record_supervision(
        body=bureau, kind="assessment", held_on=PAST, title="年度考核", actor=SYSTEM
    )
    consultation = open_consultation(
        body=bureau, title="学区划分征求意见", opens_on=PAST, closes_on=dt.date(2024, 3, 31), actor=SYSTEM
    )
    release_consultation(consultation=consultation, actor=SYSTEM, at=now)
    asked = fill_consultation(bureau, now)
    concern = record_concern(body=bureau, topic="校车安全", arose_at=now - dt.timedelta(days=3), actor=SYSTEM)
    faq = engagement.write_entry(
        body=bureau, topic="招生", question="几岁入学？", answer="六周岁。", actor=SYSTEM, at=now
    )
    mail, _ = engagement.write_letter(
        body=bureau, subject="学区", text="请公开学区图", name="欧阳某某", origin="", at=now, may_publish=True
    )
    waiting = make_request(bureau, submitted_on=timezone.localdate() - dt.timedelta(days=3))
    closed = make_request(bureau)
    decision = close(closed)
    dispute = file_dispute(
        body=bureau, route="review", filed_on=dt.date(2024, 4, 1), number="复1号", actor=SYSTEM, at=now
    )
    clarification = foi.record_fact(
        request=waiting,
        kind="third_party_consulted",
        on=timezone.localdate(),
        detail={"party": "某公司"},
        actor=SYSTEM,
        at=now,
    )
    return SimpleNamespace(
        unit=unit, channel=channel, document=document, edition=edition, delivery=delivery, waiting_delivery=waiting_delivery, matter=matter, fee=fee,
        tally=tally, receipt=receipt, purchase=purchase, training=training, supervision=supervision,
        consultation=consultation, concern=concern, waiting=waiting, closed=closed, decision=decision,
        dispute=dispute, fact=clarification, faq=faq, mail=mail, area=area, **asked,
    )  # fmt: skip


@pytest.fixture
def county(db):
    return make_body(
        name="青屿县人民政府", short_name="县政府", kind="government", credit_code="11999900MB0000001X"
    )


@pytest.fixture
def bureau(county):
    return make_body(
        name="青屿县教育局", short_name="县教育局", parent=county, credit_code="11999900MB0000000X"
    )


@pytest.fixture
def elsewhere(county):
    return make_body(
        name="青屿县卫生局", short_name="县卫生局", parent=county, credit_code="11999900MB0000002X"
    )


@pytest.fixture
def records(bureau):
    return fill(bureau)


@pytest.fixture
def officers(county, bureau, elsewhere):
    """Everybody: by role in the bureau, an approver of another bureau, and those of the county."""
    found = {role: make_handler(bureau, role) for role in Role.values}
    found["stranger"] = make_handler(elsewhere, Role.APPROVER)
    found["stranger_admin"] = make_handler(elsewhere, Role.ADMINISTRATOR)
    found["county_supervisor"] = make_handler(county, Role.SUPERVISOR)
    found["county_admin"] = make_handler(county, Role.ADMINISTRATOR)
    found["nobody"] = Officer.objects.create_user(username="nobody", name="无岗")
    found["superuser"] = Officer.objects.create_superuser(username="root", name="系统管理员")
    return found


@pytest.fixture
def as_(officers):
    """``as_("handler")``: a browser of that officer."""
    return lambda name: client_for(officers[name])
