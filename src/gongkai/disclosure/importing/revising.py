"""A row that was imported before and reads otherwise now: its text becomes the next edition, or it is told why not."""

from __future__ import annotations

import datetime as dt

from gongkai.core.errors import Obstacle
from gongkai.disclosure.enums import IN_PREPARATION, EditionState, TextSource
from gongkai.disclosure.importing.row import Row
from gongkai.disclosure.models import Edition, ImportedSource, ImportJob
from gongkai.organisations.models import Officer

FIXED = {"kind": "类别", "made_on": "成文日期", "document_number": "文号"}
"""What the reports count; a machine does not change it."""
TAKEN = (
    "title", "subject", "genre", "keywords", "summary", "joint_issuers", "effective_on", "valid_until",
)  # fmt: skip


def why_not_revise(source: ImportedSource, row: Row) -> list[Obstacle]:
    """What an officer did to the document since goes before what the source says now."""
    document, edition = source.document, source.edition
    found = []
    moved = [label for name, label in FIXED.items() if getattr(document, name) != getattr(row, name)]
    if document.first_published_at != row.published_at:
        moved.append("公开时间")
    if document.ended_on != row.ended_on:
        moved.append("废止（失效）日期")
    if moved:
        message = f"来源的{'、'.join(moved)}与登记的不同，未更新"
        found.append(Obstacle("fixed", message, "请核对后人工更正"))
    if document.withdrawn_at is not None:
        found.append(Obstacle("left", "文件已经撤下，未更新", "需要恢复的，请人工办理"))
    elif edition.state != EditionState.PUBLISHED:
        found.append(Obstacle("newer", "文件在本系统发布过新版本，未更新", "请人工比对"))
    if document.editions.filter(state__in=IN_PREPARATION).exists():
        found.append(Obstacle("draft", "文件有正在办理的新版本，未更新", "请先办结，或者人工比对"))
    return found


def revise(
    job: ImportJob, source: ImportedSource, row: Row, officer: Officer | None, at: dt.datetime
) -> Edition:
    """The next edition online, the imported one superseded; inside the batch's transaction."""
    document = source.document
    Edition.objects.filter(pk=source.edition_id).update(state=EditionState.SUPERSEDED)
    edition = Edition.objects.create(
        document=document,
        number=source.edition.number + 1,
        title=row.title,
        text=row.text,
        state=EditionState.PUBLISHED,
        source=TextSource.IMPORTED,
        created_at=at,
        created_by=officer,
        approved_by=officer,
        published_at=at,
        reason="来源内容有变，批量导入更新",
    )
    for name in TAKEN:
        setattr(document, name, getattr(row, name))
    document.changed_at = at
    document.save(update_fields=[*TAKEN, "changed_at"])
    source.edition, source.digest, source.job, source.row, source.imported_at = (
        edition,
        row.digest,
        job,
        row.number,
        at,
    )
    source.save(update_fields=["edition", "digest", "job", "row", "imported_at"])
    return edition
