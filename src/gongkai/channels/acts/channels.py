"""Open a channel, say how the machine gets in, pause it, close it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.channels.models import Channel
from gongkai.core.actors import Actor
from gongkai.core.errors import refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted


def open_channel(*, body: Body, kind: str, name: str, actor: Actor, address: str = "") -> Channel:
    """Add a place where a body publishes (条例 art. 23).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong or the name is taken.
    """
    refuse_if(why_not_permitted(actor, Permission.ADMINISTER, body, timezone.localdate()))
    channel = Channel(body=body, kind=kind, name=name.strip(), address=address)
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
