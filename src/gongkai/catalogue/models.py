"""领域 · 标准目录 · 一级/二级事项 · 重点领域栏目."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.organisations.models import Body, Unit


class Field(models.Model):
    """One of the 26 fields of the grass-roots standard (国办发〔2019〕54号), or a local one."""

    code = models.SlugField("代号", max_length=60, unique=True)
    name = models.CharField("领域名称", max_length=60, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "领域"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Catalogue(models.Model):
    """A standard catalogue: official reference data (no body) or a body's own adaptation of one."""

    field = models.ForeignKey(Field, models.PROTECT, related_name="catalogues", verbose_name="领域")
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="catalogues", verbose_name="机关"
    )
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="依据的标准目录")
    title = models.CharField("目录名称", max_length=200)
    origin = models.TextField("来源", blank=True)
    adopted_on = models.DateField("发布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "标准目录"
        ordering = ["field", "pk"]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A first- or second-level item. A second-level item says what must be public, why, how soon and where."""

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="items", verbose_name="目录")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="一级事项"
    )
    number = models.CharField("序号", max_length=20)
    name = models.CharField("事项名称", max_length=120)
    content = models.TextField("公开内容（要素）", blank=True)
    basis = models.TextField("公开依据", blank=True)
    time_limit = models.CharField("公开时限", max_length=200, blank=True)
    time_limit_workdays = models.PositiveSmallIntegerField("时限（工作日）", null=True, blank=True)
    publisher = models.CharField("公开主体", max_length=200, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list, blank=True)
    audience = models.CharField("公开对象", max_length=120, blank=True)
    method = models.CharField("公开方式", max_length=60, blank=True)
    level = models.CharField("公开层级", max_length=60, blank=True)
    is_official = models.BooleanField("标准目录原有", default=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, verbose_name="责任机构")

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        ordering = ["catalogue", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "parent", "name"],
                condition=Q(parent__isnull=False),
                name="item_once",
                violation_error_message="该一级事项下已有同名二级事项",
            ),
            models.UniqueConstraint(
                fields=["catalogue", "name"],
                condition=Q(parent__isnull=True),
                name="first_level_item_once",
                violation_error_message="目录中已有同名一级事项",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeyArea(models.Model):
    """A column of key-area information (重点领域信息公开专栏)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="key_areas", verbose_name="机关")
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "重点领域"
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="key_area_once")]

    def __str__(self) -> str:
        return self.name
