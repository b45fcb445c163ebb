"""The county's channels with an interface, and how this year's texts fared there: as if the vendors had answered.

A demonstration calls nobody (see ``channels.http``), so the past is written down as the worker would have left it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.enums import ChannelKind, Errand
from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.models import Attempt, Channel, Delivery
from gongkai.demo.days import chance
from gongkai.demo.offices import Office
from gongkai.disclosure.enums import DocumentKind, EditionState
from gongkai.disclosure.models import Edition

SECRET = "demonstration-only-0000"  # noqa: S105 - opens nothing
GIVEN: dict[str, dict[str, str]] = {
    ChannelKind.WECHAT: {"app_id": "wx0000000000000000", "author": "县教育体育局"},
    ChannelKind.WEIBO: {"app_key": "0000000000", "safe_domain": "county.example.org"},
    ChannelKind.WEBHOOK: {"endpoint": "https://platform.example.org/api/gongkai", "site": "jytyj"},
    ChannelKind.MAIL: {
        "recipients": "deputies@example.org\nmembers@example.org",
        "subject_prefix": "【青屿县教育体育局】",
    },
}
SECRETS = {
    ChannelKind.WECHAT: {"app_secret": SECRET},
    ChannelKind.WEIBO: {"access_token": SECRET},
    ChannelKind.WEBHOOK: {"secret": SECRET},
    ChannelKind.MAIL: {},
}
NEW = (
    (ChannelKind.WEIBO, "青屿教育体育微博", "官方微博"),
    (ChannelKind.WEBHOOK, "市集约化平台", "接口推送"),
    (ChannelKind.NEWSPAPER, "《青屿教育》", "内部刊号，每周五出版"),
    (ChannelKind.MAIL, "政策邮件", "人大代表、政协委员联络站"),
)
EXPIRED = "微博授权已失效，请重新授权并更换访问令牌（21332：invalid_access_token）"
BOXED = "已存入草稿箱，但接口不能发布，请在公众平台手工发布。公众号没有该接口的权限（须认证）（48001：api unauthorized）"


@dataclass(frozen=True)
class Past:
    """How one text fared on one channel. ``waits`` for what is still to come there."""

    state: S
    code: str = ""
    error: str = ""
    errand: str = Errand.PUBLISH
    issue: str = ""
    page: str = ""

    @property
    def was_public(self) -> bool:
        """Whether somebody could read it there."""
        return self.state in {S.PUBLISHED, S.BY_HAND, S.WITHDRAWN, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND}


WELL = Past(S.PUBLISHED)
FARED = {
    ChannelKind.WECHAT: (
        Past(S.SUBMITTED),
        WELL,
        Past(S.IN_DRAFT_BOX, error=BOXED),
        WELL,
        Past(
            S.FOLLOW_UP_BY_HAND,
            errand=Errand.UPDATE,
            error="已发布的文章不能修改，请在公众平台注明文件已修改",
        ),
        WELL,
        Past(S.FAILED_PERMANENT, "publish_2", "原创声明未通过，请在公众平台查看原因并修改后重试"),
        WELL,
    ),
    ChannelKind.WEIBO: (
        Past(S.QUEUED),
        Past(S.FAILED_RETRYABLE, "21332", EXPIRED),
        WELL,
        Past(S.FAILED_PERMANENT, "20021", "微博不接受（20021：content is illegal!）"),
        WELL,
        Past(S.WITHDRAWN),
        WELL,
    ),
    ChannelKind.WEBHOOK: (
        WELL,
        Past(S.FAILED_PERMANENT, "http_422", "平台拒收（HTTP 422：缺少栏目代号）"),
        WELL,
        Past(S.CANCELLED),
        Past(S.FOLLOW_UP, errand=Errand.UPDATE),
        WELL,
    ),
    ChannelKind.NEWSPAPER: (
        Past(S.AWAITING_HAND),
        Past(S.AWAITING_HAND),
        Past(S.BY_HAND, issue="第46期", page="2版"),
        Past(S.BY_HAND, issue="第46期", page="1版"),
        Past(S.BY_HAND, issue="第45期", page="3版"),
    ),
    ChannelKind.MAIL: (WELL, WELL),
}
"""The newest text first."""
MINUTES = 7
MACHINES = frozenset(GIVEN)


def build_channels(office: Office) -> None:
    """Open what is missing, say how the machine would get in, and tell this year's past."""
    for kind, name, address in NEW:
        open_channel(body=office.body, kind=kind, name=name, address=address, actor=office.administrator)
    for key, given in GIVEN.items():
        channel, which = Channel.objects.get(body=office.body, kind=key), ChannelKind(key)
        configure_channel(channel=channel, settings=given, secrets=SECRETS[which], actor=office.administrator)
    for kind, pasts in FARED.items():
        channel = Channel.objects.get(body=office.body, kind=kind)
        for edition, past in zip(_texts(office, channel, len(pasts)), pasts, strict=False):
            _tell(office, channel, edition, past)
    _disconnect(office)


def _disconnect(office: Office) -> None:
    """The token of the Weibo account ran out: the channel is paused, what is queued waits."""
    channel = Channel.objects.get(body=office.body, kind=ChannelKind.WEIBO)
    Channel.objects.filter(pk=channel.pk).update(
        paused_at=office.now - dt.timedelta(hours=3),
        paused_reason=EXPIRED,
        last_error=EXPIRED,
        last_error_at=office.now - dt.timedelta(hours=3),
        failures=1,
        count_error=EXPIRED,
    )
    Channel.objects.filter(body=office.body, kind=ChannelKind.WECHAT).update(
        counted_at=office.now - dt.timedelta(hours=2)
    )


def _texts(office: Office, channel: Channel, most: int) -> list[Edition]:
    """The newest texts of the running year that are not on the channel yet."""
    found = Edition.objects.filter(document__body=office.body, state=EditionState.PUBLISHED)
    found = found.filter(published_at__year=office.now.year, document__withdrawn_at=None)
    if channel.kind in {ChannelKind.NEWSPAPER, ChannelKind.MAIL}:
        found = found.exclude(document__kind=DocumentKind.NEWS)
    return list(found.exclude(deliveries__channel=channel).order_by("-published_at", "-pk")[:most])


def _tell(office: Office, channel: Channel, edition: Edition, past: Past) -> None:
    assert edition.published_at is not None  # noqa: S101 - what is public has a time
    rng = chance(f"{channel.kind}/{edition.document.index_number}")
    by_hand = past.state in {S.BY_HAND, S.AWAITING_HAND}
    at = edition.published_at + (dt.timedelta(hours=22) if by_hand else dt.timedelta(minutes=MINUTES))
    at = min(at, office.now)
    number = str(rng.randint(10**15, 10**16 - 1))
    is_named = channel.kind in MACHINES - {ChannelKind.MAIL} and past.was_public
    delivery = Delivery.objects.create(
        channel=channel,
        edition=edition,
        state=past.state,
        errand=past.errand,
        queued_at=edition.published_at,
        delivered_at=at if past.was_public else None,
        withdrawn_at=at + dt.timedelta(days=1) if past.state == S.WITHDRAWN else None,
        external_id=number if is_named or past.state in {S.IN_DRAFT_BOX, S.SUBMITTED} else "",
        address=f"https://{channel.kind}.example.org/{number}" if is_named else "",
        issue=past.issue,
        page=past.page,
        error=past.error,
        attempts=0 if by_hand or past.state in {S.QUEUED, S.CANCELLED} else 1,
        recorded_by=office.handler if past.state == S.BY_HAND else None,
        **_counted(channel, past, at, office.now, rng),
    )
    if delivery.attempts:
        _note(delivery, past, at)


def _counted(channel: Channel, past: Past, at: dt.datetime, now: dt.datetime, rng: Random) -> dict[str, Any]:
    """WeChat tells readers, Weibo without a contract only what people did with a post."""
    if not past.was_public or channel.kind not in {ChannelKind.WECHAT, ChannelKind.WEIBO}:
        return {}
    readers, counted_at = rng.randint(60, 2400), max(at, now - dt.timedelta(hours=2))
    if channel.kind == ChannelKind.WECHAT:
        told = {"分享人数": readers // 19, "点赞人数": readers // 31}
        return {"readers": readers, "reactions": told, "counted_at": counted_at}
    told = {"转发数": readers // 45, "评论数": readers // 70, "点赞数": readers // 22}
    return {"reactions": told, "counted_at": counted_at}


def _note(delivery: Delivery, past: Past, at: dt.datetime) -> None:
    """The attempt in the log, and what the channel remembers of it."""
    failed = past.state in {S.FAILED_PERMANENT, S.FAILED_RETRYABLE}
    Attempt.objects.create(
        delivery=delivery,
        errand=Errand.PUBLISH,
        started_at=at - dt.timedelta(seconds=2),
        finished_at=at,
        outcome=S.PUBLISHED if past.was_public else past.state,
        code=past.code,
        error=past.error if not past.was_public else "",
    )
    row = Channel.objects.filter(pk=delivery.channel_id)
    known = row.get()
    if not failed and (known.last_success_at is None or known.last_success_at < at):
        row.update(last_success_at=at)
    if failed and (known.last_success_at is None or known.last_success_at < at):
        row.update(last_error=past.error, last_error_at=at)
