"""The audit and the recurring jobs, for those who oversee."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import django_filters as filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.audit.models import Entry, Head
from gongkai.audit.queries import verify_chain
from gongkai.console.access import bodies_overseen, oversees_all
from gongkai.console.forms.base import DayInput
from gongkai.console.forms.filters import Narrowing, choice
from gongkai.console.pages import crumbs, exporting, listing, record_table
from gongkai.console.records import Column, RecordList
from gongkai.console.verbs import VERBS, verb_in_words
from gongkai.schedule.queries import JobState, job_states

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.organisations.models import Body


class EntryFilter(Narrowing):
    """By who, what and when."""

    actor = filters.CharFilter(field_name="actor_name", lookup_expr="icontains", label="操作人")
    verb = choice("verb", "行为", sorted(VERBS.items(), key=lambda one: one[1]), method="by_verb")
    target = filters.CharFilter(field_name="target_name", lookup_expr="icontains", label="对象")
    since = filters.DateFilter("at", "date__gte", label="起", widget=DayInput())
    until = filters.DateFilter("at", "date__lte", label="止", widget=DayInput())

    def bodies(self) -> QuerySet[Body]:
        """The bodies overseen."""
        return bodies_overseen(self.request)

    def by_verb(self, rows: QuerySet[Any], _name: str, verb: str) -> QuerySet[Any]:
        """The act and the same act upon a published year."""
        room, _, act = verb.partition(".")
        return rows.filter(verb__in=[verb, f"{room}.amend.{act}"])


def _entries(request: HttpRequest) -> QuerySet[Entry]:
    """Of the bodies overseen; what belongs to no body only where the officer oversees the whole."""
    scope = Q(body__in=bodies_overseen(request))
    if oversees_all(request):
        scope |= Q(body=None)
    return Entry.objects.filter(scope)


TABS = (("log", "操作记录"), ("chain", "审计链核对"))
LOG = RecordList(
    name="log",
    title="操作记录",
    model=Entry,
    columns=(
        Column(
            "序号",
            lambda row: row.sequence,
            link=lambda row: reverse("console:log_entry", args=[row.sequence]),
        ),
        Column("时间", lambda row: row.at, mark=lambda _: "due", width=18),
        Column("操作人", lambda row: row.actor_name, width=20),
        Column("行为", lambda row: verb_in_words(row.verb), width=26),
        Column("对象", lambda row: row.target_name, width=50),
        Column("机关", lambda row: row.body.display_name if row.body else "", width=20),
        Column("理由", lambda row: row.reason, width=40),
    ),
    filters=EntryFilter,
    order=("-sequence",),
    related=("body",),
    scope=_entries,
    names_body=False,
    per_page=50,
    tabs=TABS,
)
log, log_export = listing(LOG), exporting(LOG)


@login_required
@require_safe
def log_entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """One entry with everything it says and its place in the chain."""
    entry = _entries(request).filter(sequence=sequence).select_related("body").first()
    if entry is None:
        raise Http404
    detail = json.dumps(entry.detail, ensure_ascii=False, indent=2)
    context = {
        "title": f"操作记录第{entry.sequence}条",
        "status": verb_in_words(entry.verb),
        "entry": entry,
        "detail": detail if entry.detail else "",
        "crumbs": crumbs(("操作记录", reverse("console:log")), (f"第{entry.sequence}条", "")),
    }
    return render(request, "console/administration/entry.html", context)


@login_required
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """Where the chain ends; the digest may be copied to be compared later."""
    bodies_overseen(request)
    head = Head.objects.filter(pk=Head.ONLY).first() or Head()
    context = {
        "title": "审计链核对",
        "head": head,
        "may_verify": oversees_all(request),
        "tabs": [(reverse(f"console:{name}"), label, name == "chain") for name, label in TABS],
        "crumbs": crumbs(("操作记录", reverse("console:log")), ("审计链核对", "")),
    }
    return render(request, "console/administration/chain.html", context)


@login_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Reckon the whole chain again and tell the result. Reads every entry, so only those who oversee all may."""
    if not oversees_all(request):
        raise PermissionDenied
    broken = verify_chain()
    if broken is None:
        head = Head.objects.filter(pk=Head.ONLY).first() or Head()
        messages.success(request, f"审计链完好，共{head.sequence}条，没有改动或缺失")
    else:
        messages.error(
            request, f"审计链在第{broken.sequence}条断裂：{broken.problem}。请立即保全数据库并报告"
        )
    return redirect("console:chain")


STATE_WORDS = {"ok": "正常", "late": "未按时运行", "failing": "失败"}
STATE_MARKS = {"ok": "", "late": "due--soon", "failing": "due--late"}


def _how_often(state: JobState) -> str:
    job = state.job
    if job.every is not None:
        return f"每{int(job.every.total_seconds() // 60)}分钟"
    return f"每天{job.at:%H:%M}" if job.at else "每天"


JOB_COLUMNS = (
    Column("任务", lambda row: row.job.title),
    Column("周期", _how_often),
    Column("状态", lambda row: STATE_WORDS[row.state], mark=lambda row: STATE_MARKS[row.state]),
    Column("应运行", lambda row: row.run.due_at if row.run else "从未运行", mark=lambda _: "due"),
    Column("结束", lambda row: row.run.finished_at if row.run else "", mark=lambda _: "due"),
    Column("错误", lambda row: row.run.error if row.run else ""),
)


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Every recurring job and how it last went."""
    bodies_overseen(request)
    states = job_states(now=timezone.now())
    context = {
        "title": "定时任务",
        "tables": [record_table("jobs", "任务", states, JOB_COLUMNS, empty="没有定时任务。")],
        "crumbs": crumbs(("定时任务", "")),
    }
    return render(request, "console/records/tables.html", context)
