"""What every request and every answer passes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_cache_control

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
PRIVATE_PATHS = ("/console/", "/accounts/")
FORM_ALLOWANCE = 1024 * 1024  # the text fields and the multipart borders around the files


class TrustedProxyMiddleware:
    """Put the client's own address into REMOTE_ADDR when we stand behind known proxies.

    Each trusted proxy appends the address it saw; what stands further left was written by the client and is
    not to be believed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Correct the address, then go on."""
        trusted = settings.GONGKAI_TRUSTED_PROXIES
        seen = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
        ]
        if trusted and len(seen) >= trusted:
            request.META["REMOTE_ADDR"] = seen[-trusted]
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """The headers Django does not set, and no copies of private pages in shared caches or browser history."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to whatever answer comes back."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(PRIVATE_PATHS):
            patch_cache_control(response, private=True, no_store=True)
        return response


class UploadLimitMiddleware:
    """Refuse a request that announces more than the limit before a byte of it is read.

    A WSGI server hands over no more than the announced length, so the announcement is enough.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or answer 413."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.GONGKAI_UPLOAD_LIMIT
        if announced.isdigit() and int(announced) <= limit + FORM_ALLOWANCE:
            return self.get_response(request)
        return render(request, "413.html", {"limit_mb": limit // 1024 // 1024}, status=413)
