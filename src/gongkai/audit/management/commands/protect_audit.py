"""Put the database's protection of the record back in place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from gongkai.audit import triggers


class Command(BaseCommand):
    """For a database restored or altered without its triggers (gongkai.E005)."""

    help = "重建审计表的保护触发器"

    def handle(self, *_: Any, **__: Any) -> None:
        """Create the triggers anew."""
        with connection.schema_editor() as editor:
            triggers.create(None, editor)
        self.stdout.write("审计表的保护触发器已重建。")
