"""What a public change means for the channels, from the publication to the way back."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels import queueing
from gongkai.channels.acts import (
    choose_channels,
    close_channel,
    configure_channel,
    finish_by_hand,
    open_channel,
)
from gongkai.channels.models import Delivery
from gongkai.channels.queries import delivery_counts
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import DocumentRow, import_documents, register_document
from gongkai.disclosure.effects import registered
from gongkai.disclosure.models import Departure

pytestmark = pytest.mark.django_db


def leave(document, way, at=None):
    at = at or timezone.now()
    into = None
    if way == "merged":
        into = register_document(
            body=document.body,
            title="合并后的文件",
            kind="news",
            made_on=document.made_on,
            actor=SYSTEM,
            at=at,
        )
    departure = Departure.objects.create(document=document, way=way, reason="理由", at=at, into=into)
    if way in ("error", "merged", "by_law"):
        type(document).objects.filter(pk=document.pk).update(withdrawn_at=at)
    queueing.left(document, at)
    return departure


def come_back(document, departure):
    departure.returned_at = timezone.now()
    departure.save()
    type(document).objects.filter(pk=document.pk).update(withdrawn_at=None)
    queueing.returned(document, timezone.now())


@pytest.fixture
def site(body):
    return open_channel(body=body, kind="website", name="政府网站", actor=SYSTEM)


@pytest.fixture
def board(body):
    channel = open_channel(body=body, kind="board", name="公示栏", actor=SYSTEM)
    return configure_channel(channel=channel, settings={}, secrets={}, takes="all", actor=SYSTEM)


def states(document):
    rows = Delivery.objects.filter(edition__document=document).order_by("edition__number", "pk")
    return [(row.channel.name, row.edition.number, row.standing) for row in rows]


def test_the_room_takes_part_in_public_changes():
    assert "channels" in registered()


def test_our_own_site_has_it_at_once_and_a_board_waits_for_a_person(site, board, publish):
    edition = publish()
    assert states(edition.document) == [("政府网站", 1, "已发布"), ("公示栏", 1, "待人工发布")]
    row = the_delivery(edition, site)
    assert row.address.endswith(edition.document.public_path)
    assert row.delivered_at == edition.published_at


def test_an_import_sends_nothing(site, board, body):
    row = DocumentRow(
        title="旧闻", kind="news", made_on=dt.date(2023, 4, 6), text="正文", published_at=timezone.now()
    )
    import_documents(body=body, rows=[row], actor=SYSTEM, at=timezone.now())
    assert not Delivery.objects.exists()


def test_defaults_by_kind_by_catalogue_and_by_choice(body, publish):
    paper = open_channel(body=body, kind="newspaper", name="日报", actor=SYSTEM)
    assert not Delivery.objects.filter(edition=publish()).exists()
    given = {"settings": {}, "secrets": {}, "actor": SYSTEM}
    configure_channel(channel=paper, takes="kinds", default_kinds=["news"], **given)
    assert not Delivery.objects.filter(edition=publish(title="规范")).exists()
    configure_channel(channel=paper, takes="kinds", default_kinds=["normative"], **given)
    assert Delivery.objects.filter(edition=publish(title="规范二")).exists()
    edition = publish(title="规范三")
    choose_channels(document=edition.document, channels=[], actor=SYSTEM)
    assert queueing.chosen_channels(edition.document) == []
    paper = close_channel(channel=paper, actor=SYSTEM)
    with pytest.raises(RefusedError, match="不是本机关在用的渠道"):
        choose_channels(document=edition.document, channels=[paper], actor=SYSTEM)


def test_a_catalogue_item_names_kinds_of_channels(body, publish):
    from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue

    catalogue = adopt_catalogue(
        body=body, catalogue=load_reference_catalogue(), actor=SYSTEM, adopted_on=dt.date(2023, 1, 1)
    )
    item = next(one for one in catalogue.items.filter(parent__isnull=False) if "两微一端" in one.channels)
    weibo = open_channel(body=body, kind="weibo", name="微博", actor=SYSTEM)
    configure_channel(channel=weibo, settings={}, secrets={}, takes="kinds", actor=SYSTEM)
    assert Delivery.objects.filter(edition=publish(item=item), channel=weibo).exists()
    with pytest.raises(RefusedError, match="文件类别"):
        configure_channel(
            channel=weibo, settings={}, secrets={}, takes="kinds", default_kinds=["x"], actor=SYSTEM
        )


def test_a_correction_goes_where_the_text_is(site, board, publish):
    first = publish()
    second = publish(first.document)
    assert states(first.document) == [
        ("政府网站", 1, "已发布"), ("公示栏", 1, "已取消"), ("政府网站", 2, "已发布"), ("公示栏", 2, "待人工发布"),
    ]  # fmt: skip
    finish_by_hand(delivery=the_delivery(second, board), on=timezone.now(), actor=SYSTEM)
    third = publish(first.document)
    assert states(first.document)[-2:] == [("政府网站", 3, "已发布"), ("公示栏", 3, "待人工发布")]
    assert the_delivery(third, board).replaces == the_delivery(second, board)


@pytest.mark.parametrize("way", ["error", "merged", "by_law"])
def test_what_must_not_stay_is_withdrawn_everywhere(site, board, publish, way):
    edition = publish()
    finish_by_hand(delivery=the_delivery(edition, board), on=timezone.now(), actor=SYSTEM)
    departure = leave(edition.document, way)
    assert states(edition.document) == [("政府网站", 1, "已撤回"), ("公示栏", 1, "待人工撤回")]
    counts = delivery_counts(edition.document.body, timezone.localdate().year)
    assert (counts["website"], counts["board"]) == (1, 1)
    come_back(edition.document, departure)
    assert states(edition.document) == [("政府网站", 1, "已发布"), ("公示栏", 1, "人工登记")]


def test_what_was_not_sent_is_not_sent(board, connected, publish, vendor):
    connected("webhook")
    edition = publish()
    departure = leave(edition.document, "error")
    assert {state for _, _, state in states(edition.document)} == {"已取消"}
    come_back(edition.document, departure)
    assert [state for _, _, state in states(edition.document)] == ["待人工发布", "排队中"]
    assert vendor.calls == []


@pytest.mark.parametrize(("way", "after"), [("ended", "待人工更新"), ("archived", "人工登记")])
def test_a_repeal_is_noted_where_the_text_stays(site, board, publish, way, after):
    edition = publish()
    finish_by_hand(delivery=the_delivery(edition, board), on=timezone.now(), actor=SYSTEM)
    leave(edition.document, way)
    assert states(edition.document) == [("政府网站", 1, "已发布"), ("公示栏", 1, after)]


def test_a_platform_is_told_of_a_repeal_of_a_changed_class_and_of_a_return(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", {"id": "A1"})
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    leave(edition.document, "ended")
    assert run_due(delivery) == "published"
    queueing.changed(edition.document, timezone.now())
    assert run_due(delivery) == "published"
    departure = leave(edition.document, "error")
    assert run_due(delivery) == "withdrawn"
    come_back(edition.document, departure)
    delivery.refresh_from_db()
    assert delivery.standing == "待恢复"
    assert run_due(delivery) == "published"
    actions = [call.json["action"] for call in vendor.calls]
    assert actions == ["publish", "update", "update", "withdraw", "publish"]
    assert vendor.calls[1].json["document"]["left"] == "ended"
    keys = {call.json["key"] for call in vendor.calls}
    assert len(keys) == 5


def test_a_return_before_the_withdrawal_was_done_leaves_it_there(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", {"id": "A1"})
    edition = publish()
    delivery = the_delivery(edition)
    run_due(delivery)
    come_back(edition.document, leave(edition.document, "error"))
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert len(vendor.calls) == 1


def test_a_publication_by_hand_on_a_network_channel_is_taken_back_by_hand(body, publish):
    wechat = open_channel(body=body, kind="wechat", name="公众号", actor=SYSTEM)
    configure_channel(channel=wechat, settings={}, secrets={}, takes="all", actor=SYSTEM)
    edition = publish()
    finish_by_hand(
        delivery=the_delivery(edition),
        on=timezone.now(),
        actor=SYSTEM,
        address="https://mp.weixin.qq.com/s/1",
    )
    leave(edition.document, "by_law")
    assert states(edition.document) == [("公众号", 1, "待人工撤回")]


def test_counts_are_the_narratives(site, connected, publish, vendor):
    """What the annual report says of its channels is what was delivered there, withdrawn later or not."""
    connected("webhook")
    vendor.on("/hook", {"id": "A1"}, (400, {}), {"id": "A3"})
    editions = [publish(title=f"通知{n}") for n in range(3)]
    for edition in editions:
        run_due(Delivery.objects.get(edition=edition, channel__kind="webhook"))
    body, year = editions[0].document.body, timezone.localdate().year
    assert delivery_counts(body, year) == {"website": 3, "webhook": 2}
    leave(editions[0].document, "error")
    assert delivery_counts(body, year) == {"website": 3, "webhook": 2}
