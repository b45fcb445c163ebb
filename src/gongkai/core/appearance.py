"""How the pages look to this reader: standard, high contrast, or 适老. A plain cookie; no script, no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COOKIE = "gongkai_appearance"
COOKIE_AGE = 365 * 24 * 3600  # seconds


class Appearance(TextChoices):
    """The three ways a page can look; the value is part of a CSS class."""

    STANDARD = "standard", "标准"
    CONTRAST = "contrast", "高对比"
    ELDER = "elder", "适老"

    @classmethod
    def named(cls, value: str | None) -> Appearance:
        """The one with this value; the standard one for anything else."""
        return cls(value) if value in cls.values else cls.STANDARD

    @property
    def every(self) -> list[Appearance]:
        """All three, for the switch on the page."""
        return list(Appearance)


class AppearanceMiddleware:
    """Put the reader's choice on the request as ``request.appearance``; caches keep the three looks apart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before: read the cookie. After: pages differ by it."""
        request.appearance = Appearance.named(request.COOKIES.get(COOKIE))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response
