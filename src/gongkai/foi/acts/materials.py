"""Files of a case: added with their digest under a name nobody can guess, and marked for the applicant."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.models import Material, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.rules import why_not_handle
from gongkai.foi.sniffing import APPLICANT_FILES, APPLICANT_LIMIT, MEBIBYTE, FileType, safe_name, sniff
from gongkai.organisations.rules import officer_of

PROVIDABLE = (MaterialKind.SOURCE, MaterialKind.REDACTED)
"""What may be given to the applicant with an answer."""


def why_file_wrong(content: bytes, *, by_applicant: bool = False) -> list[Obstacle]:
    """Empty, too large, or of a type that is not taken."""
    if not content:
        return [Obstacle("empty", "文件是空的", "请重新选择文件", "file")]
    limit = (
        min(APPLICANT_LIMIT, settings.GONGKAI_UPLOAD_LIMIT) if by_applicant else settings.GONGKAI_UPLOAD_LIMIT
    )
    if len(content) > limit:
        message = f"文件超过{limit // MEBIBYTE}MB"
        return [Obstacle("too_large", message, "请压缩或者拆分后再上传", "file")]
    if sniff(content) is None:
        remedy = "请上传 PDF、DOCX、XLSX、图片（PNG、JPG、TIFF、BMP）或者 TXT 文件，不含宏"
        return [Obstacle("file_type", "不能接受这种格式的文件", remedy, "file")]
    return []


def why_not_add_material(
    request: Request,
    *,
    kind: str,
    content: bytes,
    by_applicant: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """No permission, no such kind, a file that is not taken, or the very same file once more."""
    found = [
        *why_not_handle(request.body, actor=actor, at=at),
        *why_file_wrong(content, by_applicant=by_applicant),
    ]
    if kind not in MaterialKind.values:
        found.append(Obstacle("kind", f"没有“{kind}”这种材料", "请重新选择", "kind"))
    if by_applicant and request.materials.filter(by_applicant=True).count() >= APPLICANT_FILES:
        message = f"一件申请最多上传{APPLICANT_FILES}个文件"
        found.append(Obstacle("too_many", message, "请合并后上传，或者邮寄给本机关", "file"))
    if request.materials.filter(kind=kind, sha256=hashlib.sha256(content).hexdigest()).exists():
        found.append(Obstacle("again", "同样的文件已经上传过", "无须重复上传", "file"))
    return found


def add_material(
    *,
    request: Request,
    kind: str,
    name: str,
    content: bytes,
    by_applicant: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> Material:
    """Keep a file with the case. Raises RefusedError.

    The audit has its digest and kind; its name may say whose it is and stays out.
    """
    with files_or_nothing(), transaction.atomic():
        request = lock_one(request)
        refuse_if(
            why_not_add_material(
                request, kind=kind, content=content, by_applicant=by_applicant, actor=actor, at=at
            )
        )
        return keep(request, kind, name, content, by_applicant=by_applicant, actor=actor, at=at)


def keep(
    request: Request,
    kind: str,
    name: str,
    content: bytes,
    *,
    by_applicant: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> Material:
    """Store the file and its row. Call it inside ``files_or_nothing``; the obstacles were asked."""
    found = sniff(content)
    assert found is not None  # noqa: S101 - the obstacles were asked
    material = Material(
        request=request,
        kind=kind,
        name=safe_name(name, found),
        media_type=found.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=at,
        added_by=officer_of(actor),
        by_applicant=by_applicant,
    )
    _store(material, found, content)
    material.save()
    record(
        verb="foi.add_material",
        actor=actor,
        target=request,
        body=request.body,
        detail={"material": material.pk, "kind": kind, "sha256": material.sha256},
    )
    return material


_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


@contextmanager
def files_or_nothing() -> Iterator[None]:
    """Around an act's transaction: when it fails, the files that it stored go again with its rows."""
    stored: list[FieldFile] = []
    token = _stored.set(stored)
    try:
        yield
    except BaseException:
        for file in stored:
            file.storage.delete(str(file.name))
        raise
    finally:
        _stored.reset(token)


def _store(material: Material, found: FileType, content: bytes) -> None:
    """Under 32 random hexadecimal digits: the name tells nothing and cannot be guessed."""
    stored = f"{secrets.token_hex(16)}.{found.endings[0]}"
    material.file.save(stored, ContentFile(content), save=False)
    kept = _stored.get()
    if kept is not None:
        kept.append(material.file)


def read(material: Material) -> bytes:
    """The file's bytes. Raises ValueError when they are no longer those that were kept."""
    with material.file.storage.open(material.file.name) as stored:
        content = bytes(stored.read())
    if hashlib.sha256(content).hexdigest() != material.sha256:
        message = f"file of material {material.pk} differs from its digest"
        raise ValueError(message)
    return content


def why_not_mark(material: Material, *, for_applicant: bool, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Of the wrong kind, marked so already, or a redacted file that was not released."""
    found = why_not_handle(material.request.body, actor=actor, at=at)
    if material.for_applicant == for_applicant:
        found.append(Obstacle("unchanged", "没有任何改动", "无须保存", "for_applicant"))
    if not for_applicant:
        return found
    if material.kind not in PROVIDABLE:
        message = f"“{material.get_kind_display()}”不提供给申请人"
        found.append(Obstacle("kind", message, "请上传拟提供的信息", "kind"))
    redactions = material.made_by_redaction if hasattr(material, "made_by_redaction") else None
    if material.kind == MaterialKind.REDACTED and (redactions is None or redactions.released_at is None):
        found.append(Obstacle("not_released", "遮盖后的文件还没有放行", "请先核验并放行"))
    if material.kind == MaterialKind.SOURCE and material.redactions.exists():
        message = "本文件有不予公开的内容，正在遮盖或者已经遮盖"
        found.append(Obstacle("to_be_redacted", message, "请提供遮盖后的文件"))
    return found


def mark_for_applicant(
    *, material: Material, for_applicant: bool = True, actor: Actor, at: dt.datetime
) -> Material:
    """Say that a file goes to the applicant with the answer, or that it does not. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(material.request)
        material = lock_one(material)
        refuse_if(why_not_mark(material, for_applicant=for_applicant, actor=actor, at=at))
        material.for_applicant = for_applicant
        material.save(update_fields=["for_applicant"])
        record(
            verb="foi.mark_for_applicant",
            actor=actor,
            target=request,
            body=request.body,
            detail={"material": material.pk, "for_applicant": for_applicant},
        )
    return material
