"""The year's administrative figures nobody else holds: 许可 处罚 强制 收费 采购, and 培训.

Matters (事项) are what a body may do; tallies are how often it did. Table 2 counts both and they have no arithmetic
relation (formats.md §2).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.organisations.models import Body, Unit


class MatterKind(models.TextChoices):
    """Kinds of administrative matters, keyed as the rows of table 2."""

    LICENCE = "licence", "行政许可"
    OTHER_MGMT = "other_mgmt", "其他对外管理服务事项"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"
    FEE = "fee", "行政事业性收费"


class Matter(models.Model):
    """A matter on the body's list of powers, from a day to a day."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="matters", verbose_name="机关")
    kind = models.CharField("类别", max_length=20, choices=MatterKind.choices)
    name = models.CharField("事项名称", max_length=200)
    code = models.CharField("事项编码", max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="承办机构")
    since = models.DateField("列入日期")
    until = models.DateField("取消日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "权责事项"
        ordering = ["body", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "name"],
                condition=Q(until__isnull=True),
                name="matter_once",
                violation_error_message="已有同类同名的在用事项",
            ),
            models.CheckConstraint(
                name="matter_dates",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="取消日期不得早于列入日期",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """How many decisions (处理决定) were taken under a matter in a period."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tallies", verbose_name="事项")
    first_day = models.DateField("期间起")
    last_day = models.DateField("期间止")
    count = models.PositiveIntegerField("处理决定数量（件）")
    source = models.CharField("数据来源", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办件统计"
        ordering = ["matter", "first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "first_day"],
                name="tally_once",
                violation_error_message="该事项在此期间已有统计",
            ),
            models.CheckConstraint(
                name="tally_dates",
                condition=Q(last_day__gte=F("first_day")) & Q(last_day__year=F("first_day__year")),
                violation_error_message="期间止不得早于期间起，且起止应在同一年度",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.first_day}～{self.last_day}：{self.count}"


class FeeReceipt(models.Model):
    """Administrative fees (行政事业性收费) received in a period."""

    matter = models.ForeignKey(
        Matter,
        models.PROTECT,
        related_name="receipts",
        verbose_name="收费项目",
        limit_choices_to={"kind": "fee"},
    )
    first_day = models.DateField("期间起")
    last_day = models.DateField("期间止")
    amount_yuan = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    source = models.CharField("数据来源", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收费记录"
        ordering = ["matter", "first_day"]
        constraints = [
            models.CheckConstraint(
                name="receipt_dates",
                condition=Q(last_day__gte=F("first_day")) & Q(last_day__year=F("first_day__year")),
                violation_error_message="期间止不得早于期间起，且起止应在同一年度",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.amount_yuan}元"


class Procurement(models.Model):
    """A project of centralised government procurement (政府集中采购)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="procurements", verbose_name="机关")
    name = models.CharField("采购项目", max_length=200)
    concluded_on = models.DateField("成交日期")
    amount_yuan = models.DecimalField("成交金额（元）", max_digits=18, decimal_places=2)
    supplier = models.CharField("供应商", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府集中采购"
        ordering = ["-concluded_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_amount",
                condition=Q(amount_yuan__gte=0),
                violation_error_message="成交金额不得为负",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Training(models.Model):
    """A training on disclosure work (条例 art. 48)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="trainings", verbose_name="机关")
    held_on = models.DateField("日期")
    title = models.CharField("内容", max_length=200)
    organiser = models.CharField("组织单位", max_length=120, blank=True)
    attendees = models.PositiveIntegerField("参加人数")

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.title


class SupervisionKind(models.TextChoices):
    """The three means of 条例 art. 46; a government's report tells their results (art. 50(4))."""

    ASSESSMENT = "assessment", "工作考核"
    APPRAISAL = "appraisal", "社会评议"
    ACCOUNTABILITY = "accountability", "责任追究"


class Supervision(models.Model):
    """One assessment, one public appraisal, or one case of accountability."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="supervisions", verbose_name="机关")
    kind = models.CharField("类别", max_length=20, choices=SupervisionKind.choices)
    held_on = models.DateField("日期")
    title = models.CharField("内容", max_length=200)
    people = models.PositiveIntegerField("涉及人数", default=0, help_text="责任追究填被追究人数")
    result = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核评议追责"
        ordering = ["-held_on", "pk"]

    def __str__(self) -> str:
        return self.title
