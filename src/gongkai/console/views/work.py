"""Who works on a case: assigning, claiming, handing back, sub-tasks, remarks, handing over, reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import officer_of, reach_one, require, required_bodies
from gongkai.console.forms import work as forms
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import Acting, acting, crumbs, page_view, record_table, show_form
from gongkai.console.performing import perform
from gongkai.console.records import Column
from gongkai.console.views.letters import case_way
from gongkai.foi import acts
from gongkai.foi.archive.folder import why_not_archive
from gongkai.foi.models import Assignment, Reminder, Request, Task
from gongkai.foi.reminders import handlers_of, mark_read
from gongkai.foi.worklist import held_by, present_assignment
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission, may
from gongkai.oversight.reminders import mark_read as mark_coverage_read

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

LATEST = 200  # reminders shown


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


def _here(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def _case_of(row: Any) -> Request:
    return row if isinstance(row, Request) else row.request


def _working(title: str, model: Any, name: str, form: Any, act: Any, done: str, button: str) -> Any:
    """A page on which one thing is done with a case, an assignment or a sub-task."""
    return acting(
        Acting(
            title=title,
            model=model,
            form=form,
            act=lambda request, row, data: act(**{name: row}, **_by(request), **data),
            done=done,
            back=lambda row: _here("request", _case_of(row).pk),
            way=lambda row: case_way(_case_of(row)),
            about=lambda row: (f"{_case_of(row).number}　{_case_of(row).subject}", *_about(row)),
            button=button,
        )
    )


def _about(row: Any) -> tuple[str, ...]:
    return (f"{row.title}，要求{row.due_on}前完成",) if isinstance(row, Task) else ()


case_assign = _working("交办", Request, "request", forms.AssignForm, acts.assign, "已交办", "交办")
case_remark = _working("批注", Request, "request", forms.RemarkForm, acts.remark, "批注已保存", "保存")
task_add = _working(
    "交办协办事项", Request, "request", forms.TaskForm, acts.make_task, "协办事项已交办", "交办"
)
task_finish = _working(
    "完成协办事项", Task, "task", forms.TaskResultForm, acts.finish_task, "协办事项已完成", "登记完成"
)
assignment_back = _working(
    "退回交办", Assignment, "assignment", forms.BackForm, acts.hand_back, "已退回", "退回"
)


@login_required
@require_POST
def assignment_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case by one button; a second click is told that it is taken."""
    row = reach_one(request, Assignment, pk, "unit", "officer")
    require(request, Permission.HANDLE, row.request.body)
    perform(request, lambda: acts.claim(assignment=row, **_by(request)), "已签收，由您承办")
    return redirect("console:request", row.request_id)


# On the case ------------------------------------------------------------------------------------------------


def work_offers(row: Request, officer: Officer, now: dt.datetime) -> list[Offer]:
    """What can be done about who works on the case; only what is possible."""
    if not may(officer, Permission.HANDLE, row.body, timezone.localdate(now)):
        return []
    by: dict[str, Any] = {"actor": officer, "at": now}
    offers = [Offer("批注", _here("case_remark", row.pk))]
    present = present_assignment(row)
    if row.closed_on is None and not row.set_aside:
        offers.insert(0, Offer("改交他人办理" if present else "交办", _here("case_assign", row.pk)))
        if row.received_on is not None:
            offers.insert(1, Offer("交办协办事项", _here("task_add", row.pk)))
    if not why_not_archive(row, **by):
        offers.append(Offer("下载案卷", _here("request_archive", row.pk)))
    if present is None:
        return offers
    if not acts.why_not_hand_back(present, reason="—", **by):
        offers.append(Offer("退回交办", _here("assignment_back", present.pk)))
    if not acts.why_not_claim(present, **by):
        offers.insert(0, Offer("签收办理", _here("assignment_claim", present.pk), link=False))
    return offers


def holder_of(row: Request) -> str:
    """Who has the case, in words."""
    present = present_assignment(row)
    if present is None:
        return "尚未交办" if row.closed_on is None else ""
    who = "　".join(str(one) for one in (present.unit, present.officer) if one)
    return who if present.claimed_at else f"{who}（待签收）"


def work_tables(row: Request, *, may_handle: bool) -> list[dict[str, Any]]:
    """Sub-tasks, remarks and former hands of a case, each where there are any."""
    tables = []
    tasks = list(row.tasks.select_related("unit", "officer"))
    if tasks:
        columns = (*TASK_COLUMNS, FINISH_COLUMN) if may_handle else TASK_COLUMNS
        tables.append(record_table("tasks", "协办事项", tasks, columns, empty=""))
    remarks = list(row.remarks.select_related("made_by")) if may_handle else []
    if remarks:
        tables.append(record_table("remarks", "批注", remarks, REMARK_COLUMNS, empty=""))
    hands = list(row.assignments.select_related("unit", "officer", "assigned_by"))
    if hands:
        tables.append(record_table("assignments", "交办经过", hands, ASSIGNMENT_COLUMNS, empty=""))
    return tables


def _who(row: Any) -> str:
    return "　".join(str(one) for one in (row.unit, row.officer) if one)


def _late(row: Task) -> str:
    return "due due--late" if row.done_at is None and row.due_on < timezone.localdate() else "due"


TASK_COLUMNS = (
    Column("事项", lambda row: row.title),
    Column("协办", _who),
    Column("要求完成", lambda row: row.due_on, mark=_late),
    Column("完成", lambda row: row.done_at, mark=lambda _: "due"),
    Column("办理情况", lambda row: row.result),
)
FINISH_COLUMN = Column(
    "办理",
    lambda row: "" if row.done_at else "登记完成",
    link=lambda row: "" if row.done_at else _here("task_finish", row.pk),
)
REMARK_COLUMNS = (
    Column("内容", lambda row: row.text),
    Column("人员", lambda row: row.made_by or "系统"),
    Column("时间", lambda row: row.made_at, mark=lambda _: "due"),
)


def _assignment_state(row: Assignment) -> str:
    if row.ended_at is not None:
        return "已结束"
    return "办理中" if row.claimed_at else "待签收"


ASSIGNMENT_COLUMNS = (
    Column("承办", _who),
    Column("交办人", lambda row: row.assigned_by or "系统"),
    Column("交办时间", lambda row: row.assigned_at, mark=lambda _: "due"),
    Column("签收时间", lambda row: row.claimed_at, mark=lambda _: "due"),
    Column("意见", lambda row: row.note),
    Column("状态", _assignment_state),
)


# Reminders --------------------------------------------------------------------------------------------------


@login_required
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """The officer's own reminders, newest first."""
    rows = list(officer_of(request).reminders.select_related("request")[:LATEST])
    told_of = list(officer_of(request).coverage_reminders.select_related("body", "unit", "given_by")[:LATEST])
    context = {
        "title": "提醒",
        "unread": sum(one.read_at is None for one in rows) + sum(one.read_at is None for one in told_of),
        "table": record_table("reminders", "收到的提醒", rows, REMINDER_COLUMNS, empty="没有提醒。"),
        "others": [record_table("coverage", "公开目录的提醒", told_of, COVERAGE_COLUMNS, empty="没有提醒。")],
        "crumbs": crumbs(("提醒", "")),
    }
    return render(request, "console/work/reminders.html", context)


def _about_case(row: Reminder) -> str:
    return _here("request", row.request_id) if row.request_id else ""


REMINDER_COLUMNS = (
    Column("提醒", lambda row: row.text, link=_about_case),
    Column("类别", lambda row: row.get_kind_display()),
    Column("时间", lambda row: row.sent_at, mark=lambda _: "due"),
    Column("状态", lambda row: "已读" if row.read_at else "未读"),
)


COVERAGE_COLUMNS = (
    Column("提醒", lambda row: row.text, link=lambda row: _here("coverage_body", row.body_id)),
    Column("责任机构", lambda row: row.unit or row.body.display_name),
    Column("时间", lambda row: row.given_at, mark=lambda _: "due"),
    Column("方式", lambda row: f"{row.given_by}催办" if row.given_by else "自动提醒"),
    Column("状态", lambda row: "已读" if row.read_at else "未读"),
)


@login_required
@require_POST
def reminders_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    officer, now = officer_of(request), timezone.now()
    number = mark_read(officer, at=now) + mark_coverage_read(officer, at=now)
    messages.success(request, f"已将{number}条提醒标为已读")
    return redirect("console:reminders")


# Handing over -----------------------------------------------------------------------------------------------


@login_required
@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Who holds what in the bodies one handles: from here all of it goes to somebody else."""
    bodies = required_bodies(request, Permission.HANDLE)
    tables = [
        record_table(
            f"body-{body.pk}", body.display_name, _holders(body), HOLDER_COLUMNS, empty="没有承办人员。"
        )
        for body in bodies
    ]
    context = {"title": "工作移交", "tables": tables, "crumbs": crumbs(("工作移交", ""))}
    return render(request, "console/work/hand_overs.html", context)


def _holders(body: Body) -> list[dict[str, Any]]:
    return [
        {"officer": one, "held": held_by(one, body), "address": _here("hand_over", body.pk, one.pk)}
        for one in handlers_of(body, timezone.localdate())
    ]


def _count(name: str) -> Any:
    return lambda row: len(getattr(row["held"], name))


HOLDER_COLUMNS = (
    Column("人员", lambda row: row["officer"], link=lambda row: row["address"]),
    Column("在办申请", _count("assignments"), is_number=True),
    Column("协办事项", _count("tasks"), is_number=True),
    Column("未签发文书", _count("letters"), is_number=True),
    Column("未放行遮盖", _count("redactions"), is_number=True),
)


@page_view
def hand_over(request: HttpRequest, pk: int, officer: int) -> HttpResponse:
    """Give all that one officer holds in a body to another: one's own, or as approver anybody's."""
    body = required_bodies(request, Permission.HANDLE).filter(pk=pk).first()
    leaving = next(
        (one for one in handlers_of(body, timezone.localdate()) if one.pk == officer) if body else iter(()),
        None,
    )
    if body is None or leaving is None:
        raise Http404
    form = forms.HandOverForm(request.POST if request.method == "POST" else None, body=body, leaving=leaving)

    def act() -> str:
        acts.hand_over(body=body, leaving=leaving, **_by(request), **form.arguments())
        return _here("hand_overs")

    if form.is_valid() and (answer := submit_once(request, form, act, "已移交，由接收人签收")):
        return answer
    return show_form(
        request,
        form,
        title=f"移交{leaving}名下的工作",
        back=_here("hand_overs"),
        way=[("工作移交", _here("hand_overs"))],
        button="移交",
        template="console/work/hand_over.html",
        about=[body.name],
        tables=_held_tables(leaving, body),
    )


def _held_tables(officer: Officer, body: Body) -> list[dict[str, Any]]:
    """The list that is handed over; drafts stay with who wrote them and are listed to be known."""
    held = held_by(officer, body)
    return [
        record_table("cases", "在办申请", held.assignments, HELD_COLUMNS, empty="没有。"),
        record_table("tasks", "协办事项", held.tasks, HELD_TASK_COLUMNS, empty="没有。"),
        record_table(
            "letters",
            "未签发文书（仍由拟稿人署名，接收人可以修改）",
            held.letters,
            HELD_LETTER_COLUMNS,
            empty="没有。",
        ),
    ]


HELD_COLUMNS = (
    Column("申请", lambda row: row.request.number, link=lambda row: _here("request", row.request_id)),
    Column("所需信息", lambda row: row.request.subject),
    Column("签收时间", lambda row: row.claimed_at, mark=lambda _: "due"),
)
HELD_TASK_COLUMNS = (
    Column("事项", lambda row: row.title),
    Column("申请", lambda row: row.request.number, link=lambda row: _here("request", row.request_id)),
    Column("要求完成", lambda row: row.due_on, mark=_late),
)
HELD_LETTER_COLUMNS = (
    Column("文书", lambda row: row.title, link=lambda row: _here("letter", row.pk)),
    Column("申请", lambda row: row.request.number),
    Column("状态", lambda row: row.get_state_display()),
)
