"""Who acts. An act takes an officer, or ``SYSTEM`` for what the clock or an import does by itself."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """Anything that can be named as the one who did it."""

    @property
    def pk(self) -> int | None:
        """The key of the officer; None for who is in no table."""

    @property
    def name_for_record(self) -> str:
        """The name frozen into the audit record."""


class _System:
    pk: int | None = None

    @property
    def name_for_record(self) -> str:
        return "系统"


SYSTEM = _System()
"""The actor of scheduled work and imports."""
