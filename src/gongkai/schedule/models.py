"""One table: which job was due when, and what became of it."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """A job at one of its due times. The unique pair is what keeps two schedulers from doing it twice."""

    job = models.CharField("任务", max_length=120)
    due_at = models.DateTimeField("应运行时间")
    queued_at = models.DateTimeField("排队时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    error = models.TextField("错误", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定时任务记录"
        ordering = ("-due_at", "job")
        constraints = (
            models.UniqueConstraint(
                fields=("job", "due_at"),
                name="schedule_run_once_per_due_time",
                violation_error_message="同一任务在同一时间只运行一次。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.job} {self.due_at:%Y-%m-%d %H:%M}"
