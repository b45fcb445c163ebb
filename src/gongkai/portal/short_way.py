"""The short way of a public page: only what its answer needs, for a reader who carries nothing.

Sessions, forms, messages, sign-in and its guards have nothing to say to him, and looking is most of what they do.
``SHORT_WAY`` names the parts that every answer passes through; tests hold the answers of both ways side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from gongkai.core.appearance import COOKIE, Appearance

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    GetResponse = Callable[[HttpRequest], HttpResponse]

SHORT_WAY = (
    "django.middleware.security.SecurityMiddleware",
    "gongkai.config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


class ShortWay:
    """Answers for views that say they are public pages, and for no others."""

    def __init__(self) -> None:
        way: GetResponse = _nothing
        for name in reversed([one for one in settings.MIDDLEWARE if one in SHORT_WAY]):
            way = import_string(name)(way)
        self._way = way
        self._added: dict[bool, tuple[tuple[str, str], ...]] = {}

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """The page, or ``None`` when the long way has to be taken: another view, an error, a form on the page."""
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
        secure = request.is_secure()
        if not getattr(match.func, "is_public_page", False) or (settings.SECURE_SSL_REDIRECT and not secure):
            return None
        request.resolver_match = match
        request.appearance = Appearance.named(request.COOKIES.get(COOKIE))  # type: ignore[attr-defined]
        try:
            request.get_host()
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception:  # noqa: BLE001 - the long way meets it again and says what is to be said
            return None
        if "CSRF_COOKIE" in request.META:
            return None
        headers = response.headers
        for name, value in self._headers(request, secure=secure):
            headers.setdefault(name, value)
        if headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    def _headers(self, request: HttpRequest, *, secure: bool) -> tuple[tuple[str, str], ...]:
        """What the parts of the way add to an answer: the same for all, so it is found out once."""
        if secure not in self._added:
            own = HttpResponse().headers.keys()
            answer = self._way(request)
            self._added[secure] = tuple((name, value) for name, value in answer.items() if name not in own)
        return self._added[secure]


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(content_type="text/plain")
