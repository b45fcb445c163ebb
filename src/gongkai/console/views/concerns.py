"""Public concern: the list, noting one, its own page, its steps and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one
from gongkai.console.forms import answering as forms
from gongkai.console.forms.filters_engagement import ConcernFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing, record_table
from gongkai.console.records import Addition, Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.console.views.consultations import TABS, to
from gongkai.engagement import acts
from gongkai.engagement.acts.concerns import STEPS_ON_THE_WAY
from gongkai.engagement.enums import StepKind
from gongkai.engagement.models import Concern
from gongkai.engagement.stages import StepStanding, standing_of
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


def _state(row: Concern) -> str:
    late = any(one.is_late for one in standing_of(row, timezone.now()))
    return f"{'已回应' if row.answered_at else '未回应'}{'，有逾期' if late else ''}"


def _mark(row: Concern) -> str:
    return "due due--late" if "逾期" in _state(row) else ""


CONCERNS = RecordList(
    name="concerns",
    title="回应关切",
    model=Concern,
    columns=(
        Column("主题", lambda row: row.topic, link=to("concern"), width=40),
        Column("类别", lambda row: row.get_severity_display(), width=24),
        Column("发现时间", lambda row: row.arose_at, mark=lambda _: "due"),
        Column("回应时间", lambda row: row.answered_at or "未回应", mark=lambda _: "due"),
        Column("状态", _state, mark=_mark),
        Column("回应文件", lambda row: row.document.title if row.document else "", width=40),
    ),
    filters=ConcernFilter,
    order=("-arose_at", "-pk"),
    related=("body", "document"),
    prefetch=("steps",),
    additions=(Addition("登记关切", "concern_add"),),
    tabs=TABS,
)
concerns, concerns_export = listing(CONCERNS), exporting(CONCERNS)
concern_add = adding(
    Adding(
        "登记关切",
        forms.ConcernForm,
        lambda request, data: acts.record_concern(actor=officer_of(request), **data),
        "关切已登记",
        "回应关切",
        "concerns",
        then=to("concern"),
    )
)


def _way(row: Concern) -> Sequence[tuple[str, str]]:
    return [("回应关切", reverse("console:concerns")), (row.topic, to("concern")(row))]


@login_required
@require_safe
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """One concern: what is owed until when, what was done, and its answer."""
    row = reach_one(request, Concern, pk, "document", "unit")
    standing = standing_of(row, timezone.now())
    late = any(one.is_late for one in standing)
    context = {
        "title": row.topic,
        "status": _state(row),
        "status_mark": "late" if late else "",
        "docket": docket(
            ("机关", row.body.name),
            ("类别", row.get_severity_display()),
            ("发现时间", told(row.arose_at)),
            ("发现途径", row.source),
            ("涉事责任机构", row.unit),
            ("回应时间", told(row.answered_at)),
            ("回应文件", row.document),
        ),
        "texts": [("情况摘要", row.summary)] if row.summary else [],
        "acts": _offers(request, row),
        "tables": [_owed(standing), _done(row)],
        "timeline": timeline_of(row),
        "crumbs": crumbs(("回应关切", reverse("console:concerns")), (row.topic, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: Concern) -> list[Offer]:
    if row.answered_at is not None:
        return []
    today, officer = timezone.localdate(), officer_of(request)
    offers = []
    if row.steps.filter(kind__in=STEPS_ON_THE_WAY).count() < len(STEPS_ON_THE_WAY):
        handling = why_not_permitted(officer, Permission.HANDLE, row.body, today)
        offers.append(
            Offer("登记发布权威信息、新闻发布会", reverse("console:concern_step", args=[row.pk]), handling)
        )
    approving = why_not_permitted(officer, Permission.APPROVE, row.body, today)
    address = reverse("console:concern_answer", args=[row.pk])
    return [*offers, Offer("登记回应", address, approving, primary=True)]


def _how(one: StepStanding) -> str:
    if one.done_at is None:
        return "逾期未办" if one.is_late else "待办"
    return "逾期" if one.is_late else "按时"


def _owed(standing: Sequence[StepStanding]) -> dict[str, Any]:
    columns = (
        Column("应办事项", lambda one: StepKind(one.term.step.value).label),
        Column(
            "最迟时间",
            lambda one: one.term.due_at,
            mark=lambda one: "due due--late" if one.is_late else "due",
        ),
        Column("办理时间", lambda one: one.done_at, mark=lambda _: "due"),
        Column("情况", _how),
        Column("依据", lambda one: one.term.basis),
    )
    return record_table("owed", "回应时限", standing, columns, empty="")


def _done(row: Concern) -> dict[str, Any]:
    columns = (
        Column("环节", lambda one: one.get_kind_display()),
        Column("时间", lambda one: one.at, mark=lambda _: "due"),
        Column("文件", lambda one: one.document),
        Column("说明", lambda one: one.note),
    )
    return record_table(
        "done", "已办环节", row.steps.select_related("document"), columns, empty="还没有办理记录。"
    )


concern_step = acting(
    Acting(
        title="登记回应环节",
        model=Concern,
        form=forms.StepForm,
        act=lambda request, row, data: acts.record_step(concern=row, actor=officer_of(request), **data),
        done="已登记",
        back=to("concern"),
        way=_way,
        about=lambda row: (f"“{row.topic}”，{told(row.arose_at)}发现",),
    )
)
concern_answer = acting(
    Acting(
        title="登记回应",
        model=Concern,
        form=forms.AnswerForm,
        act=lambda request, row, data: acts.answer_concern(concern=row, actor=officer_of(request), **data),
        done="回应已登记",
        back=to("concern"),
        way=_way,
        permission=Permission.APPROVE,
        about=lambda row: (f"“{row.topic}”，{told(row.arose_at)}发现",),
    )
)
