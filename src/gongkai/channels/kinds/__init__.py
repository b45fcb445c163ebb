"""One module or folder per kind of channel, and which channel is of which."""

from __future__ import annotations

from gongkai.channels.enums import ChannelKind
from gongkai.channels.kinds.base import Kind
from gongkai.channels.kinds.hand import Posted, Printed
from gongkai.channels.kinds.mail import Mail
from gongkai.channels.kinds.webhook import Webhook
from gongkai.channels.kinds.website import BuiltIn
from gongkai.channels.kinds.wechat import WeChat
from gongkai.channels.kinds.weibo import Weibo
from gongkai.channels.models import Channel

BUILT_IN, WEBHOOK, MAIL, PRINTED, POSTED = BuiltIn(), Webhook(), Mail(), Printed(), Posted()
NETWORK: dict[str, Kind] = {
    ChannelKind.WECHAT: WeChat(),
    ChannelKind.WEIBO: Weibo(),
    ChannelKind.WEBHOOK: WEBHOOK,
    ChannelKind.PORTAL: WEBHOOK,
    ChannelKind.MAIL: MAIL,
}
"""What can be reached by the network once it is configured; until then it is done by hand."""
HAND: dict[str, Kind] = {
    ChannelKind.NEWSPAPER: PRINTED,
    ChannelKind.GAZETTE: PRINTED,
    ChannelKind.BROADCAST: PRINTED,
    ChannelKind.PRESS: PRINTED,
    ChannelKind.MAIL: PRINTED,
}


def configurable(channel: Channel) -> Kind | None:
    """The kind whose settings the channel may have; None when there is nothing to configure."""
    return NETWORK.get(channel.kind)


def kind_of(channel: Channel) -> Kind:
    """How the channel is served: built in, by the network when it is configured, else by hand."""
    if channel.kind in {ChannelKind.WEBSITE, ChannelKind.FEED}:
        return BUILT_IN
    network = NETWORK.get(channel.kind)
    if network is not None and channel.settings and not network.why_not(channel.settings, channel.secrets):
        return network
    return HAND.get(channel.kind, POSTED)
