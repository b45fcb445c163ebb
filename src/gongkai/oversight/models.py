"""Reminders about the catalogue: to whom, of which items, on which day; given once a day at most."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.organisations.models import Body, Officer, Unit


class CoverageReminder(models.Model):
    """What an officer was told of a unit's items. ``items`` are their keys with the state they were in."""

    officer = models.ForeignKey(
        Officer, models.PROTECT, related_name="coverage_reminders", verbose_name="提醒对象"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="coverage_reminders", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="责任机构")
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=300)
    items = models.JSONField("事项", default=dict)
    given_at = models.DateTimeField("提醒时间")
    given_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="催办人"
    )
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开事项提醒"
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(
                fields=["officer"], condition=Q(read_at__isnull=True), name="coverage_reminder_unread"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "body", "unit", "on"],
                condition=Q(unit__isnull=False),
                name="coverage_reminder_once",
                violation_error_message="今天已经提醒过",
            ),
            models.UniqueConstraint(
                fields=["officer", "body", "on"],
                condition=Q(unit__isnull=True),
                name="coverage_reminder_once_no_unit",
                violation_error_message="今天已经提醒过",
            ),
        ]

    def __str__(self) -> str:
        return self.text
