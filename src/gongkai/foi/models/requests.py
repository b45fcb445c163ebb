"""Requests, applicants, dated facts, decisions, fee notices (条例 ch. 4).

What the clock needs is dated facts; due dates and "overdue" are never stored. A closed request has the day its answer
left the house and exactly one outcome, hence exactly one row and one column of table 3.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from gongkai.core.fields import EncryptedTextField
from gongkai.disclosure.models import Document
from gongkai.foi.enums import ApplicantKind, FactKind, IntakeChannel, ServiceMethod, Standing
from gongkai.organisations.models import Body, Officer, Unit


class Applicant(models.Model):
    """Who asks (条例 art. 29): name, proof of identity, contact. Personal data is encrypted at rest."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="applicants", verbose_name="机关")
    kind = models.CharField("申请人类别", max_length=20, choices=ApplicantKind.choices)
    name = EncryptedTextField("姓名或名称")
    name_index = models.CharField("姓名索引", max_length=64, blank=True, db_index=True, editable=False)
    identity_number = EncryptedTextField("证件号码", blank=True)
    identity_index = models.CharField("证件索引", max_length=64, blank=True, db_index=True, editable=False)
    phone = EncryptedTextField("联系电话", blank=True)
    address = EncryptedTextField("通信地址", blank=True)
    email = EncryptedTextField("电子邮箱", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.masked_name}"

    @property
    def masked_name(self) -> str:
        """The first character with stars, for lists."""
        return self.name[:1] + "*" * max(len(self.name) - 1, 1)


class Request(models.Model):
    """One request for government information (一事一申请)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="requests", verbose_name="受理机关")
    number = models.CharField("申请编号", max_length=40)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="requests", verbose_name="申请人")
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=ApplicantKind.choices)
    channel = models.CharField("受理渠道", max_length=20, choices=IntakeChannel.choices)
    subject = models.CharField("所需信息名称", max_length=300)
    description = models.TextField("特征描述", blank=True)
    special_needs = models.CharField(
        "需要的帮助", max_length=300, blank=True, help_text="阅读困难、视听障碍（条例第四十三条）"
    )
    wanted_form = models.CharField("信息形式", max_length=60, blank=True)
    wanted_delivery = models.CharField("获取途径", max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="母申请"
    )
    standing = models.CharField(
        "办理关系", max_length=10, choices=Standing.choices, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入的申请"
    )
    reopens = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reopenings",
        verbose_name="重新办理的申请",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="承办机构")
    agent_name = EncryptedTextField("代理人姓名", blank=True)
    agent_phone = EncryptedTextField("代理人电话", blank=True)
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="登记人")
    received_on = models.DateField("收到日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="提供的文件")

    class Meta:
        verbose_name = verbose_name_plural = "公开申请"
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(
                fields=["body", "received_on", "applicant_kind", "standing"], name="request_received"
            ),
            models.Index(
                fields=["body", "closed_on", "outcome", "applicant_kind", "received_on", "standing"],
                name="request_closed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="request_number_once"),
            models.CheckConstraint(
                name="request_closed_whole",
                condition=Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__isnull=False, received_on__isnull=False) & ~Q(outcome=""),
                violation_error_message="办结的申请应有收到日期、办结日期和一种办理结果",
            ),
            models.CheckConstraint(
                name="request_standing_whole",
                condition=(~Q(standing=Standing.MERGED) | Q(merged_into__isnull=False))
                & (~Q(standing=Standing.REDONE) | Q(reopens__isnull=False)),
                violation_error_message="并入或者重新办理的申请应写明所涉申请",
            ),
            models.CheckConstraint(
                name="request_set_aside_open",
                condition=~Q(standing__in=[Standing.SPLIT, Standing.MERGED]) | Q(closed_on__isnull=True),
                violation_error_message="已拆分或者已并入的申请不单独办结",
            ),
            models.CheckConstraint(
                name="request_closed_after_received",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on")),
                violation_error_message="办结日期不得早于收到日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def set_aside(self) -> bool:
        """Whether it is handled elsewhere: in its parts, or in the request it was merged into."""
        return self.standing in {Standing.SPLIT, Standing.MERGED}


class CaseFact(models.Model):
    """Something that happened to a request on a day. Never changed; a mistake is cancelled and entered anew."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="facts", verbose_name="申请")
    kind = models.CharField("事实", max_length=30, choices=FactKind.choices)
    on = models.DateField("日期")
    detail = models.JSONField("要点", default=dict, blank=True)
    document_number = models.CharField("文书编号", max_length=60, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="记录人")
    cancelled_at = models.DateTimeField("作废时间", null=True, blank=True)
    cancel_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理事实"
        ordering = ["request", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fact_cancel_whole",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                violation_error_message="作废办理事实应写明理由",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class Decision(models.Model):
    """The answer to a request: its outcome, number, wording, and how and when it was served."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="decisions", verbose_name="申请")
    outcome = models.CharField("办理结果", max_length=40)
    number = models.CharField("文书编号", max_length=60)
    wording = models.TextField("答复内容", blank=True)
    decided_on = models.DateField("作出日期")
    signed_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="签发人")
    served_by = models.CharField("送达方式", max_length=20, choices=ServiceMethod.choices)
    served_on = models.DateField("期限计算时点", help_text="邮寄以交邮当日、直接或委托送达以签收当日为准")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="被更正为")

    class Meta:
        verbose_name = verbose_name_plural = "答复决定"
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_served_after",
                condition=Q(served_on__gte=F("decided_on")),
                violation_error_message="送达日期不得早于作出日期",
            )
        ]

    def __str__(self) -> str:
        return self.number


class FeeBasis(models.TextChoices):
    """By item or by page, never both (国办函〔2020〕109号 art. 3)."""

    BY_ITEM = "by_item", "按件计收"
    BY_PAGE = "by_page", "按量计收"


class FeeNotice(models.Model):
    """A notice of the processing fee; section six of the report tells their number, total and what was paid."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="fee_notices", verbose_name="申请")
    basis = models.CharField("计收方式", max_length=20, choices=FeeBasis.choices)
    quantity = models.PositiveIntegerField("件数或页数")
    amount_yuan = models.DecimalField("应收金额（元）", max_digits=18, decimal_places=2)
    notified_on = models.DateField("通知日期")
    paid_on = models.DateField("缴纳日期", null=True, blank=True)
    paid_yuan = models.DecimalField("实收金额（元）", max_digits=18, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = verbose_name_plural = "收费通知"
        constraints = [
            models.CheckConstraint(
                name="fee_paid_whole",
                condition=Q(paid_on__isnull=True, paid_yuan=0) | Q(paid_on__isnull=False, paid_yuan__gt=0),
                violation_error_message="缴纳日期与实收金额应同时填写",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.number} {self.amount_yuan}元"
