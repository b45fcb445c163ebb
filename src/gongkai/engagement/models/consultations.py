"""意见征集: a consultation, its questions, the opinions that came in, and what became of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from gongkai.core.fields import EncryptedTextField
from gongkai.core.storage import PrivateStorage
from gongkai.disclosure.models import Document
from gongkai.engagement.enums import CommentState, IntakeWay, Naming, QuestionKind, Verdict
from gongkai.law.answers import FEEDBACK_WORKDAYS
from gongkai.organisations.models import Body, Officer


class Consultation(models.Model):
    """A public consultation (意见征集). One consultation is one 期 in the annual report, once it is released.

    Whether it is open is a function of its two days; nobody opens or closes it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="consultations", verbose_name="机关")
    title = models.CharField("征集主题", max_length=200)
    text = models.TextField("说明", blank=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    short_reason = models.CharField("缩短期限的说明", max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="征求意见稿")
    takes_online = models.BooleanField("在本网站收集意见", default=False)
    naming = models.CharField("署名", max_length=20, choices=Naming.choices, default=Naming.OPTIONAL)
    shows_comments = models.BooleanField("公开显示审核通过的意见", default=False)
    other_ways = models.CharField("其他反馈途径", max_length=300, blank=True)
    feedback_workdays = models.PositiveSmallIntegerField(
        "采纳情况公布期限（工作日）", default=FEEDBACK_WORKDAYS
    )
    opened_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    released_at = models.DateTimeField("签发时间", null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    received = models.PositiveIntegerField("收到意见数", default=0)
    adopted = models.PositiveIntegerField("采纳意见数", default=0)
    feedback = models.TextField("采纳情况", blank=True)
    feedback_published_on = models.DateField("反馈公布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见征集"
        ordering = ["-opens_on"]
        indexes = [
            models.Index(
                fields=["-opens_on", "-id"],
                condition=Q(released_at__isnull=False),
                name="consultation_public",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="consultation_dates",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message="截止日期不得早于开始日期",
            ),
            models.CheckConstraint(
                name="consultation_adopted",
                condition=Q(adopted__lte=F("received")),
                violation_error_message="采纳意见数不得多于收到意见数",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_path(self) -> str:
        """The address on the public site."""
        return f"/consultations/{self.pk}/"


class Question(models.Model):
    """A question of a consultation, beside the opinion in free words."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="questions", verbose_name="意见征集"
    )
    position = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("问题", max_length=200)
    kind = models.CharField("题型", max_length=20, choices=QuestionKind.choices)
    choices = models.JSONField("选项", default=list, blank=True)
    is_required = models.BooleanField("必答", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "征集问题"
        ordering = ["consultation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="question_position_once")
        ]

    def __str__(self) -> str:
        return self.text


class OpinionGroup(models.Model):
    """Opinions that say the same, and what became of them: adopted or not, and why."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="groups", verbose_name="意见征集"
    )
    position = models.PositiveSmallIntegerField("顺序")
    summary = models.CharField("意见归纳", max_length=500)
    verdict = models.CharField("采纳情况", max_length=20, choices=Verdict.choices)
    reason = models.CharField("说明", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见归类"
        ordering = ["consultation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="opinion_group_position_once"),
            models.CheckConstraint(
                name="opinion_group_reasoned",
                condition=Q(verdict=Verdict.ADOPTED) | ~Q(reason=""),
                violation_error_message="部分采纳或未采纳的意见，应说明理由",
            ),
        ]

    def __str__(self) -> str:
        return self.summary


class Comment(models.Model):
    """An opinion that came in, on the site or otherwise. Who sent it is encrypted, and nobody has to say."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="comments", verbose_name="意见征集"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    text = models.TextField("意见", blank=True)
    name = EncryptedTextField("姓名或单位", blank=True)
    contact = EncryptedTextField("联系方式", blank=True)
    way = models.CharField("途径", max_length=20, choices=IntakeWay.choices, default=IntakeWay.ONLINE)
    received_at = models.DateTimeField("收到时间")
    likeness = models.CharField("内容摘要值", max_length=64, db_index=True)
    origin = models.CharField("来源摘要值", max_length=64, blank=True, db_index=True)
    state = models.CharField(
        "状态", max_length=20, choices=CommentState.choices, default=CommentState.WAITING, editable=False
    )
    state_reason = models.CharField("处理说明", max_length=200, blank=True)
    moderated_at = models.DateTimeField("处理时间", null=True, blank=True)
    moderated_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    group = models.ForeignKey(
        OpinionGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="归入",
    )

    class Meta:
        verbose_name = verbose_name_plural = "收到的意见"
        ordering = ["consultation", "received_at", "pk"]
        indexes = [models.Index(fields=["consultation", "state"], name="comment_state")]

    def __str__(self) -> str:
        return self.number


class Answer(models.Model):
    """What an opinion says to one question."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="answers", verbose_name="意见")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name="问题")
    text = models.TextField("回答", blank=True)
    chosen = models.JSONField("所选", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回答"
        constraints = [models.UniqueConstraint(fields=["comment", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.text or "、".join(self.chosen)


class ConsultationFile(models.Model):
    """A file that goes with a consultation: the draft, its explanation. Public once the consultation is."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="files", verbose_name="意见征集"
    )
    public_id = models.UUIDField("网址代号", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", storage=PrivateStorage(), upload_to="consultations/%Y/%m", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField("加入时间")
    removed_at = models.DateTimeField("撤下时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征集附件"
        ordering = ["consultation", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def public_path(self) -> str:
        """The address on the public site."""
        return f"/consultations/files/{self.public_id}/"
