"""The annual report of a body (条例 arts. 49–50): versions, prose, adjustments, problems and their follow-up.

A draft stores no figure: they are computed from the records whenever it is looked at. What was submitted, approved and
published is frozen with its digest.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.organisations.models import Body, Officer
from gongkai.reports.enums import VersionState

REASON_LENGTH, PROBLEM_LENGTH, MEASURE_LENGTH = 300, 300, 500


class AnnualReport(models.Model):
    """A body's report on one year."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="annual_reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                name="annual_report_once",
                violation_error_message="该机关此年度的年报已经建立",
            ),
            models.CheckConstraint(
                name="annual_report_year",
                condition=Q(year__gte=2019),
                violation_error_message="统一格式自2019年度起使用",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}{self.year}年政府信息公开工作年度报告"


class Version(models.Model):
    """One version of a report. A correction after publication is a new version with its reason."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="versions", verbose_name="年度报告")
    number = models.PositiveSmallIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=20, choices=VersionState.choices, default=VersionState.DRAFT)
    reason = models.CharField("更正理由", max_length=REASON_LENGTH, blank=True)
    return_reason = models.CharField("退回理由", max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField("建立时间")
    created_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建立人"
    )
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    approved_at = models.DateTimeField("审签时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审签人"
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    frozen = models.JSONField("定稿内容", null=True, blank=True, editable=False)
    digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "年报版本"
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_once"),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state=VersionState.PUBLISHED),
                name="version_one_public",
                violation_error_message="一份年报同时只能有一个公布版本",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.CHECKED, VersionState.APPROVED]),
                name="version_one_in_work",
                violation_error_message="该年报已有一个正在编制的版本",
            ),
            models.CheckConstraint(
                name="version_frozen_whole",
                condition=Q(state=VersionState.DRAFT, frozen__isnull=True, digest="")
                | ~Q(state=VersionState.DRAFT) & Q(frozen__isnull=False) & ~Q(digest=""),
                violation_error_message="送审后的版本应有定稿内容和校验值",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}版"


class SectionText(models.Model):
    """The prose of one section of a version: a template whose placeholders are filled from the figures."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="texts", verbose_name="版本")
    key = models.CharField("部分", max_length=20)
    template = models.TextField("正文", blank=True)
    edited_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = verbose_name_plural = "年报正文"
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="section_text_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.key}"


class Adjustment(models.Model):
    """A figure changed by hand, with the reason; shown as such wherever the figure is."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="adjustments", verbose_name="版本")
    cell = models.CharField("单元格", max_length=60)
    value = models.DecimalField("调整后", max_digits=18, decimal_places=4)
    computed = models.DecimalField("调整时的计算值", max_digits=18, decimal_places=4)
    reason = models.CharField("理由", max_length=REASON_LENGTH)
    made_at = models.DateTimeField("调整时间")
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="调整人")

    class Meta:
        verbose_name = verbose_name_plural = "数据调整"
        constraints = [
            models.UniqueConstraint(fields=["version", "cell"], name="adjustment_once"),
            models.CheckConstraint(
                name="adjustment_reason",
                condition=~Q(reason=""),
                violation_error_message="调整数据应写明理由",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell} → {self.value}"


class Problem(models.Model):
    """A problem told in section five with its measure, followed up in the next year's report."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="problems", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    problem = models.CharField("存在的问题", max_length=PROBLEM_LENGTH)
    measure = models.CharField("改进措施", max_length=MEASURE_LENGTH)
    follow_up = models.CharField("落实情况", max_length=MEASURE_LENGTH, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题与改进"
        ordering = ["body", "year", "pk"]

    def __str__(self) -> str:
        return self.problem
