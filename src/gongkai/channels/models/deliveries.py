"""One record per delivery, and one per attempt of the machine."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.channels.enums import WORKABLE, DeliveryState, Errand
from gongkai.channels.models.channels import Channel
from gongkai.core.storage import PrivateStorage
from gongkai.disclosure.models import Edition
from gongkai.organisations.models import Officer


class Delivery(models.Model):
    """One edition on one channel: when, where, which issue and page, how many readers, and what is still to do.

    ``errand`` says what the machine or a person has to do there now; ``key`` is the same for every attempt of it, so
    that the other side can tell a repetition. ``progress`` holds what earlier attempts achieved there. A worker
    owns the delivery by ``lease`` until ``lease_until``. ``readers`` and ``reactions`` are what the other side last
    told at ``counted_at``, or what a person entered.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries", verbose_name="渠道")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="deliveries", verbose_name="版本")
    state = models.CharField(
        "状态", max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    errand = models.CharField(
        "事项", max_length=10, choices=Errand.choices, default=Errand.PUBLISH, editable=False
    )
    delivered_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    address = models.CharField("网址", max_length=300, blank=True)
    external_id = models.CharField("外部编号", max_length=120, blank=True)
    issue = models.CharField("期号", max_length=60, blank=True)
    page = models.CharField("版面", max_length=60, blank=True)
    scan = models.FileField(
        "扫描件", storage=PrivateStorage(), upload_to="deliveries/%Y/%m", max_length=200, blank=True
    )
    readers = models.PositiveIntegerField("阅读数", null=True, blank=True)
    reactions = models.JSONField("互动数", default=dict, blank=True, editable=False)
    counted_at = models.DateTimeField("计数时间", null=True, blank=True, editable=False)
    error = models.TextField("失败原因", blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0, editable=False)
    next_try_at = models.DateTimeField("下次尝试", null=True, blank=True, editable=False)
    lease = models.UUIDField("占用者", null=True, blank=True, editable=False)
    lease_until = models.DateTimeField("占用至", null=True, blank=True, editable=False)
    key = models.UUIDField("幂等键", default=uuid.uuid4, editable=False)
    progress = models.JSONField("进度", default=dict, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代的记录"
    )
    queued_at = models.DateTimeField("排队时间", null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "发布记录"
        ordering = ["-delivered_at", "-pk"]
        indexes = [
            models.Index(fields=["channel", "state", "delivered_at"], name="delivery_counted"),
            models.Index(fields=["next_try_at"], condition=Q(state__in=WORKABLE), name="delivery_due"),
            models.Index(
                fields=["channel"],
                condition=Q(state__in=["failed_permanent", "awaiting_hand", "follow_up_by_hand"]),
                name="delivery_alarming",
            ),
        ]
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

    @property
    def standing(self) -> str:
        """The state in words, with what is to be done: 待撤回, 待人工更新."""
        label = self.get_state_display()
        if self.state in {DeliveryState.FOLLOW_UP, DeliveryState.FOLLOW_UP_BY_HAND}:
            return label.replace("跟进", self.get_errand_display())
        return label

    @property
    def reached_public(self) -> bool:
        """Whether anybody outside could ever read it there."""
        return self.delivered_at is not None


class Attempt(models.Model):
    """One try of the machine: when, for what, and how it ended. ``error`` is short and holds no secret."""

    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="attempt_log", verbose_name="发布记录"
    )
    errand = models.CharField("事项", max_length=10, choices=Errand.choices)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=20, choices=DeliveryState.choices, blank=True)
    code = models.CharField("错误码", max_length=40, blank=True)
    error = models.CharField("错误", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送日志"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.delivery} {self.started_at:%Y-%m-%d %H:%M}"
