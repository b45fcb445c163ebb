"""Take a table over: what was read waits as a draft, is looked at, and is applied whole or not at all.

The update of a body's catalogue from its standard is the same: a draft, whose rows are the standard's with the body's
own rows and localised cells kept.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.catalogue.acts.editions import freeze
from gongkai.catalogue.acts.items import first_level, put_row, take_out, units_of, why_unit_unknown
from gongkai.catalogue.models import Catalogue, Field, ImportDraft, Item
from gongkai.catalogue.queries import (
    Key,
    digest,
    items_of,
    local_keys,
    localised,
    localised_of,
    row_of,
    rows_of,
    write_row,
)
from gongkai.catalogue.rules import why_not_change, why_not_issue
from gongkai.catalogue.tables.comparing import Comparison, Kept, compare, merge
from gongkai.catalogue.tables.reading import read_table
from gongkai.catalogue.tables.rows import Row, as_json, from_json
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

KEPT_DAYS = 14  # a draft nobody confirmed is swept


def draft_rows(draft: ImportDraft) -> list[Row]:
    """The rows that wait."""
    return [from_json(one) for one in draft.rows]


def preview(draft: ImportDraft) -> Comparison:
    """What confirming would do to the catalogue as it is now."""
    return compare(rows_of(draft.catalogue) if draft.catalogue else [], draft_rows(draft))


def why_not_prepare(
    *, body: Body, field: Field, catalogue: Catalogue | None, title: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Into the body's own catalogue, or a new one with a title."""
    today = timezone.localdate(at)
    if catalogue is not None:
        return why_not_change(catalogue, actor, today)
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, today)
    if not title.strip():
        obstacles.append(Obstacle("no_title", "新目录没有名称", "请填写目录名称", "title"))
    in_use = Catalogue.objects.filter(body=body, field=field, retired_on__isnull=True).first()
    if in_use is not None:
        message = f"{body.display_name}已有{field.name}领域的目录《{in_use.title}》"
        obstacles.append(Obstacle("field_taken", message, "请选择导入到该目录", "catalogue"))
    return obstacles


def prepare_import(
    *,
    content: bytes,
    file_name: str,
    body: Body,
    field: Field,
    actor: Actor,
    at: dt.datetime,
    catalogue: Catalogue | None = None,
    title: str = "",
) -> ImportDraft:
    """Read a file and keep what was read until it is confirmed. Raises ``RefusedError`` naming every wrong cell."""
    table = read_table(content)
    title = (catalogue.title if catalogue else title or table.title)[:200]
    refuse_if(why_not_prepare(body=body, field=field, catalogue=catalogue, title=title, actor=actor, at=at))
    target = catalogue or Catalogue(body=body, field=field)
    units = units_of(target)
    refuse_if(
        Obstacle(one.code, f"“{row.level1}／{row.level2}”：{one.message}", one.remedy, "file")
        for row in table.rows
        for one in why_unit_unknown(target, row, units)
    )
    return ImportDraft.objects.create(
        body=body,
        catalogue=catalogue,
        field=field,
        title=title,
        file_name=file_name[-200:],
        rows=[as_json(row) for row in table.rows],
        base_digest=digest(catalogue) if catalogue else "",
        made_at=at,
        made_by=officer_of(actor),
    )


def why_not_update(catalogue: Catalogue, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only an adopted catalogue can follow its standard."""
    obstacles = why_not_change(catalogue, actor, timezone.localdate(at))
    if catalogue.based_on_id is None:
        obstacles.append(Obstacle("no_standard", "本目录不是采用标准目录建立的", "请直接修改，或导入表格"))
    return obstacles


def merged_with_standard(catalogue: Catalogue) -> tuple[list[Row], list[Kept]]:
    """The body's table as it would follow the standard, and the cells in which it would not."""
    assert catalogue.based_on is not None  # noqa: S101 - asked before
    items = items_of(catalogue)
    standard = rows_of(catalogue.based_on)
    return merge(
        [row_of(item) for item in items], standard, localised=localised(items), local=local_keys(items)
    )


def prepare_update(*, catalogue: Catalogue, actor: Actor, at: dt.datetime) -> ImportDraft:
    """A draft that brings the standard's changes. Raises ``RefusedError``."""
    refuse_if(why_not_update(catalogue, actor=actor, at=at))
    rows, _ = merged_with_standard(catalogue)
    return ImportDraft.objects.create(
        body=catalogue.body,
        catalogue=catalogue,
        field=catalogue.field,
        title=catalogue.title,
        from_standard=True,
        rows=[as_json(row) for row in rows],
        base_digest=digest(catalogue),
        made_at=at,
        made_by=officer_of(actor),
    )


def why_not_confirm(
    draft: ImportDraft, *, adopted_on: dt.date, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """The catalogue is still the one that was compared, and confirming is for who approves."""
    today = timezone.localdate(at)
    catalogue = draft.catalogue
    if catalogue is None:
        assert draft.body is not None  # noqa: S101 - a new catalogue belongs to a body
        obstacles = why_not_permitted(actor, Permission.APPROVE, draft.body, today)
        taken = Catalogue.objects.filter(body=draft.body, field=draft.field, retired_on__isnull=True)
        if taken.exists():
            message = f"预览之后，{draft.field.name}领域已经有了目录"
            obstacles.append(Obstacle("field_taken", message, "请重新上传，选择导入到该目录"))
    else:
        obstacles = why_not_issue(catalogue, actor, today)
        if digest(catalogue) != draft.base_digest:
            message = "预览之后，目录又被修改过"
            obstacles.append(Obstacle("moved", message, "请重新上传文件，核对新的差异后再确认"))
    if adopted_on > today:
        obstacles.append(Obstacle("future", "发布日期晚于今天", "请核对日期", "adopted_on"))
    latest = catalogue.editions.first() if catalogue else None
    if latest is not None and adopted_on < latest.adopted_on:
        message = f"发布日期早于第{latest.number}版的发布日期（{latest.adopted_on}）"
        obstacles.append(Obstacle("before_last", message, "请核对日期", "adopted_on"))
    units = units_of(catalogue or Catalogue(body=draft.body, field=draft.field))
    for row in draft_rows(draft):
        obstacles += why_unit_unknown(catalogue or Catalogue(body=draft.body), row, units)
    return obstacles


def confirm_import(
    *, draft: ImportDraft, adopted_on: dt.date, actor: Actor, at: dt.datetime, note: str = ""
) -> Catalogue:
    """Apply all of a draft and publish the next edition; a second confirmation changes nothing.

    Raises ``RefusedError``; then nothing has changed and the draft still waits.
    """
    with transaction.atomic():
        draft = lock_one(draft)
        if draft.applied_at is not None:
            assert draft.catalogue is not None  # noqa: S101 - what was applied has one
            return draft.catalogue
        if draft.catalogue is not None:
            draft.catalogue = lock_one(draft.catalogue)
        refuse_if(why_not_confirm(draft, adopted_on=adopted_on, actor=actor, at=at))
        difference = preview(draft)
        catalogue = draft.catalogue or _new_catalogue(draft, adopted_on)
        _apply(catalogue, draft_rows(draft), since=adopted_on, from_standard=draft.from_standard)
        if difference or not catalogue.editions.exists():
            freeze(catalogue, adopted_on=adopted_on, note=note, actor=actor, at=at)
        draft.catalogue, draft.applied_at = catalogue, at
        draft.save(update_fields=["catalogue", "applied_at"])
        _tell(draft, catalogue, difference, actor, note)
    return catalogue


def _tell(draft: ImportDraft, catalogue: Catalogue, difference: Comparison, actor: Actor, note: str) -> None:
    detail = {
        "file": draft.file_name or "标准目录",
        "new": len(difference.new),
        "changed": len(difference.changed),
        "gone": len(difference.gone),
        "unchanged": difference.unchanged,
    }
    verb = "catalogue.update_from_standard" if draft.from_standard else "catalogue.import_table"
    record(verb=verb, actor=actor, target=catalogue, body=catalogue.body, detail=detail, reason=note)


def _new_catalogue(draft: ImportDraft, adopted_on: dt.date) -> Catalogue:
    standard = Catalogue.objects.filter(body=None, field=draft.field, retired_on__isnull=True).first()
    return Catalogue.objects.create(
        field=draft.field,
        body=draft.body,
        based_on=standard,
        title=draft.title,
        origin=f"导入自{draft.file_name}",
        adopted_on=adopted_on,
    )


def _apply(catalogue: Catalogue, rows: list[Row], *, since: dt.date, from_standard: bool) -> None:
    """Write the rows in their order; what is not among them is retired."""
    units = units_of(catalogue)
    existing = {row_of(item).key: item for item in items_of(catalogue)}
    sources = _sources(catalogue)
    for item in (existing[key] for key in existing.keys() - {row.key for row in rows}):
        take_out(item, since)
    places: dict[str, int] = {}
    for row in rows:
        known = existing.get(row.key)
        item = known or put_row(catalogue, row, units, since=since, source=sources.get(row.key))
        if known is not None:
            write_row(item, row, units)
            item.source = item.source or sources.get(row.key)
            if not from_standard:
                item.localised = localised_of(item, row)
        places[row.level1] = places.get(row.level1, 0) + 1
        item.position, item.number = places[row.level1], str(sum(places.values()))
        item.save()
    for position, name in enumerate(places, start=1):
        parent = first_level(catalogue, name)
        parent.position, parent.number = position, str(position)
        parent.save(update_fields=["position", "number"])


def _sources(catalogue: Catalogue) -> dict[Key, Item]:
    """The standard's items by name, so that a row of an official table keeps its origin."""
    if catalogue.based_on is None:
        return {}
    return {row_of(item).key: item for item in items_of(catalogue.based_on)}


def discard_draft(draft: ImportDraft) -> None:
    """Throw a draft away; an applied one stays as it is. Nothing of it was in force, so nothing is recorded."""
    ImportDraft.objects.filter(pk=draft.pk, applied_at__isnull=True).delete()


def sweep_drafts(*, at: dt.datetime) -> int:
    """Delete drafts nobody confirmed in time, and the rows of applied ones. Returns how many."""
    old = ImportDraft.objects.filter(made_at__lt=at - dt.timedelta(KEPT_DAYS))
    number, _ = old.delete()
    return number
