"""Bodies (机关) and the units inside them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.law.duties import DutyError, Reporter, report_due
from gongkai.organisations.enums import BodyKind, Tier, UnitKind

credit_code_format = RegexValidator(r"^[0-9A-HJ-NPQRTUWXY]{18}$", "统一社会信用代码应为18位数字或大写字母")


COMMON_YEAR = 2023


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies, and the bodies below a body."""

    def within(self, body: Body) -> BodyQuerySet:
        """The body itself and every body below it."""
        return self.filter(path__startswith=body.path)


class Body(models.Model):
    """A body that owes disclosure (条例 arts. 4, 10, 54) with what its 公开指南 must say (art. 12)."""

    name = models.CharField("机关全称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    slug = models.SlugField("网址代号", max_length=60, unique=True)
    kind = models.CharField("机关类别", max_length=20, choices=BodyKind.choices)
    tier = models.CharField("行政层级", max_length=20, choices=Tier.choices)
    credit_code = models.CharField(
        "统一社会信用代码", max_length=18, blank=True, validators=[credit_code_format]
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    path = models.CharField("层级路径", max_length=200, unique=True, editable=False)
    makes_rules = models.BooleanField(
        "有规章制定权", default=False, help_text="国务院部门、省级和设区的市级人民政府（立法法）"
    )
    office = models.CharField("公开工作机构", max_length=120, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    office_hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    website = models.URLField("网站", blank=True)
    review_organ = models.CharField("行政复议机关", max_length=120, blank=True)
    court = models.CharField("管辖法院", max_length=120, blank=True)
    report_due = models.CharField(
        "年报提前截止日", max_length=5, blank=True, help_text="地方规定早于法定日期时填写，如 01-26"
    )
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    is_active = models.BooleanField("在用", default=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="body_path_form",
                condition=Q(path__startswith="/") & Q(path__endswith="/"),
                violation_error_message="层级路径应以“/”开头和结尾",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A local day for the report is a day of every year, and not after the Regulation's (art. 49)."""
        if not self.report_due:
            return
        found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", self.report_due)
        reporter = Reporter.GOVERNMENT if self.kind == BodyKind.GOVERNMENT else Reporter.DEPARTMENT
        try:
            # Reckoned for a year whose February has 28 days.
            report_due(reporter, COMMON_YEAR - 1, local=(int(found[1]), int(found[2])) if found else (0, 0))
        except DutyError as error:
            raise ValidationError({"report_due": str(error)}) from None
        except ValueError:
            raise ValidationError({"report_due": "应为每年都有的月和日，例如 01-26"}) from None

    @property
    def display_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class Unit(models.Model):
    """An internal unit (内设机构) or affiliated unit (二级机构) of a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="units", verbose_name="机关")
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices, default=UnitKind.INTERNAL)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"], name="unit_once", violation_error_message="该机关已有同名内设机构"
            )
        ]

    def __str__(self) -> str:
        return self.name
