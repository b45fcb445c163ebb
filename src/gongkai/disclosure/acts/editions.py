"""Write an edition, change it while it is a draft, publish it. What was once published is never overwritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.acts.exceptions import record_exceptions
from gongkai.disclosure.checking import why_not_content
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import IN_PREPARATION, OFF_THE_SITE, Attribute, EditionState, TextSource
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import Attachment, Document, Edition
from gongkai.disclosure.procedure import why_no_plan
from gongkai.disclosure.rules import (
    why_not_at,
    why_not_dated,
    why_not_move,
    why_not_titled,
    why_reports_closed,
    years_touched,
)
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Officer
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
    *,
    document: Document,
    text: str,
    actor: Actor,
    at: dt.datetime,
    title: str = "",
    reason: str = "",
    source: str = TextSource.TYPED,
) -> Edition:
    """Write the next text of a document, as a draft; the one online stays, its files come along.

    A file keeps its address from edition to edition. Raises ``RefusedError``.
    """
    title = (title or document.title).strip()
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_add_edition(document, title=title, actor=actor, at=at))
        before = document.editions.order_by("-number").first()
        edition = Edition.objects.create(
            document=document,
            number=before.number + 1 if before else 1,
            title=title,
            text=clean_text(text),
            source=source,
            created_at=at,
            created_by=officer_of(actor),
            reason=reason,
        )
        _bring_files(before, edition)
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


def _bring_files(before: Edition | None, edition: Edition) -> None:
    """The files of the edition before, under the same addresses; nothing is copied on the disk."""
    if before is None:
        return
    rows = list(before.attachments.all())
    for row in rows:
        row.pk, row.edition = None, edition
    Attachment.objects.bulk_create(rows)


def why_not_edit_edition(
    edition: Edition, *, title: str, actor: Actor, at: dt.datetime, seen: dt.datetime | None = None
) -> list[Obstacle]:
    """Only a draft changes, and not over the head of who changed it meanwhile: ``seen`` is what the page showed."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    obstacles += why_not_titled(title)
    if edition.state != EditionState.DRAFT:
        message = f"版本目前为“{edition.get_state_display()}”，不能修改"
        remedy = "请先退回或者撤回为草稿" if edition.state in IN_PREPARATION else "请起草新版本"
        obstacles.append(Obstacle("state", message, remedy))
    if seen is not None and last_touched(edition) > seen:
        who = edition.edited_by or "他人"
        message = f"{who}已于{timezone.localtime(last_touched(edition)):%m月%d日%H:%M}修改了这一版"
        remedy = "您写的内容仍在下面：请另开页面查看对方的修改，合并后再保存"
        obstacles.append(Obstacle("changed_meanwhile", message, remedy, "text"))
    return obstacles


def last_touched(edition: Edition) -> dt.datetime:
    """When its text was last written."""
    return edition.edited_at or edition.created_at


def edit_edition(
    *,
    edition: Edition,
    title: str,
    text: str,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    seen: dt.datetime | None = None,
) -> Edition:
    """Change a draft. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_edit_edition(edition, title=title, actor=actor, at=at, seen=seen))
        edition.title, edition.text, edition.reason = title.strip(), clean_text(text), reason
        edition.edited_at, edition.edited_by = at, officer_of(actor)
        edition.save(update_fields=["title", "text", "reason", "edited_at", "edited_by"])
        record(
            verb="disclosure.edit_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "title": edition.title, "length": len(edition.text)},
        )
    return edition


def why_not_publish(
    edition: Edition, *, actor: Actor, at: dt.datetime, amendment: str = "", override: str = ""
) -> list[Obstacle]:
    """Everything that stands in the way of publishing an edition at a moment.

    What is signed is published by who handles it. What is not takes an approver and a reason (``override``), and
    stays on a list until a second person confirms. The system only enters what is public already.
    """
    document = edition.document
    is_signed = edition.state == EditionState.APPROVED
    permission = Permission.HANDLE if is_signed else Permission.APPROVE
    obstacles = why_not_permitted(actor, permission, document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.PUBLISHED)
    obstacles += _why_not_reviewed(edition, actor, override)
    if document.attribute != Attribute.PROACTIVE:
        message = f"该文件的公开属性为“{document.get_attribute_display()}”"
        obstacles.append(Obstacle("attribute", message, "确可主动公开的，请先变更公开属性", "attribute"))
    obstacles += why_not_content(edition)
    obstacles += why_not_dated(document.made_on, at) + why_not_at(at)
    return obstacles + why_reports_closed(
        document.body, document.kind, timezone.localdate(at).year, amendment
    )


def _why_not_reviewed(edition: Edition, actor: Actor, override: str) -> list[Obstacle]:
    if edition.state == EditionState.WITHDRAWN:
        return [Obstacle("withdrawn", "这一版已经撤下", "请恢复该文件，或者起草新版本")]
    unreviewed = edition.state in {EditionState.DRAFT, EditionState.IN_REVIEW}
    if not unreviewed or not isinstance(actor, Officer):
        return []
    if override.strip():
        return why_no_plan(edition.document)
    message = "这一版还没有经过审查和签发"
    remedy = "请先送审；确需由一人直接发布的，填写例外理由，并由第二人复核"
    return [Obstacle("not_approved", message, remedy, "override")]


def publish_edition(
    *, edition: Edition, actor: Actor, at: dt.datetime, amendment: str = "", override: str = ""
) -> Edition:
    """Put an edition online at ``at`` — the system's time, never typed in; the one before is superseded.

    Raises ``RefusedError``.
    """
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_publish(edition, actor=actor, at=at, amendment=amendment, override=override))
        record_exceptions(edition, actor=actor, at=at, reason=override)
        document.editions.filter(state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
        edition.state, edition.published_at, edition.publish_problem = EditionState.PUBLISHED, at, ""
        edition.approved_by = edition.approved_by or officer_of(actor)
        edition.save(
            update_fields=["state", "published_at", "approved_by", "publish_problem", "round", "approved_at"]
        )
        _go_online(document, edition, at)
        detail = {"number": edition.number, "at": at.isoformat(), "index_number": document.index_number}
        record_dated(
            verb="disclosure.publish_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail=detail,
            years=years_touched(document.kind, timezone.localdate(at).year),
            amendment=amendment,
            reason=override.strip(),
        )
    return edition


def _go_online(document: Document, edition: Edition, at: dt.datetime) -> None:
    """The document shows this edition; what it had left for is over."""
    change = _change_of(document)
    document.title = edition.title
    document.first_published_at = document.first_published_at or at
    document.withdrawn_at = None
    document.save(update_fields=["title", "first_published_at", "withdrawn_at"])
    if change == Change.RETURNED:
        document.departures.filter(returned_at=None, way__in=OFF_THE_SITE).update(returned_at=at)
    tell(document, change, at)


def _change_of(document: Document) -> Change:
    """What publishing its next edition is in the eyes of the public."""
    if document.first_published_at is None:
        return Change.PUBLISHED
    return Change.REVISED if document.withdrawn_at is None else Change.RETURNED
