"""What an officer does with a delivery: send an edition somewhere, have it tried again, let it be, say it is done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.channels import queueing
from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.enums import Errand
from gongkai.channels.kinds import kind_of
from gongkai.channels.machine import Act, may_move, moved
from gongkai.channels.models import Channel, Delivery
from gongkai.channels.rules import (
    why_not_deliverable,
    why_not_new,
    why_not_scan,
    why_year_of_delivery_closed,
)
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.files import files_or_nothing, store
from gongkai.core.locks import lock_one
from gongkai.core.sniffing import sniff
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Edition
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

RELEASED: dict[str, Any] = {"attempts": 0, "error": ""}


def why_not_move(delivery: Delivery, act: Act, actor: Actor) -> list[Obstacle]:
    """Permission, and the table of moves."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, delivery.channel.body, timezone.localdate())
    if not may_move(act, delivery.state):
        message = f"该记录的状态是“{delivery.standing}”，不能{act.value}"
        obstacles.append(Obstacle("state", message, "请刷新页面查看最新状态"))
    return obstacles


def why_not_send(channel: Channel, edition: Edition, *, actor: Actor) -> list[Obstacle]:
    """Everything against sending an edition that is online to one more channel."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, channel.body, timezone.localdate())
    if not channel.is_active:
        obstacles.append(Obstacle("closed", f"渠道“{channel.name}”已停用", "请选择在用的渠道", "channel"))
    if channel.body_id != edition.document.body_id:
        obstacles.append(Obstacle("foreign", "渠道与文件不属于同一机关", "请选择本机关的渠道", "channel"))
    if edition.state != EditionState.PUBLISHED or edition.document.withdrawn_at is not None:
        obstacles.append(Obstacle("unpublished", f"《{edition.title}》的这一版不在线", "请先发布", "edition"))
    return obstacles + why_not_new(channel, edition)


def send_to_channel(*, channel: Channel, edition: Edition, actor: Actor, at: dt.datetime) -> Delivery:
    """Queue an edition that is online for one more channel. Raises ``RefusedError``."""
    with transaction.atomic():
        channel = lock_one(channel)
        refuse_if(why_not_send(channel, edition, actor=actor))
        earlier = queueing.latest_deliveries(edition.document).get(channel.pk)
        delivery = queueing.queue(channel, edition, at=at, earlier=earlier)
        detail = {"channel": channel.name, "number": edition.number}
        record(verb="channels.send", actor=actor, target=delivery, body=channel.body, detail=detail)
    return delivery


def why_not_retry(delivery: Delivery, *, actor: Actor) -> list[Obstacle]:
    """Everything against having the machine try again."""
    obstacles, channel = why_not_move(delivery, Act.RETRY, actor), delivery.channel
    if not channel.is_active:
        obstacles.append(Obstacle("closed", f"渠道“{channel.name}”已停用", "请登记为人工办理或取消"))
    elif not kind_of(channel).by_network:
        obstacles.append(Obstacle("no_network", f"渠道“{channel.name}”没有接口", "请人工发布后登记"))
    elif channel.paused_at is not None:
        obstacles.append(Obstacle("paused", f"渠道“{channel.name}”已暂停", "请管理员恢复渠道后再试"))
    if delivery.errand == Errand.PUBLISH and delivery.edition.state != EditionState.PUBLISHED:
        obstacles.append(Obstacle("not_online", "该版本已不在线", "请取消本条记录"))
    return obstacles


def retry_delivery(*, delivery: Delivery, actor: Actor, at: dt.datetime) -> Delivery:
    """Have it tried again at once, also when the channel rests after failures. Raises ``RefusedError``."""
    with transaction.atomic():
        delivery = lock_one(delivery)
        refuse_if(why_not_retry(delivery, actor=actor))
        before = S(delivery.state)
        after = {
            S.SUBMITTED: before,
            S.IN_DRAFT_BOX: before,
            S.FOLLOW_UP: before,
            S.FOLLOW_UP_BY_HAND: S.FOLLOW_UP,
        }
        leased = delivery.lease_until is not None and delivery.lease_until > at
        refuse_if([Obstacle("leased", "正在发送，请稍候")] if leased else [])
        state = moved(Act.RETRY, before, after.get(before, S.QUEUED))
        queueing.set_state(delivery, state, next_try_at=at, queued_at=delivery.queued_at or at, **RELEASED)
        Channel.objects.filter(pk=delivery.channel_id).update(rests_until=None)
        queueing.wake(delivery)
        record(verb="channels.retry", actor=actor, target=delivery, body=delivery.channel.body)
    return delivery


def why_not_cancel(delivery: Delivery, *, reason: str, actor: Actor) -> list[Obstacle]:
    """Everything against letting it be."""
    obstacles = why_not_move(delivery, Act.CANCEL, actor)
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明理由", "请填写理由", "reason"))
    return obstacles


def cancel_delivery(*, delivery: Delivery, reason: str, actor: Actor) -> Delivery:
    """It need not be sent, withdrawn or updated there. Raises ``RefusedError``."""
    with transaction.atomic():
        delivery = lock_one(delivery)
        refuse_if(why_not_cancel(delivery, reason=reason, actor=actor))
        errand = delivery.errand
        after = _left_as(delivery)
        queueing.set_state(
            delivery,
            moved(Act.CANCEL, delivery.state, after),
            errand=Errand.PUBLISH,
            next_try_at=None,
            error="",
        )
        detail = {"channel": delivery.channel.name, "errand": errand}
        record(
            verb="channels.cancel",
            actor=actor,
            target=delivery,
            body=delivery.channel.body,
            detail=detail,
            reason=reason,
        )
    return delivery


def _left_as(delivery: Delivery) -> S:
    """What it is when the follow-up is not done."""
    return S.WITHDRAWN if delivery.withdrawn_at is not None else queueing.standing_state(delivery)


def why_not_finish(
    delivery: Delivery,
    *,
    on: dt.datetime,
    actor: Actor,
    scan: UploadedFile | None = None,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything against noting that a person did it."""
    obstacles = why_not_move(delivery, Act.FINISH, actor) + why_not_scan(scan)
    if delivery.errand != Errand.PUBLISH:
        if on > timezone.now():
            obstacles.append(Obstacle("future", "办理时间晚于当前时间", "请核对时间", "delivered_at"))
        return obstacles
    obstacles += [
        one for one in why_not_deliverable(delivery.channel, delivery.edition, on) if one.code != "closed"
    ]
    return obstacles + why_year_of_delivery_closed(delivery.channel, on, amendment)


def finish_by_hand(  # noqa: PLR0913 - what a person says of it
    *,
    delivery: Delivery,
    on: dt.datetime,
    actor: Actor,
    address: str = "",
    issue: str = "",
    page: str = "",
    readers: int | None = None,
    scan: UploadedFile | None = None,
    amendment: str = "",
) -> Delivery:
    """A person published, updated or withdrew it there: when, and where it is to be found. Raises ``RefusedError``."""
    with files_or_nothing(), transaction.atomic():
        delivery = lock_one(delivery)
        refuse_if(why_not_finish(delivery, on=on, actor=actor, scan=scan, amendment=amendment))
        errand = Errand(delivery.errand)
        facts: dict[str, Any] = {"errand": Errand.PUBLISH, "next_try_at": None, "error": ""}
        facts |= {
            name: value for name, value in (("address", address), ("issue", issue), ("page", page)) if value
        }
        if readers is not None:
            facts["readers"] = readers
        if scan is not None:
            content = scan.read()
            found = sniff(content)
            store(delivery.scan, content, found.endings[0] if found else "bin")
            facts["scan"] = delivery.scan
        after = _finished(delivery, errand, on, facts)
        if errand == Errand.PUBLISH:
            facts["recorded_by"] = officer_of(actor)
        queueing.set_state(delivery, moved(Act.FINISH, delivery.state, after), **facts)
        if after == S.BY_HAND:
            queueing.replaced(delivery, kind_of(delivery.channel), at=on)
        record_dated(
            verb="channels.finish_by_hand",
            actor=actor,
            target=delivery,
            body=delivery.channel.body,
            detail={"channel": delivery.channel.name, "errand": errand, "at": on.isoformat()},
            years=[timezone.localdate(on).year] if errand == Errand.PUBLISH else [],
            amendment=amendment,
        )
    return delivery


def _finished(delivery: Delivery, errand: Errand, on: dt.datetime, facts: dict[str, Any]) -> S:
    if errand == Errand.WITHDRAW:
        facts["withdrawn_at"] = on if delivery.reached_public else None
        return S.WITHDRAWN if delivery.reached_public else S.CANCELLED
    if errand == Errand.PUBLISH:
        # What the machine had begun there is not what the person published.
        facts |= {"delivered_at": on, "external_id": "", "progress": {}}
        return S.BY_HAND
    facts["withdrawn_at"] = None
    return queueing.standing_state(delivery)
