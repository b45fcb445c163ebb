"""How far a post went: ``statuses/count`` tells forwards, comments and likes; readers only the commercial interface.

``media_statuses/count_sp/biz`` counts readers, for media accounts with a contract for it; who has one says so in the
channel's settings. A post that is gone is left out of the answer without a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gongkai.channels.failures import ChannelError
from gongkai.channels.http import Answer, call
from gongkai.channels.kinds.base import Count
from gongkai.channels.models import Channel, Delivery

BUSINESS = "https://c.api.weibo.com"
AT_ONCE = 100
REACTIONS = {"reposts": "转发数", "comments": "评论数", "attitudes": "点赞数"}


def counted(
    channel: Channel, deliveries: Sequence[Delivery], checked: Callable[[Answer], dict[str, Any]]
) -> Iterator[Count]:
    """A hundred posts a call. Raises ChannelError."""
    posts = {one.external_id: one for one in deliveries if one.external_id.isdigit()}
    numbers = list(posts)
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        query = {"access_token": channel.secrets.get("access_token", ""), "ids": ",".join(some)}
        for row in _rows(call("GET", _address(channel.settings), query=query), checked):
            delivery = posts.get(str(row.get("idstr") or row.get("id") or ""))
            if delivery is not None:
                yield Count(delivery.pk, number(row.get("reads")), _reactions(row))


def _address(settings: Mapping[str, Any]) -> str:
    base = str(settings.get("api") or "").rstrip("/")
    if settings.get("counts_readers"):
        return f"{base or BUSINESS}/2/media_statuses/count_sp/biz.json"
    return f"{base or 'https://api.weibo.com'}/2/statuses/count.json"


def _rows(answer: Answer, checked: Callable[[Answer], dict[str, Any]]) -> list[dict[str, Any]]:
    """The answer is a list; an object is an error."""
    try:
        found = json.loads(answer.body)
    except ValueError:
        found = None
    if isinstance(found, list):
        return [one for one in found if isinstance(one, dict)]
    checked(answer)
    raise ChannelError("微博没有按约定给出计数", code="no_counts")


def _reactions(row: Mapping[str, Any]) -> dict[str, int]:
    return {label: told for name, label in REACTIONS.items() if (told := number(row.get(name))) is not None}


def number(value: object) -> int | None:
    """A count, which Weibo writes as a number or as digits; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
