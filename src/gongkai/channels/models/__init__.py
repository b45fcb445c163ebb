"""渠道 · 发布记录 · 发送日志 · 文件的渠道选择."""

from gongkai.channels.enums import COUNTED_STATES, ChannelKind, DeliveryState, Errand, Takes
from gongkai.channels.models.channels import Channel, Selection
from gongkai.channels.models.deliveries import Attempt, Delivery

__all__ = [
    "COUNTED_STATES",
    "Attempt",
    "Channel",
    "ChannelKind",
    "Delivery",
    "DeliveryState",
    "Errand",
    "Selection",
    "Takes",
]
