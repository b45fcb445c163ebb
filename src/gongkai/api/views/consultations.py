"""Consultations: what is asked, and what became of the opinions. Never the opinions themselves, nor who gave them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query

from gongkai.api import shapes
from gongkai.api.addresses import next_page, root_of
from gongkai.api.cursors import packed, unpacked
from gongkai.api.endpoint import MISSING, endpoint
from gongkai.api.lists import body_named
from gongkai.api.problems import nothing_here, wrong
from gongkai.api.schemas import others as schemas
from gongkai.api.schemas.common import LARGEST_KEY
from gongkai.engagement.models import Consultation

TAG = "意见征集"


def released() -> Any:
    """What the public sees, newest first."""
    found = Consultation.objects.filter(released_at__isnull=False, body__is_active=True)
    return found.select_related("body").order_by("-opens_on", "-pk")


def stage(row: Consultation, today: dt.date) -> str:
    """Where it stands in the eyes of the public."""
    if row.feedback_published_on is not None:
        return "answered"
    if today < row.opens_on:
        return "announced"
    return "open" if today <= row.closes_on else "closed"


def in_stage(name: str, today: dt.date) -> Q:
    """The same as a condition."""
    if name == "answered":
        return Q(feedback_published_on__isnull=False)
    dates = {
        "announced": Q(opens_on__gt=today),
        "open": Q(opens_on__lte=today, closes_on__gte=today),
        "closed": Q(closes_on__lt=today),
    }
    return dates[name] & Q(feedback_published_on=None)


def shape(row: Consultation, root: str, today: dt.date) -> dict[str, Any]:
    """A consultation. How many opinions came in is told with what became of them, not before."""
    answered = row.feedback_published_on is not None
    return {
        "id": row.pk,
        "url": f"{root}{row.public_path}",
        "title": row.title,
        "body": shapes.body_ref(row.body),
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "stage": stage(row, today),
        "takes_online": row.takes_online,
        "feedback_published_on": row.feedback_published_on,
        "received": row.received if answered else None,
        "adopted": row.adopted if answered else None,
    }


@endpoint(
    "/consultations",
    response=schemas.Consultations,
    tag=TAG,
    summary="意见征集列表",
    asked=schemas.ConsultationsAsked,
    missing=MISSING,
)
def list_consultations(request: HttpRequest, asked: Query[schemas.ConsultationsAsked]) -> dict[str, Any]:
    """已经发布的意见征集，按开始日期从新到旧。"""
    found, today = released(), timezone.localdate()
    if asked.body:
        found = found.filter(body=body_named(asked.body))
    if asked.stage:
        found = found.filter(in_stage(asked.stage, today))
    if asked.cursor:
        word, key = unpacked("consultations", asked.cursor, (str, int))
        day = _day(word)
        found = found.filter(Q(opens_on__lt=day) | Q(opens_on=day, pk__lt=key))
    rows = list(found[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    cursor = packed("consultations", rows[-1].opens_on.isoformat(), rows[-1].pk) if more else ""
    root = root_of(request)
    return {"items": [shape(row, root, today) for row in rows], "next": next_page(request, cursor)}


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise wrong("cursor", "不是本接口给出的游标") from None


@endpoint(
    "/consultations/{int:id}",
    response=schemas.ConsultationWhole,
    tag=TAG,
    summary="一次意见征集",
    missing=MISSING,
)
def get_consultation(
    request: HttpRequest,
    id: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="意见征集的编号")],  # noqa: A002 - as above
) -> dict[str, Any]:
    """征集什么、有哪些附件和问题；采纳情况公布后，还有意见的归类和是否采纳。"""
    row = released().select_related("document").filter(pk=id).first()
    if row is None:
        raise nothing_here(f"编号为{id}的意见征集")
    root = root_of(request)
    answered = row.feedback_published_on is not None
    return {
        **shape(row, root, timezone.localdate()),
        "text": row.text,
        "document": row.document_id if shapes.is_public(row.document) else None,
        "questions": [one.text for one in row.questions.all()],
        "files": [
            {
                "name": one.name,
                "url": f"{root}{one.public_path}",
                "media_type": one.media_type,
                "size": one.size,
                "sha256": one.sha256,
            }
            for one in row.files.filter(removed_at=None)
        ],
        "feedback": row.feedback if answered else "",
        "groups": [
            {
                "summary": one.summary,
                "verdict": one.verdict,
                "verdict_label": one.get_verdict_display(),
                "reason": one.reason,
            }
            for one in row.groups.all()
        ]
        if answered
        else [],
    }
