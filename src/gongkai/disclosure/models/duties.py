"""What goes with a document beside its text: the plan of its interpretation, looking again at what is withheld,
and the lists handed over to archive and library.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.enums import Attribute, Receiver
from gongkai.disclosure.models.documents import Document
from gongkai.organisations.models import Body, Officer


class InterpretationPlan(models.Model):
    """Whether a policy is interpreted, by whom, in which forms, until when; asked for before its sign-off."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="interpretation_plan", verbose_name="文件", primary_key=True
    )
    is_needed = models.BooleanField("需要解读", default=True)
    reason = models.CharField("不解读的理由", max_length=300, blank=True)
    forms = models.JSONField("解读形式", default=list, blank=True)
    responsible = models.CharField("负责人", max_length=60, blank=True)
    planned_on = models.DateField("计划发布日期", null=True, blank=True)
    at = models.DateTimeField("提出时间")
    by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "解读方案"
        constraints = [
            models.CheckConstraint(
                name="plan_reason",
                condition=Q(is_needed=True) | ~Q(reason=""),
                violation_error_message="不解读的，应当说明理由",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}：{'需要解读' if self.is_needed else '不解读'}"


class Reassessment(models.Model):
    """A look again at information that is not public (条例 art. 18), and what came of it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reassessments", verbose_name="文件")
    before = models.CharField("原公开属性", max_length=20, choices=Attribute.choices)
    after = models.CharField("评估结果", max_length=20, choices=Attribute.choices)
    reason = models.CharField("理由", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评估人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开属性评估"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display()}→{self.get_after_display()}"


class HandOver(models.Model):
    """A list of published documents handed to an archive or library (条例 art. 25); frozen, with its digest."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="hand_overs", verbose_name="机关")
    receiver = models.CharField("移交对象", max_length=20, choices=Receiver.choices)
    number = models.PositiveSmallIntegerField("次序")
    after = models.DateTimeField("上次截止", null=True, blank=True)
    until = models.DateTimeField("截止时间")
    lines = models.JSONField("清单", default=list)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "移交清单"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "receiver", "number"], name="hand_over_once"),
        ]

    def __str__(self) -> str:
        return f"向{self.get_receiver_display()}移交清单（第{self.number}次）"
