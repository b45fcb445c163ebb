"""Letters: their templates, their way to the signature, their service."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.core.fields import EncryptedTextField
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.models.materials import Material
from gongkai.foi.models.requests import Decision, Request
from gongkai.organisations.models import Body, Officer


class LetterTemplate(models.Model):
    """An administrator's own text of a kind of letter, for one body or (without a body) for all."""

    kind = models.CharField("文书", max_length=40)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="letter_templates", verbose_name="机关"
    )
    text = models.TextField("正文模板")
    edited_at = models.DateTimeField("修改时间")
    edited_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        constraints = [
            models.UniqueConstraint(fields=["kind", "body"], name="letter_template_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(body__isnull=True), name="letter_template_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class LetterTemplateEdit(models.Model):
    """What a text was changed to, when, by whom and why. Never changed; an empty text is the built-in wording restored."""

    kind = models.CharField("文书", max_length=40)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="letter_template_edits", verbose_name="机关"
    )
    text = models.TextField("正文模板", blank=True)
    reason = models.CharField("修改说明", max_length=200, blank=True)
    made_at = models.DateTimeField("修改时间")
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板修改记录"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["kind", "body"], name="letter_template_edits")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class LetterState(models.TextChoices):
    """The way of a letter."""

    DRAFT = "draft", "拟稿"
    IN_REVIEW = "in_review", "审核中"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已发出"
    VOID = "void", "已作废"


class Letter(models.Model):
    """A letter of a case. Its text may be edited until it is signed; from then on it is frozen with its number.

    Whom it is written to and what it says name persons and are encrypted at rest.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="letters", verbose_name="申请")
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name="答复决定"
    )
    kind = models.CharField("文书", max_length=40)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=LetterState.choices, default=LetterState.DRAFT, editable=False
    )
    recipient = EncryptedTextField("主送")
    title = models.CharField("标题", max_length=200)
    text = EncryptedTextField("正文")
    facts = models.JSONField("要素", default=dict, blank=True)
    as_signed = EncryptedTextField("签发时的要素", blank=True, editable=False)
    number = models.CharField("文号", max_length=80, blank=True)
    made_at = models.DateTimeField("拟稿时间")
    made_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟稿人"
    )
    edited_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="最后修改人"
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    issued_at = models.DateTimeField("发出时间", null=True, blank=True)
    digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正的文书"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["request", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="letter_signed_whole",
                condition=Q(state__in=[LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.VOID])
                | ~Q(number="") & ~Q(digest="") & Q(signed_at__isnull=False),
                violation_error_message="签发的文书应有文号和签发时间",
            ),
            models.CheckConstraint(
                name="letter_void_reason",
                condition=~Q(state=LetterState.VOID) | ~Q(void_reason=""),
                violation_error_message="作废文书应写明理由",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.number}"


class Stage(models.TextChoices):
    """The steps before a letter leaves; who drafted it does not sign it."""

    LEGAL = "legal", "合法性审核"
    SECRECY = "secrecy", "保密审查"
    SIGN = "sign", "签发"


class Opinion(models.Model):
    """What a reviewer said of a letter (条例 art. 17: who, when, on what basis). Kept when the letter goes back."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="opinions", verbose_name="文书")
    stage = models.CharField("环节", max_length=20, choices=Stage.choices)
    agrees = models.BooleanField("同意")
    opinion = models.TextField("意见", blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    digest = models.CharField("所审文本", max_length=64, editable=False)
    given_at = models.DateTimeField("时间")
    given_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="审核人")

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["letter", "given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_refusal_reasoned",
                condition=Q(agrees=True) | ~Q(opinion=""),
                violation_error_message="不同意应写明意见",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}：{'同意' if self.agrees else '不同意'}"


class Dispatch(models.Model):
    """One attempt to serve a letter (国办公开办函〔2016〕235号). The day that counts is reckoned by ``law.delivery``."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="dispatches", verbose_name="文书")
    method = models.CharField("送达方式", max_length=20, choices=ServiceMethod.choices)
    carrier = models.CharField("邮政企业或受托机关", max_length=120, blank=True)
    tracking_number = models.CharField("邮件号", max_length=60, blank=True)
    sent_on = models.DateField("交邮或发送日期")
    received_on = models.DateField("签收日期", null=True, blank=True)
    received_by = EncryptedTextField("签收人", blank=True)
    failed_on = models.DateField("退回日期", null=True, blank=True)
    failure = models.CharField("未送达原因", max_length=200, blank=True)
    proof = models.ForeignKey(Material, models.PROTECT, null=True, blank=True, verbose_name="送达凭证")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["letter", "sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="dispatch_one_end",
                condition=Q(received_on__isnull=True) | Q(failed_on__isnull=True),
                violation_error_message="同一次送达不能既签收又退回",
            ),
            models.CheckConstraint(
                name="dispatch_failure_told",
                condition=Q(failed_on__isnull=True) | ~Q(failure=""),
                violation_error_message="未送达应写明原因",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.sent_on}"
