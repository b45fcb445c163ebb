"""The pages the system writes for the folder: what was asked, what happened, who said what, how it was served, the index."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.foi.acts.service_effects import counted_on
from gongkai.foi.models import Letter, Request
from gongkai.foi.queries import request_timeline
from gongkai.law.outcomes import OUTCOMES
from gongkai.typesetting.document import Block, KeyValues, OfficialDocument, Paragraph, Table

NONE = "—"


def application_sheet(request: Request) -> OfficialDocument:
    """Who asked what, how it came in, how it ended."""
    applicant = request.applicant
    outcome = OUTCOMES.get(request.outcome)
    rows = (
        ("申请编号", request.number),
        ("申请人类别", request.get_applicant_kind_display()),
        ("申请人", applicant.name),
        ("证件号码", applicant.identity_number),
        ("联系电话", applicant.phone),
        ("通信地址", applicant.address),
        ("电子邮箱", applicant.email),
        ("代理人", "，".join(filter(None, (request.agent_name, request.agent_phone)))),
        ("受理渠道", request.get_channel_display()),
        ("所需信息", request.subject),
        ("特征描述", request.description),
        ("信息形式", request.wanted_form),
        ("获取途径", request.wanted_delivery),
        ("需要的帮助", request.special_needs),
        ("收到日期", _day(request.received_on)),
        ("办结日期", _day(request.closed_on)),
        ("办理结果", outcome.name if outcome else ""),
        ("关联申请", "；".join(_related(request))),
    )
    told = tuple((name, value) for name, value in rows if value.strip(NONE))
    return _sheet(request, "政府信息公开申请登记表", KeyValues(told, "申请登记"))


def _related(request: Request) -> list[str]:
    linked = (
        ("拆分自", [request.parent]),
        ("拆分为", request.parts.order_by("pk")),
        ("并入", [request.merged_into]),
        ("并入本件的有", request.merged.order_by("pk")),
        ("重新办理", [request.reopens]),
        ("已重新办理为", request.reopenings.order_by("pk")),
    )
    return [f"{label}{row.number}" for label, rows in linked for row in rows if row is not None]


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else NONE


def _moment(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else NONE


def process_sheet(request: Request) -> OfficialDocument:
    """Every dated fact, every assignment and sub-task."""
    facts = tuple(
        (
            one.on.isoformat(),
            one.label,
            one.text or NONE,
            one.document_number or NONE,
            f"{one.recorded_by}{f'（已作废：{one.cancelled}）' if one.cancelled else ''}",
        )
        for one in request_timeline(request)
    )
    given = tuple(
        (_moment(one.assigned_at), str(one.unit or NONE), str(one.officer or NONE), _moment(one.claimed_at))
        for one in request.assignments.select_related("unit", "officer")
    )
    tasks = tuple(
        (one.title, str(one.officer or one.unit), one.due_on.isoformat(), one.result or NONE)
        for one in request.tasks.select_related("unit", "officer").order_by("pk")
    )
    blocks: list[Block] = [
        Table(("日期", "事实", "要点", "文号", "记录人"), facts, "办理经过", (2, 2, 4, 3, 2))
    ]
    if given:
        blocks.append(Table(("交办时间", "承办机构", "承办人", "签收时间"), given, "交办"))
    if tasks:
        blocks.append(Table(("事项", "协办", "期限", "办理情况"), tasks, "协办事项"))
    return _sheet(request, "办理经过", *blocks)


def review_sheet(request: Request, letter: Letter) -> OfficialDocument:
    """Who drafted, reviewed and signed a letter, how it was served, and its digest."""
    made = (
        ("文书", letter.title),
        ("文号", letter.number),
        ("主送", letter.recipient),
        ("拟稿", f"{letter.made_by or '系统'}，{_moment(letter.made_at)}"),
        ("签发", f"{letter.signed_by or NONE}，{_moment(letter.signed_at)}"),
        ("发出", _moment(letter.issued_at)),
        ("SHA-256", f"{letter.digest[:32]} {letter.digest[32:]}"),
        ("作废", letter.void_reason or NONE),
    )
    opinions = tuple(
        (
            one.get_stage_display(),
            "同意" if one.agrees else "不同意",
            "；".join(filter(None, (one.opinion, one.basis))) or NONE,
            str(one.given_by or "系统"),
            _moment(one.given_at),
        )
        for one in letter.opinions.select_related("given_by")
    )
    sent = tuple(
        (
            one.get_method_display(),
            "，".join(filter(None, (one.carrier, one.tracking_number))) or NONE,
            one.sent_on.isoformat(),
            f"{_day(one.received_on)} {one.received_by}".strip(),
            f"{_day(one.failed_on)} {one.failure}".strip(),
            _day(counted_on(one)),
        )
        for one in letter.dispatches.all()
    )
    blocks: list[Block] = [KeyValues(made, "办理")]
    if opinions:
        blocks.append(Table(("环节", "结论", "意见和依据", "审核人", "时间"), opinions, "审核意见"))
    if sent:
        header = ("方式", "邮政企业、邮件号", "发出", "签收", "未送达", "期限计算时点")
        blocks.append(Table(header, sent, "送达"))
    return _sheet(request, "文书审核、签发和送达记录", *blocks)


def index_sheet(request: Request, rows: list[tuple[str, ...]]) -> OfficialDocument:
    """The index of the folder."""
    header = ("序号", "文件", "日期", "说明", "大小（字节）")
    table = Table(header, tuple(row[:5] for row in rows), "卷内目录", (1, 4, 2, 3, 2))
    note = Paragraph("各文件的摘要见“目录.csv”。")
    return _sheet(request, "卷内目录", table, note)


def _sheet(request: Request, title: str, *blocks: Block) -> OfficialDocument:
    return OfficialDocument(
        issuer=request.body.name,
        title=title,
        blocks=(Paragraph(f"申请编号：{request.number}"), *blocks),
        seal=False,
        subject=f"政府信息公开申请{request.number}",
    )
