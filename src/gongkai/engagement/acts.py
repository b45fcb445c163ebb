"""Acts on consultations (意见征集) and public concerns (回应关切)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.models import Document
from gongkai.engagement.models import Concern, Consultation, Severity
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_year_closed


def why_not_about(body: Body, document: Document | None) -> list[Obstacle]:
    """The document concerned is the body's own."""
    if document is None or document.body_id == body.pk:
        return []
    return [
        Obstacle("foreign", f"《{document.title}》不是{body.display_name}的文件", "请另选文件", "document")
    ]


def why_not_open_consultation(
    *, body: Body, opens_on: dt.date, document: Document | None, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """A consultation is counted in the year it opens."""
    return [
        *why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate()),
        *why_not_about(body, document),
        *why_year_closed(body, opens_on.year, amendment),
    ]


def open_consultation(
    *,
    body: Body,
    title: str,
    opens_on: dt.date,
    closes_on: dt.date,
    actor: Actor,
    text: str = "",
    document: Document | None = None,
    amendment: str = "",
) -> Consultation:
    """Ask the public, from a day to a day. Raises ``RefusedError``, or ``ValidationError`` when a field is wrong."""
    consultation = Consultation(
        body=body, title=title.strip(), text=text, opens_on=opens_on, closes_on=closes_on, document=document
    )
    refuse_if(
        why_not_open_consultation(
            body=body, opens_on=opens_on, document=document, actor=actor, amendment=amendment
        )
    )
    consultation.full_clean()
    with transaction.atomic():
        consultation.save()
        detail = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}
        record_dated(
            verb="engagement.open_consultation",
            actor=actor,
            target=consultation,
            body=body,
            detail=detail,
            years=[opens_on.year],
            amendment=amendment,
        )
    return consultation


def why_not_publish_feedback(
    consultation: Consultation, *, received: int, adopted: int, feedback: str, on: dt.date, actor: Actor
) -> list[Obstacle]:
    """The answer comes once, after the consultation, says something, and adopts no more than was received."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, consultation.body, timezone.localdate())
    if consultation.feedback_published_on is not None:
        message = f"采纳情况已于{consultation.feedback_published_on}公布"
        obstacles.append(Obstacle("published", message))
    if on <= consultation.closes_on:
        message = f"意见征集至{consultation.closes_on}截止，尚未结束"
        obstacles.append(Obstacle("open", message, "请在截止之后公布采纳情况", "feedback_published_on"))
    if not 0 <= adopted <= received:
        message = f"采纳意见数（{adopted}）多于收到意见数（{received}）"
        obstacles.append(Obstacle("adopted", message, "请核对两个数字", "adopted"))
    if not feedback.strip():
        obstacles.append(Obstacle("no_feedback", "采纳情况不能为空", "请说明采纳与未采纳的理由", "feedback"))
    return obstacles


def publish_feedback(
    *,
    consultation: Consultation,
    received: int,
    adopted: int,
    feedback: str,
    on: dt.date,
    actor: Actor,
) -> Consultation:
    """Tell the public what was received and what was adopted, and why. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(
            why_not_publish_feedback(
                consultation, received=received, adopted=adopted, feedback=feedback, on=on, actor=actor
            )
        )
        consultation.received, consultation.adopted = received, adopted
        consultation.feedback, consultation.feedback_published_on = feedback, on
        consultation.save(update_fields=["received", "adopted", "feedback", "feedback_published_on"])
        detail = {"received": received, "adopted": adopted, "on": on.isoformat()}
        body = consultation.body
        record(verb="engagement.publish_feedback", actor=actor, target=consultation, body=body, detail=detail)
    return consultation


def record_concern(
    *,
    body: Body,
    topic: str,
    arose_at: dt.datetime,
    actor: Actor,
    severity: str = Severity.GENERAL,
    amendment: str = "",
) -> Concern:
    """Note a public concern when it is found; from then on it waits for an answer (国办发〔2016〕61号).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    concern = Concern(body=body, topic=topic.strip(), severity=severity, arose_at=arose_at)
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    obstacles += why_year_closed(body, timezone.localdate(arose_at).year, amendment)
    if arose_at > timezone.now():
        obstacles.append(Obstacle("future", "发现时间晚于当前时间", "请核对发现时间", "arose_at"))
    refuse_if(obstacles)
    concern.full_clean()
    with transaction.atomic():
        concern.save()
        detail = {"severity": severity, "arose_at": arose_at.isoformat()}
        record_dated(
            verb="engagement.record_concern",
            actor=actor,
            target=concern,
            body=body,
            detail=detail,
            years=[timezone.localdate(arose_at).year],
            amendment=amendment,
        )
    return concern


def why_not_answer_concern(
    concern: Concern, *, at: dt.datetime, document: Document | None, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """A concern is answered once, after it arose."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, concern.body, timezone.localdate())
    obstacles += why_not_about(concern.body, document)
    if concern.answered_at is not None:
        answered = timezone.localtime(concern.answered_at)
        obstacles.append(Obstacle("answered", f"已于{answered:%Y-%m-%d %H:%M}回应"))
    if at < concern.arose_at:
        obstacles.append(Obstacle("before", "回应时间早于发现时间", "请核对回应时间", "answered_at"))
    return obstacles + why_year_closed(concern.body, timezone.localdate(at).year, amendment)


def answer_concern(
    *, concern: Concern, at: dt.datetime, actor: Actor, document: Document | None = None, amendment: str = ""
) -> Concern:
    """Record the answer to a concern and the document that gives it. Raises ``RefusedError``."""
    with transaction.atomic():
        concern = lock_one(concern)
        refuse_if(why_not_answer_concern(concern, at=at, document=document, actor=actor, amendment=amendment))
        concern.answered_at, concern.document = at, document
        concern.save(update_fields=["answered_at", "document"])
        detail = {"at": at.isoformat(), "document": document.index_number if document else ""}
        body = concern.body
        record_dated(
            verb="engagement.answer_concern",
            actor=actor,
            target=concern,
            body=body,
            detail=detail,
            years=[timezone.localdate(at).year],
            amendment=amendment,
        )
    return concern
