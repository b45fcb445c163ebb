"""Publish a catalogue as its next edition; stop using one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.catalogue.models import Catalogue, CatalogueEdition
from gongkai.catalogue.queries import rows_of
from gongkai.catalogue.rules import why_not_issue
from gongkai.catalogue.tables.comparing import Comparison, compare
from gongkai.catalogue.tables.rows import Row, as_json, digest_of, from_json
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.organisations.rules import officer_of

NOTE_LENGTH = 300


def latest_edition(catalogue: Catalogue) -> CatalogueEdition | None:
    """The edition in force; None before the first."""
    return catalogue.editions.order_by("-number").first()


def rows_in(edition: CatalogueEdition | None) -> list[Row]:
    """The table of an edition as it was published."""
    return [from_json(one) for one in edition.rows] if edition else []


def unpublished(catalogue: Catalogue) -> Comparison:
    """What was changed since the latest edition."""
    return compare(rows_in(latest_edition(catalogue)), rows_of(catalogue))


def why_not_issue_edition(
    catalogue: Catalogue, *, adopted_on: dt.date, note: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """An edition differs from the last, is dated no earlier than it, and not in the future."""
    today = timezone.localdate(at)
    obstacles = why_not_issue(catalogue, actor, today)
    latest = latest_edition(catalogue)
    if latest is not None and digest_of(rows_of(catalogue)) == latest.digest:
        message = f"目录与第{latest.number}版相同"
        obstacles.append(Obstacle("same", message, "修改目录后再发布新版"))
    if latest is not None and adopted_on < latest.adopted_on:
        message = f"发布日期早于第{latest.number}版的发布日期（{latest.adopted_on}）"
        obstacles.append(Obstacle("before_last", message, "请核对日期", "adopted_on"))
    if adopted_on > today:
        obstacles.append(Obstacle("future", "发布日期晚于今天", "请核对日期", "adopted_on"))
    if len(note) > NOTE_LENGTH:
        obstacles.append(Obstacle("too_long", f"本版说明超过{NOTE_LENGTH}个字", "请缩短", "note"))
    return obstacles


def issue_edition(
    *, catalogue: Catalogue, adopted_on: dt.date, actor: Actor, at: dt.datetime, note: str = ""
) -> CatalogueEdition:
    """Freeze the table as its next edition. Raises ``RefusedError``."""
    with transaction.atomic():
        catalogue = lock_one(catalogue)
        refuse_if(why_not_issue_edition(catalogue, adopted_on=adopted_on, note=note, actor=actor, at=at))
        edition = freeze(catalogue, adopted_on=adopted_on, note=note, actor=actor, at=at)
        detail = {"edition": edition.number, "adopted_on": adopted_on.isoformat(), "digest": edition.digest}
        record(
            verb="catalogue.issue_edition",
            actor=actor,
            target=catalogue,
            body=catalogue.body,
            detail=detail,
            reason=note,
        )
    return edition


def freeze(
    catalogue: Catalogue, *, adopted_on: dt.date, note: str, actor: Actor, at: dt.datetime
) -> CatalogueEdition:
    """The next edition, inside the caller's transaction with the catalogue locked."""
    rows = rows_of(catalogue)
    before = rows_in(latest_edition(catalogue))
    last = catalogue.editions.aggregate(last=Max("number"))["last"] or 0
    edition = CatalogueEdition.objects.create(
        catalogue=catalogue,
        number=last + 1,
        adopted_on=adopted_on,
        note=note.strip(),
        rows=[as_json(row) for row in rows],
        changes=compare(before, rows).as_json() if last else {},
        digest=digest_of(rows),
        made_at=at,
        made_by=officer_of(actor),
    )
    catalogue.adopted_on = adopted_on
    catalogue.save(update_fields=["adopted_on"])
    return edition


def why_not_retire_catalogue(
    catalogue: Catalogue, *, on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A catalogue ends once, with a reason, not in the future."""
    obstacles = why_not_issue(catalogue, actor, timezone.localdate(at))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明停用理由", "请填写理由", "reason"))
    if on > timezone.localdate(at):
        obstacles.append(Obstacle("future", "停用日期晚于今天", "请核对日期", "on"))
    if catalogue.adopted_on is not None and on < catalogue.adopted_on:
        message = f"停用日期早于发布日期（{catalogue.adopted_on}）"
        obstacles.append(Obstacle("before_adopted", message, "请核对日期", "on"))
    return obstacles


def retire_catalogue(
    *, catalogue: Catalogue, on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Catalogue:
    """Stop using a catalogue: it owes nothing any more, its editions stay readable. Raises ``RefusedError``."""
    with transaction.atomic():
        catalogue = lock_one(catalogue)
        refuse_if(why_not_retire_catalogue(catalogue, on=on, reason=reason, actor=actor, at=at))
        catalogue.retired_on, catalogue.retired_reason = on, reason.strip()
        catalogue.save(update_fields=["retired_on", "retired_reason"])
        record(
            verb="catalogue.retire_catalogue",
            actor=actor,
            target=catalogue,
            body=catalogue.body,
            detail={"on": on.isoformat()},
            reason=reason,
        )
    return catalogue
