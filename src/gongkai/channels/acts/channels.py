"""Open a channel, say how the machine gets in and what goes there, pause it, close it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.channels.enums import ChannelKind, Takes
from gongkai.channels.failures import ChannelError, redacted
from gongkai.channels.kinds import configurable, kind_of
from gongkai.channels.models import Channel, Delivery, Selection
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted


def open_channel(*, body: Body, kind: str, name: str, actor: Actor, address: str = "") -> Channel:
    """Add a place where a body publishes (条例 art. 23). Its own site and its feeds take everything from the start.

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong or the name is taken.
    """
    refuse_if(why_not_permitted(actor, Permission.ADMINISTER, body, timezone.localdate()))
    takes = Takes.ALL if kind in {ChannelKind.WEBSITE, ChannelKind.FEED} else Takes.NONE
    channel = Channel(body=body, kind=kind, name=name.strip(), address=address, takes=takes)
    channel.full_clean()
    with transaction.atomic():
        channel.save()
        detail = {"kind": kind, "name": channel.name}
        record(verb="channels.open_channel", actor=actor, target=channel, body=body, detail=detail)
    return channel


def close_channel(*, channel: Channel, actor: Actor, reason: str = "") -> Channel:
    """Use a channel no longer; its deliveries stay and stay counted. Raises ``RefusedError``."""
    body = channel.body
    refuse_if(why_not_permitted(actor, Permission.ADMINISTER, body, timezone.localdate()))
    with transaction.atomic():
        channel = lock_one(channel)
        channel.is_active = False
        channel.save(update_fields=["is_active"])
        record(verb="channels.close_channel", actor=actor, target=channel, body=body, reason=reason)
    return channel


def why_not_configure(
    channel: Channel, *, settings: Mapping[str, Any], secrets: Mapping[str, str], actor: Actor
) -> list[Obstacle]:
    """Everything wrong with what was said about a channel; a secret left blank keeps the one that is stored."""
    obstacles = _why_not_run(channel, actor)
    kind = configurable(channel)
    if kind is None or not (any(settings.values()) or any(secrets.values())):
        return obstacles
    kept = {**channel.secrets, **{name: value for name, value in secrets.items() if value}}
    for one in kind.settings:
        value = str((secrets if one.secret else settings).get(one.name) or "")
        if len(value) > one.limit:
            obstacles.append(Obstacle("too_long", f"{one.label}超过{one.limit}个字", "请缩短", one.name))
    return obstacles + kind.why_not(settings, kept)


def _why_not_run(channel: Channel, actor: Actor) -> list[Obstacle]:
    obstacles = why_not_permitted(actor, Permission.ADMINISTER, channel.body, timezone.localdate())
    if not channel.is_active:
        obstacles.append(Obstacle("closed", f"渠道“{channel.name}”已停用", "请另开渠道"))
    return obstacles


def configure_channel(
    *,
    channel: Channel,
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
    actor: Actor,
    takes: str = Takes.NONE,
    default_kinds: Collection[str] = (),
) -> Channel:
    """Say how the machine gets in and which documents go there; with nothing said the channel is served by hand.

    The record names what was changed, never a secret. New credentials end a pause that the old ones caused.
    Raises ``RefusedError``.
    """
    with transaction.atomic():
        channel = lock_one(channel)
        refuse_if(why_not_configure(channel, settings=settings, secrets=secrets, actor=actor))
        refuse_if(_why_not_takes(takes, default_kinds))
        before = dict(channel.settings)
        changed = sorted(name for name, value in secrets.items() if value)
        known = {one.name for one in kind.settings} if (kind := configurable(channel)) else set()
        channel.settings = {name: value for name, value in settings.items() if name in known and value}
        kept = {**channel.secrets, **{name: secrets[name] for name in changed}} if channel.settings else {}
        channel.credentials = json.dumps(kept) if kept else ""
        if changed or channel.settings != before:
            channel.token, channel.token_until, channel.remembered = "", None, {}
            channel.paused_at, channel.paused_reason = None, ""
            channel.failures, channel.rests_until = 0, None
            channel.last_error, channel.last_error_at = "", None
        channel.takes, channel.default_kinds = takes, sorted(default_kinds) if takes == Takes.KINDS else []
        channel.save()
        touched = sorted(
            name for name in {*before, *channel.settings} if before.get(name) != channel.settings.get(name)
        )
        detail = {"settings": touched, "secrets": changed, "takes": takes, "kinds": channel.default_kinds}
        record(
            verb="channels.configure_channel", actor=actor, target=channel, body=channel.body, detail=detail
        )
    return channel


def _why_not_takes(takes: str, kinds: Collection[str]) -> list[Obstacle]:
    obstacles = []
    if takes not in Takes.values:
        obstacles.append(Obstacle("takes", "请选择自动发布哪些文件", field="takes"))
    if set(kinds) - set(DocumentKind.values):
        obstacles.append(Obstacle("kinds", "有不认识的文件类别", "请重新选择", "default_kinds"))
    return obstacles


def pause_channel(*, channel: Channel, reason: str, actor: Actor, at: dt.datetime) -> Channel:
    """Send nothing there for the time being; what is queued waits. Raises ``RefusedError``."""
    with transaction.atomic():
        channel = lock_one(channel)
        refuse_if(_why_not_run(channel, actor))
        refuse_if([Obstacle("paused", "该渠道已经暂停")] if channel.paused_at else [])
        channel.paused_at, channel.paused_reason = at, reason.strip()[:300]
        channel.save(update_fields=["paused_at", "paused_reason"])
        record(verb="channels.pause_channel", actor=actor, target=channel, body=channel.body, reason=reason)
    return channel


def resume_channel(*, channel: Channel, actor: Actor, at: dt.datetime) -> Channel:
    """Send there again, now: a pause and a rest end, what waits is due. Raises ``RefusedError``."""
    with transaction.atomic():
        channel = lock_one(channel)
        refuse_if(_why_not_run(channel, actor))
        waits = channel.paused_at is not None or channel.rests_until is not None
        refuse_if([] if waits else [Obstacle("running", "该渠道没有暂停")])
        channel.paused_at, channel.paused_reason = None, ""
        channel.failures, channel.rests_until = 0, None
        channel.save(update_fields=["paused_at", "paused_reason", "failures", "rests_until"])
        waiting = Delivery.objects.filter(channel=channel, next_try_at__isnull=False)
        waiting.filter(state__in=["queued", "failed_retryable", "follow_up"]).update(next_try_at=at)
        record(verb="channels.resume_channel", actor=actor, target=channel, body=channel.body)
    return channel


def try_channel(*, channel: Channel, actor: Actor) -> str:
    """Try the connection; what to tell the administrator. Publishes nothing. Raises ``RefusedError``."""
    refuse_if(_why_not_run(channel, actor))
    kind = kind_of(channel)
    if not kind.by_network:
        refuse_if([Obstacle("by_hand", "该渠道没有接口，由人工发布", "可在“设置”中填写接口")])
    said, problem = "", ""
    try:
        said = kind.test(channel)
    except ChannelError as error:
        problem = redacted(redacted(error.message, channel.secrets.values()), [channel.token])
    with transaction.atomic():
        detail = {"result": problem or "ok"}
        record(verb="channels.try_channel", actor=actor, target=channel, body=channel.body, detail=detail)
    refuse_if([Obstacle("unreachable", f"测试未通过：{problem}", "请核对设置")] if problem else [])
    return said


def choose_channels(*, document: Document, channels: Collection[Channel], actor: Actor) -> Selection:
    """Say where a document goes when it is published, instead of the defaults. Raises ``RefusedError``."""
    refuse_if(why_not_permitted(actor, Permission.HANDLE, document.body, timezone.localdate()))
    refuse_if(
        Obstacle("foreign", f"“{one.name}”不是本机关在用的渠道", "请重新选择", "channels")
        for one in channels
        if one.body_id != document.body_id or not one.is_active
    )
    with transaction.atomic():
        selection, _ = Selection.objects.get_or_create(document=document)
        selection.channels.set(channels)
        detail = {"channels": sorted(one.name for one in channels)}
        record(
            verb="channels.choose_channels", actor=actor, target=document, body=document.body, detail=detail
        )
    return selection
