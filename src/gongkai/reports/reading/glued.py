# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Numbers that lost the spaces between them: ``0000000`` under seven columns, ``210000021``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

LONGEST = 24
"""Digits of a row; the ways to cut more of them are too many to try."""


@lru_cache(maxsize=4096)
def split_glued(text: str, width: int) -> tuple[str, ...]:
    """Cut a run of digits into ``width`` numbers when there is only one way to do it, else nothing.

    A row of seven must end in the sum of the six before it, a row of fifteen must be made of single digits.
    """
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or not width <= len(digits) <= LONGEST or width < 5:
        return ()
    if len(digits) == width and (set(digits) == {"0"} or width != 7):
        return tuple(digits)
    if width != 7:
        return ()
    ways = []
    for way in _ways(digits, width):
        ways.append(way)
        if len(ways) > 1:
            return ()
    return tuple(str(number) for number in ways[0]) if ways else ()


def _ways(digits: str, width: int) -> Iterator[list[int]]:
    """All ways to cut the digits so that the last number is the sum of the others."""
    for tail in range(1, len(digits) - width + 2):
        last = digits[-tail:]
        if len(last) > 1 and last[0] == "0":
            continue
        yield from ([*way, int(last)] for way in _parts(digits[:-tail], width - 1, int(last)))


def _parts(digits: str, width: int, total: int) -> Iterator[list[int]]:
    if width == 1:
        if digits and (len(digits) == 1 or digits[0] != "0") and int(digits) == total:
            yield [total]
        return
    for length in range(1, len(digits) - width + 2):
        head = digits[:length]
        if length > 1 and head[0] == "0":
            break
        if int(head) > total:
            break
        for rest in _parts(digits[length:], width - 1, total - int(head)):
            yield [int(head), *rest]
