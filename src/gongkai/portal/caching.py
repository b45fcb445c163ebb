"""Public pages are remembered whole, and a browser that has one asks whether it still holds.

``public_page`` marks a view whose page is the same for everybody who looks at it in the same way. The middleware
stands before sessions, forms and everything else: a page that is known costs one look at the record of acts.
A reader who is signed in, has filled in a form or is owed a message never gets, and never leaves, a remembered page.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from gongkai.core.appearance import COOKIE, Appearance
from gongkai.portal.freshness import enabled, watch
from gongkai.portal.pages import is_known
from gongkai.portal.short_way import ShortWay

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]
    GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST = 300.0  # seconds a page is remembered at most: what changes by the clock alone shows after that
LARGEST = 512 * 1024  # bytes of a page worth remembering
KEPT_STATUSES = frozenset({200, 301, 410, 451})
PRIVATE = ("/console/", "/accounts/", "/static/", "/healthz")
LEVEL = 5
SHARED = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cross-Origin-Resource-Policy")
"""What a page of another site needs to read an answer, a 304 too."""
SHORT = 1000  # bytes; less is not worth packing
TEXTUAL = (
    "text/",
    "application/xml",
    "application/json",
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/ld+json",
    "image/svg+xml",
)


def public_page(view: View) -> View:
    """A page for everybody: it may be remembered, and it answers whether a copy still holds."""

    @wraps(view)
    def seen(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.streaming or response.status_code not in KEPT_STATUSES:
            return response
        response.headers["ETag"] = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
        changed = getattr(response, "last_changed", None)
        if changed is not None:
            response.headers["Last-Modified"] = http_date(changed.timestamp())
        response.headers["Cache-Control"] = "private, no-cache" if is_known(request) else "public, no-cache"
        response.is_public = True  # type: ignore[attr-defined]
        return response

    safe = require_safe(seen)
    safe.is_public_page = True  # type: ignore[attr-defined]
    return safe


@dataclass(slots=True)
class Page:
    """A remembered answer, with the stamp and the day it was made under."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    packs: bool
    body: int | None
    stamp: int
    day: object
    until: float
    _packed: bytes = b""

    @property
    def packed(self) -> bytes:
        """Compressed, for the first reader who can unpack it."""
        if not self._packed:
            self._packed = gzip.compress(self.content, LEVEL, mtime=0)
        return self._packed

    @property
    def weight(self) -> int:
        """Bytes it takes; compressed it is about a third."""
        return len(self.content) * 4 // 3 + 1024


class Shelf:
    """The pages a worker remembers, the least recently read forgotten first when the room is full."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._weight = 0

    def find(self, key: tuple[str, ...]) -> Page | None:
        """The page under a key if nothing public changed since."""
        page = self._pages.get(key)
        if page is None:
            return None
        if page.stamp == watch.stamp(page.body) and page.until > time.monotonic() and page.day == today():
            with self._lock:
                if key in self._pages:
                    self._pages.move_to_end(key)
            return page
        self.drop(key)
        return None

    def keep(self, key: tuple[str, ...], page: Page) -> None:
        """Remember a page."""
        with self._lock:
            old = self._pages.pop(key, None)
            self._weight += page.weight - (old.weight if old else 0)
            self._pages[key] = page
            while self._weight > settings.GONGKAI_PAGE_CACHE and self._pages:
                self._weight -= self._pages.popitem(last=False)[1].weight

    def drop(self, key: tuple[str, ...]) -> None:
        """Forget one page."""
        with self._lock:
            old = self._pages.pop(key, None)
            self._weight -= old.weight if old else 0

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._pages.clear()
            self._weight = 0


shelf = Shelf()


def today() -> object:
    """The local day: at midnight documents come into force and lapse."""
    return timezone.localdate()


class PublicPagesMiddleware:
    """Answer from memory where a page is known; remember the public pages that go out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._short = ShortWay()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Known: answered here. Otherwise on, and the answer is kept if it is everybody's."""
        if not enabled() or request.method not in {"GET", "HEAD"} or request.path.startswith(PRIVATE):
            return self._on(request)
        try:
            watch.look()
        except DatabaseError:
            return self._on(request)
        if is_known(request):
            return self._on(request)
        key = _key(request)
        page = shelf.find(key)
        if page is not None:
            return _answer(request, page)
        day, before = today(), watch.stamp()
        response = self._short.answer(request) or self.get_response(request)
        if not getattr(response, "is_public", False) or not _keepable(response):
            return conditional(request, response)
        made = _page(response, day)
        # What changed while the page was being made, and was seen by another thread, may be missing from it.
        if watch.stamp() == before:
            shelf.keep(key, made)
        return _sent(request, made, response)

    def _on(self, request: HttpRequest) -> HttpResponse:
        return conditional(request, self.get_response(request))


def _key(request: HttpRequest) -> tuple[str, ...]:
    """What tells two remembered pages apart. The host is checked when the page is made, never when it is found."""
    meta = request.META
    return (
        request.scheme or "",
        meta.get("HTTP_HOST", ""),
        request.path,
        meta.get("QUERY_STRING", ""),
        Appearance.named(request.COOKIES.get(COOKIE)).value,
    )


def _keepable(response: HttpResponse) -> bool:
    return not response.cookies and len(response.content) <= LARGEST and "ETag" in response.headers


def _page(response: HttpResponse, day: object) -> Page:
    content = response.content
    textual = response.headers.get("Content-Type", "").startswith(TEXTUAL)
    packs = textual and len(content) > SHORT
    if packs:
        patch_vary_headers(response, ["Accept-Encoding"])
    body = getattr(response, "body_seen", None)
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    until = time.monotonic() + LONGEST
    return Page(response.status_code, headers, content, packs, body, watch.stamp(body), day, until)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """A remembered page."""
    response = HttpResponse(page.content, status=page.status)
    for name, value in page.headers:
        response.headers[name] = value
    return _sent(request, page, response)


def _sent(request: HttpRequest, page: Page, response: HttpResponse) -> HttpResponse:
    """The page as it goes out: 304 for one who has it, packed for one who can unpack it."""
    meta = request.META
    packed = page.packs and "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
    content = page.packed if packed else page.content
    if packed:
        response.content = content
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(content))
    if "HTTP_IF_NONE_MATCH" in meta or "HTTP_IF_MODIFIED_SINCE" in meta:
        return conditional(request, response)
    return response


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 when it says what it is and the reader has just that."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:  # noqa: PLR2004
        return response
    etag, changed = response.headers.get("ETag"), response.headers.get("Last-Modified")
    if etag is None and changed is None:
        return response
    moment = parse_http_date_safe(changed) if changed else None
    found = get_conditional_response(request, etag=etag, last_modified=moment, response=response) or response
    for name in SHARED:
        if name in response.headers:
            found.headers[name] = response.headers[name]
    return found
