"""The year's administrative figures of the bureau: matters, decisions by month, procurement, trainings."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from gongkai.demo.days import chance, seasonal_day
from gongkai.demo.offices import Office
from gongkai.demo.seed.matters import DECISIONS, FOUNDED, LICENCES, OTHER_MGMT, PENALTIES
from gongkai.demo.shares import amounts, split
from gongkai.demo.text.words import SCHOOLS, SLOTS
from gongkai.ledgers.acts import (
    TallyRow,
    import_tallies,
    list_matter,
    record_procurement,
    record_training,
)
from gongkai.ledgers.models import Matter, MatterKind

SOURCE = "行政审批系统办件导出（演示）"
PROCUREMENT = {2019: (43, 9_876_310_00), 2020: (51, 11_205_439_00)}
"""Projects and their total in fen: 51 projects of 1120.5439 万元 in 2020."""
SMALLEST = 12_000_00  # fen
GOODS = (
    "课桌椅",
    "多媒体教学设备",
    "图书",
    "体育器材",
    "食堂设备",
    "校园监控设备",
    "录播教室设备",
    "校园网络设备",
    "塑胶跑道",
    "供暖设备",
)
TRAININGS: dict[int, tuple[tuple[dt.date, str, str, int], ...]] = {
    2019: (
        (dt.date(2019, 5, 29), "新修订的政府信息公开条例专题学习", "本局", 86),
        (dt.date(2019, 9, 20), "示范区政务公开工作培训班", "政务公开领导小组", 3),
    ),
    2020: (
        (dt.date(2020, 4, 28), "示范区政务公开工作培训班", "政务公开领导小组", 4),
        (dt.date(2020, 6, 17), "机关集体学习：政府信息公开的意义、要求和运作方式", "本局", 92),
        (dt.date(2020, 9, 24), "义务教育领域基层政务公开标准指引培训", "政务公开领导小组", 5),
    ),
}


def build_matters(office: Office) -> None:
    """List the bureau's matters."""
    rows = [(MatterKind.LICENCE, name, since) for name, since, _ in LICENCES]
    rows += [(MatterKind.OTHER_MGMT, name, FOUNDED) for name in OTHER_MGMT]
    rows += [(MatterKind.PENALTY, name, FOUNDED) for name in PENALTIES]
    unit = office.units["行政审批科"]
    for serial, (kind, name, since) in enumerate(rows, start=1):
        code = f"DEMO-{serial:03}"
        list_matter(
            body=office.body, kind=kind, name=name, since=since, code=code, unit=unit, actor=office.handler
        )


def build_year(office: Office, year: int) -> None:
    """Decisions by matter and month, procurement projects and trainings of a year."""
    rows = list(_tallies(office, year))
    import_tallies(body=office.body, rows=rows, actor=office.handler)
    _procure(office, year)
    for held_on, title, organiser, attendees in TRAININGS[year]:
        record_training(
            body=office.body,
            held_on=held_on,
            title=title,
            organiser=organiser,
            attendees=attendees,
            actor=office.handler,
        )


def _tallies(office: Office, year: int) -> Iterator[TallyRow]:
    matters = Matter.objects.filter(body=office.body, since__lte=dt.date(year, 12, 31)).select_related("body")
    for kind, total in DECISIONS[year].items():
        listed = [matter for matter in matters if matter.kind == kind]
        weights = [_weight(matter) for matter in listed]
        for matter, count in zip(listed, split(total, weights), strict=True):
            yield from _by_month(matter, year, count)


def _weight(matter: Matter) -> int:
    return {name: weight for name, _, weight in LICENCES}.get(matter.name, 1)


def _by_month(matter: Matter, year: int, count: int) -> Iterator[TallyRow]:
    """One row a month while the matter is listed; teachers' certificates are decided in early and late summer."""
    busy = (5, 6, 7, 11) if matter.kind == MatterKind.LICENCE else (3, 9)
    months = [month for month in range(1, 13) if matter.since <= dt.date(year, month, 1)]
    months = months or [12]
    weights = [4 if month in busy else 1 for month in months]
    for month, part in zip(months, split(count, weights), strict=True):
        last = calendar.monthrange(year, month)[1]
        yield TallyRow(
            matter=matter,
            first_day=dt.date(year, month, 1),
            last_day=dt.date(year, month, last),
            count=part,
            source=SOURCE,
        )


def _procure(office: Office, year: int) -> None:
    rng = chance(f"{office.body.slug}/{year}/procurement")
    count, total = PROCUREMENT[year]
    names = [f"{school}{goods}采购项目" for school in SCHOOLS for goods in GOODS]
    days = sorted(seasonal_day(rng, year, (7, 8, 11)) for _ in range(count))
    rows = zip(rng.sample(names, count), days, amounts(rng, total, count, SMALLEST), strict=True)
    for serial, (name, concluded_on, fen) in enumerate(rows, start=1):
        record_procurement(
            body=office.body,
            name=f"{year}年{name}",
            concluded_on=concluded_on,
            amount_yuan=Decimal(fen) / 100,
            supplier=f"演示供应商{rng.choice(SLOTS['ordinal'])}有限公司（{serial}）",
            actor=office.handler,
        )
