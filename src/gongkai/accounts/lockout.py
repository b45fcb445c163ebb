"""The page for one who guessed too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TOO_MANY_REQUESTS = 429


def refuse(
    request: HttpRequest,
    _original: HttpResponse | None = None,
    _credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Say how long to wait; the same page whether or not the account exists."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    response = render(request, "accounts/locked.html", {"minutes": minutes}, status=TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(minutes * 60)
    return response
