"""Localise a body's catalogue: change an item, add one, say that one does not apply, determine a duty, retire one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.catalogue.models import Catalogue, Item
from gongkai.catalogue.queries import localised_of, row_of, set_duty, write_row
from gongkai.catalogue.rules import why_not_change, why_row_wrong
from gongkai.catalogue.tables.comparing import compare
from gongkai.catalogue.tables.rows import COMPARED, LIMITS, Row, canonical
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.law.duty_terms import Duty
from gongkai.law.duty_words import read_term
from gongkai.organisations.models import Unit

UNIT_GONE = "请先在机关资料中增设，或者核对名称"


def units_of(catalogue: Catalogue) -> dict[str, Unit]:
    """The units a body's items can be given to, by name; a standard catalogue has none."""
    return {} if catalogue.body is None else {unit.name: unit for unit in catalogue.body.units.all()}


def why_unit_unknown(catalogue: Catalogue, row: Row, units: Mapping[str, Unit]) -> list[Obstacle]:
    """A unit is one of the body's own."""
    if not row.unit or row.unit in units:
        return []
    whose = catalogue.body.display_name if catalogue.body else "标准目录"
    return [Obstacle("foreign_unit", f"{whose}没有名为“{row.unit}”的机构", UNIT_GONE, "unit")]


def _why_item_gone(item: Item) -> list[Obstacle]:
    if item.retired_on is None:
        return []
    return [Obstacle("retired_item", f"“{item.name}”已于{item.retired_on}停用", "请改用在用的事项")]


def why_not_edit_item(item: Item, row: Row, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything against putting these cells into an item."""
    catalogue = item.catalogue
    obstacles = why_not_change(catalogue, actor, timezone.localdate(at)) + _why_item_gone(item)
    obstacles += why_row_wrong(row) + why_unit_unknown(catalogue, row, units_of(catalogue))
    others = Item.objects.filter(catalogue=catalogue, parent=item.parent, name=row.level2).exclude(pk=item.pk)
    if others.exists():
        message = f"“{row.level1}”下已有“{row.level2}”"
        obstacles.append(Obstacle("name_taken", message, "请使用别的名称", "level2"))
    return obstacles


def edit_item(*, item: Item, values: Mapping[str, Any], actor: Actor, at: dt.datetime) -> Item:
    """Change cells of an item; what differs from the standard is remembered and survives its updates.

    ``values`` are cells by the names of ``Row`` (but level1). Raises ``RefusedError``.
    """
    with transaction.atomic():
        item = _locked(item)
        before = row_of(item)
        known = {name: getattr(before, name) for name in ("level1", "level2", *COMPARED)}
        row = canonical(Row(**{**known, **values, "level1": before.level1}))
        refuse_if(why_not_edit_item(item, row, actor=actor, at=at))
        write_row(item, row, units_of(item.catalogue))
        item.localised = localised_of(item, row)
        item.save()
        _tell("catalogue.edit_item", item, actor, detail={"changes": _changes(before, row)})
    return item


def _changes(before: Row, after: Row) -> list[list[str]]:
    if before.level2 != after.level2:
        return [["二级事项", before.level2, after.level2]]
    return [
        [one.label, one.before, one.after]
        for change in compare([before], [after]).changed
        for one in change.fields
    ]


def _locked(item: Item) -> Item:
    """The catalogue first, as imports lock it; then the item as it is now."""
    catalogue = lock_one(item.catalogue)
    found = Item.objects.select_related("parent", "unit", "source__parent", "source__unit").get(pk=item.pk)
    found.catalogue = catalogue
    return found


def _tell(verb: str, item: Item, actor: Actor, *, detail: dict[str, Any], reason: str = "") -> None:
    body = item.catalogue.body
    record(verb=verb, actor=actor, target=item, body=body, detail=detail, reason=reason)


def why_not_add_item(catalogue: Catalogue, row: Row, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything against a further item."""
    obstacles = why_not_change(catalogue, actor, timezone.localdate(at))
    obstacles += why_row_wrong(row) + why_unit_unknown(catalogue, row, units_of(catalogue))
    taken = Item.objects.filter(catalogue=catalogue, parent__name=row.level1, name=row.level2)
    if taken.filter(retired_on__isnull=True).exists():
        message = f"“{row.level1}”下已有“{row.level2}”"
        obstacles.append(Obstacle("name_taken", message, "请直接修改该事项", "level2"))
    return obstacles


def add_item(*, catalogue: Catalogue, row: Row, actor: Actor, at: dt.datetime) -> Item:
    """Add a row of the body's own; owed from today. Raises ``RefusedError``."""
    with transaction.atomic():
        catalogue = lock_one(catalogue)
        row = canonical(row)
        refuse_if(why_not_add_item(catalogue, row, actor=actor, at=at))
        item = put_row(catalogue, row, units_of(catalogue), since=timezone.localdate(at))
        item.is_official = False
        item.save(update_fields=["is_official"])
        _tell("catalogue.add_item", item, actor, detail={"level1": row.level1, "level2": row.level2})
    return item


def put_row(
    catalogue: Catalogue,
    row: Row,
    units: Mapping[str, Unit],
    *,
    since: dt.date | None,
    source: Item | None = None,
) -> Item:
    """A new item for the row, or the retired one of these names used again. Inside a transaction."""
    parent = first_level(catalogue, row.level1)
    item = Item.objects.filter(catalogue=catalogue, parent=parent, name=row.level2).first()
    if item is None:
        item = Item(catalogue=catalogue, parent=parent, position=_next(catalogue, parent))
    write_row(item, row, units)
    item.retired_on, item.since = None, since
    item.source = source
    item.is_official = source.is_official if source else item.is_official
    item.localised = localised_of(item, row)
    item.save()
    return item


def first_level(catalogue: Catalogue, name: str) -> Item:
    """The first-level item of this name, made or taken up again when it is not there."""
    found = Item.objects.filter(catalogue=catalogue, parent=None, name=name).first()
    if found is None:
        place = _next(catalogue, None)
        return Item.objects.create(catalogue=catalogue, name=name, number=str(place), position=place)
    if found.retired_on is not None:
        found.retired_on = None
        found.save(update_fields=["retired_on"])
    return found


def _next(catalogue: Catalogue, parent: Item | None) -> int:
    rows = Item.objects.filter(catalogue=catalogue, parent=parent)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def why_not_apply_reason(item: Item, *, actor: Actor, at: dt.datetime, reason: str) -> list[Obstacle]:
    """The note says why; a standard catalogue applies to everybody."""
    obstacles = why_not_change(item.catalogue, actor, timezone.localdate(at)) + _why_item_gone(item)
    if item.catalogue.body_id is None:
        obstacles.append(Obstacle("reference", "标准目录不能标注未涉及", "请在本机关目录中标注"))
    if len(reason.strip()) > LIMITS["not_applicable"]:
        obstacles.append(Obstacle("too_long", "未涉及说明超过300个字", "请缩短", "reason"))
    return obstacles


def declare_not_applicable(*, item: Item, reason: str, actor: Actor, at: dt.datetime) -> Item:
    """未涉及领域事项说明: the item does not occur here, with the reason. Raises ``RefusedError``."""
    with transaction.atomic():
        item = _locked(item)
        obstacles = why_not_apply_reason(item, actor=actor, at=at, reason=reason)
        if not reason.strip():
            obstacles.append(Obstacle("no_reason", "没有写明本机关为何不涉及该事项", "请填写说明", "reason"))
        refuse_if(obstacles)
        item.not_applicable = reason.strip()
        item.save(update_fields=["not_applicable"])
        _tell("catalogue.declare_not_applicable", item, actor, detail={}, reason=reason)
    return item


def declare_applicable(*, item: Item, actor: Actor, at: dt.datetime) -> Item:
    """The item occurs after all; owed from today. Raises ``RefusedError``."""
    with transaction.atomic():
        item = _locked(item)
        refuse_if(why_not_apply_reason(item, actor=actor, at=at, reason=""))
        item.not_applicable, item.since = "", timezone.localdate(at)
        item.save(update_fields=["not_applicable", "since"])
        _tell("catalogue.declare_applicable", item, actor, detail={})
    return item


def determine_duty(*, item: Item, duty: Duty | None, actor: Actor, at: dt.datetime, reason: str = "") -> Item:
    """Say what the item's 公开时限 means where its words do not tell; None reads the words again.

    Raises ``RefusedError``.
    """
    with transaction.atomic():
        item = _locked(item)
        obstacles = why_not_change(item.catalogue, actor, timezone.localdate(at)) + _why_item_gone(item)
        if duty is not None:
            obstacles += [Obstacle("duty", problem) for problem in duty.problems()]
        refuse_if(obstacles)
        before = item.duty.words
        set_duty(item, duty or read_term(item.time_limit).duty, by_hand=duty is not None)
        item.save()
        detail = {"time_limit": item.time_limit, "before": before, "after": item.duty.words}
        _tell("catalogue.determine_duty", item, actor, detail=detail, reason=reason)
    return item


def retire_item(*, item: Item, reason: str, actor: Actor, at: dt.datetime) -> Item:
    """Take an item out of the catalogue; its documents stay where they are. Raises ``RefusedError``."""
    with transaction.atomic():
        item = _locked(item)
        today = timezone.localdate(at)
        obstacles = why_not_change(item.catalogue, actor, today) + _why_item_gone(item)
        if not reason.strip():
            obstacles.append(Obstacle("no_reason", "没有写明停用理由", "请填写理由", "reason"))
        refuse_if(obstacles)
        take_out(item, today)
        _tell("catalogue.retire_item", item, actor, detail={"on": today.isoformat()}, reason=reason)
    return item


def take_out(item: Item, on: dt.date) -> None:
    """Retire an item, and its first-level item when nothing is left under it. Inside a transaction."""
    item.retired_on = on
    item.save(update_fields=["retired_on"])
    parent = item.parent
    if parent is not None and not parent.children.filter(retired_on__isnull=True).exists():
        parent.retired_on = on
        parent.save(update_fields=["retired_on"])
