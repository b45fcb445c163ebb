"""Requests: the list, registering one, the case page with its clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.console.access import officer_of, reach_one
from gongkai.console.case_offers import fact_offers, offers_for
from gongkai.console.forms.filters import RequestFilter
from gongkai.console.pages import crumbs, exporting, listing, record_table
from gongkai.console.performing import perform
from gongkai.console.records import Addition, Column, RecordList, docket, told
from gongkai.console.timeline import Happened
from gongkai.console.views.asked import asked_tables
from gongkai.console.views.letters import letters_table
from gongkai.console.views.materials import materials_table
from gongkai.console.views.work import holder_of, work_offers, work_tables
from gongkai.console.words import deadline_of
from gongkai.foi import acts
from gongkai.foi.acts.facts import OF_OTHER_ACTS
from gongkai.foi.acts.intake import why_agent_unproved
from gongkai.foi.clock import clock_of
from gongkai.foi.details import NOTES
from gongkai.foi.enums import IntakeChannel
from gongkai.foi.models import Applicant, CaseFact, Decision, FeeNotice, Request
from gongkai.foi.queries import others_of, request_timeline
from gongkai.law.outcomes import OUTCOMES
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.law.clock import ClockResult


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def outcome_of(row: Request) -> str:
    """How it ended, in words."""
    return OUTCOMES[row.outcome].name if row.outcome else "尚未办结"


def with_clocks(rows: Sequence[Any]) -> None:
    """Give every request its clock, all by the same calendar; None to what is not received yet."""
    calendar, today = current_calendar(), timezone.localdate()
    for row in rows:
        received = row.received_on is not None
        as_of = row.closed_on or today
        row.clock = clock_of(row, as_of=as_of, calendar=calendar) if received else None


def _due(row: Any) -> object:
    return row.clock.due_on if row.clock is not None else None


def _mark(row: Any) -> str:
    mark = deadline_of(row.clock).mark
    return f"due due--{mark}" if mark else "due"


REQUESTS = RecordList(
    name="requests",
    title="公开申请",
    model=Request,
    columns=(
        Column("编号", lambda row: row.number, link=_to("request"), mark=lambda _: "due", width=12),
        Column("所需信息", lambda row: row.subject, width=50),
        Column("申请人", lambda row: row.applicant.masked_name, on_page=False),
        Column("申请人类别", lambda row: row.get_applicant_kind_display()),
        Column("渠道", lambda row: row.get_channel_display(), on_page=False),
        Column("收到日期", lambda row: row.received_on, mark=lambda _: "due"),
        Column("答复期限", _due, mark=lambda _: "due"),
        Column("办理期限", lambda row: deadline_of(row.clock).text, mark=_mark, width=24),
        Column("办结日期", lambda row: row.closed_on, mark=lambda _: "due"),
        Column("办理结果", outcome_of, width=30),
    ),
    filters=RequestFilter,
    order=("-registered_at", "-pk"),
    related=("body", "applicant"),
    prefetch=("facts",),
    prepare=with_clocks,
    additions=(Addition("登记申请", "request_add"),),
    tabs=(
        ("requests", "公开申请"),
        ("letters", "文书登记簿"),
        ("asked", "更正与建议"),
        ("statistics", "统计"),
    ),
)
COUNTER = (IntakeChannel.ORAL, IntakeChannel.IN_PERSON)
"""Where an officer may have to write for the applicant."""
LISTS = (REQUESTS,)
requests, requests_export = listing(REQUESTS), exporting(REQUESTS)


# The case -------------------------------------------------------------------------------------------------


@login_required
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its term and why, what can be done now, what has happened."""
    row = reach_one(request, Request, pk, "applicant", "unit", "document", "parent")
    return render(request, "console/requests/case.html", _context(request, row))


@never_cache
@login_required
@require_POST
def view_applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the applicant in the clear, once; that it was looked at is recorded."""
    row = reach_one(request, Request, pk, "applicant", "unit", "document", "parent")
    seen: list[Applicant] = []

    def look() -> None:
        seen.append(acts.view_applicant(request=row, actor=officer_of(request), at=timezone.now()))

    if not perform(request, look, "已显示申请人信息，本次查看已记录"):
        return redirect("console:request", row.pk)
    return render(request, "console/requests/case.html", _context(request, row, shown=seen[0]))


def _context(request: HttpRequest, row: Request, shown: Applicant | None = None) -> dict[str, Any]:
    officer, now = officer_of(request), timezone.now()
    with_clocks([row])
    clock: ClockResult | None = row.clock  # type: ignore[attr-defined]
    may_handle = may(officer, Permission.HANDLE, row.body, timezone.localdate(now))
    offers = offers_for(row, officer, now)
    facts = fact_offers(row, officer, now)
    return {
        "case": row,
        "title": f"{row.number}　{row.subject}",
        "clock": clock,
        "deadline": deadline_of(clock),
        "status": _status(row, clock),
        "docket": docket(*_docket(row)),
        "shown": shown,
        "agent": _agent(row, shown=shown is not None),
        "warnings": [str(one) for one in why_agent_unproved(row)],
        "others": others_of(row),
        "may_fill_in": row.channel in COUNTER,
        "may_handle": may_handle,
        "acts": [offer for offer in offers if not offer.obstacles],
        "facts": [offer for offer in facts if not offer.obstacles],
        "work": work_offers(row, officer, now),
        "impossible": [offer for offer in (*offers, *facts) if offer.obstacles],
        "tables": _tables(row, may_handle=may_handle),
        "timeline": _timeline(row, clock),
        "crumbs": crumbs(("公开申请", reverse("console:requests")), (row.number, "")),
    }


def _agent(row: Request, *, shown: bool) -> str:
    """Who acts for the applicant; masked until the applicant is shown."""
    if not row.agent_name:
        return ""
    if shown:
        return "，".join(filter(None, (row.agent_name, row.agent_phone)))
    return row.agent_name[:1] + "*" * max(len(row.agent_name) - 1, 1)


def _status(row: Request, clock: ClockResult | None) -> str:
    if row.closed_on is not None:
        return outcome_of(row)
    if row.standing:
        return row.get_standing_display()
    return clock.state.label if clock else "尚未登记收到"


def _docket(row: Request) -> list[tuple[str, object]]:
    return [
        ("受理机关", row.body.name),
        ("受理渠道", row.get_channel_display()),
        ("承办", holder_of(row)),
        ("信息形式", row.wanted_form),
        ("获取途径", row.wanted_delivery),
        ("登记时间", told(row.registered_at)),
        ("收到日期", row.received_on),
        ("办结日期", row.closed_on),
        ("提供的文件", row.document),
    ]


def _timeline(row: Request, clock: ClockResult | None) -> list[Happened]:
    """Newest first; the due day of an open case stands before everything, as what is to come."""
    entries = [
        Happened(
            one.on,  # type: ignore[arg-type]
            "　".join(filter(None, (one.label, one.document_number, one.text))),
            f"{one.recorded_by}{f'（已作废：{one.cancelled}）' if one.cancelled else ''}",
        )
        for one in reversed(request_timeline(row))
    ]
    if clock is None or clock.due_on is None or not clock.is_open:
        return entries
    words = "答复期限届满（预计）" if clock.provisional else "答复期限届满"
    return [Happened(clock.due_on, words, "", "now" if clock.overdue else "ahead"), *entries]  # type: ignore[arg-type]


def _tables(row: Request, *, may_handle: bool) -> list[dict[str, Any]]:
    facts = list(row.facts.all())
    decisions = list(row.decisions.select_related("signed_by", "replaced_by"))
    disputes = list(row.disputes.all())
    tables = [
        letters_table(row, may_handle=may_handle),
        materials_table(row, may_handle=may_handle),
        record_table("facts", "办理事实", facts, _fact_columns(may_handle=may_handle), empty="还没有记录。"),
    ]
    if decisions:
        tables.append(record_table("decisions", "答复决定", decisions, DECISION_COLUMNS, empty=""))
    tables += asked_tables(row, may_handle=may_handle)
    tables += work_tables(row, may_handle=may_handle)
    notices = list(row.fee_notices.all())
    if notices:
        tables.append(record_table("fees", "信息处理费", notices, FEE_COLUMNS, empty=""))
    if disputes:
        tables.append(record_table("disputes", "复议诉讼", disputes, DISPUTE_COLUMNS, empty=""))
    return tables


def _fact_columns(*, may_handle: bool) -> tuple[Column, ...]:
    columns = (
        Column("事实", lambda fact: fact.get_kind_display()),
        Column("日期", lambda fact: fact.on, mark=lambda _: "due"),
        Column("文书编号", lambda fact: fact.document_number),
        Column("状态", lambda fact: f"已作废：{fact.cancel_reason}" if fact.cancelled_at else "有效"),
    )
    if not may_handle:
        return columns
    return (
        *columns,
        Column(
            "补充",
            lambda fact: "补充" if _can_supplement(fact) else "",
            link=_only(_can_supplement, "fact_supplement"),
        ),
        Column(
            "作废", lambda fact: "作废" if _can_cancel(fact) else "", link=_only(_can_cancel, "fact_cancel")
        ),
    )


def _only(wanted: Callable[[CaseFact], bool], name: str) -> Callable[[CaseFact], str]:
    return lambda fact: reverse(f"console:{name}", args=[fact.pk]) if wanted(fact) else ""


def _can_cancel(fact: CaseFact) -> bool:
    return fact.cancelled_at is None and fact.kind not in OF_OTHER_ACTS


def _can_supplement(fact: CaseFact) -> bool:
    """Something the law asks for was left open."""
    return fact.cancelled_at is None and any(key not in fact.detail for key in NOTES.get(fact.kind, {}))


def _decision_state(row: Decision) -> str:
    return f"已更正为{row.replaced_by.number}" if row.replaced_by else "有效"


DECISION_COLUMNS = (
    Column("文书编号", lambda row: row.number),
    Column("办理结果", lambda row: OUTCOMES[row.outcome].name),
    Column("作出日期", lambda row: row.decided_on, mark=lambda _: "due"),
    Column("送达", lambda row: f"{row.get_served_by_display()}　{row.served_on}"),
    Column("签发人", lambda row: row.signed_by or ""),
    Column("状态", _decision_state),
)


def _paid(row: FeeNotice) -> str:
    return f"{row.paid_on}缴纳{row.paid_yuan}元" if row.paid_on else "未缴"


FEE_COLUMNS = (
    Column("计收方式", lambda row: row.get_basis_display()),
    Column("件数或页数", lambda row: row.quantity, is_number=True),
    Column("应收（元）", lambda row: row.amount_yuan, is_number=True),
    Column("通知日期", lambda row: row.notified_on, mark=lambda _: "due"),
    Column("缴纳", _paid),
)
DISPUTE_COLUMNS = (
    Column("案号", lambda row: row.number or row.matter or "无案号", link=_to("dispute")),
    Column("类别", lambda row: row.get_route_display()),
    Column("受理日期", lambda row: row.filed_on, mark=lambda _: "due"),
    Column("结果", lambda row: row.get_result_display() or "尚未审结"),
)
