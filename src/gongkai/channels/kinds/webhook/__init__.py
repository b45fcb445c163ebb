"""A city's 集约化 platform, told by signed JSON."""

from gongkai.channels.kinds.webhook.kind import Webhook

__all__ = ["Webhook"]
