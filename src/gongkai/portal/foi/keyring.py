"""Which cases this browser may look at: opened by number and query code, for half an hour after the last look."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.foi.models import Request

NAME = "foi_cases"
OPEN_SECONDS = 30 * 60


def _opened(request: HttpRequest) -> dict[str, float]:
    now = time.time()
    kept: dict[str, Any] = request.session.get(NAME, {})
    return {key: float(at) for key, at in kept.items() if now - float(at) < OPEN_SECONDS}


def unlock(request: HttpRequest, case: Request) -> None:
    """The code was right. The session gets a new key, so that one handed to the reader beforehand opens nothing."""
    request.session.cycle_key()
    request.session[NAME] = _opened(request) | {str(case.pk): time.time()}


def is_open(request: HttpRequest, key: int) -> bool:
    """Whether the case is open; a look keeps it open."""
    opened = _opened(request)
    if str(key) not in opened:
        return False
    request.session[NAME] = opened | {str(key): time.time()}
    return True


def any_open(request: HttpRequest) -> bool:
    """Whether there is something to sign off from."""
    return bool(request.session.get(NAME)) and bool(_opened(request))


def close_all(request: HttpRequest) -> None:
    """Sign off. An officer's own session goes on."""
    request.session.pop(NAME, None)
