"""What the public does through the portal: drafts, the way to one's own case, corrections, proposals."""

from __future__ import annotations

from django.db import models

from gongkai.core.fields import EncryptedTextField
from gongkai.foi.models.requests import Request
from gongkai.organisations.models import Body, Officer


class OnlineDraft(models.Model):
    """An application being filled in. Found by a secret key the browser keeps; the database knows its digest alone."""

    key_digest = models.CharField("密钥摘要", max_length=64, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    content = EncryptedTextField("内容", blank=True)
    started_at = models.DateTimeField("开始时间")
    saved_at = models.DateTimeField("保存时间", db_index=True)
    request = models.OneToOneField(
        Request, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="已提交的申请"
    )

    class Meta:
        verbose_name = verbose_name_plural = "网上申请草稿"

    def __str__(self) -> str:
        return f"{self.body.display_name} {self.saved_at:%Y-%m-%d}"


class Access(models.Model):
    """The query code of a case, as a salted digest; with the number it opens the tracking page."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="access", verbose_name="申请")
    code_digest = models.CharField("查询码摘要", max_length=128)
    made_at = models.DateTimeField("生成时间")
    failures = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查询凭证"

    def __str__(self) -> str:
        return self.request.number


class CorrectionResult(models.TextChoices):
    """What became of a request to correct information about oneself (条例 art. 41)."""

    CORRECTED = "corrected", "予以更正"
    REFUSED = "refused", "不予更正"
    FORWARDED = "forwarded", "转送有权机关"
    REFERRED = "referred", "告知向有权机关提出"


class InformationCorrection(models.Model):
    """An applicant asks to correct information about himself, with evidence (条例 art. 41)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="corrections", verbose_name="所涉申请")
    information = models.CharField("需要更正的信息", max_length=300)
    wanted = EncryptedTextField("更正为")
    evidence = EncryptedTextField("证据说明")
    asked_at = models.DateTimeField("提出时间")
    result = models.CharField("处理", max_length=20, choices=CorrectionResult.choices, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="答复人")

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.information


class DisclosureProposal(models.Model):
    """An applicant proposes that information be made public to all (条例 art. 44)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="proposals", verbose_name="所涉申请")
    text = models.CharField("建议", max_length=500)
    made_at = models.DateTimeField("提出时间")
    accepted = models.BooleanField("采纳", null=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="答复人")

    class Meta:
        verbose_name = verbose_name_plural = "转为主动公开建议"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.text[:40]
