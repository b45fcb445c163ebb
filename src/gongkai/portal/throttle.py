"""How often one address may ask for something that costs the server work or lets one guess: over all workers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from gongkai.core.rates import count

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WINDOW = 60  # seconds
TOO_MANY_REQUESTS = 429


def seconds_to_wait(request: HttpRequest, name: str, *, limit: int) -> int:
    """Count this request; 0 while its address stays within ``limit`` per minute, else the seconds until the next."""
    address = request.META.get("REMOTE_ADDR", "")
    hits, left = count(name, address, at=timezone.now(), window=WINDOW)
    return 0 if hits <= limit else left


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that asks for patience."""
    response = render(request, "429.html", {"wait": wait}, status=TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(wait)
    return response
