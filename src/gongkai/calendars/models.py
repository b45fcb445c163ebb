"""The State Council's arrangement of a year, entered by an administrator when it is announced.

The years the product knows by itself live in ``law``; a row here adds a year or replaces one.
"""

from __future__ import annotations

from django.db import models

from gongkai.organisations.models import Officer


class EnteredArrangement(models.Model):
    """One version of one year's arrangement. The newest of a year counts; older ones stay to be seen."""

    year = models.PositiveSmallIntegerField("年份")
    notice = models.CharField("通知名称及文号", max_length=200)
    holidays = models.JSONField("放假", help_text="[{name, first, last}]，日期为 YYYY-MM-DD")
    workdays = models.JSONField("调休上班", help_text="[{day, name}]")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="录入人")

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"
