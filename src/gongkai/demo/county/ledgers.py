"""The county's administrative figures of 2024 and 2025: permits, penalties, fees, trainings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from gongkai.demo.offices import Office
from gongkai.demo.shares import split
from gongkai.ledgers.acts import (
    TallyRow,
    import_tallies,
    list_matter,
    record_fee_receipt,
    record_supervision,
    record_training,
)
from gongkai.ledgers.models import Matter, MatterKind, SupervisionKind

SINCE = dt.date(2021, 7, 1)
YEARS = (2024, 2025)
LICENCE, PENALTY = MatterKind.LICENCE, MatterKind.PENALTY
MATTERS = (
    (LICENCE, "教师资格认定"),
    (LICENCE, "民办学校设立、变更、终止审批"),
    (LICENCE, "校车使用许可"),
    (LICENCE, "适龄儿童延缓入学、休学批准"),
    (LICENCE, "经营高危险性体育项目许可"),
    (LICENCE, "临时占用公共体育设施审批"),
    (PENALTY, "对违规开展校外培训的处罚"),
    (PENALTY, "对擅自经营高危险性体育项目的处罚"),
    (MatterKind.FEE, "公办幼儿园保育教育费"),
    (MatterKind.FEE, "国家教育考试考务费"),
)
WEIGHTS = {
    "教师资格认定": 60,
    "校车使用许可": 18,
    "民办学校设立、变更、终止审批": 9,
    "对违规开展校外培训的处罚": 3,
}
DECISIONS = {2024: {LICENCE: 463, PENALTY: 5}, 2025: {LICENCE: 481, PENALTY: 7}}
FEES_YUAN = {
    2024: {"公办幼儿园保育教育费": Decimal("1863450.00"), "国家教育考试考务费": Decimal("214380.50")},
    2025: {"公办幼儿园保育教育费": Decimal("1794200.00"), "国家教育考试考务费": Decimal("226915.00")},
}
SOURCE = "县政务服务平台导出（演示）"
TRAININGS = (
    (dt.date(2024, 4, 18), "政府信息公开条例与案例讲解", "县政府办公室", 64),
    (dt.date(2024, 9, 12), "依申请公开答复文书规范培训", "本局", 48),
    (dt.date(2025, 5, 15), "行政复议前置与答复告知培训", "县司法局", 57),
)


def build_matters(office: Office) -> None:
    """List the county's matters."""
    for kind, name in MATTERS:
        list_matter(body=office.body, kind=kind, name=name, since=SINCE, actor=office.handler)


def build_years(office: Office) -> None:
    """Decisions and fees by quarter, trainings, the yearly assessment."""
    for year in YEARS:
        import_tallies(body=office.body, rows=list(_tallies(office, year)), actor=office.handler)
        _receive_fees(office, year)
        record_supervision(
            body=office.body,
            kind=SupervisionKind.ASSESSMENT,
            held_on=dt.date(year, 11, 20),
            title=f"{year}年度政务公开工作考核",
            result="良好",
            actor=office.handler,
        )
    for held_on, title, organiser, attendees in TRAININGS:
        record_training(
            body=office.body,
            held_on=held_on,
            title=title,
            organiser=organiser,
            attendees=attendees,
            actor=office.handler,
        )


def quarters(year: int) -> tuple[tuple[dt.date, dt.date], ...]:
    """The first and last days of the quarters."""
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    return tuple((dt.date(year, month - 2, 1), dt.date(year, month, day)) for month, day in ends)


def _tallies(office: Office, year: int) -> Iterator[TallyRow]:
    for kind, total in DECISIONS[year].items():
        matters = list(Matter.objects.filter(body=office.body, kind=kind).select_related("body"))
        parts = split(total, [WEIGHTS.get(matter.name, 2) for matter in matters])
        for matter, part in zip(matters, parts, strict=True):
            for (first, last), count in zip(quarters(year), split(part, (2, 4, 5, 3)), strict=True):
                yield TallyRow(matter=matter, first_day=first, last_day=last, count=count, source=SOURCE)


def _receive_fees(office: Office, year: int) -> None:
    for name, yuan in FEES_YUAN[year].items():
        matter = Matter.objects.get(body=office.body, kind=MatterKind.FEE, name=name)
        parts = split(int(yuan * 100), (3, 3, 1, 3))
        for (first, last), fen in zip(quarters(year), parts, strict=True):
            record_fee_receipt(
                matter=matter,
                first_day=first,
                last_day=last,
                amount_yuan=Decimal(fen) / 100,
                source=SOURCE,
                actor=office.handler,
            )
