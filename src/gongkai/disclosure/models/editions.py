"""Editions (text, state) of a document, and their files. Published text is never overwritten."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.core.storage import PrivateStorage
from gongkai.disclosure.enums import AttachmentRole, EditionState, TextSource, VirusState
from gongkai.disclosure.models.documents import Document
from gongkai.organisations.models import Officer


class Edition(models.Model):
    """One text of a document. The one that is online is ``published``; the next may be in preparation."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions", verbose_name="文件")
    number = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("标题", max_length=300)
    text = models.TextField("正文（HTML）", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=EditionState.choices, default=EditionState.DRAFT, editable=False
    )
    source = models.CharField("来源", max_length=20, choices=TextSource.choices, default=TextSource.TYPED)
    created_at = models.DateTimeField("起草时间")
    created_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    approved_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    edited_at = models.DateTimeField("最近修改时间", null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="最近修改人"
    )
    round = models.PositiveSmallIntegerField("送审轮次", default=0, editable=False)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    approved_at = models.DateTimeField("签发时间", null=True, blank=True, editable=False)
    publish_at = models.DateTimeField("定时发布时间", null=True, blank=True)
    publish_problem = models.CharField("定时发布未成的原因", max_length=500, blank=True, editable=False)
    published_at = models.DateTimeField("公开时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    reason = models.CharField("变更理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["document", "number"]
        indexes = [
            models.Index(
                fields=["publish_at"], condition=Q(state=EditionState.APPROVED), name="edition_scheduled"
            ),
        ]
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
    """A file that belongs to an edition. It is reached through a view that asks whether the edition is public.

    ``public_id`` is its address: a file that replaces another in the next edition keeps it.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="attachments", verbose_name="版本")
    public_id = models.UUIDField("网址代号", default=uuid.uuid4, db_index=True, editable=False)
    role = models.CharField(
        "用途", max_length=20, choices=AttachmentRole.choices, default=AttachmentRole.ATTACHMENT
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    name = models.CharField("文件名", max_length=200)
    alternative = models.CharField("替代文字", max_length=300, blank=True)
    file = models.FileField("文件", storage=PrivateStorage(), upload_to="documents/%Y/%m", max_length=200)
    media_type = models.CharField("格式", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    source_sha256 = models.CharField("上传时的SHA-256", max_length=64, blank=True, editable=False)
    text = models.TextField("提取的文字", blank=True)
    added_at = models.DateTimeField("加入时间", null=True, blank=True)
    findings = models.JSONField("检查结果", default=list, blank=True, editable=False)
    virus_state = models.CharField(
        "病毒检查",
        max_length=20,
        choices=VirusState.choices,
        default=VirusState.UNCHECKED,
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["edition", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "public_id"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def public_path(self) -> str:
        """The address on the public site."""
        return f"/files/{self.public_id}/"
