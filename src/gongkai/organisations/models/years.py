"""Locked years: once a year's report is published, its records change only as a recorded amendment."""

from __future__ import annotations

from django.db import models

from gongkai.organisations.models.bodies import Body
from gongkai.organisations.models.officers import Officer


class YearLock(models.Model):
    """The records of a body's year are closed, because its report was published."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="year_locks", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    locked_at = models.DateTimeField("锁定时间")
    locked_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="锁定人")

    class Meta:
        verbose_name = verbose_name_plural = "年度锁定"
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="year_lock_once")]

    def __str__(self) -> str:
        return f"{self.body.display_name} {self.year}"
