"""Published documents that may already be what is asked for.

The one way in is ``matching_documents``; how it looks is its own business. It compares pairs of characters of what was
typed with the titles of the newest published documents: bounded, the same on every database, and no tokenizer needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.channels.models import COUNTED_STATES, Delivery
from gongkai.disclosure.enums import Attribute, EditionState
from gongkai.disclosure.models import Document

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.organisations.models import Body

NEWEST = 2000  # titles looked at, so that a search costs the same however much has been published
MOST = 5
LONGEST = 200  # characters of what was typed
_COMMON = re.compile(
    r"申请公开|信息公开|政府信息|我想要|我想|想要|请问|请|关于|以及|及其|有关|相关|情况|文件|公开|信息|资料|获取|查询|的|和|与|或|了"
)
_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")


class Match(NamedTuple):
    """A published document, and where it can be read when a channel has its address."""

    title: str
    document_number: str
    index_number: str
    published_at: dt.datetime
    address: str


def matching_documents(body: Body, text: str) -> list[Match]:
    """The published documents whose titles share most with what was typed, the best first; at most ``MOST``."""
    wanted = _pairs(text[:LONGEST])
    if not wanted:
        return []
    published = Document.objects.filter(
        body=body,
        attribute=Attribute.PROACTIVE,
        first_published_at__isnull=False,
        withdrawn_at=None,
        editions__state=EditionState.PUBLISHED,
    ).order_by("-first_published_at", "-pk")
    titles = published.values_list("pk", "title", "document_number")[:NEWEST]
    shared = [(len(wanted & _pairs(f"{title} {number}")), key) for key, title, number in titles]
    least = max(1, (len(wanted) + 2) // 3)
    best = sorted((one for one in shared if one[0] >= least), key=lambda one: (-one[0], -one[1]))[:MOST]
    return _described([key for _, key in best])


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters, words that say nothing left out."""
    words = (part for part in _NOT_WORDS.split(_COMMON.sub(" ", text)) if len(part) > 1)
    return {word[at : at + 2] for word in words for at in range(len(word) - 1)}


def _described(keys: list[int]) -> list[Match]:
    documents = Document.objects.in_bulk(keys)
    delivered = Delivery.objects.filter(
        edition__document__in=keys, edition__state=EditionState.PUBLISHED, state__in=COUNTED_STATES
    ).exclude(address="")
    addresses = dict(delivered.order_by("delivered_at").values_list("edition__document", "address"))
    return [
        Match(
            one.title,
            one.document_number,
            one.index_number,
            one.first_published_at,
            address if (address := addresses.get(key, "")).startswith(("http://", "https://")) else "",
        )
        for key in keys
        if (one := documents[key]).first_published_at is not None
    ]
