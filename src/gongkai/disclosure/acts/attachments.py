"""Files of an edition: added, replaced under the same address, described, removed — while it is a draft.

A file is known by its bytes, looked at for viruses and by the guard, stripped of its metadata and kept under a name nobody
can guess. It is closed to the public until its edition is online.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, RefusedError, refuse_if
from gongkai.core.files import files_or_nothing, store
from gongkai.core.locks import lock_one
from gongkai.core.sniffing import JPEG, MEBIBYTE, PNG, FileType, safe_name, sniff
from gongkai.disclosure.checking import UNDESCRIBED
from gongkai.disclosure.enums import AttachmentRole, EditionState
from gongkai.disclosure.guarding import inspect, stored
from gongkai.disclosure.html import describe_picture
from gongkai.disclosure.models import Attachment, Edition
from gongkai.disclosure.viruses import scan
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

MOST_FILES = 100
PICTURES = (PNG, JPEG)
ALTERNATIVE_LENGTH = 300


def why_not_take_file(content: bytes, role: str = AttachmentRole.ATTACHMENT) -> list[Obstacle]:
    """Empty, too large, or of a type that is not taken; a picture of the text is one every browser shows."""
    if not content:
        return [Obstacle("empty", "文件是空的", "请重新选择文件", "file")]
    if len(content) > settings.GONGKAI_UPLOAD_LIMIT:
        message = f"文件超过{settings.GONGKAI_UPLOAD_LIMIT // MEBIBYTE}MB"
        return [Obstacle("too_large", message, "请压缩或者拆分后再上传", "file")]
    found = sniff(content)
    if found is None:
        remedy = "请上传 PDF、DOCX、XLSX、图片（PNG、JPG、TIFF、BMP）或者 TXT 文件，不含宏"
        return [Obstacle("file_type", "不能接受这种格式的文件", remedy, "file")]
    if role == AttachmentRole.PICTURE and found not in PICTURES:
        return [Obstacle("picture_type", "正文图片应为 PNG 或者 JPG", "请转换格式后再上传", "file")]
    return []


def why_not_change_files(edition: Edition, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """The files change with the text: in a draft only."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    if edition.state != EditionState.DRAFT:
        message = f"版本目前为“{edition.get_state_display()}”，不能改动附件"
        obstacles.append(Obstacle("state", message, "请先退回为草稿，或者起草新版本"))
    return obstacles


def why_not_add_file(
    edition: Edition,
    *,
    content: bytes,
    actor: Actor,
    at: dt.datetime,
    role: str = AttachmentRole.ATTACHMENT,
    alternative: str = "",
    replaces: Attachment | None = None,
) -> list[Obstacle]:
    """Everything wrong with a file; a picture comes with its words."""
    obstacles = why_not_change_files(edition, actor=actor, at=at) + why_not_take_file(content, role)
    if role not in AttachmentRole.values:
        obstacles.append(Obstacle("role", "没有这种用途", "请重新选择", "role"))
    if role == AttachmentRole.PICTURE and not alternative.strip():
        obstacles.append(Obstacle("no_alternative", "图片没有替代文字", "请写明图片内容", "alternative"))
    rows = edition.attachments.all()
    if replaces is None and len(rows) >= MOST_FILES:
        obstacles.append(Obstacle("too_many", f"一版最多{MOST_FILES}个文件", "请合并后再上传", "file"))
    if replaces is not None and replaces.edition_id != edition.pk:
        obstacles.append(Obstacle("foreign_file", "要替换的文件不属于这一版", "请刷新页面", "file"))
    digest = hashlib.sha256(content).hexdigest()
    if any(row.role == role and digest in {row.sha256, row.source_sha256} for row in rows):
        obstacles.append(Obstacle("again", "同样的文件已经上传过", "无须重复上传", "file"))
    return obstacles


@dataclass(frozen=True)
class Prepared:
    """A file as it will be kept."""

    kind: FileType
    content: bytes
    values: dict[str, Any]


def prepare(name: str, content: bytes) -> tuple[Prepared | None, list[Obstacle]]:
    """The same for a file that comes with many others: what is wrong with it is told, not raised."""
    obstacles = why_not_take_file(content)
    if obstacles:
        return None, obstacles
    try:
        return _prepare(name, content), []
    except RefusedError as refused:
        return None, list(refused.obstacles)


def _prepare(name: str, content: bytes) -> Prepared:
    """Everything slow, before any lock is taken. Raises RefusedError for a virus or a file that cannot be read."""
    kind = sniff(content)
    assert kind is not None  # noqa: S101 - the obstacles were asked
    looked = scan(content)
    refuse_if(looked.obstacles)
    shown = safe_name(name, kind)
    looked_at = inspect(shown, content)
    cleaned = looked_at.content
    values = {
        "name": shown,
        "media_type": kind.media_type,
        "size": len(cleaned),
        "sha256": hashlib.sha256(cleaned).hexdigest(),
        "source_sha256": hashlib.sha256(content).hexdigest(),
        "text": looked_at.text,
        "findings": stored(looked_at.findings),
        "virus_state": looked.state,
    }
    return Prepared(kind, cleaned, values)


def add_file(
    *,
    edition: Edition,
    name: str,
    content: bytes,
    actor: Actor,
    at: dt.datetime,
    role: str = AttachmentRole.ATTACHMENT,
    alternative: str = "",
    replaces: Attachment | None = None,
) -> Attachment:
    """Keep a file with a draft; one that replaces another has its address. Raises ``RefusedError``."""
    given = {"content": content, "role": role, "alternative": alternative, "replaces": replaces}
    refuse_if(why_not_add_file(edition, actor=actor, at=at, **given))  # type: ignore[arg-type]
    prepared = _prepare(name, content)
    with files_or_nothing(), transaction.atomic():
        lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_add_file(edition, actor=actor, at=at, **given))  # type: ignore[arg-type]
        row = (
            lock_one(replaces)
            if replaces is not None
            else Attachment(edition=edition, position=_after(edition))
        )
        row.role, row.alternative, row.added_at = role, alternative.strip()[:ALTERNATIVE_LENGTH], at
        for field, value in prepared.values.items():
            setattr(row, field, value)
        store(row.file, prepared.content, prepared.kind.endings[0])
        row.save()
        record(
            verb="disclosure.replace_file" if replaces is not None else "disclosure.add_file",
            actor=actor,
            target=edition,
            body=edition.document.body,
            detail={"name": row.name, "sha256": row.sha256, "role": role, "findings": len(row.findings)},
        )
    return row


def _after(edition: Edition) -> int:
    last = edition.attachments.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def why_not_describe(
    row: Attachment, *, name: str, alternative: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A file keeps a name; a picture keeps its words."""
    obstacles = why_not_change_files(row.edition, actor=actor, at=at)
    if not name.strip():
        obstacles.append(Obstacle("no_name", "文件名不能为空", "请填写", "name"))
    if row.role == AttachmentRole.PICTURE and alternative.strip() in {"", UNDESCRIBED}:
        obstacles.append(Obstacle("no_alternative", "图片没有替代文字", "请写明图片内容", "alternative"))
    return obstacles


def describe_file(
    *, attachment: Attachment, name: str, alternative: str, actor: Actor, at: dt.datetime
) -> Attachment:
    """Change what a file is called and what a picture shows, in the text too. Raises ``RefusedError``."""
    with transaction.atomic():
        edition = lock_one(attachment.edition)
        attachment = lock_one(attachment)
        refuse_if(why_not_describe(attachment, name=name, alternative=alternative, actor=actor, at=at))
        kind = FileType(attachment.media_type, (str(attachment.file.name).rpartition(".")[2],))
        before, words = attachment.alternative, alternative.strip()[:ALTERNATIVE_LENGTH]
        attachment.name, attachment.alternative = safe_name(name, kind), words
        attachment.save(update_fields=["name", "alternative"])
        text = (
            describe_picture(edition.text, attachment.public_path, before, words) if words else edition.text
        )
        if text != edition.text:
            edition.text, edition.edited_at, edition.edited_by = text, at, officer_of(actor)
            edition.save(update_fields=["text", "edited_at", "edited_by"])
        record(
            verb="disclosure.describe_file",
            actor=actor,
            target=attachment.edition,
            body=attachment.edition.document.body,
            detail={"name": attachment.name, "alternative": attachment.alternative},
        )
    return attachment


def remove_file(*, attachment: Attachment, actor: Actor, at: dt.datetime) -> None:
    """Take a file out of a draft; another edition that has it keeps it. Raises ``RefusedError``."""
    with transaction.atomic():
        edition = lock_one(attachment.edition)
        attachment = lock_one(attachment)
        refuse_if(why_not_change_files(edition, actor=actor, at=at))
        file, detail = attachment.file, {"name": attachment.name, "sha256": attachment.sha256}
        attachment.delete()
        if not Attachment.objects.filter(file=file.name).exists():
            transaction.on_commit(lambda: file.storage.delete(str(file.name)))
        record(
            verb="disclosure.remove_file",
            actor=actor,
            target=edition,
            body=edition.document.body,
            detail=detail,
        )
