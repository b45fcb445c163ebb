"""Acts on the library of questions (问答库): write, release, change, take away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import Document
from gongkai.engagement.enums import FAQ_MOVES, FaqState
from gongkai.engagement.models import FaqEntry
from gongkai.engagement.rules import why_empty, why_not_about, why_not_may, why_not_unit_of, why_own
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, officer_of


def why_not_write(  # noqa: PLR0913 - the whole entry
    *,
    body: Body,
    topic: str,
    question: str,
    answer: str,
    document: Document | None,
    unit: Unit | None,
    actor: Actor,
    at: dt.datetime,
    entry: FaqEntry | None = None,
) -> list[Obstacle]:
    """Everything is said, nothing twice; what is online changes on an approver's word."""
    online = entry is not None and entry.state == FaqState.PUBLISHED
    obstacles = why_not_may(actor, Permission.APPROVE if online else Permission.HANDLE, body, at)
    obstacles += why_empty(topic, "专题", "topic")
    obstacles += why_empty(question, "问题", "question")
    obstacles += why_empty(answer, "答复", "answer")
    obstacles += why_not_about(body, document) + why_not_unit_of(body, unit)
    same = FaqEntry.objects.filter(body=body, question=question.strip())
    if (same.exclude(pk=entry.pk) if entry else same).exists():
        obstacles.append(Obstacle("twice", "问答库中已有同样的问题", "请修改原有的问答", "question"))
    return obstacles


def write_entry(  # noqa: PLR0913 - the whole entry
    *,
    body: Body,
    topic: str,
    question: str,
    answer: str,
    actor: Actor,
    at: dt.datetime,
    keywords: str = "",
    document: Document | None = None,
    unit: Unit | None = None,
    entry: FaqEntry | None = None,
) -> FaqEntry:
    """Write a question with its answer, or change one. Raises ``RefusedError`` or ``ValidationError``."""
    with transaction.atomic():
        row = lock_one(entry) if entry else FaqEntry(body=body, written_at=at, written_by=officer_of(actor))
        refuse_if(
            why_not_write(
                body=body,
                topic=topic,
                question=question,
                answer=answer,
                document=document,
                unit=unit,
                actor=actor,
                at=at,
                entry=entry and row,
            )
        )
        before = {"question": row.question, "answer": row.answer} if entry else {}
        row.topic, row.question, row.answer = topic.strip(), question.strip(), clean_text(answer)
        row.keywords, row.document, row.unit = keywords.strip(), document, unit
        row.full_clean()
        row.save()
        verb = "engagement.change_entry" if entry else "engagement.write_entry"
        record(verb=verb, actor=actor, target=row, body=body, detail={"before": before})
    return row


def why_not_set_entry(
    entry: FaqEntry, *, state: str, actor: Actor, at: dt.datetime, reason: str = ""
) -> list[Obstacle]:
    """A state that may follow; released by another than who wrote it; taken away for a reason."""
    obstacles = why_not_may(actor, Permission.APPROVE, entry.body, at)
    if state not in FAQ_MOVES[entry.state]:
        message = f"该问答目前为“{entry.get_state_display()}”"
        obstacles.append(Obstacle("state", message, "请刷新页面查看最新状态"))
    if state == FaqState.PUBLISHED:
        obstacles += why_own(actor, entry.written_by, "该问答")
    if state == FaqState.WITHDRAWN:
        obstacles += why_empty(reason, "撤下理由", "reason")
    return obstacles


def publish_entry(*, entry: FaqEntry, actor: Actor, at: dt.datetime) -> FaqEntry:
    """Put an entry on the site. Raises ``RefusedError``."""
    with transaction.atomic():
        entry = lock_one(entry)
        refuse_if(why_not_set_entry(entry, state=FaqState.PUBLISHED, actor=actor, at=at))
        entry.state, entry.published_at, entry.published_by = FaqState.PUBLISHED, at, officer_of(actor)
        entry.withdrawn_at, entry.withdrawn_reason = None, ""
        entry.save()
        record(verb="engagement.publish_entry", actor=actor, target=entry, body=entry.body)
    return entry


def withdraw_entry(*, entry: FaqEntry, reason: str, actor: Actor, at: dt.datetime) -> FaqEntry:
    """Take an entry off the site. Raises ``RefusedError``."""
    with transaction.atomic():
        entry = lock_one(entry)
        refuse_if(why_not_set_entry(entry, state=FaqState.WITHDRAWN, actor=actor, at=at, reason=reason))
        entry.state, entry.withdrawn_at, entry.withdrawn_reason = FaqState.WITHDRAWN, at, reason.strip()
        entry.save()
        record(verb="engagement.withdraw_entry", actor=actor, target=entry, body=entry.body, reason=reason)
    return entry
