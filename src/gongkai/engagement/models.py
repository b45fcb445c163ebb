"""意见征集 and 回应关切."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body


class Consultation(models.Model):
    """A public consultation (意见征集). One consultation is one 期 in the annual report."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="consultations", verbose_name="机关")
    title = models.CharField("征集主题", max_length=200)
    text = models.TextField("说明", blank=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="征求意见稿")
    received = models.PositiveIntegerField("收到意见数", default=0)
    adopted = models.PositiveIntegerField("采纳意见数", default=0)
    feedback = models.TextField("采纳情况", blank=True)
    feedback_published_on = models.DateField("反馈公布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见征集"
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                name="consultation_dates",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message="截止日期不得早于开始日期",
            ),
            models.CheckConstraint(
                name="consultation_adopted",
                condition=Q(adopted__lte=F("received")),
                violation_error_message="采纳意见数不得多于收到意见数",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Severity(models.TextChoices):
    """How soon a concern must be answered (国办发〔2016〕61号, 80号实施细则)."""

    GRAVE = "grave", "特别重大、重大突发事件"
    GENERAL = "general", "其他政务舆情"


class Concern(models.Model):
    """A public concern (舆情、关切) and its answer."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="concerns", verbose_name="机关")
    topic = models.CharField("主题", max_length=200)
    severity = models.CharField("类别", max_length=20, choices=Severity.choices, default=Severity.GENERAL)
    arose_at = models.DateTimeField("发现时间")
    answered_at = models.DateTimeField("回应时间", null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="回应文件")

    class Meta:
        verbose_name = verbose_name_plural = "回应关切"
        ordering = ["-arose_at"]

    def __str__(self) -> str:
        return self.topic
