"""What a body says in its guide to disclosure (条例 art. 12) beside what its own data say."""

from __future__ import annotations

from django.db import models

from gongkai.disclosure.enums import GuideSection
from gongkai.organisations.models import Body, Officer


class GuideText(models.Model):
    """A body's words in one section of its guide. Rows are only added: the newest holds, the rest is the history."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="guide_texts", verbose_name="机关")
    section = models.CharField("部分", max_length=20, choices=GuideSection.choices)
    text = models.TextField("补充内容", blank=True)
    at = models.DateTimeField("修改时间")
    by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开指南"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["body", "section", "-at"], name="guide_text_newest")]

    def __str__(self) -> str:
        return f"{self.body}公开指南：{self.get_section_display()}"
