"""Acts on public concern (回应关切): note it, say the first word, hold the briefing, answer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.models import Document
from gongkai.engagement.enums import Severity, StepKind
from gongkai.engagement.models import Concern, ConcernAct
from gongkai.engagement.rules import why_not_about, why_not_unit_of
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted, why_year_closed

STEPS_ON_THE_WAY = (StepKind.FIRST_WORD, StepKind.BRIEFING)


def record_concern(  # noqa: PLR0913 - all that is known when it is found
    *,
    body: Body,
    topic: str,
    arose_at: dt.datetime,
    actor: Actor,
    severity: str = Severity.GENERAL,
    summary: str = "",
    source: str = "",
    unit: Unit | None = None,
    amendment: str = "",
) -> Concern:
    """Note a public concern when it is found; from then on it waits for an answer (国办发〔2016〕61号).

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    concern = Concern(
        body=body,
        unit=unit,
        topic=topic.strip(),
        summary=summary.strip(),
        source=source.strip(),
        severity=severity,
        arose_at=arose_at,
    )
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    obstacles += why_not_unit_of(body, unit)
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
    if at > timezone.now():
        obstacles.append(Obstacle("future", "回应时间晚于当前时间", "请在回应之后登记", "answered_at"))
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
        ConcernAct.objects.create(
            concern=concern, kind=StepKind.ANSWER, at=at, document=document, recorded_by=officer_of(actor)
        )
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


def why_not_record_step(
    concern: Concern, *, kind: str, at: dt.datetime, document: Document | None, actor: Actor
) -> list[Obstacle]:
    """The first word and the briefing come before the answer, each once, after the concern arose."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, concern.body, timezone.localdate())
    obstacles += why_not_about(concern.body, document)
    if kind not in STEPS_ON_THE_WAY:
        obstacles.append(Obstacle("kind", "应为发布权威信息或新闻发布会", "最后的回应请用“登记回应”", "kind"))
    elif concern.steps.filter(kind=kind).exists():
        obstacles.append(Obstacle("again", f"“{StepKind(kind).label}”已经登记", "无须重复登记", "kind"))
    if at < concern.arose_at:
        obstacles.append(Obstacle("before", "时间早于发现时间", "请核对时间", "at"))
    if concern.answered_at is not None and at > concern.answered_at:
        obstacles.append(Obstacle("after", "时间晚于回应时间", "请核对时间", "at"))
    if at > timezone.now():
        obstacles.append(Obstacle("future", "时间晚于当前时间", "请在发布之后登记", "at"))
    return obstacles


def record_step(
    *,
    concern: Concern,
    kind: str,
    at: dt.datetime,
    actor: Actor,
    document: Document | None = None,
    note: str = "",
) -> ConcernAct:
    """Record the first word (5 hours) or the briefing (24 hours) on a grave concern. Raises ``RefusedError``."""
    with transaction.atomic():
        concern = lock_one(concern)
        refuse_if(why_not_record_step(concern, kind=kind, at=at, document=document, actor=actor))
        step = ConcernAct(
            concern=concern,
            kind=kind,
            at=at,
            note=note.strip(),
            document=document,
            recorded_by=officer_of(actor),
        )
        step.full_clean()
        step.save()
        detail = {"kind": kind, "at": at.isoformat()}
        record(verb="engagement.record_step", actor=actor, target=concern, body=concern.body, detail=detail)
    return step
