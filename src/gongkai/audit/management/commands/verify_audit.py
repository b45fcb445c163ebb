"""Prove that nobody touched the record."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.audit.models import Head
from gongkai.audit.queries import verify_chain


class Command(BaseCommand):
    """Recompute the whole chain; exit status 1 where it is broken."""

    help = "核对审计记录是否被改动或删除；完好时打印末条摘要，可另行抄存备查"

    def handle(self, *_: Any, **__: Any) -> None:
        """Print the verdict. Raises CommandError with the first broken entry."""
        broken = verify_chain()
        if broken is not None:
            message = f"审计链在第 {broken.sequence} 条断裂：{broken.problem}"
            raise CommandError(message)
        head = Head.objects.filter(pk=Head.ONLY).first() or Head()
        self.stdout.write(f"审计记录完好，共 {head.sequence} 条，末条摘要 {head.digest}")
