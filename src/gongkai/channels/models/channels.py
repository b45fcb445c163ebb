"""Channels (条例 art. 23): where a body publishes, how the machine gets in, and how it goes there."""

from __future__ import annotations

import datetime as dt
import json

from django.db import models

from gongkai.channels.enums import ChannelKind, Takes
from gongkai.core.fields import EncryptedTextField
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body


class Channel(models.Model):
    """A place where a body publishes.

    ``credentials`` and ``token`` are encrypted and shown nowhere; ``settings`` holds what is no secret. ``failures``
    in a row open the circuit: until ``rests_until`` nothing is sent there. ``paused_at`` is an officer's decision,
    or the machine's when the vendor no longer accepts the credentials.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="channels", verbose_name="机关")
    kind = models.CharField("渠道类别", max_length=20, choices=ChannelKind.choices)
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址或账号", max_length=200, blank=True)
    is_active = models.BooleanField("在用", default=True)
    takes = models.CharField("自动发布", max_length=10, choices=Takes.choices, default=Takes.NONE)
    default_kinds = models.JSONField("自动发布的文件类别", default=list, blank=True)
    settings = models.JSONField("接口设置", default=dict, blank=True, editable=False)
    credentials = EncryptedTextField("密钥", blank=True, default="", editable=False)
    token = EncryptedTextField("访问令牌", blank=True, default="", editable=False)
    token_until = models.DateTimeField("令牌有效期", null=True, blank=True, editable=False)
    remembered = models.JSONField("平台侧的素材", default=dict, blank=True, editable=False)
    paused_at = models.DateTimeField("暂停时间", null=True, blank=True, editable=False)
    paused_reason = models.CharField("暂停原因", max_length=300, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0, editable=False)
    rests_until = models.DateTimeField("暂缓发送至", null=True, blank=True, editable=False)
    last_error = models.CharField("最近一次错误", max_length=300, blank=True, editable=False)
    last_error_at = models.DateTimeField("最近一次出错时间", null=True, blank=True, editable=False)
    last_success_at = models.DateTimeField("最近一次成功时间", null=True, blank=True, editable=False)
    counted_at = models.DateTimeField("最近一次取得阅读数", null=True, blank=True, editable=False)
    count_error = models.CharField("阅读数没有取得的原因", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "渠道"
        ordering = ["body", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="channel_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def secrets(self) -> dict[str, str]:
        """The credentials by name. For the machine; no page shows them."""
        return dict(json.loads(self.credentials)) if self.credentials else {}

    def is_resting(self, at: dt.datetime) -> bool:
        """Whether too many failures in a row keep the machine away for now."""
        return self.rests_until is not None and self.rests_until > at


class Selection(models.Model):
    """The channels an officer chose for a document; without one the channels' own defaults hold."""

    document = models.OneToOneField(
        Document, models.CASCADE, related_name="channel_selection", verbose_name="文件"
    )
    channels = models.ManyToManyField(Channel, related_name="+", verbose_name="渠道", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件的发布渠道"

    def __str__(self) -> str:
        return str(self.document)
