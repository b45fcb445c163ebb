"""Uploads that never touch the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemoryUploads(MemoryFileUploadHandler):
    """Keep every file in memory, however large.

    Django's own handler steps aside for large requests and leaves them to one that writes temporary files. How much
    may arrive at all is the business of ``UploadLimitMiddleware``.
    """

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> None:
        """Always take the files."""
        self.activated = True
