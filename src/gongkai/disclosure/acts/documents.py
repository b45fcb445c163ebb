"""Register a document and end it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.catalogue.models import Item, KeyArea
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.acts.leaving import depart
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import Attribute, Ending, LeavingWay
from gongkai.disclosure.metadata import first_reassessment, why_not_attributed, why_not_metadata
from gongkai.disclosure.models import Document
from gongkai.disclosure.numbering import take_index_numbers, why_not_numbered
from gongkai.disclosure.rules import (
    COUNTED_KINDS,
    why_not_dated,
    why_not_titled,
    why_number_taken,
    why_reports_closed,
    years_touched,
)
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, why_not_permitted


def why_not_belonging(
    body: Body, *, unit: Unit | None = None, item: Item | None = None, key_area: KeyArea | None = None
) -> list[Obstacle]:
    """Unit, catalogue item and key area are the body's own."""
    obstacles = []
    if unit is not None and unit.body_id != body.pk:
        obstacles.append(
            Obstacle("foreign_unit", f"“{unit.name}”不是{body.display_name}的机构", field="unit")
        )
    if item is not None and item.catalogue.body_id != body.pk:
        message = f"“{item.name}”不在{body.display_name}的目录中"
        obstacles.append(Obstacle("foreign_item", message, "请先采用标准目录", "item"))
    if key_area is not None and key_area.body_id != body.pk:
        message = f"“{key_area.name}”不是{body.display_name}的重点领域栏目"
        obstacles.append(Obstacle("foreign_area", message, field="key_area"))
    elif key_area is not None and key_area.closed_on is not None:
        message = f"栏目“{key_area.name}”已于{key_area.closed_on}停用"
        obstacles.append(Obstacle("closed_area", message, "请另选栏目，或者先恢复该栏目", "key_area"))
    return obstacles


def why_not_register(
    *,
    body: Body,
    title: str,
    kind: str,
    made_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    document_number: str = "",
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands in the way of registering a document."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))
    obstacles += why_not_numbered(body)
    obstacles += why_not_titled(title)
    obstacles += why_not_dated(made_on, at)
    obstacles += why_number_taken(body, document_number)
    if kind in COUNTED_KINDS:
        obstacles += why_reports_closed(body, kind, made_on.year, amendment)
    return obstacles


def register_document(  # noqa: PLR0913 - the whole head of a document
    *,
    body: Body,
    title: str,
    kind: str,
    made_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    document_number: str = "",
    attribute: str = Attribute.PROACTIVE,
    unit: Unit | None = None,
    item: Item | None = None,
    key_area: KeyArea | None = None,
    interprets: Document | None = None,
    amendment: str = "",
    **metadata: Any,
) -> Document:
    """Enter a document and give it its index number, for good; ``metadata`` are fields of the directory guide.

    Raises ``RefusedError``.
    """
    with transaction.atomic():
        refuse_if(
            why_not_register(
                body=body,
                title=title,
                kind=kind,
                made_on=made_on,
                actor=actor,
                at=at,
                document_number=document_number,
                amendment=amendment,
            )
            + why_not_belonging(body, unit=unit, item=item, key_area=key_area)
            + why_not_attributed(attribute, metadata.get("attribute_reason", ""))
            + why_not_metadata(made_on, metadata)
        )
        document = Document(
            body=body,
            unit=unit,
            index_number=take_index_numbers(body, timezone.localdate(at).year)[0],
            title=title.strip(),
            document_number=document_number,
            kind=kind,
            attribute=attribute,
            made_on=made_on,
            item=item,
            key_area=key_area,
            interprets=interprets,
            reassess_on=first_reassessment(body, attribute, at),
            **metadata,
        )
        document.full_clean()
        document.save()
        detail = {"index_number": document.index_number, "kind": kind, "made_on": made_on.isoformat()}
        record_dated(
            verb="disclosure.register_document",
            actor=actor,
            target=document,
            body=body,
            detail=detail,
            years=years_touched(kind, made_on.year) if kind in COUNTED_KINDS else (),
            amendment=amendment,
        )
    return document


def why_not_end(
    document: Document, *, how: str, on: dt.date, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """A document ends once, not before it was made."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, document.body, timezone.localdate())
    if document.ended_on is not None:
        message = f"该文件已于{document.ended_on}{document.get_ended_how_display()}"
        obstacles.append(Obstacle("ended", message))
    if how not in Ending.values:
        obstacles.append(Obstacle("how", "终止方式应为废止或失效", field="ended_how"))
    if on < document.made_on:
        message = f"废止（失效）日期不得早于成文日期（{document.made_on}）"
        obstacles.append(Obstacle("before_made", message, "请核对日期", "ended_on"))
    return obstacles + why_reports_closed(document.body, document.kind, on.year, amendment)


def end_document(
    *, document: Document, how: str, on: dt.date, actor: Actor, basis: str = "", amendment: str = ""
) -> Document:
    """Record that a document is repealed or has lapsed; it stays public and says so. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(document)
        refuse_if(why_not_end(document, how=how, on=on, actor=actor, amendment=amendment))
        document.ended_on, document.ended_how, document.ended_basis = on, how, basis
        document.save(update_fields=["ended_on", "ended_how", "ended_basis"])
        now = timezone.now()
        if document.first_published_at is not None:
            words = basis.strip() or f"{on}{document.get_ended_how_display()}"
            depart(document, way=LeavingWay.ENDED, reason=words, basis=basis, actor=actor, at=now)
            tell(document, Change.METADATA, now)
        detail = {"on": on.isoformat(), "how": how, "basis": basis}
        body = document.body
        record_dated(
            verb="disclosure.end_document",
            actor=actor,
            target=document,
            body=body,
            detail=detail,
            years=years_touched(document.kind, on.year),
            amendment=amendment,
        )
    return document
