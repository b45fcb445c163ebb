"""Opinions: the list over all consultations, one consultation's to be moderated and sorted, one alone, the export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.audit.acts import record
from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.export import MEDIA_TYPE, workbook
from gongkai.console.forms import engagement as forms
from gongkai.console.forms.filters_engagement import CommentFilter
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import (
    Acting,
    acting,
    crumbs,
    exporting,
    listing,
    page_view,
    record_table,
    show_form,
)
from gongkai.console.performing import perform
from gongkai.console.records import Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.console.views.consultations import TABS, by, to, way_to
from gongkai.engagement import acts
from gongkai.engagement.enums import CommentState
from gongkai.engagement.masking import masked
from gongkai.engagement.models import Comment, Consultation
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

PER_PAGE = 50
SHORT = 80  # characters of an opinion in a list


def _short(row: Comment) -> str:
    text = row.text or "、".join(str(one) for one in row.answers.all())
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


COMMENTS = RecordList(
    name="comments",
    title="收到的意见",
    model=Comment,
    columns=(
        Column("编号", lambda row: row.number, link=to("comment"), width=20),
        Column("征集主题", lambda row: row.consultation.title, width=40),
        Column("意见", lambda row: masked(_short(row)), width=60),
        Column("收到", lambda row: row.received_at, mark=lambda _: "due"),
        Column("途径", lambda row: row.get_way_display()),
        Column("状态", lambda row: row.get_state_display()),
        Column("采纳情况", lambda row: row.group.get_verdict_display() if row.group else ""),
    ),
    filters=CommentFilter,
    order=("-received_at", "-pk"),
    related=("consultation__body", "group"),
    prefetch=("answers",),
    tabs=TABS,
    note="列表和导出不含姓名和联系方式；内容中的证件号码、电话等已遮盖。",
)
comments, comments_export = listing(COMMENTS), exporting(COMMENTS)


@page_view
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation's opinions: tick some, then count them or put them into a group."""
    row = reach_one(request, Consultation, pk)
    require(request, Permission.HANDLE, row.body)
    state = request.GET.get("state", "")
    rows = (
        row.comments.exclude(state=CommentState.SET_ASIDE).select_related("group").prefetch_related("answers")
    )
    if state in CommentState.values:
        rows = row.comments.filter(state=state).select_related("group").prefetch_related("answers")
    page = Paginator(rows.order_by("state", "group", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    sent = request.POST if request.method == "POST" else None
    form = forms.SortForm(sent, consultation=row, shown=row.comments.all())
    here = request.get_full_path()

    def act() -> str:
        _sort(request, row, form)
        return here

    if form.is_valid() and (answer := submit_once(request, form, act, "已处理勾选的意见")):
        return answer
    ticked = {str(value) for value in form["comments"].value() or ()}
    return show_form(
        request,
        form,
        title="审核、归类意见",
        back=to("consultation")(row),
        way=way_to(row),
        template="console/engagement/opinions.html",
        page=page,
        lines=[(one, masked(_short(one)), str(one.pk) in ticked) for one in page],
        states=[("", "全部未排除的"), *CommentState.choices],
        chosen=state,
        here=reverse("console:opinions", args=[row.pk]),
    )


def _sort(request: HttpRequest, row: Consultation, form: forms.SortForm) -> None:
    chosen, into = form.cleaned_data["comments"], form.cleaned_data["into"]
    if into == form.ACCEPT:
        acts.accept_all(rows=chosen, **by(request))
        return
    group = None if into == form.OUT else form.groups[into]
    acts.sort_into(consultation=row, rows=list(chosen), group=group, **by(request))


@never_cache
@login_required
@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One opinion with its answers."""
    return _show(request, _reached(request, pk))


def _reached(request: HttpRequest, pk: int) -> Comment:
    return reach_one(request, Comment, pk, "consultation", "group", "moderated_by")


def _show(request: HttpRequest, row: Comment, sender: tuple[str, str] = ("", "")) -> HttpResponse:
    answers = record_table(
        "answers",
        "对问题的回答",
        row.answers.select_related("question").order_by("question__position"),
        (Column("问题", lambda one: one.question.text), Column("回答", str)),
        empty="没有回答问题。",
    )
    context = {
        "title": f"意见{row.number}",
        "status": row.get_state_display(),
        "docket": docket(
            ("征集主题", row.consultation.title),
            ("收到", row.received_at),
            ("途径", row.get_way_display()),
            ("姓名或单位", sender[0] or ("有，未显示" if row.name else "未留")),
            ("联系方式", sender[1] or ("有，未显示" if row.contact else "未留")),
            ("归入", row.group),
            ("处理", " ".join(filter(None, (str(row.moderated_by or ""), row.state_reason)))),
        ),
        "texts": [("意见", row.text)] if row.text else [],
        "acts": _offers(request, row),
        "tables": [answers],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*way_to(row.consultation), (row.number, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: Comment) -> list[Offer]:
    given = by(request)
    if not may(given["actor"], Permission.HANDLE, row.consultation.body, timezone.localdate()):
        return []
    offers = []
    if row.consultation.feedback_published_on is None:
        primary = row.state == CommentState.WAITING
        offers.append(Offer("审核", reverse("console:comment_moderate", args=[row.pk]), primary=primary))
    if not acts.why_not_view_sender(row, **given):
        note = "查看将被记录"
        offers.append(
            Offer(
                "显示姓名和联系方式", reverse("console:comment_sender", args=[row.pk]), note=note, link=False
            )
        )
    return offers


@never_cache
@login_required
@require_POST
def comment_sender(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with who wrote, once; that it was looked at is recorded."""
    row, seen = _reached(request, pk), []
    require(request, Permission.HANDLE, row.consultation.body)
    look = lambda: seen.append(acts.view_sender(row=row, **by(request)))  # noqa: E731 - what is done
    if not perform(request, look, "已显示，本次查看已记录"):
        return redirect("console:comment", row.pk)
    return _show(request, row, seen[0])


comment_moderate = acting(
    Acting(
        title="审核意见",
        model=Comment,
        form=forms.ModerateForm,
        act=lambda request, row, data: acts.moderate(row=row, **by(request), **data),
        done="已处理",
        back=to("comment"),
        way=lambda row: [*way_to(row.consultation), (row.number, to("comment")(row))],
        about=lambda row: (row.text or "、".join(str(one) for one in row.answers.all()),),
        related=("consultation",),
    )
)

EXPORTED = (
    Column("编号", lambda row: row.number, width=20),
    Column("收到", lambda row: row.received_at),
    Column("途径", lambda row: row.get_way_display()),
    Column("意见", lambda row: masked(row.text), width=80),
    Column(
        "对问题的回答",
        lambda row: masked("；".join(f"{a.question.text}：{a}" for a in row.answers.all())),
        width=60,
    ),
    Column("状态", lambda row: row.get_state_display()),
    Column("意见归纳", lambda row: row.group.summary if row.group else "", width=40),
    Column("采纳情况", lambda row: row.group.get_verdict_display() if row.group else ""),
    Column("说明", lambda row: row.group.reason if row.group else "", width=40),
)


@login_required
@require_safe
def opinions_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation's opinions as a spreadsheet without names, contacts or numbers that identify anybody."""
    row = reach_one(request, Consultation, pk)
    rows: QuerySet[Any] = row.comments.select_related("group").prefetch_related("answers__question")
    content = workbook(COMMENTS, rows.order_by("pk").iterator(chunk_size=500), EXPORTED)
    with transaction.atomic():
        detail = {"list": "opinions", "consultation": row.pk, "rows": rows.count()}
        record(verb="console.export", actor=officer_of(request), target=row, body=row.body, detail=detail)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    name = f"意见征集{row.pk}收到的意见{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
