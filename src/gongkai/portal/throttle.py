"""How often one address may ask for something that costs the server work."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WINDOW = 60  # seconds
TOO_MANY_REQUESTS = 429


def seconds_to_wait(request: HttpRequest, name: str, *, limit: int) -> int:
    """Count this request; 0 while its address stays within ``limit`` per minute, else the seconds until the next."""
    now = int(time.time())
    key = f"throttle:{name}:{request.META.get('REMOTE_ADDR', '')}:{now // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # evicted between the two calls
        return 0
    return 0 if count <= limit else WINDOW - now % WINDOW


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that asks for patience."""
    response = render(request, "429.html", {"wait": wait}, status=TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(wait)
    return response
