"""Reviews and lawsuits of the county: every route and result, two pending at the end of 2024."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.demo.days import morning
from gongkai.demo.offices import Office
from gongkai.disputes.acts import conclude_dispute, file_dispute
from gongkai.disputes.models import Result, Route
from gongkai.foi.models import Request

GOVERNMENT, COURT = "青屿县人民政府", "有管辖权的人民法院"


@dataclass(frozen=True)
class Row:
    """A case against the answer to a request (found by its subject), or as the reviewing organ of another's."""

    route: str
    matter: str
    filed_on: dt.date
    concluded_on: dt.date | None = None
    result: str = ""
    as_reviewing_organ: bool = False


ROWS = (
    Row(Route.AFTER_REVIEW, "县第一中学信息公开答复", dt.date(2024, 5, 8), dt.date(2024, 10, 16), Result.UPHELD, as_reviewing_organ=True),
    Row(Route.REVIEW, "校车运营企业成本核算资料", dt.date(2024, 6, 12), dt.date(2024, 7, 5), Result.OTHER),
    Row(Route.REVIEW, "本局干部交流轮岗方案", dt.date(2024, 6, 20), dt.date(2024, 8, 15), Result.UPHELD),
    Row(Route.REVIEW, "学区调整讨论会议记录", dt.date(2024, 6, 24), dt.date(2024, 8, 20), Result.CORRECTED),
    Row(Route.REVIEW, "某培训机构行政处罚案卷", dt.date(2024, 7, 10), dt.date(2024, 9, 6), Result.UPHELD),
    Row(Route.DIRECT, "2010年农村教学点撤并论证报告", dt.date(2024, 8, 1), dt.date(2024, 11, 28), Result.UPHELD),
    Row(Route.AFTER_REVIEW, "本局干部交流轮岗方案", dt.date(2024, 9, 2), dt.date(2024, 12, 20), Result.UPHELD),
    Row(Route.AFTER_REVIEW, "某培训机构行政处罚案卷", dt.date(2024, 9, 25), dt.date(2025, 3, 20), Result.UPHELD),
    Row(Route.REVIEW, "民办学校年检整改通知", dt.date(2024, 12, 20), dt.date(2025, 2, 18), Result.UPHELD),
    Row(Route.REVIEW, "校车运营补贴测算资料", dt.date(2025, 6, 23), dt.date(2025, 8, 20), Result.UPHELD),
    Row(Route.DIRECT, "2012年校舍安全工程竣工图", dt.date(2025, 9, 1), dt.date(2025, 12, 9), Result.OTHER),
    Row(Route.REVIEW, "教师职称评审会议纪要草稿", dt.date(2025, 12, 22), dt.date(2026, 2, 10), Result.CORRECTED),
)  # fmt: skip


def build_disputes(office: Office) -> None:
    """File every case on its day and conclude it on another."""
    for serial, row in enumerate(ROWS, start=1):
        reviewed = row.route == Route.REVIEW
        request = None
        if not row.as_reviewing_organ:
            request = Request.objects.get(body=office.body, subject=row.matter)
        dispute = file_dispute(
            body=office.body,
            route=row.route,
            request=request,
            number=f"（{row.filed_on.year}）演示{'复' if reviewed else '行初'}{serial}号",
            organ=GOVERNMENT if reviewed else COURT,
            matter=row.matter,
            filed_on=row.filed_on,
            as_reviewing_organ=row.as_reviewing_organ,
            actor=office.handler,
            at=morning(row.filed_on),
        )
        if row.concluded_on is not None:
            conclude_dispute(
                dispute=dispute,
                result=row.result,
                concluded_on=row.concluded_on,
                actor=office.handler,
                at=morning(row.concluded_on),
            )
