"""Record how many decisions were taken under matters, one by one or in a batch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.ledgers.models import Matter, MatterKind, Tally
from gongkai.ledgers.rules import why_not_period, why_overlapping
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_year_closed

Periods = dict[int, list[tuple[dt.date, dt.date]]]


@dataclass(frozen=True, kw_only=True)
class TallyRow:
    """Decisions taken under a matter from a day to a day, both included. ``place`` is where the row stood."""

    matter: Matter
    first_day: dt.date
    last_day: dt.date
    count: int
    source: str = ""
    place: str = ""


def _periods(matters: set[int]) -> Periods:
    """The periods already counted, by matter."""
    periods: Periods = defaultdict(list)
    rows = Tally.objects.filter(matter__in=matters).values_list("matter_id", "first_day", "last_day")
    for matter, first_day, last_day in rows:
        periods[matter].append((first_day, last_day))
    return periods


def _why_not_row(row: TallyRow, periods: Periods) -> list[Obstacle]:
    obstacles = why_not_period(row.matter, row.first_day, row.last_day)
    if row.count < 0:
        obstacles.append(Obstacle("negative", "处理决定数量不能为负", "请核对数量", "count"))
    if row.matter.kind == MatterKind.FEE:
        obstacles.append(Obstacle("fee", "收费项目没有处理决定数量", "请在收费记录中填报金额", "matter"))
    return obstacles + why_overlapping(row.matter, periods[row.matter.pk], row.first_day, row.last_day)


def why_not_record_tally(*, row: TallyRow, actor: Actor, amendment: str = "") -> list[Obstacle]:
    """Everything that stands in the way of recording a count."""
    body = row.matter.body
    return [
        *why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate()),
        *_why_not_row(row, _periods({row.matter.pk})),
        *why_year_closed(body, row.first_day.year, amendment),
    ]


def record_tally(*, row: TallyRow, actor: Actor, amendment: str = "") -> Tally:
    """Record how many decisions were taken under a matter in a period. Raises ``RefusedError``."""
    with transaction.atomic():
        lock_one(row.matter)
        refuse_if(why_not_record_tally(row=row, actor=actor, amendment=amendment))
        tally = _tally(row)
        tally.save()
        detail = {"from": row.first_day.isoformat(), "to": row.last_day.isoformat(), "count": row.count}
        body = row.matter.body
        record_dated(
            verb="ledgers.record_tally",
            actor=actor,
            target=tally,
            body=body,
            detail=detail,
            years=[row.first_day.year],
            amendment=amendment,
        )
    return tally


def _tally(row: TallyRow) -> Tally:
    return Tally(
        matter=row.matter, first_day=row.first_day, last_day=row.last_day, count=row.count, source=row.source
    )


def why_not_import_tallies(
    *, body: Body, rows: Sequence[TallyRow], actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """Everything wrong with the batch; what is wrong with a row says where the row stood."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate())
    if not rows:
        obstacles.append(Obstacle("empty", "没有可以导入的统计", "请检查所选文件"))
    for year in sorted({row.first_day.year for row in rows}):
        obstacles += why_year_closed(body, year, amendment)
    return obstacles + list(_wrong_rows(body, rows))


def _wrong_rows(body: Body, rows: Sequence[TallyRow]) -> Iterator[Obstacle]:
    periods = _periods({row.matter.pk for row in rows})
    for position, row in enumerate(rows, start=1):
        found = _why_not_row(row, periods)
        if row.matter.body_id != body.pk:
            found.append(
                Obstacle("foreign", f"“{row.matter.name}”不是{body.display_name}的事项", field="matter")
            )
        periods[row.matter.pk].append((row.first_day, row.last_day))
        place = row.place or f"第{position}行"
        for obstacle in found:
            yield Obstacle(obstacle.code, f"{place}：{obstacle.message}", obstacle.remedy, obstacle.field)


def import_tallies(*, body: Body, rows: Sequence[TallyRow], actor: Actor, amendment: str = "") -> list[Tally]:
    """Record many counts, all or none, with one audit entry. Raises ``RefusedError`` naming every wrong row."""
    rows = list(rows)
    with transaction.atomic():
        lock_one(body)
        refuse_if(why_not_import_tallies(body=body, rows=rows, actor=actor, amendment=amendment))
        tallies = Tally.objects.bulk_create(map(_tally, rows), batch_size=500)
        detail = {"rows": len(rows), "decisions": sum(row.count for row in rows)}
        record_dated(
            verb="ledgers.import_tallies",
            actor=actor,
            target=body,
            body=body,
            detail=detail,
            years={row.first_day.year for row in rows},
            amendment=amendment,
        )
    return tallies
