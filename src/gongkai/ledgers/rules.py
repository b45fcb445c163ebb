"""Why an entry in a ledger is not possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.ledgers.models import Matter
from gongkai.organisations.models import Body
from gongkai.organisations.rules import why_years_closed


def years_from(day: dt.date) -> range:
    """The years up to now in whose stock of matters a change on a day shows."""
    return range(day.year, timezone.localdate().year + 1)


def why_later_years_closed(body: Body, day: dt.date, amendment: str) -> list[Obstacle]:
    """A matter listed or cancelled counts in every later year's stock, so every later locked year is touched."""
    return why_years_closed(body, years_from(day), amendment)


def why_not_period(matter: Matter, first_day: dt.date, last_day: dt.date) -> list[Obstacle]:
    """A period lies in one year, runs forward, and in the time the matter was on the list."""
    obstacles = []
    if last_day < first_day:
        obstacles.append(Obstacle("backward", "期间止早于期间起", "请核对起止日期", "last_day"))
    if last_day.year != first_day.year:
        obstacles.append(Obstacle("two_years", "期间跨越两个年度", "请按年度分别填报", "last_day"))
    if matter.until is not None and first_day > matter.until:
        message = f"“{matter.name}”已于{matter.until}取消"
        obstacles.append(Obstacle("cancelled", message, "请核对事项或期间", "matter"))
    if last_day < matter.since:
        message = f"“{matter.name}”自{matter.since}起才列入清单"
        obstacles.append(Obstacle("not_listed", message, "请核对事项或期间", "matter"))
    return obstacles


def overlap(
    periods: Iterable[tuple[dt.date, dt.date]], first_day: dt.date, last_day: dt.date
) -> tuple[dt.date, dt.date] | None:
    """A period that shares a day with the given one, or ``None``."""
    return next((period for period in periods if period[0] <= last_day and first_day <= period[1]), None)


def why_overlapping(
    matter: Matter, periods: Iterable[tuple[dt.date, dt.date]], first_day: dt.date, last_day: dt.date
) -> list[Obstacle]:
    """Two counts over the same days would count the same decisions twice."""
    found = overlap(periods, first_day, last_day)
    if found is None:
        return []
    message = f"“{matter.name}”在{found[0]}至{found[1]}已有统计，与本次期间重叠"
    return [Obstacle("overlap", message, "请先更正原统计", "first_day")]
