"""Imports of many documents, what is wrong with their rows, and where each imported document came from."""

from __future__ import annotations

from django.db import models

from gongkai.core.storage import PrivateStorage
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.importing.enums import ImportKind, JobState, OnChange
from gongkai.disclosure.models.documents import Document
from gongkai.disclosure.models.editions import Edition
from gongkai.organisations.models import Body, Officer


class ImportJob(models.Model):
    """One import, with its checkpoint: ``position`` rows of ``total`` are in, the next begins at byte ``offset``."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="imports", verbose_name="机关")
    kind = models.CharField("来源类别", max_length=20, choices=ImportKind.choices)
    name = models.CharField("来源", max_length=300)
    origin = models.CharField(
        "来源系统",
        max_length=80,
        blank=True,
        help_text="旧网站或旧系统的简称；同一系统的各次导入应当一致，用来识别重复",
    )
    address = models.CharField("网址", max_length=500, blank=True)
    path = models.CharField("本机文件", max_length=500, blank=True, editable=False)
    folder = models.CharField("本机附件目录", max_length=500, blank=True, editable=False)
    file = models.FileField(
        "表格", storage=PrivateStorage(), upload_to="imports/%Y/%m", max_length=200, blank=True
    )
    archive = models.FileField(
        "附件压缩包", storage=PrivateStorage(), upload_to="imports/%Y/%m", max_length=200, blank=True
    )
    staged = models.FileField(
        "待导入的行",
        storage=PrivateStorage(),
        upload_to="imports/%Y/%m",
        max_length=200,
        blank=True,
        editable=False,
    )
    mapping = models.JSONField("栏目对应", default=dict, blank=True)
    default_kind = models.CharField(
        "未写类别时的类别", max_length=20, choices=DocumentKind.choices, blank=True
    )
    on_change = models.CharField(
        "以前导入过、内容有变的行", max_length=20, choices=OnChange.choices, default=OnChange.REPORT
    )
    skip_wrong = models.BooleanField("跳过有错误的行", default=False)
    amendment = models.CharField("更正理由", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=JobState.choices, default=JobState.NEW, editable=False
    )
    stop_wanted = models.BooleanField("要求停止", default=False, editable=False)
    total = models.PositiveIntegerField("可以导入的行数", default=0, editable=False)
    position = models.PositiveIntegerField("已处理的行数", default=0, editable=False)
    offset = models.PositiveBigIntegerField("下一行的位置（字节）", default=0, editable=False)
    imported = models.PositiveIntegerField("新导入", default=0, editable=False)
    revised = models.PositiveIntegerField("更新为新版本", default=0, editable=False)
    unchanged = models.PositiveIntegerField("以前已导入，无变化", default=0, editable=False)
    changed = models.PositiveIntegerField("以前已导入，内容有变，未改动", default=0, editable=False)
    wrong = models.PositiveIntegerField("有错误的行数", default=0, editable=False)
    findings = models.PositiveIntegerField("有待核对问题的行数", default=0, editable=False)
    files = models.PositiveIntegerField("附件", default=0, editable=False)
    years = models.JSONField("涉及的年度", default=list, editable=False)
    failure = models.CharField("中断原因", max_length=500, blank=True, editable=False)
    holder = models.CharField("执行者", max_length=200, blank=True, editable=False)
    held_until = models.DateTimeField("执行者的期限", null=True, blank=True, editable=False)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建立人"
    )
    checked_at = models.DateTimeField("检查完成时间", null=True, blank=True, editable=False)
    started_at = models.DateTimeField("开始导入时间", null=True, blank=True, editable=False)
    started_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准导入人"
    )
    finished_at = models.DateTimeField("完成时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "批量导入"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["body", "-made_at"], name="import_job_body")]

    def __str__(self) -> str:
        return self.name


class ImportProblem(models.Model):
    """Something about one row of the source: an error, which keeps the row out, or a remark."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="problems", verbose_name="批量导入")
    row = models.PositiveIntegerField("行")
    column = models.CharField("栏目", max_length=60, blank=True)
    code = models.CharField("代码", max_length=40)
    message = models.CharField("问题", max_length=400)
    remedy = models.CharField("处理办法", max_length=300, blank=True)
    is_error = models.BooleanField("是错误", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入检查结果"
        ordering = ["job", "row", "pk"]
        indexes = [models.Index(fields=["job", "-is_error", "row", "id"], name="import_problem_listed")]

    def __str__(self) -> str:
        return f"第{self.row}行 {self.message}"


class ImportedSource(models.Model):
    """Where an imported document came from. ``key`` makes sure that a row of a source becomes one document."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    key = models.CharField("来源特征", max_length=64)
    digest = models.CharField("内容特征", max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, related_name="imported_from", verbose_name="文件")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="版本")
    job = models.ForeignKey(ImportJob, models.PROTECT, related_name="sources", verbose_name="批量导入")
    row = models.PositiveIntegerField("行")
    link = models.CharField("原网址", max_length=500, blank=True)
    old_index = models.CharField("原索引号", max_length=80, blank=True)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "导入来源"
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.document}（{self.job}第{self.row}行）"
