"""Where the next stretch of a list begins, as a word that means nothing to who carries it.

It holds the values of the last row by which the list is ordered, so that rows that come or go meanwhile neither repeat
nor hide others, and a page far down costs what the first one costs.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from typing import Any

from gongkai.api.problems import wrong

LARGEST = 2**63 - 1
LONGEST = 400
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
LATEST = int((dt.datetime(9999, 1, 1, tzinfo=dt.UTC) - EPOCH) / MICROSECOND)


def packed(name: str, *values: int | str) -> str:
    """The word for a position in the list of this name."""
    text = json.dumps([name, *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpacked(name: str, word: str, kinds: tuple[type, ...]) -> list[Any]:
    """The values again. Raises ``ProblemError`` for a word that is not ours or belongs to another list."""
    try:
        raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        found = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError):
        raise _not_ours() from None
    if not isinstance(found, list) or len(found) != len(kinds) + 1 or found[0] != name:
        raise _not_ours()
    values = found[1:]
    for value, kind in zip(values, kinds, strict=True):
        if type(value) is not kind or not _fits(value):
            raise _not_ours()
    return values


def _fits(value: object) -> bool:
    if isinstance(value, int):
        return -LARGEST <= value <= LARGEST
    return isinstance(value, str) and "\0" not in value and len(value) <= LONGEST


def _not_ours() -> Exception:
    return wrong("cursor", "不是本接口给出的游标；请原样使用上一页的 next，或者去掉它从头读取")


def number_of(moment: dt.datetime) -> int:
    """A moment in microseconds, so that nothing of it is lost."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(number: int) -> dt.datetime:
    """The moment again. Raises ``ProblemError`` beyond any calendar."""
    if not 0 <= number <= LATEST:
        raise _not_ours()
    return EPOCH + number * MICROSECOND
