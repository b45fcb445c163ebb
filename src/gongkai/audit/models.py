"""The record of every act: rows are added, never changed, each sealed with a digest over the one before."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

NAME_LENGTH = 200
TARGET_NAME_LENGTH = 500
DIGEST_LENGTH = 64  # SHA-256 in hexadecimal
FIRST_DIGEST = "0" * DIGEST_LENGTH  # what stands before the first entry


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an audit entry."""


REFUSAL = "审计记录只能追加，不能修改或删除"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reading is free; changing is refused."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError(REFUSAL)

    def delete(self) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError(REFUSAL)


class Entry(models.Model):
    """One act: who did what to which thing, when and why. Names are kept as they were at that moment."""

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
    )
    actor_name = models.CharField("操作人姓名", max_length=NAME_LENGTH)
    body = models.ForeignKey(
        "organisations.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    verb = models.CharField("行为", max_length=120, db_index=True)
    target_type = models.CharField("对象类型", max_length=120)
    target_id = models.CharField("对象编号", max_length=64)
    target_name = models.CharField("对象名称", max_length=TARGET_NAME_LENGTH)
    detail = models.JSONField("变更内容", default=dict, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)
    previous_digest = models.CharField("上一条摘要", max_length=DIGEST_LENGTH)
    digest = models.CharField("摘要", max_length=DIGEST_LENGTH, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("target_type", "target_id", "sequence"), name="audit_entry_by_target"),
            models.Index(fields=("body", "sequence"), name="audit_entry_by_body"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor_name} {self.verb} {self.target_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add a new entry. Raises AppendOnlyError for one that is already kept."""
        if not self._state.adding:
            raise AppendOnlyError(REFUSAL)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError(REFUSAL)

    def sealed_values(self) -> dict[str, Any]:
        """Everything the digest covers."""
        return {
            "sequence": self.sequence,
            "at": _instant(self.at),
            "actor": self.actor_id,
            "actor_name": self.actor_name,
            "body": self.body_id,
            "verb": self.verb,
            "target_type": self.target_type,
            "target_id": self.target_id,
            "target_name": self.target_name,
            "detail": self.detail,
            "reason": self.reason,
            "previous_digest": self.previous_digest,
        }


class Head(models.Model):
    """The end of the chain, in one row: what appending locks, and what shows that the tail was cut off."""

    ONLY = 1

    sequence = models.PositiveBigIntegerField("最后序号", default=0)
    digest = models.CharField("最后摘要", max_length=DIGEST_LENGTH, default=FIRST_DIGEST)

    class Meta:
        verbose_name = verbose_name_plural = "审计链末端"
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one_row"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
