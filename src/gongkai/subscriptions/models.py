"""Who asked to be told of what, what changed, and who was told of it. Addresses are encrypted and go when they can."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.catalogue.models import Item
from gongkai.core.fields import EncryptedTextField
from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.subscriptions.enums import About, Rhythm


class PublicChange(models.Model):
    """Something that happened to a document in the eyes of the public; ``handled_at`` when subscribers were looked up."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="public_changes", verbose_name="文件")
    change = models.CharField("变更", max_length=20, choices=[(one.value, one.value) for one in Change])
    at = models.DateTimeField("变更时间")
    noted_at = models.DateTimeField("记录时间", default=timezone.now, db_index=True)
    handled_at = models.DateTimeField("告知时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开变更"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(handled_at__isnull=True), name="public_change_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}：{self.change}"


class Subscriber(models.Model):
    """An e-mail address. It lives as long as a subscription does."""

    address = EncryptedTextField("电子邮箱")
    address_index = models.CharField("邮箱检索值", max_length=64, unique=True)
    refusals = models.PositiveSmallIntegerField("连续被拒收次数", default=0)
    asked_at = models.DateTimeField("首次登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "订阅人"

    def __str__(self) -> str:
        return f"订阅人{self.pk}"


class Subscription(models.Model):
    """What an address asked to be told of. Nothing is sent before ``confirmed_at``."""

    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="subscriptions", verbose_name="订阅人"
    )
    about = models.CharField("订阅内容", max_length=20, choices=About.choices)
    body = models.ForeignKey(
        Body, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="事项"
    )
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    query = models.CharField("检索条件", max_length=600, blank=True)
    subject = models.CharField("订阅内容的标识", max_length=64, editable=False)
    rhythm = models.CharField("频率", max_length=20, choices=Rhythm.choices, default=Rhythm.DAILY)
    asked_at = models.DateTimeField("登记时间")
    confirmation_sent_at = models.DateTimeField("确认邮件发出时间", null=True, blank=True)
    confirmation_tries = models.PositiveSmallIntegerField("确认邮件发送次数", default=0)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "订阅"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["about", "body"], name="subscription_body"),
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None), name="subscription_unconfirmed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "subject"], name="subscription_once"),
            models.CheckConstraint(
                name="subscription_about",
                condition=Q(about=About.SEARCH, body=None, item=None, document=None) & ~Q(query="")
                | Q(about=About.ITEM, body=None, item__isnull=False, document=None, query="")
                | Q(about=About.BODY, body__isnull=False, item=None, document=None, query="")
                | Q(about=About.DOCUMENT, body=None, item=None, document__isnull=False, query=""),
                violation_error_message="订阅的内容应当只有一项",
            ),
        ]

    def __str__(self) -> str:
        return f"订阅{self.pk}（{self.get_about_display()}）"


class Notice(models.Model):
    """A change a subscription is to be told of: once. ``begun_at`` is set before it goes out, ``sent_at`` after."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="notices", verbose_name="订阅"
    )
    change = models.ForeignKey(PublicChange, models.CASCADE, related_name="notices", verbose_name="变更")
    due_at = models.DateTimeField("应发时间")
    begun_at = models.DateTimeField("开始发送时间", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    ended = models.CharField("未发的原因", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "订阅通知"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(sent_at=None, ended=""), name="subscription_notice_due"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["subscription", "change"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id}：{self.change_id}"
