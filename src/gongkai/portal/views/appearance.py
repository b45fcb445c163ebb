"""The switch 标准 / 高对比 / 适老 and the page that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.core.appearance import COOKIE, COOKIE_AGE, Appearance

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ABOUT = {
    Appearance.STANDARD: "正文18像素，纸白底色，适合多数读者。",
    Appearance.CONTRAST: "黑字白底，线条加粗，适合视力较弱或在强光下阅读。",
    Appearance.ELDER: "字号不小于24像素，按钮加大，内容排成一列，适合年长的读者。",
}


@require_safe
def appearance(request: HttpRequest) -> HttpResponse:
    """With ``mode``: keep the choice in a cookie and go back to ``next``. Without: explain the choices."""
    target = _way_back(request)
    mode = request.GET.get("mode")
    if mode not in Appearance.values:
        choices = [{"mode": choice, "about": about} for choice, about in ABOUT.items()]
        return render(request, "portal/appearance.html", {"choices": choices, "next": target})
    response = redirect(target)
    response.set_cookie(
        COOKIE, mode, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response


def _way_back(request: HttpRequest) -> str:
    """The page the reader came from, if it is one of ours."""
    target = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else reverse("portal:appearance")
