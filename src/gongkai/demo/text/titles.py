"""Titles, each used once a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random

from gongkai.demo.text.words import ACTIVITIES, SCHOOLS, SLOTS

SLOT = re.compile(r"\{(\w+)\}")
TRIES = 200


@dataclass
class Titles:
    """Makes titles for a year and remembers which are taken."""

    rng: Random
    year: int
    taken: set[str] = field(default_factory=set)

    def make(self, template: str, month: int | None = None) -> str:
        """The template filled in, unlike every title made before; ``month`` is when it appears."""
        title = ""
        for _ in range(TRIES):
            title = self._fill(template, month)
            if title not in self.taken:
                break
        else:
            title = self._numbered(title)
        self.taken.add(title)
        return title

    def _numbered(self, title: str) -> str:
        number = 2
        while f"{title}（之{number}）" in self.taken:
            number += 1
        return f"{title}（之{number}）"

    def _fill(self, template: str, month: int | None) -> str:
        fixed = {"year": str(self.year), "lastyear": str(self.year - 1)}
        if month is not None:
            fixed |= season_of(month)
        return SLOT.sub(lambda found: fixed.get(found[1]) or self.rng.choice(SLOTS[found[1]]), template)

    def news(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """School news in random order: title, school and the months it is likely in."""
        pairs = list(product(SCHOOLS, ACTIVITIES))
        for school, (activity, months) in self.rng.sample(pairs, len(pairs)):
            yield f"{school}{activity}", school, months


def season_of(month: int) -> dict[str, str]:
    """The words for a time of the year, so that a title of July does not speak of spring."""
    return {
        "month": str(month),
        "season": "春季" if month < 7 else "秋季",  # noqa: PLR2004 - from July on schools plan the autumn
        "half": "上半年" if month < 7 else "下半年",  # noqa: PLR2004
        "quarter": SLOTS["quarter"][(month - 1) // 3],
    }
