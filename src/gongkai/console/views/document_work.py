"""What waits in publishing: reviews, signed texts, exceptions, assessments, interpretations due, faults found by night."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.console.access import bodies_for, sees_several
from gongkai.console.document_tabs import TABS
from gongkai.console.pages import crumbs, record_table
from gongkai.console.records import Column
from gongkai.disclosure import queries
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Edition
from gongkai.disclosure.procedure import next_step, rules_by_body

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

MOST_SHOWN = 100


def _at(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def _document(path: str) -> Callable[[Any], str]:
    def address(row: Any) -> str:
        for part in path.split("."):
            row = getattr(row, part)
        return reverse("console:document", args=[row.pk])

    return address


def _with_turns(rows: Any, bodies: list[Body]) -> list[Edition]:
    """Each with the words for the step whose turn it is, without a query for each."""
    rules, found = rules_by_body(bodies), list(rows)
    for row in found:
        step = next_step(row, row.reviews.all(), rules.get(row.document.body_id))
        row.turn = step.label if step else ""
    return found


TITLE = Column("文件", lambda row: f"{row.title}（第{row.number}版）", link=_at("edition"))
REVIEWS = (
    TITLE,
    Column("轮到", lambda row: row.turn),
    Column("送审人", lambda row: row.submitted_by or "系统"),
    Column("送审时间", lambda row: row.submitted_at, mark=lambda _: "due"),
)
DRAFTS = (
    TITLE,
    Column("起草人", lambda row: row.created_by or "系统"),
    Column("最近修改", lambda row: row.edited_at or row.created_at, mark=lambda _: "due"),
    Column("轮次", lambda row: f"退回后修改（第{row.round}轮）" if row.round else "尚未送审"),
)
SIGNED = (
    TITLE,
    Column("签发人", lambda row: row.approved_by or "系统"),
    Column("定时发布", lambda row: row.publish_at or "未定时", mark=lambda _: "due"),
    Column("未发布原因", lambda row: row.publish_problem),
)
RECHECKS = (TITLE, Column("公开时间", lambda row: row.published_at, mark=lambda _: "due"))
EXCEPTIONS = (
    Column("文件", lambda row: row.edition.title, link=_at("review_confirm")),
    Column("环节", lambda row: row.get_step_display()),
    Column("放行人", lambda row: row.reviewer or "系统"),
    Column("时间", lambda row: row.at, mark=lambda _: "due"),
    Column("理由", lambda row: row.remark),
)
ASSESSMENTS = (
    Column("信息", lambda row: row.title, link=_at("document_reassess")),
    Column("不公开的理由", lambda row: row.attribute_reason),
    Column("应评估日期", lambda row: row.reassess_on, mark=lambda _: "due"),
)
INTERPRETATIONS = (
    Column("政策文件", lambda row: row.document.title, link=_document("document")),
    Column("起草机构", lambda row: row.document.unit or ""),
    Column("负责人", lambda row: row.document.interpretation_plan.responsible),
    Column("最迟发布", lambda row: row.due.day, mark=lambda row: "due due--late" if row.late_by else "due"),
    Column("逾期天数", lambda row: row.late_by, is_number=True),
)
FAULTS = (
    Column("文件", lambda row: row.document.title, link=_document("document")),
    Column("问题", lambda row: row.message),
    Column("处理办法", lambda row: row.remedy),
    Column("发现时间", lambda row: row.found_at, mark=lambda _: "due"),
)


def _drafts(bodies: Any) -> Any:
    found = Edition.objects.filter(document__body__in=bodies, state=EditionState.DRAFT)
    return found.select_related("document__body", "created_by").order_by("-created_at", "-pk")


def _tabs(current: str) -> list[tuple[str, str, bool]]:
    return [(reverse(f"console:{name}"), label, name == current) for name, label in TABS]


def _page(request: HttpRequest, title: str, name: str, tables: list[dict[str, Any]]) -> HttpResponse:
    context = {
        "title": title,
        "tabs": _tabs(name),
        "tables": tables,
        "additions": [],
        "crumbs": crumbs(("文件", reverse("console:documents")), (title, "")),
    }
    return render(request, "console/records/tables.html", context)


@login_required
@require_safe
def document_work(request: HttpRequest) -> HttpResponse:
    """Everything that waits, whose turn it is, the oldest first."""
    bodies = list(bodies_for(request))
    several = sees_several(request)
    today = timezone.localdate()
    sections: tuple[tuple[str, str, Any, Any, Callable[[Any], Any], str], ...] = (
        (
            "reviews",
            "审核中",
            _with_turns(queries.in_review(bodies)[:MOST_SHOWN], bodies),
            REVIEWS,
            _of_edition,
            "没有审核中的文件。",
        ),
        ("drafts", "草稿", _drafts(bodies), DRAFTS, _of_edition, "没有草稿。"),
        (
            "signed",
            "已签发待发布",
            queries.signed_not_published(bodies),
            SIGNED,
            _of_edition,
            "没有待发布的文件。",
        ),
        ("rechecks", "待发布后核查", queries.to_recheck(bodies), RECHECKS, _of_edition, "没有待核查的文件。"),
        (
            "exceptions",
            "例外放行待复核",
            queries.unconfirmed(bodies),
            EXCEPTIONS,
            _of_review,
            "没有待复核的例外。",
        ),
        (
            "assessments",
            "待定期评估（条例第十八条）",
            queries.to_reassess(bodies, today),
            ASSESSMENTS,
            lambda row: row.body,
            "没有到期的评估。",
        ),
    )
    tables = [
        record_table(
            key, title, rows[:MOST_SHOWN], _with_body(columns, body_of, several=several), empty=empty
        )
        for key, title, rows, columns, body_of, empty in sections
    ]
    return _page(request, "发布办理", "document_work", tables)


def _of_edition(row: Any) -> Any:
    return row.document.body


def _of_review(row: Any) -> Any:
    return row.edition.document.body


def _with_body(columns: Any, body_of: Callable[[Any], Any], *, several: bool) -> Any:
    return (*columns, Column("机关", lambda row: body_of(row).display_name)) if several else columns


@login_required
@require_safe
def interpretations(request: HttpRequest) -> HttpResponse:
    """Policies that lack their interpretation, with the last day for it."""
    rows = queries.lacking_interpretation(
        list(bodies_for(request)), calendar=current_calendar(), today=timezone.localdate()
    )
    columns = _with_body(INTERPRETATIONS, lambda row: row.document.body, several=sees_several(request))
    table = record_table(
        "lacking", "尚缺解读的政策文件", rows[:MOST_SHOWN], columns, empty="没有缺少解读的政策文件。"
    )
    return _page(request, "解读监测", "interpretations", [table])


@login_required
@require_safe
def faults(request: HttpRequest) -> HttpResponse:
    """What the nightly check of everything public found and what is still so."""
    rows = queries.open_faults(list(bodies_for(request)))
    columns = _with_body(FAULTS, lambda row: row.document.body, several=sees_several(request))
    table = record_table(
        "faults", "已公开内容的问题", rows[:MOST_SHOWN], columns, empty="最近一次复查没有发现问题。"
    )
    return _page(request, "公开内容复查", "faults", [table])
