"""Keeping floods out without foreign services: what one address may send, and the same words sent twice.

An address is kept only as a keyed digest that changes every day, so that nobody can be followed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

from django.db.models import Model, QuerySet
from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.core.fields import blind_index

PER_HOUR = 5
PER_DAY = 20
"""How much one address may send to one place; behind one address may sit a whole school."""


def origin_of(address: str, at: dt.datetime) -> str:
    """The digest of an address for the day of ``at``; ``""`` for no address."""
    return blind_index(f"{timezone.localdate(at)}|{address}") if address else ""


def likeness_of(*texts: str) -> str:
    """A digest that is the same for texts that differ only in spacing, punctuation, width and case."""
    folded = unicodedata.normalize("NFKC", "|".join(texts)).casefold()
    kept = "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")
    return hashlib.sha256(kept.encode()).hexdigest()


def why_flooding(
    sent: QuerySet[Model], *, origin: str, likeness: str, at: dt.datetime, noun: str
) -> list[Obstacle]:
    """The obstacle when an address sends too much or the same again. ``sent`` is what came in at the same place."""
    if not origin:
        return []
    mine = sent.filter(origin=origin)
    if mine.filter(likeness=likeness).exists():
        return [Obstacle("again", f"同样内容的{noun}已经收到", "无须重复提交", "text")]
    lately = mine.filter(received_at__gt=at - dt.timedelta(hours=1)).count()
    if lately >= PER_HOUR or mine.filter(received_at__gt=at - dt.timedelta(days=1)).count() >= PER_DAY:
        message = f"这个网络地址刚刚提交过多件{noun}"
        return [Obstacle("flood", message, "请稍后再试，或者通过来信、电话提出", "text")]
    return []
