"""Officers and the posts they hold. What an officer may do comes from posts, never from the account itself."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from gongkai.organisations.enums import Role
from gongkai.organisations.models.bodies import Body, Unit


class Officer(AbstractUser):
    """A person who signs in."""

    name = models.CharField("姓名", max_length=40)
    is_demo = models.BooleanField("演示账号", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def name_for_record(self) -> str:
        """The name frozen into the audit record."""
        return f"{self.name}（{self.username}）" if self.name else self.username


class Post(models.Model):
    """An officer's role in a body, from a day to a day."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts", verbose_name="人员")
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="内设机构"
    )
    role = models.CharField("岗位", max_length=20, choices=Role.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["body", "officer"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "body", "role"],
                condition=Q(until__isnull=True),
                name="post_once",
                violation_error_message="该人员在此机关已有同样的岗位",
            ),
            models.CheckConstraint(
                name="post_dates",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="岗位终止日不得早于起始日",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.body.display_name} · {self.get_role_display()}"
