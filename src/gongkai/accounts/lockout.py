"""Counting wrong passwords, and the page for one who guessed too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TOO_MANY_REQUESTS = 429


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name failures are counted under: the account's own, whether it was typed in capitals or as an e-mail.

    axes asks at the failure with allauth's words and before the next try with its own; unless both get the same
    answer, nobody is ever locked out.
    """
    given = credentials or {}
    typed = (
        given.get("login") or given.get("username") or given.get("email") or request.POST.get("login") or ""
    )
    name = str(typed).strip().casefold()
    if "@" not in name:
        return name
    owners = get_user_model()._default_manager.filter(email__iexact=name).values_list("username", flat=True)  # noqa: SLF001
    return next(iter(owners[:1]), name).casefold()


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
