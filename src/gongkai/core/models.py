"""Counters of numbers, counts of what is asked too often, and the cache all worker processes share."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """The last number given out in one series; advanced only by ``numbering.next_number``, never read-then-written."""

    series = models.CharField("序列", max_length=120, unique=True)
    last = models.PositiveBigIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号计数器"

    def __str__(self) -> str:
        return f"{self.series}:{self.last}"


class Rate(models.Model):
    """How often something was asked for in one window of time; counted only by ``rates.count``."""

    slot = models.CharField("摘要", max_length=64, primary_key=True)
    hits = models.PositiveIntegerField("次数")
    ends = models.PositiveBigIntegerField("结束时刻", db_index=True)  # seconds since 1970

    class Meta:
        verbose_name = verbose_name_plural = "访问计数"

    def __str__(self) -> str:
        return f"{self.slot[:8]}:{self.hits}"


class CacheEntry(models.Model):
    """The table of Django's database cache, so that it comes with the migrations and needs no step of its own."""

    cache_key = models.CharField("键", max_length=255, primary_key=True)
    value = models.TextField("值")
    expires = models.DateTimeField("到期", db_index=True)

    class Meta:
        db_table = "core_cache"
        verbose_name = verbose_name_plural = "共享缓存"

    def __str__(self) -> str:
        return self.cache_key
