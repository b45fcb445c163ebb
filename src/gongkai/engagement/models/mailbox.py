"""意见箱: letters about the body's disclosure work, and their answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.core.fields import EncryptedTextField
from gongkai.engagement.enums import IntakeWay, LetterState
from gongkai.law.answers import MAILBOX_WORKDAYS
from gongkai.organisations.models import Body, Officer, Unit


class MailboxLetter(models.Model):
    """A letter to the office. Who wrote it is encrypted; it is shown on the site only when he and the office agree."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="mailbox", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="承办机构")
    number = models.CharField("编号", max_length=40, unique=True)
    code_digest = models.CharField("查询码摘要", max_length=100, blank=True)
    subject = models.CharField("标题", max_length=120)
    text = models.TextField("内容")
    name = EncryptedTextField("姓名或单位", blank=True)
    contact = EncryptedTextField("联系方式", blank=True)
    may_publish = models.BooleanField("来信人同意公开", default=False)
    way = models.CharField("途径", max_length=20, choices=IntakeWay.choices, default=IntakeWay.ONLINE)
    received_at = models.DateTimeField("收到时间")
    workdays = models.PositiveSmallIntegerField("答复期限（工作日）", default=MAILBOX_WORKDAYS)
    origin = models.CharField("来源摘要值", max_length=64, blank=True, db_index=True)
    likeness = models.CharField("内容摘要值", max_length=64, db_index=True)
    state = models.CharField(
        "状态", max_length=20, choices=LetterState.choices, default=LetterState.WAITING, editable=False
    )
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    is_public = models.BooleanField("在网站公开", default=False)
    set_aside_reason = models.CharField("不予处理的理由", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("查询失败次数", default=0)
    locked_until = models.DateTimeField("暂停查询至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见箱来信"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["body", "state", "received_at"], name="mailbox_waiting"),
            models.Index(fields=["body", "-answered_at"], condition=Q(is_public=True), name="mailbox_public"),
        ]
        constraints = [
            models.CheckConstraint(
                name="mailbox_answer_whole",
                condition=~Q(state=LetterState.ANSWERED) | Q(answered_at__isnull=False) & ~Q(answer=""),
                violation_error_message="已答复的来信应有答复和答复时间",
            ),
            models.CheckConstraint(
                name="mailbox_public_agreed",
                condition=Q(is_public=False) | Q(may_publish=True, state=LetterState.ANSWERED),
                violation_error_message="来信人同意并且已经答复的来信，才能在网站公开",
            ),
        ]

    def __str__(self) -> str:
        return self.number
