"""How a view of the public site answers: the page, and whose changes make it another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from gongkai.organisations.models import Body
from gongkai.portal.freshness import remembered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

Crumbs = list[tuple[str, str]]


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    body: Body | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. With ``body`` it holds as long as nothing public changed in that body, otherwise in any."""
    if body is not None:
        context.setdefault("body", body)
    response = render(request, template, context, status=status)
    response.body_seen = body.pk if body is not None else None  # type: ignore[attr-defined]
    return response


def body_named(slug: str) -> Body:
    """A body in use. Raises ``Http404``."""
    found = remembered(("body", slug), lambda: Body.objects.filter(slug=slug, is_active=True).first())
    if found is None:
        raise Http404
    return found


def body_of(key: int) -> Body:
    """A body by its key, in use or not; for reading alone, as many pages share it."""
    return remembered(("body", key), lambda: Body.objects.get(pk=key))


def crumbs_to(body: Body, *ways: tuple[str, str]) -> Crumbs:
    """From the front page through the body to this page, whose own address is ""."""
    return [
        ("首页", reverse("portal:home")),
        (body.display_name, reverse("portal:body", args=[body.slug])),
        *ways,
    ]


def absolute(request: HttpRequest, path: str) -> str:
    """The address with its host. A copy of the site has one of its own, or none yet: then ""."""
    root = getattr(request, "public_root", None)
    if root is None:
        return request.build_absolute_uri(path)
    return f"{root}{path}" if root else ""


def is_known(request: HttpRequest) -> bool:
    """Whether the reader carries anything that may make a page his own."""
    cookies = request.COOKIES
    return settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies
