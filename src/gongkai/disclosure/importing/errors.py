"""A source that cannot be read, said in Chinese with the remedy."""

from __future__ import annotations

from gongkai.core.errors import Obstacle, RefusedError


def unreadable(code: str, message: str, remedy: str = "", field: str = "file") -> RefusedError:
    """The refusal; raise it."""
    return RefusedError([Obstacle(code, message, remedy, field)])
