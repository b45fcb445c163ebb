"""What a public change means for the channels: which deliveries come to be, and what becomes of those that are.

Nothing is sent here: the rows are changed inside the transaction of the act that made the change, and the worker is
woken when it is committed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.db import transaction

from gongkai.channels.enums import ChannelKind, Errand, Takes
from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.kinds import kind_of
from gongkai.channels.kinds.base import Kind
from gongkai.channels.machine import OUT_THERE, UNSENT, Act, may_move, moved
from gongkai.channels.material import public_address
from gongkai.channels.models import Channel, Delivery, Selection
from gongkai.disclosure.enums import EditionState, LeavingWay
from gongkai.disclosure.models import Document, Edition

WORDS: dict[str, tuple[str, ...]] = {
    "政府网站": (ChannelKind.WEBSITE,),
    "两微一端": (ChannelKind.WECHAT, ChannelKind.WEIBO),
    "政府公报": (ChannelKind.GAZETTE,),
    "广播电视": (ChannelKind.BROADCAST,),
    "纸质媒体": (ChannelKind.NEWSPAPER,),
    "社区/企事业单位/村公示栏(电子屏)": (ChannelKind.BOARD,),
    "发布会/听证会": (ChannelKind.PRESS,),
}
"""What the standard catalogues call channels, and the kinds that are meant."""
TAKEN_BACK = frozenset({LeavingWay.ERROR, LeavingWay.BY_LAW, LeavingWay.MERGED})
"""Ways of leaving after which the text must not stay elsewhere."""


def default_channels(document: Document) -> list[Channel]:
    """The channels a document goes to of itself: by their own rule, or because its catalogue item names their kind."""
    named = {
        kind for word in (document.item.channels if document.item else ()) for kind in WORDS.get(word, ())
    }
    open_ones = Channel.objects.filter(body=document.body_id, is_active=True).order_by("pk")
    return [one for one in open_ones if _takes(one, document, named)]


def _takes(channel: Channel, document: Document, named: set[str]) -> bool:
    if channel.takes == Takes.ALL:
        return True
    return channel.takes == Takes.KINDS and (document.kind in channel.default_kinds or channel.kind in named)


def chosen_channels(document: Document) -> list[Channel]:
    """What an officer chose for the document, else the defaults; closed channels are left out."""
    selection = Selection.objects.filter(document=document).first()
    if selection is None:
        return default_channels(document)
    return list(selection.channels.filter(is_active=True, body=document.body_id).order_by("pk"))


def published(document: Document, at: dt.datetime) -> None:
    """Its online edition goes to the chosen channels, and to every channel that holds an earlier one."""
    edition = online_edition(document)
    if edition is None:
        return
    latest = latest_deliveries(document)
    channels = {one.pk: one for one in chosen_channels(document)}
    for held in latest.values():
        if held.edition_id != edition.pk and _is_held(held) and held.channel.is_active:
            channels.setdefault(held.channel_id, held.channel)
    for channel in channels.values():
        earlier = latest.get(channel.pk)
        if earlier is not None and earlier.edition_id == edition.pk:
            continue
        queue(channel, edition, at=at, earlier=earlier)


def online_edition(document: Document) -> Edition | None:
    """The text that is public now."""
    return document.editions.filter(state=EditionState.PUBLISHED).select_related("document__body").first()


def latest_deliveries(document: Document) -> dict[int, Delivery]:
    """The newest delivery of a document per channel."""
    rows = Delivery.objects.filter(edition__document=document).select_related("channel", "edition")
    return {row.channel_id: row for row in rows.order_by("edition__number", "pk")}


def _is_held(delivery: Delivery) -> bool:
    return delivery.state not in {S.CANCELLED, S.WITHDRAWN}


def queue(
    channel: Channel, edition: Edition, *, at: dt.datetime, earlier: Delivery | None = None
) -> Delivery:
    """A delivery of an edition: done at once on our own site, queued for the machine, or left to a person."""
    kind = kind_of(channel)
    row = Delivery(channel=channel, edition=edition, queued_at=at)
    if kind.built_in:
        row.state, row.delivered_at = S.PUBLISHED, at
        row.address = public_address(edition.document.public_path)
    elif kind.by_network:
        row.state, row.next_try_at = S.QUEUED, at
    else:
        row.state = S.AWAITING_HAND
    if earlier is not None and _is_held(earlier):
        row.replaces = earlier
    row.save()
    if earlier is not None:
        supersede(earlier, kind, at=at)
    wake(row)
    return row


def supersede(earlier: Delivery, kind: Kind, *, at: dt.datetime) -> None:
    """What was not sent is not sent any more; a draft goes; what is out there stays until the new text is."""
    if earlier.state in UNSENT:
        set_state(earlier, moved(Act.SUPERSEDE, earlier.state, S.CANCELLED))
    elif earlier.state == S.IN_DRAFT_BOX:
        follow_up(earlier, Errand.WITHDRAW, kind, Act.SUPERSEDE, at=at)


def replaced(newer: Delivery, kind: Kind, *, at: dt.datetime) -> None:
    """The corrected text is out: the earlier one goes where it stands beside it and nobody wants to keep it."""
    earlier = newer.replaces
    if earlier is None or earlier.state not in OUT_THERE or kind.replaces or kind.built_in:
        return
    if kind.can_withdraw and not newer.channel.settings.get("keep_replaced"):
        follow_up(earlier, Errand.WITHDRAW, kind, Act.SUPERSEDE, at=at)


def left(document: Document, at: dt.datetime) -> None:
    """It left the site in one of the ways: taken back, or what is said of it changes."""
    departure = document.departures.filter(returned_at=None).order_by("-at", "-pk").first()
    way = departure.way if departure else LeavingWay.ERROR
    for delivery in _deliveries(document):
        kind = kind_of(delivery.channel)
        if way in TAKEN_BACK:
            take_back(delivery, kind, at=at)
        else:
            _tell_change(delivery, kind, at=at, by_hand=way == LeavingWay.ENDED and kind.lasting)


def take_back(delivery: Delivery, kind: Kind, *, at: dt.datetime) -> None:
    """Nothing more is sent; what is out there is withdrawn, by the machine or by a person."""
    if not may_move(Act.LEAVE, delivery.state):
        return  # being sent right now: the worker looks again when it is done
    if delivery.state in UNSENT:
        set_state(delivery, moved(Act.LEAVE, delivery.state, S.CANCELLED))
    elif kind.built_in:
        set_state(delivery, moved(Act.LEAVE, delivery.state, S.WITHDRAWN), withdrawn_at=at)
    else:
        follow_up(delivery, Errand.WITHDRAW, kind, Act.LEAVE, at=at)


def returned(document: Document, at: dt.datetime) -> None:
    """It came back: what was taken back is put there again, what was still to be taken back stays.

    What had stayed there as repealed or archived is told that it no longer is.
    """
    undone = document.departures.filter(returned_at=at).order_by("-at", "-pk").first()
    if undone is not None and undone.way not in TAKEN_BACK:
        for delivery in _deliveries(document):
            kind = kind_of(delivery.channel)
            _tell_change(delivery, kind, at=at, by_hand=undone.way == LeavingWay.ENDED and kind.lasting)
        return
    edition = online_edition(document)
    for delivery in _deliveries(document):
        if edition is None or delivery.edition_id != edition.pk or not may_move(Act.RETURN, delivery.state):
            continue
        kind = kind_of(delivery.channel)
        if delivery.state == S.CANCELLED:
            after = S.QUEUED if kind.by_network else S.AWAITING_HAND
            set_state(
                delivery, moved(Act.RETURN, delivery.state, after), next_try_at=at, errand=Errand.PUBLISH
            )
            wake(delivery)
        elif delivery.state == S.WITHDRAWN:
            _restore(delivery, kind, at=at)
        elif delivery.errand == Errand.WITHDRAW:
            set_state(
                delivery, moved(Act.RETURN, delivery.state, standing_state(delivery)), errand=Errand.PUBLISH
            )
    published(document, at)


def _restore(delivery: Delivery, kind: Kind, *, at: dt.datetime) -> None:
    if kind.built_in:
        set_state(delivery, moved(Act.RETURN, delivery.state, S.PUBLISHED), withdrawn_at=None)
    elif delivery.channel.is_active:
        follow_up(delivery, Errand.RESTORE, kind, Act.RETURN, at=at)


def changed(document: Document, at: dt.datetime) -> None:
    """What is said of it changed; only channels that can be told so by the machine are."""
    for delivery in latest_deliveries(document).values():
        _tell_change(delivery, kind_of(delivery.channel), at=at, by_hand=False)


def _tell_change(delivery: Delivery, kind: Kind, *, at: dt.datetime, by_hand: bool) -> None:
    if not may_move(Act.CHANGE, delivery.state) or delivery.errand == Errand.WITHDRAW or kind.built_in:
        return
    if (kind.can_update and delivery.external_id and not isinstance_mail(delivery)) or by_hand:
        follow_up(delivery, Errand.UPDATE, kind, Act.CHANGE, at=at)


def isinstance_mail(delivery: Delivery) -> bool:
    """Nobody wants a message because a class of a document changed."""
    return delivery.channel.kind == ChannelKind.MAIL


def follow_up(delivery: Delivery, errand: Errand, kind: Kind, act: Act, *, at: dt.datetime) -> None:
    """Something is still to be done there: by the machine where it can and knows what it is called there, else by a person."""
    able = {
        Errand.WITHDRAW: kind.can_withdraw,
        Errand.UPDATE: kind.can_update,
        Errand.RESTORE: kind.by_network,
        Errand.PUBLISH: False,
    }[errand]
    known = bool(delivery.external_id or delivery.progress.get("draft") or errand == Errand.RESTORE)
    by_machine = able and kind.by_network and known and delivery.channel.is_active
    progress = {} if errand == Errand.RESTORE else delivery.progress
    set_state(
        delivery,
        moved(act, delivery.state, S.FOLLOW_UP if by_machine else S.FOLLOW_UP_BY_HAND),
        errand=errand,
        key=uuid.uuid4(),
        attempts=0,
        error="",
        progress=progress,
        next_try_at=at if by_machine else None,
    )
    if by_machine:
        wake(delivery)


def standing_state(delivery: Delivery) -> S:
    """What a delivery is when nothing is left to do with it."""
    if not delivery.reached_public:
        return S.CANCELLED
    return S.PUBLISHED if delivery.external_id else S.BY_HAND


def set_state(delivery: Delivery, state: S, **facts: object) -> None:
    """Change a row whose state was checked; a worker that held it has lost it."""
    facts = {"lease": None, "lease_until": None, **facts, "state": state}
    for name, value in facts.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(facts))


def _deliveries(document: Document) -> list[Delivery]:
    rows = Delivery.objects.filter(edition__document=document).select_related("channel", "edition__document")
    return list(rows.order_by("pk"))


def wake(delivery: Delivery) -> None:
    """Have the worker look at it once this transaction is committed."""
    from gongkai.channels.tasks import deliver

    if delivery.next_try_at is not None:
        transaction.on_commit(partial(deliver.enqueue, delivery.pk))
