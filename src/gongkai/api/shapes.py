"""Rows as they go out: each shape is made in one place, for the interface and for the files alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.disclosure.enums import Attribute, DocumentKind, LeavingWay, Validity
from gongkai.disclosure.models import Attachment, Departure, Document, Edition
from gongkai.organisations.models import Body
from gongkai.search.plain import plain

Shape = dict[str, Any]

ACTIONS: dict[str, str] = {
    LeavingWay.ERROR: "delete",
    LeavingWay.MERGED: "delete",
    LeavingWay.BY_LAW: "delete",
    LeavingWay.ARCHIVED: "unlist",
    LeavingWay.ENDED: "mark",
}
"""What somebody who keeps a copy is to do."""


def body_ref(body: Body) -> Shape:
    """A body in passing."""
    return {"slug": body.slug, "name": body.name}


def document(row: Document, root: str, today: dt.date) -> Shape:
    """The metadata of a document."""
    validity = row.validity(today)
    return {
        "id": row.pk,
        "url": f"{root}{row.public_path}",
        "index_number": row.index_number,
        "title": row.title,
        "document_number": row.document_number,
        "body": body_ref(row.body),
        "kind": row.kind,
        "kind_label": str(DocumentKind(row.kind).label),
        "genre": row.genre,
        "subject": row.subject,
        "keywords": [str(one) for one in row.keywords],
        "summary": row.summary,
        "joint_issuers": [str(one) for one in row.joint_issuers],
        "item": {"id": row.item.pk, "name": row.item.name} if row.item else None,
        "key_area": {"id": row.key_area.pk, "name": row.key_area.name} if row.key_area else None,
        "interprets": row.interprets_id if is_public(row.interprets) else None,
        "made_on": row.made_on,
        "effective_on": row.effective_on,
        "valid_until": row.valid_until,
        "ended_on": row.ended_on,
        "validity": str(validity) if validity else "",
        "validity_label": str(Validity(validity).label) if validity else "",
        "published_at": row.first_published_at,
        "changed_at": row.changed_at or row.first_published_at,
        "archived": row.archived_at is not None,
    }


def is_public(row: Document | None) -> bool:
    """Whether another document may be named."""
    return (
        row is not None
        and row.first_published_at is not None
        and row.withdrawn_at is None
        and row.attribute == Attribute.PROACTIVE
    )


def edition_line(row: Edition, current: int | None) -> Shape:
    """An edition without its text."""
    return {
        "number": row.number,
        "title": row.title,
        "published_at": row.published_at,
        "current": row.number == current,
        "reason": row.reason,
    }


def edition(row: Edition, root: str, current: int | None, files: list[Attachment]) -> Shape:
    """An edition with its text and its files."""
    return {
        **edition_line(row, current),
        "html": row.text,
        "text": plain(row.text),
        "attachments": [attachment(one, root) for one in files],
    }


def attachment(row: Attachment, root: str) -> Shape:
    """A file of an edition."""
    return {
        "name": row.name,
        "url": f"{root}{row.public_path}",
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "role": row.role,
        "description": row.alternative,
    }


def withdrawal(row: Departure, root: str) -> Shape:
    """How a document left. Its title stays out, as on its page: it is part of what was taken back."""
    one = row.document
    return {
        "id": one.pk,
        "url": f"{root}{one.public_path}",
        "index_number": one.index_number,
        "body": body_ref(one.body),
        "way": row.way,
        "way_label": str(LeavingWay(row.way).label),
        "action": ACTIONS[row.way],
        "at": row.at,
        "reason": row.reason,
        "basis": row.basis,
        "merged_into": row.into_id if is_public(row.into) else None,
    }
