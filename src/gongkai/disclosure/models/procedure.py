"""The steps an edition went through before publication, and how a document left the site."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.enums import LeavingWay, Opinion, ReviewStep
from gongkai.disclosure.models.documents import Document
from gongkai.disclosure.models.editions import Edition
from gongkai.organisations.models import Officer


class Review(models.Model):
    """One step of the review of an edition (条例 art. 17): who, what opinion, on what basis, when.

    ``round`` counts the submissions: a returned edition starts anew. ``is_override`` marks the exception in which
    one person did what takes two; it stays on a list until ``confirmed_by`` looks at it.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reviews", verbose_name="版本")
    round = models.PositiveSmallIntegerField("送审轮次", default=1)
    step = models.CharField("环节", max_length=20, choices=ReviewStep.choices)
    opinion = models.CharField("意见", max_length=20, choices=Opinion.choices)
    basis = models.CharField("审查依据", max_length=300, blank=True)
    remark = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField("时间")
    reviewer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审查人"
    )
    is_override = models.BooleanField("例外放行", default=False)
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "审查记录"
        ordering = ["edition", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "round", "step"],
                name="review_once",
                violation_error_message="该环节已有审查意见",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.get_opinion_display()}"


class Departure(models.Model):
    """How a document left the site or its lists, on whose approval; ``returned_at`` when it came back."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="departures", verbose_name="文件")
    way = models.CharField("方式", max_length=20, choices=LeavingWay.choices)
    reason = models.CharField("理由", max_length=300)
    basis = models.CharField("依据", max_length=300, blank=True)
    into = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name="并入的文件"
    )
    at = models.DateTimeField("时间")
    approved_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    returned_at = models.DateTimeField("恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "下线记录"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "way"],
                condition=Q(returned_at__isnull=True),
                name="departure_once",
                violation_error_message="该文件已按此方式下线",
            ),
            models.CheckConstraint(
                name="departure_into",
                condition=Q(way=LeavingWay.MERGED, into__isnull=False)
                | ~Q(way=LeavingWay.MERGED) & Q(into__isnull=True),
                violation_error_message="并入其他文件的，应指明并入哪一件；其他方式不应填写",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}：{self.get_way_display()}"
