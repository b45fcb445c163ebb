"""Hand the published documents over to the archive and the library (条例 art. 25): a frozen list since the last time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import OFF_THE_SITE, Receiver
from gongkai.disclosure.models import Departure, Document, HandOver
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def last_hand_over(body: Body, receiver: str) -> HandOver | None:
    """The one before."""
    return HandOver.objects.filter(body=body, receiver=receiver).order_by("-number").first()


def to_hand_over(body: Body, receiver: str, until: dt.datetime) -> QuerySet[Document]:
    """What was first published since the last hand-over, or was off the site then, and is public, oldest first."""
    before = last_hand_over(body, receiver)
    found = Document.objects.public().filter(body=body, first_published_at__lte=until)
    if before is not None:
        missed = _missed(before)
        found = found.filter(Q(first_published_at__gt=before.until) | Q(pk__in=missed))
    return found.order_by("first_published_at", "pk")


def _missed(before: HandOver) -> set[int]:
    """What was off the site at the last hand-over, came back since and is on no earlier list."""
    left = Departure.objects.filter(
        document__body_id=before.body_id, way__in=OFF_THE_SITE, at__lte=before.until
    )
    back = set(left.filter(returned_at__gt=before.until).values_list("document", flat=True))
    if not back:
        return back
    lists = HandOver.objects.filter(body_id=before.body_id, receiver=before.receiver)
    return back - {line["document"] for lines in lists.values_list("lines", flat=True) for line in lines}


def why_not_hand_over(body: Body, *, receiver: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """There is something new for a receiver the law names."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))
    if receiver not in Receiver.values:
        obstacles.append(Obstacle("receiver", "应选择移交给档案馆或者图书馆", "请选择", "receiver"))
    elif not to_hand_over(body, receiver, at).exists():
        obstacles.append(Obstacle("nothing", "上次移交以后没有新公开的文件", "以后再办理"))
    return obstacles


def hand_over(*, body: Body, receiver: str, actor: Actor, at: dt.datetime) -> HandOver:
    """Freeze the list of what goes to a receiver, with its digest. Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_hand_over(body, receiver=receiver, actor=actor, at=at))
        before = last_hand_over(body, receiver)
        lines = [_line(one) for one in to_hand_over(body, receiver, at).iterator(chunk_size=1000)]
        row = HandOver.objects.create(
            body=body,
            receiver=receiver,
            number=before.number + 1 if before else 1,
            after=before.until if before else None,
            until=at,
            lines=lines,
            sha256=digest_of(lines),
            by=officer_of(actor),
        )
        record(
            verb="disclosure.hand_over",
            actor=actor,
            target=row,
            body=body,
            detail={"receiver": receiver, "count": len(lines), "sha256": row.sha256},
        )
    return row


def digest_of(lines: list[dict[str, Any]]) -> str:
    """SHA-256 over canonical JSON."""
    written = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _line(document: Document) -> dict[str, Any]:
    assert document.first_published_at is not None  # noqa: S101 - only what was published
    return {
        "document": document.pk,
        "index_number": document.index_number,
        "title": document.title,
        "document_number": document.document_number,
        "kind": document.get_kind_display(),
        "made_on": document.made_on.isoformat(),
        "published_on": timezone.localdate(document.first_published_at).isoformat(),
        "address": document.public_path,
    }
