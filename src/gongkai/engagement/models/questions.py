"""问答库: questions people ask, with the body's answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models import Document
from gongkai.engagement.enums import FaqState
from gongkai.organisations.models import Body, Officer, Unit


class FaqEntry(models.Model):
    """A question with its answer, on the site once somebody other than its writer released it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="faq_entries", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="答复机构")
    topic = models.CharField("专题", max_length=40)
    question = models.CharField("问题", max_length=300)
    answer = models.TextField("答复（HTML）")
    keywords = models.CharField("其他说法", max_length=200, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="faq_entries", verbose_name="依据的文件"
    )
    state = models.CharField(
        "状态", max_length=20, choices=FaqState.choices, default=FaqState.DRAFT, editable=False
    )
    written_at = models.DateTimeField("写成时间")
    written_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问答"
        ordering = ["body", "topic", "pk"]
        indexes = [
            models.Index(
                fields=["body", "topic"], condition=Q(state=FaqState.PUBLISHED), name="faq_published"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "question"],
                name="faq_question_once",
                violation_error_message="问答库中已有同样的问题",
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def public_path(self) -> str:
        """The address on the public site."""
        return f"/questions/{self.pk}/"
