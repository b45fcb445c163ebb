"""The county's channels with an interface, and how this year's texts fared there: as if the vendors had answered.

A demonstration calls nobody (see ``channels.http``), so the past is written down as the worker would have left it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.enums import ChannelKind, Errand
from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.models import Attempt, Channel, Delivery
from gongkai.demo.days import chance
from gongkai.demo.offices import Office
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Edition

SECRET = "demonstration-only-0000"  # noqa: S105 - opens nothing
GIVEN: dict[str, dict[str, str]] = {
    ChannelKind.WECHAT: {"app_id": "wx0000000000000000", "author": "县教育体育局"},
    ChannelKind.WEIBO: {"app_key": "0000000000", "safe_domain": "county.example.org"},
    ChannelKind.WEBHOOK: {"endpoint": "https://platform.example.org/api/gongkai", "site": "jytyj"},
}
SECRETS = {
    ChannelKind.WECHAT: {"app_secret": SECRET},
    ChannelKind.WEIBO: {"access_token": SECRET},
    ChannelKind.WEBHOOK: {"secret": SECRET},
}
NEW = ((ChannelKind.WEIBO, "青屿教育体育微博", "官方微博"), (ChannelKind.WEBHOOK, "市集约化平台", "接口推送"))


@dataclass(frozen=True)
class Past:
    """How one text fared on one channel."""

    state: S
    code: str = ""
    error: str = ""


WELL = Past(S.PUBLISHED)
FARED = {
    ChannelKind.WECHAT: (
        WELL,
        Past(S.IN_DRAFT_BOX, error="已存入草稿箱，但接口不能发布，请在公众平台手工发布。"),
        WELL,
        WELL,
    ),
    ChannelKind.WEIBO: (
        WELL,
        WELL,
        Past(S.FAILED_PERMANENT, "20021", "微博不接受（20021：content is illegal!）"),
        WELL,
    ),
    ChannelKind.WEBHOOK: (
        Past(S.FAILED_PERMANENT, "http_422", "平台拒收（HTTP 422：缺少栏目代号）"),
        WELL,
        WELL,
        WELL,
    ),
}
"""The newest text first."""
MINUTES = 7


def build_channels(office: Office) -> None:
    """Open what is missing, say how the machine would get in, and tell this year's past."""
    for kind, name, address in NEW:
        open_channel(body=office.body, kind=kind, name=name, address=address, actor=office.administrator)
    for key, given in GIVEN.items():
        channel, which = Channel.objects.get(body=office.body, kind=key), ChannelKind(key)
        configure_channel(channel=channel, settings=given, secrets=SECRETS[which], actor=office.administrator)
        for edition, past in zip(_texts(office, channel), FARED[which], strict=False):
            _tell(channel, edition, past)


def _texts(office: Office, channel: Channel) -> list[Edition]:
    """The newest texts of the running year that are not on the channel yet."""
    found = Edition.objects.filter(document__body=office.body, state=EditionState.PUBLISHED)
    found = found.filter(published_at__year=office.now.year, document__withdrawn_at=None)
    return list(found.exclude(deliveries__channel=channel).order_by("-published_at", "-pk")[:4])


def _tell(channel: Channel, edition: Edition, past: Past) -> None:
    assert edition.published_at is not None  # noqa: S101 - what is public has a time
    rng = chance(f"{channel.kind}/{edition.document.index_number}")
    at = edition.published_at + dt.timedelta(minutes=MINUTES)
    reached = past.state == S.PUBLISHED
    number = str(rng.randint(10**15, 10**16 - 1))
    delivery = Delivery.objects.create(
        channel=channel,
        edition=edition,
        state=past.state,
        queued_at=edition.published_at,
        delivered_at=at if reached else None,
        external_id="" if past.state == S.FAILED_PERMANENT else number,
        readers=rng.randint(60, 2400) if reached and channel.kind != ChannelKind.WEBHOOK else None,
        address=f"https://{channel.kind}.example.org/{number}" if reached else "",
        error=past.error,
        attempts=1,
    )
    Attempt.objects.create(
        delivery=delivery,
        errand=Errand.PUBLISH,
        started_at=at - dt.timedelta(seconds=2),
        finished_at=at,
        outcome=past.state,
        code=past.code,
        error=past.error,
    )
    row = Channel.objects.filter(pk=channel.pk)
    if reached:
        row.update(last_success_at=at)
    else:
        row.update(last_error=past.error, last_error_at=at)
