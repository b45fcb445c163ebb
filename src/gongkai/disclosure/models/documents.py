"""Documents: what a piece of information is, its metadata (目录元数据), whether it is public and in force."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from gongkai.catalogue.models import Item, KeyArea
from gongkai.disclosure.enums import (
    Attribute,
    DocumentKind,
    Ending,
    Genre,
    InterpretationForm,
    Subject,
    Validity,
)
from gongkai.disclosure.validity import validity_of
from gongkai.organisations.models import Body, Unit


class DocumentQuerySet(models.QuerySet["Document"]):
    """What the public may see. Every public page, feed, index and export starts from one of these."""

    def public(self) -> DocumentQuerySet:
        """Documents with an address that answers with a text: published and not taken off the site."""
        return self.filter(
            attribute=Attribute.PROACTIVE,
            first_published_at__isnull=False,
            withdrawn_at__isnull=True,
            body__is_active=True,
        )

    def listed(self) -> DocumentQuerySet:
        """Public documents that stand in lists, feeds and searches: the archived have only their address."""
        return self.public().filter(archived_at__isnull=True)


ON_LISTS = Q(
    attribute=Attribute.PROACTIVE,
    first_published_at__isnull=False,
    withdrawn_at__isnull=True,
    archived_at__isnull=True,
)
"""The condition of the partial indexes behind every public list."""


class Document(models.Model):
    """A piece of government information (条例 art. 2) that is or may become public."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="documents", verbose_name="发布机构")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="起草机构")
    index_number = models.CharField("索引号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)
    kind = models.CharField("类别", max_length=20, choices=DocumentKind.choices)
    attribute = models.CharField(
        "公开属性", max_length=20, choices=Attribute.choices, default=Attribute.PROACTIVE
    )
    attribute_reason = models.CharField("公开属性的理由", max_length=300, blank=True)
    reassess_on = models.DateField("下次评估日期", null=True, blank=True)  # art. 18
    made_on = models.DateField("成文日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    genre = models.CharField("体裁分类", max_length=20, choices=Genre.choices, blank=True)
    subject = models.CharField("主题分类", max_length=20, choices=Subject.choices, blank=True)
    keywords = models.JSONField("关键词", default=list, blank=True)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    joint_issuers = models.JSONField("联合发文机关", default=list, blank=True)
    is_lead = models.BooleanField("由本机关牵头制作", default=True)  # art. 10: the lead body publishes
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="目录事项"
    )
    key_area = models.ForeignKey(
        KeyArea, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="重点领域"
    )
    is_institution = models.BooleanField(
        "政府信息公开工作制度", default=False, help_text="列入公开平台的“政府信息公开制度”"
    )
    interprets = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="解读的文件",
    )
    interpretation_form = models.CharField(
        "解读形式", max_length=20, choices=InterpretationForm.choices, blank=True
    )
    first_published_at = models.DateTimeField("首次公开时间", null=True, blank=True, editable=False)
    changed_at = models.DateTimeField("最近公开变更时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    archived_at = models.DateTimeField("归档时间", null=True, blank=True, editable=False)
    amended_on = models.DateField("修改日期", null=True, blank=True)
    amended_basis = models.CharField("修改依据", max_length=300, blank=True)
    ended_on = models.DateField("废止（失效）日期", null=True, blank=True)
    ended_how = models.CharField("终止方式", max_length=20, choices=Ending.choices, blank=True)
    ended_basis = models.CharField("终止依据", max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=ON_LISTS,
                name="document_listed",
            ),
            models.Index(
                fields=["body", "-first_published_at", "-id"],
                condition=ON_LISTS,
                name="document_listed_body",
            ),
            models.Index(
                fields=["item", "-first_published_at"],
                condition=ON_LISTS & Q(item__isnull=False),
                name="document_listed_item",
            ),
            models.Index(
                fields=["body", "-first_published_at", "-id"],
                condition=ON_LISTS & Q(is_institution=True),
                name="document_institutions",
            ),
            models.Index(
                fields=["reassess_on"], condition=Q(reassess_on__isnull=False), name="document_reassess"
            ),
            models.Index(
                fields=["interprets"], condition=Q(interprets__isnull=False), name="document_interprets"
            ),
            models.Index(fields=["body", "kind", "made_on"], name="document_made"),
            models.Index(fields=["body", "kind", "ended_on"], name="document_ended"),
            models.Index(fields=["body", "kind", "first_published_at"], name="document_published"),
            models.Index(
                fields=["body", "key_area", "first_published_at"],
                condition=Q(key_area__isnull=False),
                name="document_key_area",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_ending_whole",
                condition=Q(ended_on__isnull=True, ended_how="")
                | Q(ended_on__isnull=False) & ~Q(ended_how=""),
                violation_error_message="废止（失效）日期与终止方式应同时填写",
            ),
            models.CheckConstraint(
                name="document_ended_after_made",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("made_on")),
                violation_error_message="废止（失效）日期不得早于成文日期",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_path(self) -> str:
        """The address on the public site: given once, the same for all editions, after it left the site too."""
        return f"/documents/{self.pk}/"

    def validity(self, today: dt.date) -> Validity | None:
        """Whether it is in force on a day; ``None`` for a kind that never is or is not."""
        return validity_of(self, today)
