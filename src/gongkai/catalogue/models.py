"""领域 · 标准目录 · 一级/二级事项 · 重点领域栏目."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.law.duty_terms import Duty, Rhythm, Span
from gongkai.organisations.models import Body, Officer, Unit

PROACTIVE = "主动"
"""What 公开方式 holds for an item that is public of itself."""


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
    retired_on = models.DateField("停用日期", null=True, blank=True)
    retired_reason = models.CharField("停用理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "标准目录"
        ordering = ["field", "pk"]
        constraints = [
            models.CheckConstraint(
                name="catalogue_retired_with_reason",
                condition=Q(retired_on__isnull=True, retired_reason="")
                | Q(retired_on__isnull=False) & ~Q(retired_reason=""),
                violation_error_message="停用目录应同时写明日期和理由",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemQuerySet(models.QuerySet["Item"]):
    """Items that stand in a catalogue now, and those that are owed."""

    def current(self) -> ItemQuerySet:
        """Not retired, in a catalogue in use."""
        return self.filter(retired_on__isnull=True, catalogue__retired_on__isnull=True)

    def owed(self) -> ItemQuerySet:
        """应公开: second-level items of bodies that apply to them and are public of themselves."""
        return self.current().filter(
            parent__isnull=False, catalogue__body__isnull=False, not_applicable="", method__contains=PROACTIVE
        )


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
    aspects = models.JSONField("五公开", default=list, blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, verbose_name="责任机构")
    source = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="对应的标准事项",
        help_text="空白是本机关自行增加的事项",
    )
    localised = models.JSONField("本机关调整的栏目", default=list, blank=True, editable=False)
    not_applicable = models.CharField("未涉及说明", max_length=300, blank=True)
    position = models.PositiveIntegerField("次序", default=0, editable=False)
    since = models.DateField("自何日起应公开", null=True, blank=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    # The duty as it was read from 公开时限, or as a person determined it: see docs/adr on duties.
    rhythm = models.CharField(
        "公开义务",
        max_length=20,
        choices=[(one.value, one.label) for one in Rhythm],
        default=Rhythm.UNKNOWN.value,
    )
    term = models.PositiveSmallIntegerField("期限", null=True, blank=True)
    span = models.CharField(
        "期限单位",
        max_length=10,
        choices=[(one.value, one.label) for one in Span],
        default=Span.WORKDAYS.value,
    )
    due_month = models.PositiveSmallIntegerField("截止月", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("截止日", null=True, blank=True)
    stale_days = models.PositiveSmallIntegerField("更新间隔上限（日）", null=True, blank=True)
    duty_by_hand = models.BooleanField("公开义务由人工核定", default=False, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        ordering = ["catalogue", "position", "pk"]
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

    @property
    def duty(self) -> Duty:
        """What the item asks, as the law's code knows it."""
        return Duty(
            Rhythm(self.rhythm), self.term, Span(self.span), self.due_month, self.due_day, self.stale_days
        )

    @property
    def is_local(self) -> bool:
        """Whether the body added it, or changed what the standard says."""
        return self.source_id is None or bool(self.localised)


class CatalogueEdition(models.Model):
    """A catalogue as it was published: numbered, dated, frozen with its digest, readable for ever."""

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="editions", verbose_name="目录")
    number = models.PositiveSmallIntegerField("版次")
    adopted_on = models.DateField("发布日期")
    note = models.CharField("本版说明", max_length=300, blank=True)
    rows = models.JSONField("事项", editable=False)
    changes = models.JSONField("与上一版的差异", default=dict, editable=False)
    digest = models.CharField("摘要", max_length=64, editable=False)
    made_at = models.DateTimeField("形成时间")
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="经办")

    class Meta:
        verbose_name = verbose_name_plural = "目录版本"
        ordering = ["catalogue", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue.title}（第{self.number}版）"


class ImportDraft(models.Model):
    """A table that was read and not yet taken over: between the preview and the confirmation, or swept."""

    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, verbose_name="机关")
    catalogue = models.ForeignKey(
        Catalogue, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="目录"
    )
    field = models.ForeignKey(Field, models.CASCADE, verbose_name="领域")
    title = models.CharField("目录名称", max_length=200)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    from_standard = models.BooleanField("来自标准目录的更新", default=False)
    rows = models.JSONField("事项")
    base_digest = models.CharField("预览时目录的摘要", max_length=64, blank=True)
    made_at = models.DateTimeField("上传时间")
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="上传人")
    applied_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "目录导入草稿"
        ordering = ["-made_at"]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(applied_at__isnull=True), name="catalogue_draft_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="catalogue_draft_order",
                condition=Q(applied_at__isnull=True) | Q(applied_at__gte=F("made_at")),
                violation_error_message="确认时间不得早于上传时间",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.file_name or '标准目录更新'}）"


class KeyArea(models.Model):
    """A column of key-area information (重点领域信息公开专栏)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="key_areas", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    closed_on = models.DateField("停用日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "重点领域"
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="key_area_once")]

    def __str__(self) -> str:
        return self.name
