"""What was answered: public concern, and the library of questions with its search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.engagement.enums import FaqState
from gongkai.engagement.models import Concern, FaqEntry
from gongkai.portal.caching import public_page
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.texts import readable

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

PER_PAGE = 20
LONGEST = 60  # characters looked for
MOST_WORDS = 6


def _way(body: Body | None, title: str) -> list[tuple[str, str]]:
    return crumbs_to(body, (title, "")) if body else [("首页", reverse("portal:home")), (title, "")]


@public_page
def concerns(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Public concern that was answered, newest first, with the documents that answer."""
    body = body_named(slug) if slug else None
    rows = Concern.objects.filter(answered_at__isnull=False, body__is_active=True)
    rows = (rows.filter(body=body) if body else rows).select_related("body", "document")
    chosen = Paginator(rows.order_by("-answered_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": chosen,
        "lines": [(one, one.document if _readable(one) else None) for one in chosen],
        "crumbs": _way(body, "回应关切"),
    }
    return page(request, "portal/engagement/concerns.html", context, body=body)


def _readable(row: Concern) -> bool:
    document = row.document
    return document is not None and bool(document.first_published_at) and document.withdrawn_at is None


def published(body: Body | None = None) -> QuerySet[FaqEntry]:
    """The entries of the library the public sees."""
    rows = FaqEntry.objects.filter(state=FaqState.PUBLISHED, body__is_active=True)
    return (rows.filter(body=body) if body else rows).select_related("body")


def looked_for(rows: QuerySet[FaqEntry], text: str) -> QuerySet[FaqEntry]:
    """Entries that have every word somewhere: in the question, the other ways of asking it, or the answer."""
    for word in text[:LONGEST].split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(question__icontains=word) | Q(keywords__icontains=word) | Q(answer__icontains=word)
        )
    return rows


@public_page
def questions(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The library: by topic, or what was looked for."""
    body = body_named(slug) if slug else None
    base = published(body)
    topics = list(base.order_by("topic").values_list("topic", flat=True).distinct()[:100])
    topic, text = request.GET.get("topic", ""), " ".join(request.GET.get("q", "").replace("\0", "").split())
    rows = looked_for(base, text)
    rows = rows.filter(topic=topic) if topic in topics else rows
    here = reverse("portal:body_questions", args=[slug]) if slug else reverse("portal:questions")
    context: dict[str, Any] = {
        "page": Paginator(rows.order_by("topic", "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "topics": topics,
        "topic": topic,
        "text": text[:LONGEST],
        "here": here,
        "crumbs": _way(body, "问答库"),
    }
    return page(request, "portal/engagement/questions.html", context, body=body)


@public_page
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its answer and what it rests on."""
    row = published().select_related("unit", "document").filter(pk=pk).first()
    if row is None:
        raise Http404
    document = row.document
    context: dict[str, Any] = {
        "entry": row,
        "answer": readable(row.answer),
        "document": document
        if document and document.first_published_at and not document.withdrawn_at
        else None,
        "others": list(published(row.body).filter(topic=row.topic).exclude(pk=row.pk).order_by("pk")[:8]),
        "crumbs": crumbs_to(
            row.body, ("问答库", reverse("portal:body_questions", args=[row.body.slug])), (row.question, "")
        ),
    }
    return page(request, "portal/engagement/question.html", context, body=row.body)
