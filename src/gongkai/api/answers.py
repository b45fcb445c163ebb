"""Around every answer: who may read it (all), how often, whether the reader already has it, and what a failure says."""

from __future__ import annotations

from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from gongkai.api.problems import ProblemError, nothing_here, of_error, problem
from gongkai.core.rates import count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    View = Callable[..., HttpResponseBase]

WINDOW = 60  # seconds
READ, SEARCH, BULK = "read", "search", "bulk"
SHARES = {READ: 1, SEARCH: 4, BULK: 12}
"""How many plain readings one such request counts for."""
ALLOWED = "GET, HEAD, OPTIONS"
SHOWN = "ETag, Last-Modified, Link, Retry-After, Content-Disposition"
PREFLIGHT_FOR = "86400"


def answered(view: View, *, cost: str = READ, remembered: bool = True) -> View:
    """The view for machines: it never looks at cookies, and anybody's page may read it in a browser."""

    @wraps(view)
    def seen(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(_preflight())
        if request.method not in {"GET", "HEAD"}:
            return _open(_read_only())
        wait = seconds_to_wait(request, cost)
        if wait:
            return _open(_patience(wait))
        # The server leaves the body out of the answer to HEAD; the views need to know GET alone.
        method, request.method = request.method, "GET"
        try:
            response = view(request, *args, **kwargs)
        except ProblemError as error:
            response = of_error(error)
        except Http404:
            response = of_error(nothing_here("这个地址"))
        finally:
            request.method = method
        return _open(_marked(request, response, remembered=remembered))

    seen.csrf_exempt = True  # type: ignore[attr-defined]
    return seen


def seconds_to_wait(request: HttpRequest, cost: str) -> int:
    """Count the request for its address over all workers; 0 while it stays within the limit of a minute."""
    limit = max(1, settings.GONGKAI_API_RATE // SHARES[cost])
    address = request.META.get("REMOTE_ADDR", "")
    hits, left = count(f"api.{cost}", address, at=timezone.now(), window=WINDOW)
    return 0 if hits <= limit else left


def _marked(request: HttpRequest, response: HttpResponseBase, *, remembered: bool) -> HttpResponseBase:
    """What tells whether a copy still holds; the middleware answers 304 by it."""
    if response.status_code != HTTPStatus.OK:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    response.headers["Cache-Control"] = (
        "private, no-cache" if _is_page_of_one(request, response) else "public, no-cache"
    )
    if response.streaming or not isinstance(response, HttpResponse):
        return response
    etag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    changed: dt.datetime | None = getattr(request, "last_changed", None)
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.is_public = remembered  # type: ignore[attr-defined]
    return response


def _is_page_of_one(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A page for people may say something to one who is signed in; data never does."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    return known and response.headers.get("Content-Type", "").startswith("text/html")


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = SHOWN
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response.headers["Allow"] = ALLOWED
    response.headers["Access-Control-Allow-Methods"] = ALLOWED
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Max-Age"] = PREFLIGHT_FOR
    return response


def _read_only() -> HttpResponse:
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, "这个接口只供读取，请使用 GET 或 HEAD。")
    response.headers["Allow"] = ALLOWED
    return response


def _patience(wait: int) -> HttpResponse:
    response = problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"来自这个地址的请求太多，请{wait}秒后再试。需要全部数据的，请下载 /open-data/ 的批量文件。",
    )
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response
