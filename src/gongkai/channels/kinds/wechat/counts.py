"""How many read an article: ``datacube/getarticletotaldetail``, one call per day of publication.

The interface tells of everything published on a day, with or without a notice to the followers, what came out by
``freepublish`` included, for thirty days after it came out, from the articles of November 2025 on. An article is known
by its message number and its place in it, which are what ``freepublish/submit`` answers with, and stand in the
article's long address.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from gongkai.channels.kinds.base import Count
from gongkai.channels.kinds.wechat.api import Api
from gongkai.channels.models import Channel, Delivery

PATH = "/datacube/getarticletotaldetail"
FIRST_DAY = dt.date(2025, 11, 1)  # earlier articles are not in the vendor's counts
REACTIONS = {"share_user": "分享人数", "like_user": "点赞人数", "collection_user": "收藏人数", "comment_count": "留言条数"}  # fmt: skip


def counted(channel: Channel, deliveries: Sequence[Delivery]) -> Iterator[Count]:
    """The newest total of each article, day by day, the latest day first. Raises ChannelError."""
    api, by_day = Api(channel), defaultdict[dt.date, dict[str, Delivery]](dict)
    for delivery in deliveries:
        name = article_name(delivery)
        if name and delivery.delivered_at is not None:
            by_day[timezone.localdate(delivery.delivered_at)][name] = delivery
    for day in sorted((day for day in by_day if day >= FIRST_DAY), reverse=True):
        asked = {"begin_date": day.isoformat(), "end_date": day.isoformat()}
        for article in api.json(PATH, asked).get("list") or []:
            known = by_day[day].get(str(article.get("msgid", "")))
            if known is not None and (newest := _newest(article)):
                yield Count(known.pk, _number(newest.get("read_user")), _reactions(newest))


def article_name(delivery: Delivery) -> str:
    """``12003_1``: the message and the place in it; empty when nobody ever told us."""
    if delivery.progress.get("msg_data_id"):
        return f"{delivery.progress['msg_data_id']}_1"
    asked = parse_qs(urlsplit(delivery.address).query)
    if asked.get("mid"):
        return f"{asked['mid'][0]}_{asked.get('idx', ['1'])[0]}"
    return ""


def _newest(article: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each day of the list is a total from the first to that day; the latest is the sum of all."""
    days = [one for one in article.get("detail_list") or [] if isinstance(one, dict)]
    return max(days, key=lambda one: str(one.get("stat_date", "")), default={})


def _reactions(told: Mapping[str, Any]) -> dict[str, int]:
    return {
        label: number for name, label in REACTIONS.items() if (number := _number(told.get(name))) is not None
    }


def _number(value: object) -> int | None:
    """A count as the vendor writes it; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
