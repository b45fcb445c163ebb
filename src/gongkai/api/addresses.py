"""Addresses as they are given out: whole, because an answer travels without its page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

ROOT = "/api/v1"


def whole(request: HttpRequest, path: str) -> str:
    """A path of this site with its host."""
    return request.build_absolute_uri(path)


def root_of(request: HttpRequest) -> str:
    """What stands before every path."""
    return request.build_absolute_uri("/").rstrip("/")


def next_page(request: HttpRequest, cursor: str) -> str | None:
    """The address of the next stretch: the same question from another place; None at the end."""
    if not cursor:
        return None
    asked = {name: value for name, value in request.GET.items() if name != "cursor"}
    return whole(request, f"{request.path}?{urlencode({**asked, 'cursor': cursor})}")


def api_path(name: str, *args: object, **kwargs: object) -> str:
    """The path of an address of the interface."""
    return reverse(f"api:{name}", args=args or None, kwargs=kwargs or None)
