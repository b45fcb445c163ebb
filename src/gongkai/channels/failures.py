"""What can go wrong at a channel, and when to try again."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable

SHORT = 300  # characters of an error that are kept
MOST_ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=6)
JITTER = 0.2
CIRCUIT_OPENS = 5  # failures in a row
FIRST_REST, LONGEST_REST = dt.timedelta(minutes=15), dt.timedelta(hours=6)
IN_ADDRESS = re.compile(
    r"((?:access_token|secret|appsecret|token|signature|password)\W{1,3})[^&\s\"',]+", re.IGNORECASE
)


class ChannelError(Exception):
    """The other side refused, or could not be asked.

    ``retryable``: the same may succeed later. ``unknown``: it may have been done all the same, so look before doing
    it again. ``disconnects``: the credentials or rights are no good, so nothing else will pass either.
    ``by_hand``: a person can do what the machine may not.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        retryable: bool = True,
        retry_after: int | None = None,
        unknown: bool = False,
        disconnects: bool = False,
        by_hand: bool = False,
    ) -> None:
        super().__init__(message)
        self.message, self.code = message, code
        self.retryable = retryable and not disconnects and not by_hand
        self.retry_after, self.unknown = retry_after, unknown
        self.disconnects, self.by_hand = disconnects, by_hand


def redacted(text: str, secrets: Iterable[str]) -> str:
    """Short, on one line, and without any of the channel's secrets."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return " ".join(IN_ADDRESS.sub(r"\1***", text).split())[:SHORT]


def wait_after(attempts: int, *, retry_after: int | None = None, chance: float | None = None) -> dt.timedelta:
    """How long to wait after so many failed attempts: doubled each time, with jitter, never less than asked for."""
    base = min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 20), LONGEST_WAIT)
    drawn = random.random() if chance is None else chance  # noqa: S311 - spreads load, protects nothing
    waited = base * (1 + JITTER * (2 * drawn - 1))
    return max(waited, dt.timedelta(seconds=retry_after)) if retry_after else waited


def rest_after(failures: int) -> dt.timedelta:
    """How long a channel is left alone after so many failures in a row; nothing before the circuit opens."""
    if failures < CIRCUIT_OPENS:
        return dt.timedelta(0)
    return min(FIRST_REST * 2 ** min(failures - CIRCUIT_OPENS, 20), LONGEST_REST)
