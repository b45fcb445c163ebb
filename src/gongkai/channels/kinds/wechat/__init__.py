"""微信公众号."""

from gongkai.channels.kinds.wechat.kind import WeChat

__all__ = ["WeChat"]
