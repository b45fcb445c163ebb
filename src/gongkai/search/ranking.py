"""Which of the candidates comes first; pure, and the same on every database."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.search.backends.base import Row
from gongkai.search.query import Phrase

TITLE, NUMBER, KEYWORD = 100, 80, 30
WHOLE_NUMBER = 200
"""A document that bears the number is what was meant, before all that mention it."""
FRONT, COVERS = 20, 60
IN_FORCE = 5


def ranked(rows: Sequence[Row], phrases: Sequence[Phrase]) -> list[Row]:
    """The best first; among equals the last published."""
    patterns = [phrase.pattern for phrase in phrases]
    return sorted(rows, key=lambda row: (-score(row, patterns), -row.id))


def score(row: Row, patterns: Sequence[str]) -> float:
    """How well a document fits: where the words stand, and how much of its title they are."""
    total = 0.0
    title = row.title
    for pattern in patterns:
        at = title.find(pattern)
        if at >= 0:
            total += TITLE + (FRONT if at <= 1 else 0) + COVERS * len(pattern) / len(title)
        if pattern in row.number:
            total += NUMBER + WHOLE_NUMBER * len(pattern) / len(row.number)
        if pattern in row.keywords:
            total += KEYWORD
    return total + (IN_FORCE if row.validity in {"in_force", "amended"} else 0)
