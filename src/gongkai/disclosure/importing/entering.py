"""One batch of rows made into documents: in one transaction with the checkpoint and the audit entry."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.files import store
from gongkai.disclosure.acts.attachments import Prepared, prepare
from gongkai.disclosure.checking import UNDESCRIBED
from gongkai.disclosure.effects import Change, tell_many
from gongkai.disclosure.enums import AttachmentRole, EditionState, TextSource
from gongkai.disclosure.importing.enums import OnChange
from gongkai.disclosure.importing.known import imported_before, years_of
from gongkai.disclosure.importing.revising import revise, why_not_revise
from gongkai.disclosure.importing.row import Remark, Row
from gongkai.disclosure.importing.sources.files import Files
from gongkai.disclosure.models import Attachment, Document, Edition, ImportedSource, ImportJob
from gongkai.disclosure.numbering import take_index_numbers
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.rules import officer_of, why_years_closed

PIECE = 200  # rows a statement: SQLite counts parameters


@dataclass
class Batch:
    """Rows with their files made ready, and what came of them."""

    rows: list[Row]
    files: dict[int, list[Prepared]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    imported: int = 0
    revised: int = 0
    unchanged: int = 0
    changed: int = 0


def actor_of(job: ImportJob) -> Actor:
    """Who let the import go."""
    return job.started_by or SYSTEM


def make_ready(job: ImportJob, rows: Sequence[Row], files: Files) -> Batch:
    """Everything slow, before the transaction: the files of rows that are new or changed are read, scanned and cleaned.

    A row whose file is gone or not taken is left out with an error. Raises OSError.
    """
    known = imported_before(job, rows)
    batch = Batch([])
    for row in rows:
        source = known.get(row.key)
        if row.files and (source is None or source.digest != row.digest):
            made, wrong = _prepared(row, files)
            if wrong:
                batch.remarks += wrong
                continue
            batch.files[row.number] = made
        batch.rows.append(row)
    return batch


def _prepared(row: Row, files: Files) -> tuple[list[Prepared], list[Remark]]:
    made: list[Prepared] = []
    for name, digest in zip(row.files, row.file_digests, strict=True):
        content = files.read(name, settings.GONGKAI_UPLOAD_LIMIT)
        if content is None:
            return [], [_wrong(row, Obstacle("no_file", f"附件“{name[:80]}”不见了", "请放回原处后继续"))]
        ready, obstacles = prepare(name, content)
        if ready is None:
            return [], [_wrong(row, one, name) for one in obstacles]
        if ready.values["source_sha256"] != digest:
            return [], [
                _wrong(row, Obstacle("file_changed", f"附件“{name[:80]}”在检查以后变了", "请重新检查"))
            ]
        made.append(ready)
    return made, []


def _wrong(row: Row, one: Obstacle, name: str = "") -> Remark:
    message = f"附件“{name[:80]}”：{one.message}" if name else one.message
    return Remark(row.number, "附件", one.code, message[:400], one.remedy[:300])


def enter(job: ImportJob, batch: Batch, at: dt.datetime) -> None:
    """Make documents of the batch. Inside the caller's transaction, with the job and its body locked.

    Raises ``RefusedError`` when a year was closed meanwhile; then nothing has changed.
    """
    known = imported_before(job, batch.rows)
    fresh = [row for row in batch.rows if row.key not in known]
    fresh = _without_taken_numbers(job, batch, fresh)
    refuse_if(why_years_closed(job.body, years_of(fresh), job.amendment))
    documents = _documents(job, fresh, at)
    editions = _editions(job, fresh, documents)
    _sources(job, fresh, documents, editions, at)
    _attachments(batch, fresh, editions, at)
    batch.imported = len(documents)
    if documents:
        tell_many(documents, Change.PUBLISHED, at)
    again = [row for row in batch.rows if row.key in known]
    revised = _known(job, batch, again, known, at)
    _audit(job, fresh, documents, revised)


def _without_taken_numbers(job: ImportJob, batch: Batch, rows: list[Row]) -> list[Row]:
    """A number registered by hand since the check keeps its row out."""
    numbers = [row.document_number for row in rows if row.document_number]
    found = Document.objects.filter(body=job.body_id, document_number__in=numbers)
    taken = set(found.values_list("document_number", flat=True))
    for row in rows:
        if row.document_number in taken:
            message, remedy = f"文号“{row.document_number}”已经登记", "如系同一文件，无须导入"
            batch.remarks.append(Remark(row.number, "文号", "number_taken", message, remedy))
    return [row for row in rows if row.document_number not in taken]


def _documents(job: ImportJob, rows: list[Row], at: dt.datetime) -> list[Document]:
    made = [
        Document(
            body=job.body,
            unit_id=row.unit,
            index_number=number,
            title=row.title,
            document_number=row.document_number,
            kind=row.kind,
            made_on=row.made_on,
            effective_on=row.effective_on,
            valid_until=row.valid_until,
            genre=row.genre,
            subject=row.subject,
            keywords=row.keywords,
            summary=row.summary,
            joint_issuers=row.joint_issuers,
            item_id=row.item,
            ended_on=row.ended_on,
            ended_how=row.ended_how,
            ended_basis="来源系统所载" if row.ended_on else "",
            first_published_at=row.published_at,
            changed_at=at,
        )
        for row, number in zip(rows, _numbers(job, rows), strict=True)
    ]
    return Document.objects.bulk_create(made, batch_size=PIECE)


def _numbers(job: ImportJob, rows: list[Row]) -> list[str]:
    """An index number for each row, taken per year in one step; years in order, so that two batches cannot deadlock."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[timezone.localdate(row.published_at).year].append(place)
    numbers = [""] * len(rows)
    for year in sorted(places):
        taken = take_index_numbers(job.body, year, count=len(places[year]))
        for place, number in zip(places[year], taken, strict=True):
            numbers[place] = number
    return numbers


def _editions(job: ImportJob, rows: list[Row], documents: list[Document]) -> list[Edition]:
    officer = officer_of(actor_of(job))
    made = [
        Edition(
            document=document,
            title=row.title,
            text=row.text,
            state=EditionState.PUBLISHED,
            source=TextSource.IMPORTED,
            created_at=row.published_at,
            created_by=officer,
            approved_by=officer,
            published_at=row.published_at,
        )
        for row, document in zip(rows, documents, strict=True)
    ]
    return Edition.objects.bulk_create(made, batch_size=PIECE)


def _sources(
    job: ImportJob, rows: list[Row], documents: list[Document], editions: list[Edition], at: dt.datetime
) -> None:
    ImportedSource.objects.bulk_create(
        [
            ImportedSource(
                body=job.body,
                key=row.key,
                digest=row.digest,
                document=document,
                edition=edition,
                job=job,
                row=row.number,
                link=row.link,
                old_index=row.old_index,
                imported_at=at,
            )
            for row, document, edition in zip(rows, documents, editions, strict=True)
        ],
        batch_size=PIECE,
    )


def _attachments(batch: Batch, rows: list[Row], editions: list[Edition], at: dt.datetime) -> None:
    made = []
    for row, edition in zip(rows, editions, strict=True):
        for position, ready in enumerate(batch.files.get(row.number, ())):
            one = Attachment(edition=edition, position=position, added_at=at, **ready.values)
            if picture := row.pictures.get(row.files[position]):
                one.role, one.public_id = AttachmentRole.PICTURE, UUID(picture[0])
                one.alternative = picture[1] or UNDESCRIBED
            store(one.file, ready.content, ready.kind.endings[0])
            made.append(one)
    Attachment.objects.bulk_create(made, batch_size=PIECE)


def _known(
    job: ImportJob, batch: Batch, rows: list[Row], known: dict[str, ImportedSource], at: dt.datetime
) -> list[Document]:
    """Rows that are documents already: the same, changed and told, or changed and taken as a new edition."""
    changed: list[tuple[Row, ImportedSource, Edition]] = []
    for row in rows:
        source = known[row.key]
        if source.digest == row.digest:
            batch.unchanged += 1
            continue
        obstacles = why_not_revise(source, row) if job.on_change == OnChange.REVISE else []
        if job.on_change != OnChange.REVISE or obstacles:
            batch.changed += 1
            batch.remarks += [
                Remark(row.number, "", one.code, one.message, one.remedy, is_error=False) for one in obstacles
            ]
            continue
        changed.append((row, source, revise(job, source, row, officer_of(actor_of(job)), at)))
    _attachments(batch, [row for row, _, _ in changed], [edition for _, _, edition in changed], at)
    documents = [source.document for _, source, _ in changed]
    batch.revised = len(documents)
    if documents:
        tell_many(documents, Change.REVISED, at)
    return documents


def _audit(job: ImportJob, rows: list[Row], documents: list[Document], revised: list[Document]) -> None:
    """One entry a batch: how many, which numbers, and that their times of publication are the source's word."""
    if not documents and not revised:
        return
    days = sorted(timezone.localdate(row.published_at) for row in rows)
    detail: dict[str, object] = {"import": job.pk, "count": len(documents), "source": job.name}
    if documents:
        told = {"published_from": days[0], "published_to": days[-1], "published_as_told_by": "source"}
        detail |= {"first": documents[0].index_number, "last": documents[-1].index_number, **told}
    if revised:
        detail["revised"] = [one.index_number for one in revised]
    record_dated(
        verb="disclosure.import_documents",
        actor=actor_of(job),
        target=job.body,
        body=job.body,
        detail=detail,
        years=years_of(rows),
        amendment=job.amendment,
    )
