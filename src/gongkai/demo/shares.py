"""Split a total into parts that add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts in proportion to the weights whose sum is the total (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def amounts(rng: Random, total: int, count: int, smallest: int) -> list[int]:
    """``count`` uneven amounts of at least ``smallest`` whose sum is the total."""
    weights = [rng.paretovariate(1.3) for _ in range(count)]
    return [smallest + part for part in split(total - smallest * count, weights)]
