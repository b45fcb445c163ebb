"""The entry of 依申请公开 and its guide (条例 art. 12), both made from the body's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.channels.models import Channel
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.numbering import example
from gongkai.law.clock import REPLY_WORKDAYS
from gongkai.law.outcomes import REVIEW_DAYS, REVIEW_FIRST_FROM
from gongkai.portal.foi.doors import DOORS
from gongkai.portal.foi.flow import STEPS, picture
from gongkai.portal.foi.offices import accepting, accepting_body, office_facts, ways

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

Crumbs = list[tuple[str, str]]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which body? Only asked where several take requests."""
    bodies = list(accepting())
    if len(bodies) == 1:
        return redirect("portal:foi_guide", bodies[0].slug)
    return render(request, "portal/foi/choose.html", {"bodies": bodies})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """How to ask this body, what happens then, and what to do when it goes wrong."""
    body = accepting_body(slug)
    context = {
        "body": body,
        "crumbs": crumbs(body),
        "ways": ways(body),
        "facts": office_facts(body),
        "picture": picture(),
        "steps": STEPS,
        "doors": DOORS,
        "kinds": DocumentKind.labels,
        "index_example": example(body, timezone.localdate().year),
        "channels": Channel.objects.filter(body=body, is_active=True),
        "reply_workdays": REPLY_WORKDAYS,
        "review_days": REVIEW_DAYS,
        "review_first": timezone.localdate() >= REVIEW_FIRST_FROM,
    }
    return render(request, "portal/foi/guide.html", context)


def crumbs(body: Body, *more: tuple[str, str]) -> Crumbs:
    """The way here; the last one is this page."""
    guide = ("依申请公开", reverse("portal:foi_guide", args=[body.slug]))
    whole = [(body.display_name, reverse("portal:body", args=[body.slug])), guide, *more]
    return [*whole[:-1], (whole[-1][0], "")]
