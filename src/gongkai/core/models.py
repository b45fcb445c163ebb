"""Counters: the only table of this room. Numbers are never read-then-written anywhere else."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """The last number given out in one series; advanced only by ``numbering.next_number``."""

    series = models.CharField("序列", max_length=120, unique=True)
    last = models.PositiveBigIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号计数器"

    def __str__(self) -> str:
        return f"{self.series}:{self.last}"
