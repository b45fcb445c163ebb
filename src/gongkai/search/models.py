"""What the index knows of each document it lists. Nothing here is a source: all of it can be made again."""

from __future__ import annotations

from django.db import models

from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body


class Entry(models.Model):
    """A document in the index. Its key says when it was published, so that the newest are met first."""

    id = models.BigIntegerField(primary_key=True)
    document = models.OneToOneField(
        Document, models.CASCADE, related_name="search_entry", db_constraint=False, verbose_name="文件"
    )
    body = models.ForeignKey(Body, models.CASCADE, related_name="+", db_index=False, verbose_name="机关")
    kind = models.CharField("类别", max_length=20)
    subject = models.CharField("主题分类", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("公开年份")
    has_validity = models.BooleanField("有效力状态")
    effective_on = models.DateField("施行日期", null=True)
    valid_until = models.DateField("有效期至", null=True)
    amended_on = models.DateField("修改日期", null=True)
    ended_on = models.DateField("废止（失效）日期", null=True)
    ended_how = models.CharField("终止方式", max_length=20, blank=True)
    title = models.TextField("名称（归一）")
    number = models.TextField("文号和索引号（归一）")
    keywords = models.TextField("关键词（归一）")
    changed_at = models.DateTimeField("最近公开变更时间", null=True)
    version = models.BigIntegerField("归一版本")

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        indexes = [
            models.Index(fields=["body", "-id"], name="search_entry_body"),
            models.Index(fields=["kind", "-id"], name="search_entry_kind"),
            models.Index(fields=["subject", "-id"], name="search_entry_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class Text(models.Model):
    """The canonical text of an entry: title, numbers, keywords, body and text, a line each.

    SQLite needs it to take an entry out of its index again, PostgreSQL to check what its index proposes. On
    PostgreSQL a column of numbers stands beside it (``backends.postgresql``).
    """

    id = models.BigIntegerField(primary_key=True)
    canon = models.TextField("归一文字")
    facets = models.TextField("缩小范围的标记")

    class Meta:
        verbose_name = verbose_name_plural = "检索文字"

    def __str__(self) -> str:
        return self.canon[:40]


class Keyword(models.Model):
    """A keyword of an entry, for suggestions."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="words", db_constraint=False, verbose_name="条目"
    )
    canon = models.CharField("关键词（归一）", max_length=200)
    shown = models.CharField("关键词", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "检索关键词"
        indexes = [models.Index(fields=["canon"], name="search_keyword_canon")]

    def __str__(self) -> str:
        return self.shown


class Rebuild(models.Model):
    """Making the index again: how far it got, so that the next run goes on from there."""

    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    after = models.BigIntegerField("已处理到", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "重建记录"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
