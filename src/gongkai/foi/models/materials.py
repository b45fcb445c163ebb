"""Files of a case. They lie in private storage and are reached through a view that asks who is asking."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.core.storage import PrivateStorage
from gongkai.foi.models.requests import Request
from gongkai.organisations.models import Officer


class MaterialKind(models.TextChoices):
    """What a file is to the case."""

    ORIGINAL = "original", "申请书原件"
    IDENTITY = "identity", "身份证明"
    AUTHORITY = "authority", "授权委托书"
    CLARIFICATION = "clarification", "补正材料"
    EVIDENCE = "evidence", "收件凭证"
    SOURCE = "source", "拟提供的信息"
    REDACTED = "redacted", "遮盖后的信息"
    OPINION = "opinion", "征求意见回复"
    PROOF = "proof", "送达凭证"
    OTHER = "other", "其他材料"


class Material(models.Model):
    """A file with its digest; ``by_applicant`` when it came through the portal."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="materials", verbose_name="申请")
    kind = models.CharField("类别", max_length=20, choices=MaterialKind.choices)
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", storage=PrivateStorage(), upload_to="foi/%Y/%m")
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="加入人")
    by_applicant = models.BooleanField("申请人提交", default=False)
    for_applicant = models.BooleanField("提供给申请人", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "案卷材料"
        ordering = ["request", "added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Redaction(models.Model):
    """Marks on a file and the file that comes of them; it is released only when it was verified."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="redactions", verbose_name="申请")
    source = models.ForeignKey(Material, models.PROTECT, related_name="redactions", verbose_name="原文件")
    marks = models.JSONField("遮盖区域", default=list, blank=True)
    result = models.OneToOneField(
        Material, models.PROTECT, null=True, blank=True, related_name="made_by_redaction", verbose_name="结果"
    )
    findings = models.JSONField("核验发现", default=list, blank=True)
    bases = models.JSONField("不予公开依据", default=list, blank=True)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="遮盖人"
    )
    verified_at = models.DateTimeField("核验通过时间", null=True, blank=True)
    released_at = models.DateTimeField("放行时间", null=True, blank=True)
    released_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="放行人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "遮盖处理"
        ordering = ["request", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="redaction_released_verified",
                condition=Q(released_at__isnull=True) | Q(verified_at__isnull=False, result__isnull=False),
                violation_error_message="未经核验通过的文件不能放行",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.name}（遮盖）"
