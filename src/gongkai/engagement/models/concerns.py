"""回应关切: a public concern (舆情、关切), what is owed for it, and what was done."""

from __future__ import annotations

from django.db import models

from gongkai.disclosure.models import Document
from gongkai.engagement.enums import Severity, StepKind
from gongkai.organisations.models import Body, Officer, Unit


class Concern(models.Model):
    """A public concern. ``answered_at`` and ``document`` are its answer; the steps on the way have rows of their own."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="concerns", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="涉事责任机构")
    topic = models.CharField("主题", max_length=200)
    summary = models.TextField("情况摘要", blank=True)
    source = models.CharField("发现途径", max_length=120, blank=True)
    severity = models.CharField("类别", max_length=20, choices=Severity.choices, default=Severity.GENERAL)
    arose_at = models.DateTimeField("发现时间")
    answered_at = models.DateTimeField("回应时间", null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="回应文件")

    class Meta:
        verbose_name = verbose_name_plural = "回应关切"
        ordering = ["-arose_at"]

    def __str__(self) -> str:
        return self.topic


class ConcernAct(models.Model):
    """Something said about a concern: when, what, and the document that says it where there is one."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="steps", verbose_name="关切")
    kind = models.CharField("环节", max_length=20, choices=StepKind.choices)
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=300, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布的文件"
    )
    recorded_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "回应环节"
        ordering = ["concern", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind"], name="concern_step_once", violation_error_message="该环节已经登记"
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern}：{self.get_kind_display()}"
