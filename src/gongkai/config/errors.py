"""Error answers that Django gives through a view of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.http import Http404
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without a valid token: nearly always a page left open too long, or cookies turned off."""
    return render(request, "403_csrf.html", status=403)


def no_such_page(request: HttpRequest) -> NoReturn:
    """A page of a library that this site does not have. Raises ``Http404``."""
    raise Http404(request.path)
