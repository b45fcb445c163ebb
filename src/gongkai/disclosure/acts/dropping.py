"""A file dropped to become a document: kept until the form it fills is saved, or for a week."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.files import files_or_nothing, store
from gongkai.core.sniffing import DOCX, PDF, safe_name, sniff
from gongkai.disclosure.acts.attachments import why_not_take_file
from gongkai.disclosure.models import Drop
from gongkai.disclosure.viruses import scan
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission, why_not_permitted

KEPT = dt.timedelta(days=7)
READABLE = (DOCX, PDF)


def why_not_drop(body: Body, *, content: bytes, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """A Word file or a PDF, of a body one handles."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))
    wrong = why_not_take_file(content)
    if not wrong and sniff(content) not in READABLE:
        wrong = [Obstacle("file_type", "只能从 DOCX 或者 PDF 读取正文", "其他格式请作为附件上传", "file")]
    return obstacles + wrong


def drop_file(*, body: Body, name: str, content: bytes, actor: Officer, at: dt.datetime) -> Drop:
    """Keep a file that is to be read. Raises ``RefusedError``."""
    refuse_if(why_not_drop(body, content=content, actor=actor, at=at))
    refuse_if(scan(content).obstacles)
    kind = sniff(content)
    assert kind is not None  # noqa: S101 - the obstacles were asked
    with files_or_nothing(), transaction.atomic():
        drop = Drop(body=body, made_by=actor, made_at=at, name=safe_name(name, kind))
        store(drop.file, content, kind.endings[0])
        drop.save()
        record(
            verb="disclosure.drop_file",
            actor=actor,
            target=drop,
            body=body,
            detail={"sha256": hashlib.sha256(content).hexdigest()},
        )
    return drop


def read_drop(drop: Drop) -> bytes:
    """The bytes. Raises OSError when the file is gone."""
    with drop.file.storage.open(str(drop.file.name)) as stored:
        return bytes(stored.read())


def forget_drop(drop: Drop) -> None:
    """It has become a document, or nothing."""
    file = drop.file
    with transaction.atomic():
        drop.delete()
        transaction.on_commit(lambda: file.storage.delete(str(file.name)))


def forget_drops(*, at: dt.datetime) -> int:
    """Let go of what lay for a week."""
    rows = list(Drop.objects.filter(made_at__lt=at - KEPT))
    for row in rows:
        forget_drop(row)
    return len(rows)
