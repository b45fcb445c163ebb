"""Acts on catalogues: load the official tables, adopt one for a body, open a key-area column."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.catalogue.acts.editions import freeze
from gongkai.catalogue.models import Catalogue, Field, Item
from gongkai.catalogue.queries import set_duty
from gongkai.catalogue.reference import PUBLISHED_ON, CatalogueTable, compulsory_education, fields
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.law.duty_words import read_term
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted


def load_fields() -> int:
    """Enter those of the 26 fields that are missing; a name changed locally is left alone. Returns how many."""
    known = set(Field.objects.values_list("code", flat=True))
    missing = [Field(code=row.code, name=row.name) for row in fields() if row.code not in known]
    Field.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def load_reference_catalogue() -> Catalogue:
    """Enter the built-in catalogue of compulsory education as reference data; what is there is never overwritten."""
    load_fields()
    table = compulsory_education()
    field = lock_one(Field.objects.get(code=table.field))
    existing = Catalogue.objects.filter(field=field, body=None, title=table.title).first()
    if existing is not None:
        return existing
    catalogue = Catalogue.objects.create(field=field, title=table.title, origin=table.origin)
    _enter_items(catalogue, table)
    freeze(catalogue, adopted_on=PUBLISHED_ON, note="内置的参考目录", actor=SYSTEM, at=timezone.now())
    detail = {"title": table.title, "items": sum(len(children) for _, children in table.items)}
    record(verb="catalogue.load_reference_catalogue", actor=SYSTEM, target=catalogue, detail=detail)
    return catalogue


def _enter_items(catalogue: Catalogue, table: CatalogueTable) -> None:
    for position, (name, children) in enumerate(table.items, start=1):
        first_level = Item.objects.create(
            catalogue=catalogue, number=str(position), name=name, position=position
        )
        rows = [dataclasses.asdict(row) | {"channels": list(row.channels)} for row in children]
        items = [
            Item(catalogue=catalogue, parent=first_level, position=place, **row)
            for place, row in enumerate(rows, start=1)
        ]
        for item in items:
            set_duty(item, read_term(item.time_limit).duty, by_hand=False)
        Item.objects.bulk_create(items)


def why_not_adopt_catalogue(body: Body, catalogue: Catalogue, actor: Actor) -> list[Obstacle]:
    """A body adopts a reference catalogue, and each only once."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate())
    if catalogue.body_id is not None:
        message = f"《{catalogue.title}》是其他机关的目录，不能直接采用"
        obstacles.append(Obstacle("not_reference", message, "请选择标准目录", "catalogue"))
    if catalogue.retired_on is not None:
        message = f"《{catalogue.title}》已于{catalogue.retired_on}停用"
        obstacles.append(Obstacle("retired", message, "请选择在用的标准目录", "catalogue"))
    if Catalogue.objects.filter(body=body, based_on=catalogue, retired_on__isnull=True).exists():
        message = f"{body.display_name}已采用《{catalogue.title}》"
        obstacles.append(Obstacle("adopted", message, "请直接修改本机关目录", "catalogue"))
    return obstacles


def adopt_catalogue(
    *, body: Body, catalogue: Catalogue, actor: Actor, adopted_on: dt.date, title: str = ""
) -> Catalogue:
    """Copy a reference catalogue for a body, which may then adapt it (国办发〔2019〕54号). Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_adopt_catalogue(body, catalogue, actor))
        own = Catalogue.objects.create(
            field=catalogue.field,
            body=body,
            based_on=catalogue,
            title=title or f"{body.display_name}{catalogue.field.name}领域基层政务公开标准目录",
            origin=catalogue.origin,
            adopted_on=adopted_on,
        )
        copied = _copy_items(catalogue, own, adopted_on)
        freeze(own, adopted_on=adopted_on, note="采用标准目录", actor=actor, at=timezone.now())
        detail = {"title": own.title, "items": copied, "adopted_on": adopted_on.isoformat()}
        record(verb="catalogue.adopt_catalogue", actor=actor, target=own, body=body, detail=detail)
    return own


def _copy_items(source: Catalogue, target: Catalogue, since: dt.date) -> int:
    """Copy both levels, first level first so that children find their parent. Returns the number of items.

    A copy knows what it was copied from, so that a later standard finds it again.
    """
    copies: dict[int, Item] = {}
    current = source.items.filter(retired_on__isnull=True)
    rows = sorted(current, key=lambda row: (row.parent_id is not None, row.pk))
    for row in rows:
        original, parent = row.pk, row.parent_id
        row.pk, row.unit, row.source_id, row.since = None, None, original, since
        row.catalogue, row.parent = target, copies[parent] if parent else None
        row._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        row.save(force_insert=True)
        copies[original] = row
    return len(copies)
