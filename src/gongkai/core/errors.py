"""Why something cannot be done, in words for people.

An act first lists *all* obstacles; the page shows them, the act refuses by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One reason why an act is not possible now: a stable code, a Chinese sentence, the remedy, the field if any."""

    code: str
    message: str
    remedy: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.message}{self.remedy and f'（{self.remedy}）'}"


class RefusedError(Exception):
    """An act was refused; ``obstacles`` says why. Nothing was changed."""

    def __init__(self, obstacles: Iterable[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__("；".join(str(obstacle) for obstacle in self.obstacles))


def refuse_if(obstacles: Iterable[Obstacle]) -> None:
    """Raise ``RefusedError`` when there is any obstacle."""
    found = tuple(obstacles)
    if found:
        raise RefusedError(found)
