"""Consultations and public concern."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one
from gongkai.console.forms import engagement as forms
from gongkai.console.forms.filters import ConcernFilter, ConsultationFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing
from gongkai.console.records import Addition, Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.engagement import acts
from gongkai.engagement.models import Concern, Consultation
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.core.errors import Obstacle
    from gongkai.organisations.models import Body

TABS = (("consultations", "意见征集"), ("concerns", "回应关切"))


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def consultation_state(row: Consultation) -> str:
    """Where a consultation stands today."""
    if row.feedback_published_on is not None:
        return "已公布采纳情况"
    return "征集中" if row.closes_on >= timezone.localdate() else "已截止，待公布采纳情况"


CONSULTATIONS = RecordList(
    name="consultations",
    title="意见征集",
    model=Consultation,
    columns=(
        Column("主题", lambda row: row.title, link=_to("consultation"), width=40),
        Column("开始", lambda row: row.opens_on, mark=lambda _: "due"),
        Column("截止", lambda row: row.closes_on, mark=lambda _: "due"),
        Column("状态", consultation_state, width=24),
        Column("收到意见", lambda row: row.received, is_number=True),
        Column("采纳意见", lambda row: row.adopted, is_number=True),
    ),
    filters=ConsultationFilter,
    order=("-opens_on", "-pk"),
    related=("body",),
    additions=(Addition("登记意见征集", "consultation_add"),),
    tabs=TABS,
)
CONCERNS = RecordList(
    name="concerns",
    title="回应关切",
    model=Concern,
    columns=(
        Column("主题", lambda row: row.topic, link=_to("concern"), width=40),
        Column("类别", lambda row: row.get_severity_display(), width=24),
        Column("发现时间", lambda row: row.arose_at, mark=lambda _: "due"),
        Column("回应时间", lambda row: row.answered_at or "未回应", mark=lambda _: "due"),
        Column("回应文件", lambda row: row.document.title if row.document else "", width=40),
    ),
    filters=ConcernFilter,
    order=("-arose_at", "-pk"),
    related=("body", "document"),
    additions=(Addition("登记关切", "concern_add"),),
    tabs=TABS,
)
LISTS = (CONSULTATIONS, CONCERNS)

consultations, consultations_export = listing(CONSULTATIONS), exporting(CONSULTATIONS)
concerns, concerns_export = listing(CONCERNS), exporting(CONCERNS)

consultation_add = adding(
    Adding(
        "登记意见征集",
        forms.ConsultationForm,
        lambda request, data: acts.open_consultation(actor=officer_of(request), **data),
        "意见征集已登记",
        "意见征集",
        "consultations",
        then=_to("consultation"),
    )
)
concern_add = adding(
    Adding(
        "登记关切",
        forms.ConcernForm,
        lambda request, data: acts.record_concern(actor=officer_of(request), **data),
        "关切已登记",
        "回应关切",
        "concerns",
        then=_to("concern"),
    )
)


def _may_not_approve(request: HttpRequest, body: Body) -> list[Obstacle]:
    return why_not_permitted(officer_of(request), Permission.APPROVE, body, timezone.localdate())


@login_required
@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation and what came of it."""
    row = reach_one(request, Consultation, pk, "document")
    offers = []
    if row.feedback_published_on is None:
        address = reverse("console:consultation_feedback", args=[row.pk])
        offers.append(Offer("公布采纳情况", address, _may_not_approve(request, row.body), primary=True))
    context = {
        "title": row.title,
        "status": consultation_state(row),
        "docket": docket(
            ("机关", row.body.name),
            ("征集期间", f"{row.opens_on}至{row.closes_on}"),
            ("征求意见稿", row.document),
            ("收到意见", row.received),
            ("采纳意见", row.adopted),
            ("反馈公布", row.feedback_published_on),
        ),
        "texts": [one for one in (("说明", row.text), ("采纳情况", row.feedback)) if one[1]],
        "acts": offers,
        "timeline": timeline_of(row),
        "crumbs": crumbs(("意见征集", reverse("console:consultations")), (row.title, "")),
    }
    return render(request, "console/records/case.html", context)


@login_required
@require_safe
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """One concern and its answer."""
    row = reach_one(request, Concern, pk, "document")
    offers = []
    if row.answered_at is None:
        address = reverse("console:concern_answer", args=[row.pk])
        offers.append(Offer("登记回应", address, _may_not_approve(request, row.body), primary=True))
    context = {
        "title": row.topic,
        "status": "已回应" if row.answered_at else "未回应",
        "docket": docket(
            ("机关", row.body.name),
            ("类别", row.get_severity_display()),
            ("发现时间", told(row.arose_at)),
            ("回应时间", told(row.answered_at)),
            ("回应文件", row.document),
        ),
        "acts": offers,
        "timeline": timeline_of(row),
        "crumbs": crumbs(("回应关切", reverse("console:concerns")), (row.topic, "")),
    }
    return render(request, "console/records/case.html", context)


consultation_feedback = acting(
    Acting(
        title="公布采纳情况",
        model=Consultation,
        form=forms.FeedbackForm,
        act=lambda request, row, data: acts.publish_feedback(
            consultation=row, actor=officer_of(request), **data
        ),
        done="采纳情况已公布",
        back=_to("consultation"),
        way=lambda row: [
            ("意见征集", reverse("console:consultations")),
            (row.title, _to("consultation")(row)),
        ],
        permission=Permission.APPROVE,
        button="公布",
        about=lambda row: (f"“{row.title}”，征集至{row.closes_on}",),
    )
)
concern_answer = acting(
    Acting(
        title="登记回应",
        model=Concern,
        form=forms.AnswerForm,
        act=lambda request, row, data: acts.answer_concern(concern=row, actor=officer_of(request), **data),
        done="回应已登记",
        back=_to("concern"),
        way=lambda row: [("回应关切", reverse("console:concerns")), (row.topic, _to("concern")(row))],
        permission=Permission.APPROVE,
        about=lambda row: (f"“{row.topic}”，{told(row.arose_at)}发现",),
    )
)
