"""Leaving the site, its lists or its force in five ways, each with a reason and an approver, and coming back.

误发撤下 → 410 · 并入其他文件 → 301 · 废止或失效 → stays, with a banner · 归档 → stays, in no list · 依法撤下 → 451
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.checking import why_not_content
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import OFF_THE_SITE, EditionState, LeavingWay
from gongkai.disclosure.models import Departure, Document, Edition
from gongkai.disclosure.rules import why_not_move, why_reports_closed, years_touched
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def why_not_leave(
    document: Document,
    *,
    way: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    basis: str = "",
    into: Document | None = None,
) -> list[Obstacle]:
    """Only what is online leaves; by law only on a basis, by merging only into something public."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, document.body, timezone.localdate(at))
    if way not in LeavingWay.values or way == LeavingWay.ENDED:
        obstacles.append(Obstacle("way", "不能以这种方式下线", "废止或失效请另行登记", "way"))
    if document.first_published_at is None or document.withdrawn_at is not None:
        obstacles.append(Obstacle("not_online", "文件不在线", "请刷新页面查看最新状态"))
    elif way == LeavingWay.ARCHIVED and document.archived_at is not None:
        obstacles.append(Obstacle("archived", "文件已经归档", "请刷新页面查看最新状态"))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明撤下理由", "请填写理由，页面将予以说明", "reason"))
    if way == LeavingWay.BY_LAW and not basis.strip():
        obstacles.append(Obstacle("no_basis", "依法撤下没有写明依据", "请填写法律条款或者决定文号", "basis"))
    return obstacles + _why_not_into(document, way, into)


def _why_not_into(document: Document, way: str, into: Document | None) -> list[Obstacle]:
    if way != LeavingWay.MERGED:
        return [Obstacle("into", "只有并入其他文件时才填写", "请清空", "into")] if into is not None else []
    if into is None:
        return [Obstacle("no_into", "没有指明并入哪一件文件", "请填写其索引号", "into")]
    if into.pk == document.pk:
        return [Obstacle("itself", "不能并入自身", "请填写另一件文件的索引号", "into")]
    if not Document.objects.public().filter(pk=into.pk).exists():
        return [Obstacle("into_not_public", f"“{into.title}”没有公开或者已经撤下", "请先将其公开", "into")]
    return []


def leave_document(
    *,
    document: Document,
    way: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    basis: str = "",
    into: Document | None = None,
) -> Departure:
    """Take a document off the site or its lists; its page says when, how and why. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_leave(document, way=way, reason=reason, basis=basis, into=into, actor=actor, at=at))
        if way == LeavingWay.ARCHIVED:
            document.archived_at = at
            document.save(update_fields=["archived_at"])
        else:
            _take_off(document, reason, at)
        departure = depart(document, way=way, reason=reason, basis=basis, into=into, actor=actor, at=at)
        tell(document, Change.LEFT, at)
        record(
            verb="disclosure.leave_document",
            actor=actor,
            target=document,
            body=document.body,
            detail={"way": way, "basis": basis, "into": into.index_number if into else ""},
            reason=reason,
        )
    return departure


def depart(
    document: Document,
    *,
    way: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    basis: str = "",
    into: Document | None = None,
) -> Departure:
    """The row that says so. The caller holds the lock."""
    return Departure.objects.create(
        document=document,
        way=way,
        reason=reason.strip(),
        basis=basis.strip(),
        into=into,
        at=at,
        approved_by=officer_of(actor),
    )


def _take_off(document: Document, reason: str, at: dt.datetime) -> None:
    document.editions.filter(state=EditionState.PUBLISHED).update(
        state=EditionState.WITHDRAWN, withdrawn_at=at, reason=reason.strip()
    )
    document.withdrawn_at = at
    document.save(update_fields=["withdrawn_at"])


def why_not_withdraw(edition: Edition, *, reason: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only what is online can be withdrawn, and the public is told why."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, edition.document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.WITHDRAWN)
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明撤下理由", "请填写理由，页面将予以说明", "reason"))
    return obstacles


def withdraw_edition(*, edition: Edition, reason: str, actor: Actor, at: dt.datetime) -> Edition:
    """Take what was published in error offline; its number stays taken. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_withdraw(edition, reason=reason, actor=actor, at=at))
        _take_off(document, reason, at)
        edition.refresh_from_db()
        depart(document, way=LeavingWay.ERROR, reason=reason, actor=actor, at=at)
        tell(document, Change.LEFT, at)
        record(
            verb="disclosure.withdraw_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "at": at.isoformat()},
            reason=reason,
        )
    return edition


def why_not_return(
    departure: Departure, *, reason: str, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """It is still gone, there is an edition to show, and that edition may still be shown."""
    document = departure.document
    obstacles = why_not_permitted(actor, Permission.APPROVE, document.body, timezone.localdate(at))
    if departure.returned_at is not None:
        obstacles.append(Obstacle("returned", "文件已经恢复", "请刷新页面查看最新状态"))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明恢复理由", "请填写理由", "reason"))
    if departure.way in OFF_THE_SITE:
        edition = withdrawn_edition(document)
        if edition is None:
            obstacles.append(Obstacle("no_edition", "没有可以恢复的版本", "请起草新版本并发布"))
        else:
            obstacles += why_not_content(edition)
    if departure.way == LeavingWay.ENDED and document.ended_on is not None:
        obstacles += why_reports_closed(document.body, document.kind, document.ended_on.year, amendment)
    return obstacles


def withdrawn_edition(document: Document) -> Edition | None:
    """The edition that was online when the document left."""
    return document.editions.filter(state=EditionState.WITHDRAWN).order_by("-number").first()


def return_document(
    *, departure: Departure, reason: str, actor: Actor, at: dt.datetime, amendment: str = ""
) -> Document:
    """Undo a departure: the document is again where it was. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(departure.document)
        departure = lock_one(departure)
        refuse_if(why_not_return(departure, reason=reason, actor=actor, at=at, amendment=amendment))
        years = _come_back(document, departure)
        departure.returned_at = at
        departure.save(update_fields=["returned_at"])
        tell(document, Change.RETURNED, at)
        record_dated(
            verb="disclosure.return_document",
            actor=actor,
            target=document,
            body=document.body,
            detail={"way": departure.way, "left_at": departure.at.isoformat()},
            reason=reason,
            years=years,
            amendment=amendment,
        )
    return document


def _come_back(document: Document, departure: Departure) -> range:
    """Put it back; the years whose reports that changes."""
    if departure.way == LeavingWay.ARCHIVED:
        document.archived_at = None
        document.save(update_fields=["archived_at"])
        return range(0)
    if departure.way == LeavingWay.ENDED:
        year = document.ended_on.year if document.ended_on else departure.at.year
        document.ended_on, document.ended_how, document.ended_basis = None, "", ""
        document.save(update_fields=["ended_on", "ended_how", "ended_basis"])
        return years_touched(document.kind, year)
    edition = withdrawn_edition(document)
    if edition is not None:
        edition.state, edition.withdrawn_at = EditionState.PUBLISHED, None
        edition.save(update_fields=["state", "withdrawn_at"])
    document.withdrawn_at = None
    document.save(update_fields=["withdrawn_at"])
    return range(0)
