"""Kinds of channels and states of a delivery."""

from __future__ import annotations

from django.db import models


class ChannelKind(models.TextChoices):
    """What a channel is. The report's narrative counts deliveries per kind."""

    WEBSITE = "website", "政府网站"
    PORTAL = "portal", "部门门户网站"
    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    NEWSPAPER = "newspaper", "报刊"
    GAZETTE = "gazette", "政府公报"
    BROADCAST = "broadcast", "广播电视"
    PRESS = "press", "新闻发布会"
    BOARD = "board", "公示栏、电子屏"
    MAIL = "mail", "电子邮件订阅"
    FEED = "feed", "RSS/Atom"
    WEBHOOK = "webhook", "集约化平台"
    OTHER = "other", "其他"


class Takes(models.TextChoices):
    """Which documents go to a channel of themselves when they are published."""

    NONE = "none", "不自动发布，由人选定"
    KINDS = "kinds", "所选类别的文件"
    ALL = "all", "全部文件"


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    QUEUED = "queued", "排队中"
    SENDING = "sending", "发送中"
    SUBMITTED = "submitted", "已提交，等待平台结果"
    IN_DRAFT_BOX = "in_draft_box", "已入草稿箱"
    PUBLISHED = "published", "已发布"
    FAILED_RETRYABLE = "failed_retryable", "失败，将重试"
    FAILED_PERMANENT = "failed_permanent", "失败"
    AWAITING_HAND = "awaiting_hand", "待人工发布"
    BY_HAND = "by_hand", "人工登记"
    FOLLOW_UP = "follow_up", "待跟进"
    FOLLOW_UP_BY_HAND = "follow_up_by_hand", "待人工跟进"
    WITHDRAWN = "withdrawn", "已撤回"
    CANCELLED = "cancelled", "已取消"


class Errand(models.TextChoices):
    """What is to be done with a delivery at its channel."""

    PUBLISH = "publish", "发布"
    UPDATE = "update", "更新"
    WITHDRAW = "withdraw", "撤回"
    RESTORE = "restore", "恢复"


COUNTED_STATES = (
    DeliveryState.PUBLISHED,
    DeliveryState.BY_HAND,
    DeliveryState.FOLLOW_UP,
    DeliveryState.FOLLOW_UP_BY_HAND,
    DeliveryState.WITHDRAWN,
)
"""Deliveries that reached the public, if they have a time; what was taken back later did reach it once."""

WORKABLE = (
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.SUBMITTED,
    DeliveryState.IN_DRAFT_BOX,
    DeliveryState.FAILED_RETRYABLE,
    DeliveryState.FOLLOW_UP,
)
"""States in which the machine has something to do, now or when ``next_try_at`` comes."""
