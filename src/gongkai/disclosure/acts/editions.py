"""Add an edition, publish it, withdraw it. What was once published is never overwritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import IN_PREPARATION, Attribute, EditionState
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.rules import (
    why_not_at,
    why_not_dated,
    why_not_move,
    why_not_titled,
    why_reports_closed,
    years_touched,
)
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def why_not_add_edition(document: Document, *, title: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """One edition in preparation at a time."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, document.body, timezone.localdate(at))
    obstacles += why_not_titled(title)
    waiting = document.editions.filter(state__in=IN_PREPARATION).first()
    if waiting is not None:
        message = f"第{waiting.number}版尚未发布（{waiting.get_state_display()}）"
        obstacles.append(Obstacle("in_preparation", message, "请修改或发布该版本"))
    return obstacles


def add_edition(
    *, document: Document, text: str, actor: Actor, at: dt.datetime, title: str = "", reason: str = ""
) -> Edition:
    """Write the next text of a document, as a draft; the one online stays. Raises ``RefusedError``."""
    title = (title or document.title).strip()
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_add_edition(document, title=title, actor=actor, at=at))
        edition = Edition.objects.create(
            document=document,
            number=document.editions.count() + 1,
            title=title,
            text=clean_text(text),
            created_at=at,
            created_by=officer_of(actor),
            reason=reason,
        )
        detail = {"number": edition.number, "title": title}
        body = document.body
        record(
            verb="disclosure.add_edition",
            actor=actor,
            target=edition,
            body=body,
            detail=detail,
            reason=reason,
        )
    return edition


def why_not_publish(
    edition: Edition, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands in the way of publishing an edition at a moment."""
    document = edition.document
    obstacles = why_not_permitted(actor, Permission.APPROVE, document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.PUBLISHED)
    if document.attribute != Attribute.PROACTIVE:
        message = f"该文件的公开属性为“{document.get_attribute_display()}”"
        obstacles.append(Obstacle("attribute", message, "确可主动公开的，请先变更公开属性", "attribute"))
    if not edition.text.strip() and not edition.attachments.exists():
        obstacles.append(Obstacle("empty", "没有正文，也没有附件", "请填写正文或上传附件", "text"))
    obstacles += why_not_dated(document.made_on, at) + why_not_at(at)
    return obstacles + why_reports_closed(
        document.body, document.kind, timezone.localdate(at).year, amendment
    )


def publish_edition(*, edition: Edition, actor: Actor, at: dt.datetime, amendment: str = "") -> Edition:
    """Put an edition online at ``at`` — the system's time, never typed in; the one before is superseded.

    Raises ``RefusedError``.
    """
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_publish(edition, actor=actor, at=at, amendment=amendment))
        document.editions.filter(state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
        edition.state, edition.published_at = EditionState.PUBLISHED, at
        edition.approved_by = edition.approved_by or officer_of(actor)
        edition.save(update_fields=["state", "published_at", "approved_by"])
        change = _change_of(document)
        document.title = edition.title
        document.first_published_at = document.first_published_at or at
        document.withdrawn_at = None
        document.save(update_fields=["title", "first_published_at", "withdrawn_at"])
        tell(document, change, at)
        detail = {"number": edition.number, "at": at.isoformat(), "index_number": document.index_number}
        body = document.body
        record_dated(
            verb="disclosure.publish_edition",
            actor=actor,
            target=edition,
            body=body,
            detail=detail,
            years=years_touched(document.kind, timezone.localdate(at).year),
            amendment=amendment,
        )
    return edition


def _change_of(document: Document) -> Change:
    """What publishing its next edition is in the eyes of the public."""
    if document.first_published_at is None:
        return Change.PUBLISHED
    return Change.REVISED if document.withdrawn_at is None else Change.RETURNED


def why_not_withdraw(edition: Edition, *, reason: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only what is online can be withdrawn, and the public is told why."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, edition.document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.WITHDRAWN)
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明撤下理由", "请填写理由，页面将予以说明", "reason"))
    return obstacles


def withdraw_edition(*, edition: Edition, reason: str, actor: Actor, at: dt.datetime) -> Edition:
    """Take an edition offline; its page says when and why, its number stays taken. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_withdraw(edition, reason=reason, actor=actor, at=at))
        edition.state, edition.withdrawn_at, edition.reason = EditionState.WITHDRAWN, at, reason
        edition.save(update_fields=["state", "withdrawn_at", "reason"])
        document.withdrawn_at = at
        document.save(update_fields=["withdrawn_at"])
        tell(document, Change.LEFT, at)
        detail = {"number": edition.number, "at": at.isoformat()}
        body = document.body
        record(
            verb="disclosure.withdraw_edition",
            actor=actor,
            target=edition,
            body=body,
            detail=detail,
            reason=reason,
        )
    return edition
