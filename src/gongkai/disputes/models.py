"""行政复议 and 行政诉讼 arising from the work (table 4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.foi.models import Request
from gongkai.organisations.models import Body


class Route(models.TextChoices):
    """The three groups of table 4."""

    REVIEW = "review", "行政复议"
    DIRECT = "direct", "未经复议直接起诉"
    AFTER_REVIEW = "after_review", "复议后起诉"


class Result(models.TextChoices):
    """How a case ended; an open case has none."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Dispute(models.Model):
    """A review or a lawsuit.

    ``as_reviewing_organ``: the body is sued only as the organ that reviewed another's act; such cases are counted by
    the original body alone (国办公开办函〔2016〕201号).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="disputes", verbose_name="机关")
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="disputes", verbose_name="所涉申请"
    )
    route = models.CharField("类别", max_length=20, choices=Route.choices)
    number = models.CharField("案号", max_length=80, blank=True)
    organ = models.CharField("复议机关或法院", max_length=120, blank=True)
    matter = models.CharField("案由", max_length=200, blank=True)
    filed_on = models.DateField("受理日期")
    concluded_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField("结果", max_length=20, choices=Result.choices, blank=True)
    as_reviewing_organ = models.BooleanField("仅作为复议机关共同被告", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼案件"
        ordering = ["-filed_on", "-pk"]
        indexes = [models.Index(fields=["body", "filed_on", "concluded_on"], name="dispute_dates")]
        constraints = [
            models.CheckConstraint(
                name="dispute_concluded_whole",
                condition=Q(concluded_on__isnull=True, result="")
                | Q(concluded_on__isnull=False) & ~Q(result=""),
                violation_error_message="审结日期与结果应同时填写",
            ),
            models.CheckConstraint(
                name="dispute_dates",
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("filed_on")),
                violation_error_message="审结日期不得早于受理日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_route_display()} {self.number or self.matter}"
