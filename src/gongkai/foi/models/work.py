"""Who works on a case: assignments, sub-tasks, remarks, reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.foi.models.requests import Request
from gongkai.organisations.models import Officer, Unit


class Assignment(models.Model):
    """A case given to a unit, claimed by one of its officers. The one without an end is the present one."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="assignments", verbose_name="申请")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="承办机构")
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="foi_assignments", verbose_name="承办人"
    )
    assigned_at = models.DateTimeField("交办时间")
    assigned_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办人"
    )
    claimed_at = models.DateTimeField("签收时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    note = models.CharField("交办意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ["request", "assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(ended_at__isnull=True),
                name="assignment_one_present",
                violation_error_message="申请同时只能有一个承办人",
            ),
            models.CheckConstraint(
                name="assignment_to_somebody",
                condition=Q(unit__isnull=False) | Q(officer__isnull=False),
                violation_error_message="交办应写明承办机构或承办人",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.number} → {self.officer or self.unit}"


class Task(models.Model):
    """A sub-task of a case for a unit or an officer, with a due day of its own."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="tasks", verbose_name="申请")
    title = models.CharField("事项", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="协办机构")
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="foi_tasks", verbose_name="协办人"
    )
    due_on = models.DateField("要求完成日期")
    made_at = models.DateTimeField("交办时间")
    made_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办人"
    )
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    result = models.TextField("办理情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "协办事项"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_result_whole",
                condition=Q(done_at__isnull=True) | ~Q(result=""),
                violation_error_message="完成协办事项应写明办理情况",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Remark(models.Model):
    """What officers say to each other about a case; never shown to the applicant."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="remarks", verbose_name="申请")
    text = models.TextField("内容")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, verbose_name="发言人")

    class Meta:
        verbose_name = verbose_name_plural = "办理讨论"
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class ReminderKind(models.TextChoices):
    """Why somebody is reminded."""

    TEN_LEFT = "left_10", "剩10个工作日"
    FIVE_LEFT = "left_5", "剩5个工作日"
    TWO_LEFT = "left_2", "剩2个工作日"
    DUE = "due", "今天到期"
    OVERDUE = "overdue", "已逾期"
    UNCLAIMED = "unclaimed", "交办后无人签收"
    TASK_DUE = "task_due", "协办事项到期"
    DISPUTE = "dispute", "复议诉讼期限"
    DUTY = "duty", "公开义务期限"
    PUBLIC = "public", "互动交流期限"


class Reminder(models.Model):
    """A reminder given once: to whom, about what, for which day."""

    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name="申请"
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="reminders", verbose_name="提醒对象")
    kind = models.CharField("提醒", max_length=20, choices=ReminderKind.choices)
    text = models.CharField("内容", max_length=300)
    on = models.DateField("所指日期")
    sent_at = models.DateTimeField("提醒时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "officer", "kind", "on"], name="reminder_once"),
            models.CheckConstraint(
                name="reminder_read_after", condition=Q(read_at__isnull=True) | Q(read_at__gte=F("sent_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.text
