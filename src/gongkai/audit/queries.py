"""Reading the record, and proving that nobody touched it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.audit.chain import digest_of
from gongkai.audit.models import FIRST_DIGEST, Entry, Head

if TYPE_CHECKING:
    from django.db import models

    from gongkai.audit.models import EntryQuerySet

CHUNK = 2000


@dataclass(frozen=True)
class Break:
    """Where the chain is broken: the first sequence number that is not as it was written, and how."""

    sequence: int
    problem: str


def entries_about(target: models.Model) -> EntryQuerySet:
    """Everything that was done to one thing, oldest first."""
    return Entry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))  # noqa: SLF001


def verify_chain() -> Break | None:
    """Recompute every digest from the first entry on; the first break found, or None when the chain is whole."""
    sequence, digest = 0, FIRST_DIGEST
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        sequence += 1
        problem = _problem(entry, sequence, digest)
        if problem:
            return Break(sequence, problem)
        digest = entry.digest
    head = Head.objects.filter(pk=Head.ONLY).first() or Head()
    if (head.sequence, head.digest) != (sequence, digest):
        return Break(sequence + 1, f"末尾记录缺失：应有 {head.sequence} 条，实有 {sequence} 条")
    return None


def _problem(entry: Entry, expected: int, previous_digest: str) -> str:
    if entry.sequence != expected:
        return f"缺少第 {expected} 条记录"
    if entry.previous_digest != previous_digest:
        return "与上一条记录的摘要不衔接"
    if entry.digest != digest_of(entry.sealed_values()):
        return "内容与摘要不符，记录被改动过"
    return ""
