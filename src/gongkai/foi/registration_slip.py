"""The slip of a registration (登记回执): what came in by the counter, by post or by fax, under which number, received when.

It carries a QR code of the page where the case can be followed, with the number and never the query code, and names
the applicant masked: it may lie about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.foi.clock import clock_of
from gongkai.foi.enums import FactKind
from gongkai.typesetting.document import Code, KeyValues, OfficialDocument, Paragraph

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.foi.models import Request

TITLE = "政府信息公开申请登记回执"


def registration_slip(case: Request, address: str) -> OfficialDocument:
    """The slip as it stands now; ``address`` is that of the query page with the number."""
    body = case.body
    return OfficialDocument(
        issuer=body.name,
        title=TITLE,
        blocks=(
            Paragraph("您提出的政府信息公开申请，本机关已经登记。"),
            KeyValues(tuple(_rows(case)), "申请登记"),
            *(Paragraph(text) for text in _received(case)),
            Code(
                address,
                (
                    "扫码打开办理进度查询页，输入查询码。",
                    "没有查询码的，请持身份证明向受理机构领取。",
                    address,
                ),
                "办理进度查询页的二维码",
            ),
        ),
        number=case.number,
        signature=body.office or body.name,
        signed_on=timezone.localdate(case.registered_at),
        seal=False,
        subject=TITLE,
    )


def _rows(case: Request) -> list[tuple[str, str]]:
    body = case.body
    submitted = case.facts.filter(kind=FactKind.SUBMITTED, cancelled_at=None).first()
    files = case.materials.count()
    ways = (case.wanted_form, case.wanted_delivery)
    return [
        ("申请人", f"{case.get_applicant_kind_display()}　{case.applicant.masked_name}"),
        ("所需信息", case.subject),
        ("提出方式", case.get_channel_display()),
        ("提交日期", _day(submitted.on) if submitted else "—"),
        ("收到日期", _day(case.received_on) if case.received_on else "待确认"),
        *([("答复期限", due)] if (due := _due(case)) else []),
        *([("形式和途径", wanted)] if (wanted := "，".join(filter(None, ways))) else []),
        *([("已收材料", f"{files}件")] if files else []),
        ("受理机构", "　电话".join(filter(None, (body.office or body.name, body.phone)))),
    ]


def _due(case: Request) -> str:
    if case.received_on is None:
        return ""
    clock = clock_of(case, as_of=case.closed_on or case.received_on)
    return _day(clock.due_on) if clock.due_on else ""


def _received(case: Request) -> list[str]:
    """Why that day (条例 art. 31), and what the term is counted from."""
    if case.received_on is None:
        return [
            (
                "收到日期依照《中华人民共和国政府信息公开条例》第三十一条确定，确定以前不起算答复期限；"
                "本机关将与您联系确认。"
            )
        ]
    fact = case.facts.filter(kind=FactKind.RECEIVED, cancelled_at=None).last()
    why = str(fact.detail.get("explanation", "")) if fact else ""
    said = f"{why.rstrip('。')}。" if why else ""
    return [
        (
            f"{said}答复期限自次日起算；依法通知补正、延长期限、征求意见或者收取信息处理费的，"
            "期限重新计算并另行告知，查询页随时更新。"
        )
    ]


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
