"""Take over many published documents at once, e.g. from an older website: all of them or none."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.catalogue.models import Item, KeyArea
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.disclosure.acts.documents import why_not_belonging
from gongkai.disclosure.effects import Change, tell_many
from gongkai.disclosure.enums import DocumentKind, EditionState
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.metadata import EDITABLE, why_not_metadata
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.numbering import take_index_numbers, why_not_numbered
from gongkai.disclosure.rules import COUNTED_KINDS, why_not_dated, why_not_titled, years_touched
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted, why_years_closed

BATCH = 500
OWN = frozenset({"document_number", "kind", "unit", "made_on", "item", "key_area", "interprets"})
METADATA = frozenset(EDITABLE) - OWN
"""What a row may say beyond its own fields."""


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """One published document to take over, with the time it was published where it came from."""

    title: str
    kind: str
    made_on: dt.date
    text: str
    published_at: dt.datetime
    document_number: str = ""
    unit: Unit | None = None
    item: Item | None = None
    key_area: KeyArea | None = None
    interprets: Document | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the directory guide, by the names of the model."""

    @property
    def year(self) -> int:
        """The year it was published in, by the local calendar."""
        return timezone.localdate(self.published_at).year


def why_not_import(
    *, body: Body, rows: Sequence[DocumentRow], actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything wrong with the batch; what is wrong with a row names the row, counted from 1."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate(at)) + why_not_numbered(
        body
    )
    if not rows:
        obstacles.append(Obstacle("empty", "没有可以导入的文件", "请检查所选文件"))
    obstacles += why_years_closed(body, _years(rows), amendment)
    taken = _taken_numbers(body, rows)
    for position, row in enumerate(rows, start=1):
        obstacles += [_at_row(position, obstacle) for obstacle in _why_not_row(body, row, at, taken)]
    return obstacles


def _at_row(position: int, obstacle: Obstacle) -> Obstacle:
    return Obstacle(obstacle.code, f"第{position}行：{obstacle.message}", obstacle.remedy, obstacle.field)


def _why_not_row(body: Body, row: DocumentRow, at: dt.datetime, taken: frozenset[str]) -> Iterator[Obstacle]:
    yield from why_not_titled(row.title)
    yield from why_not_dated(row.made_on, row.published_at)
    if row.kind not in DocumentKind.values:
        kinds = "、".join(DocumentKind.labels)
        yield Obstacle("kind", f"不认识类别“{row.kind}”", f"应为：{kinds}", "kind")
    if row.published_at > at:
        yield Obstacle(
            "future", f"公开时间（{row.published_at:%Y-%m-%d}）晚于导入时间", "请核对公开时间", "published_at"
        )
    if not row.text.strip():
        yield Obstacle("no_text", "没有正文", "请补充正文", "text")
    if row.document_number in taken:
        message = f"文号“{row.document_number}”已经登记，或在本批中重复"
        yield Obstacle("number_taken", message, "请核对文号", "document_number")
    if unknown := sorted(set(row.metadata) - METADATA):
        yield Obstacle("field", f"不能填写：{'、'.join(unknown)}", "由系统记录")
    yield from why_not_metadata(row.made_on, row.metadata)
    yield from why_not_belonging(body, unit=row.unit, item=row.item, key_area=row.key_area)


def _years(rows: Iterable[DocumentRow]) -> set[int]:
    """The years whose reports the batch changes."""
    touched: set[int] = set()
    for kind, year in {(row.kind, row.year) for row in rows}:
        touched.update(years_touched(kind, year))
    for made_on in {row.made_on for row in rows if row.kind in COUNTED_KINDS}:
        touched.update(years_touched(DocumentKind.NORMATIVE, made_on.year))
    return touched


def _taken_numbers(body: Body, rows: Iterable[DocumentRow]) -> frozenset[str]:
    """Document numbers that are already registered or stand twice in the batch."""
    numbers = Counter(row.document_number for row in rows if row.document_number)
    registered = Document.objects.filter(body=body).exclude(document_number="")
    known = set(registered.values_list("document_number", flat=True)) if numbers else set()
    return frozenset(number for number, count in numbers.items() if count > 1 or number in known)


def import_documents(
    *, body: Body, rows: Sequence[DocumentRow], actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Edition]:
    """Enter published documents with their first editions, in the order of the rows; one audit entry for all.

    Raises ``RefusedError`` naming every wrong row; then nothing has changed.
    """
    rows = list(rows)
    with transaction.atomic():
        refuse_if(why_not_import(body=body, rows=rows, actor=actor, at=at, amendment=amendment))
        documents = [
            _document(body, row, number, at) for row, number in zip(rows, _numbers(body, rows), strict=True)
        ]
        Document.objects.bulk_create(documents, batch_size=BATCH)
        officer = officer_of(actor)
        editions = [
            Edition(
                document=document,
                title=document.title,
                text=clean_text(row.text),
                state=EditionState.PUBLISHED,
                created_at=row.published_at,
                created_by=officer,
                approved_by=officer,
                published_at=row.published_at,
            )
            for document, row in zip(documents, rows, strict=True)
        ]
        Edition.objects.bulk_create(editions, batch_size=BATCH)
        tell_many(documents, Change.PUBLISHED, at)
        detail = {"count": len(rows), "first": documents[0].index_number, "last": documents[-1].index_number}
        record_dated(
            verb="disclosure.import_documents",
            actor=actor,
            target=body,
            body=body,
            detail=detail,
            years=_years(rows),
            amendment=amendment,
        )
    return editions


def _document(body: Body, row: DocumentRow, index_number: str, at: dt.datetime) -> Document:
    return Document(
        body=body,
        unit=row.unit,
        index_number=index_number,
        title=row.title.strip(),
        document_number=row.document_number,
        kind=row.kind,
        made_on=row.made_on,
        item=row.item,
        key_area=row.key_area,
        interprets=row.interprets,
        **row.metadata,
        first_published_at=row.published_at,
        changed_at=at,
    )


def _numbers(body: Body, rows: Sequence[DocumentRow]) -> list[str]:
    """An index number for each row, taken per year in one step; years in order, so that two batches cannot deadlock."""
    positions: dict[int, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        positions[row.year].append(position)
    numbers = [""] * len(rows)
    for year in sorted(positions):
        taken = take_index_numbers(body, year, count=len(positions[year]))
        for position, number in zip(positions[year], taken, strict=True):
            numbers[position] = number
    return numbers
