"""微博."""

from gongkai.channels.kinds.weibo.kind import Weibo

__all__ = ["Weibo"]
