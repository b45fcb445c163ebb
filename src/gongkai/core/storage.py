"""Files that no web server serves: case files are reached only through a view that asks who is asking."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="gongkai.core.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Lies under ``PRIVATE_ROOT`` and has no address: asking for one raises ``ValueError``."""

    @property
    def base_location(self) -> Path:
        """Read each time, so that a test has a folder of its own."""
        return Path(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        """The folder as an absolute path."""
        return str(self.base_location.resolve())

    def url(self, name: str | None) -> str:
        """There is none."""
        message = f"private file has no address: {name}"
        raise ValueError(message)
