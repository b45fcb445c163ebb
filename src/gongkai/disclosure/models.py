"""Documents (identity, validity) and their editions (text, state). Published text is never overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.catalogue.models import Item, KeyArea
from gongkai.disclosure.enums import Attribute, DocumentKind, EditionState, Ending
from gongkai.organisations.models import Body, Officer, Unit


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
    made_on = models.DateField("成文日期")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="目录事项"
    )
    key_area = models.ForeignKey(
        KeyArea, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="重点领域"
    )
    interprets = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="解读的文件",
    )
    first_published_at = models.DateTimeField("首次公开时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    ended_on = models.DateField("废止（失效）日期", null=True, blank=True)
    ended_how = models.CharField("终止方式", max_length=20, choices=Ending.choices, blank=True)
    ended_basis = models.CharField("终止依据", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-first_published_at", "-pk"]
        indexes = [
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


class Edition(models.Model):
    """One text of a document. The one that is online is ``published``; the next may be in preparation."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions", verbose_name="文件")
    number = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("标题", max_length=300)
    text = models.TextField("正文（HTML）", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=EditionState.choices, default=EditionState.DRAFT, editable=False
    )
    created_at = models.DateTimeField("起草时间")
    created_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    approved_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    published_at = models.DateTimeField("公开时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    reason = models.CharField("变更理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="edition_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state=EditionState.PUBLISHED),
                name="edition_one_online",
                violation_error_message="一份文件同时只能有一个在线版本",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"


class Attachment(models.Model):
    """A file that belongs to an edition, with its digest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="attachments", verbose_name="版本")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to="attachments/%Y/%m")
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.name
