"""Findings of the guard that an officer let pass, files that came in to be read, and what the nightly check found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.core.storage import PrivateStorage
from gongkai.disclosure.models.documents import Document
from gongkai.disclosure.models.editions import Edition
from gongkai.organisations.models import Body, Officer


class FindingOverride(models.Model):
    """A finding that is no reason against publication, said by whom and why. It is known by its fingerprint."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="finding_overrides", verbose_name="版本"
    )
    fingerprint = models.CharField("特征", max_length=64)
    label = models.CharField("发现", max_length=200)
    reason = models.CharField("放行理由", max_length=300)
    at = models.DateTimeField("时间")
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="放行人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查结果放行"
        ordering = ["edition", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "fingerprint"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.label}：{self.reason}"


class Fault(models.Model):
    """Something wrong with what is public, seen by the nightly check from ``found_at`` until ``gone_at``."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="faults", verbose_name="文件")
    code = models.CharField("代码", max_length=40)
    key = models.CharField("特征", max_length=64)
    message = models.CharField("问题", max_length=500)
    remedy = models.CharField("处理办法", max_length=300, blank=True)
    found_at = models.DateTimeField("发现时间")
    gone_at = models.DateTimeField("消除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "已公开内容的问题"
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(
                fields=["document", "found_at"], condition=Q(gone_at__isnull=True), name="fault_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "code", "key"], condition=Q(gone_at__isnull=True), name="fault_once"
            )
        ]

    def __str__(self) -> str:
        return self.message


class Drop(models.Model):
    """A file that was dropped to be read into a new document; it goes when the document is saved, or after a week."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="drops", verbose_name="机关")
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="上传人")
    made_at = models.DateTimeField("上传时间")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", storage=PrivateStorage(), upload_to="drops/%Y/%m", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "待整理的来稿"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
