"""Channels (条例 art. 23) and one record per delivery."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models import Edition
from gongkai.organisations.models import Body, Officer


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


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    QUEUED = "queued", "排队中"
    IN_DRAFT_BOX = "in_draft_box", "已入草稿箱"
    PUBLISHED = "published", "已发布"
    FAILED_RETRYABLE = "failed_retryable", "失败，将重试"
    FAILED_PERMANENT = "failed_permanent", "失败"
    BY_HAND = "by_hand", "人工登记"


COUNTED_STATES = (DeliveryState.PUBLISHED, DeliveryState.BY_HAND)
"""Deliveries that reached the public and are counted."""


class Channel(models.Model):
    """A place where a body publishes."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="channels", verbose_name="机关")
    kind = models.CharField("渠道类别", max_length=20, choices=ChannelKind.choices)
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址或账号", max_length=200, blank=True)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "渠道"
        ordering = ["body", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="channel_once")]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One edition on one channel: when, where, which issue and page, how many readers."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries", verbose_name="渠道")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="deliveries", verbose_name="版本")
    state = models.CharField(
        "状态", max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    delivered_at = models.DateTimeField("发布时间", null=True, blank=True)
    address = models.CharField("网址", max_length=300, blank=True)
    external_id = models.CharField("外部编号", max_length=120, blank=True)
    issue = models.CharField("期号", max_length=60, blank=True)
    page = models.CharField("版面", max_length=60, blank=True)
    readers = models.PositiveIntegerField("阅读数", null=True, blank=True)
    error = models.TextField("失败原因", blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "发布记录"
        ordering = ["-delivered_at", "-pk"]
        indexes = [models.Index(fields=["channel", "state", "delivered_at"], name="delivery_counted")]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "edition"],
                name="delivery_once",
                violation_error_message="该版本在此渠道已有发布记录",
            ),
            models.CheckConstraint(
                name="delivery_dated",
                condition=~Q(state__in=["published", "by_hand"]) | Q(delivered_at__isnull=False),
                violation_error_message="已发布的记录应有发布时间",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}：{self.edition.title}"
