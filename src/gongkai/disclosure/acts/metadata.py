"""Correct the metadata of a document, decide its attribute, look again at what is withheld."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.acts.documents import why_not_belonging
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.guarding import why_not_said
from gongkai.disclosure.metadata import (
    EDITABLE,
    first_reassessment,
    why_not_attributed,
    why_not_metadata,
)
from gongkai.disclosure.models import Document, Reassessment
from gongkai.disclosure.rules import COUNTED_KINDS, why_not_dated, why_number_taken, why_reports_closed
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def _is_public(document: Document) -> bool:
    return document.first_published_at is not None and document.withdrawn_at is None


def why_not_edit(
    document: Document, *, values: dict[str, Any], actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """What is public is corrected by who approves; what a published report counted, only as an amendment."""
    permission = Permission.APPROVE if _is_public(document) else Permission.HANDLE
    obstacles = why_not_permitted(actor, permission, document.body, timezone.localdate(at))
    unknown = sorted(set(values) - set(EDITABLE))
    if unknown:
        obstacles.append(Obstacle("field", f"不能修改：{'、'.join(unknown)}", "由系统记录"))
    made_on = values.get("made_on", document.made_on)
    obstacles += why_not_dated(made_on, at) + why_not_metadata(made_on, values)
    number = values.get("document_number", document.document_number)
    if number != document.document_number:
        obstacles += why_number_taken(document.body, number)
    obstacles += why_not_belonging(
        document.body,
        unit=values.get("unit"),
        item=values.get("item"),
        key_area=values.get("key_area"),
    )
    if values.get("interprets") == document:
        obstacles.append(Obstacle("itself", "文件不能解读自身", "请填写被解读文件的索引号", "interprets"))
    if _is_public(document):
        obstacles += why_not_said(document.body, values.get("summary", ""), values.get("keywords", []))
    for kind, year in sorted(_years_counted(document, values)):
        obstacles += why_reports_closed(document.body, kind, year, amendment)
    return list(dict.fromkeys(obstacles))


def _years_counted(document: Document, values: dict[str, Any]) -> set[tuple[str, int]]:
    """Kinds and years whose counts the correction moves; nothing when neither kind, date nor column changes."""
    kind, made_on = values.get("kind", document.kind), values.get("made_on", document.made_on)
    found: set[tuple[str, int]] = set()
    moved = kind != document.kind or made_on != document.made_on
    if moved and {kind, document.kind} & COUNTED_KINDS:
        found |= {(one, day.year) for one in (kind, document.kind) for day in (made_on, document.made_on)}
    filed = any(name in values and values[name] != getattr(document, name) for name in ("kind", "key_area"))
    if filed and document.first_published_at is not None:
        found.add((kind, timezone.localdate(document.first_published_at).year))
    return found


def edit_document(
    *, document: Document, values: dict[str, Any], actor: Actor, at: dt.datetime, amendment: str = ""
) -> Document:
    """Set fields of the directory guide; times of publication are the system's and stay. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_edit(document, values=values, actor=actor, at=at, amendment=amendment))
        changed = [name for name, value in values.items() if getattr(document, name) != value]
        years = {year for _, year in _years_counted(document, values)}
        detail = {name: [str(getattr(document, name) or ""), str(values[name] or "")] for name in changed}
        for name in changed:
            setattr(document, name, values[name])
        document.full_clean()
        document.save(update_fields=changed or None)
        if changed and _is_public(document):
            tell(document, Change.METADATA, at)
        record_dated(
            verb="disclosure.edit_document",
            actor=actor,
            target=document,
            body=document.body,
            detail=detail,
            years=years,
            amendment=amendment,
        )
    return document


def why_not_attribute(
    document: Document, *, attribute: str, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """What is online leaves the site first; what is not public says why."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, document.body, timezone.localdate(at))
    obstacles += why_not_attributed(attribute, reason)
    if attribute != Attribute.PROACTIVE and _is_public(document):
        message = "文件正在公开"
        obstacles.append(Obstacle("online", message, "请先撤下，再变更公开属性", "attribute"))
    if attribute == document.attribute and reason.strip() == document.attribute_reason:
        obstacles.append(Obstacle("unchanged", "没有任何改动", "无须保存", "attribute"))
    return obstacles


def decide_attribute(
    *, document: Document, attribute: str, reason: str, actor: Actor, at: dt.datetime
) -> Document:
    """Decide whether it is public, on request or withheld, with the reason. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_attribute(document, attribute=attribute, reason=reason, actor=actor, at=at))
        detail = {"before": document.attribute, "after": attribute}
        _set_attribute(document, attribute, reason, at)
        record(
            verb="disclosure.decide_attribute",
            actor=actor,
            target=document,
            body=document.body,
            detail=detail,
            reason=reason,
        )
    return document


def _set_attribute(document: Document, attribute: str, reason: str, at: dt.datetime) -> None:
    document.attribute, document.attribute_reason = attribute, reason.strip()
    document.reassess_on = first_reassessment(document.body, attribute, at)
    document.save(update_fields=["attribute", "attribute_reason", "reassess_on"])


def why_not_reassess(
    document: Document, *, attribute: str, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Only what is withheld is assessed, by who approves, and the result has a reason."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, document.body, timezone.localdate(at))
    if document.attribute != Attribute.WITHHELD:
        message = f"该文件的公开属性为“{document.get_attribute_display()}”"
        obstacles.append(Obstacle("not_withheld", message, "只评估不予公开的信息（条例第十八条）"))
    if attribute not in Attribute.values:
        obstacles.append(Obstacle("attribute", "应选择评估结果", "请选择", "attribute"))
    if not reason.strip():
        obstacles.append(
            Obstacle("no_reason", "没有写明评估理由", "请说明继续不公开或者转为公开的理由", "reason")
        )
    return obstacles


def reassess_document(
    *, document: Document, attribute: str, reason: str, actor: Actor, at: dt.datetime
) -> Reassessment:
    """Look again at what is withheld (条例 art. 18); it stays so until the next time, or opens.

    Raises ``RefusedError``.
    """
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_reassess(document, attribute=attribute, reason=reason, actor=actor, at=at))
        row = Reassessment.objects.create(
            document=document,
            before=document.attribute,
            after=attribute,
            reason=reason.strip(),
            at=at,
            by=officer_of(actor),
        )
        _set_attribute(document, attribute, reason, at)
        record(
            verb="disclosure.reassess_document",
            actor=actor,
            target=document,
            body=document.body,
            detail={"before": row.before, "after": row.after},
            reason=reason,
        )
    return row
