"""Imports of many documents: opened, checked, started, watched, stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import bodies_for, bodies_to, officer_of, reach, reach_one, require, sees_several
from gongkai.console.document_tabs import TABS
from gongkai.console.export import MEDIA_TYPE
from gongkai.console.forms.importing import ImportForm, StartImportForm
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, record_table
from gongkai.console.performing import perform
from gongkai.console.records import BODY_COLUMN, Column, docket
from gongkai.console.timeline import timeline_of
from gongkai.disclosure.importing import acts
from gongkai.disclosure.importing.enums import JOB_MOVES, JobState
from gongkai.disclosure.importing.holding import is_held
from gongkai.disclosure.importing.report import counts, report, template
from gongkai.disclosure.importing.tasks import check_import, run_import
from gongkai.disclosure.models import ImportJob
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 50
LIST = ("批量导入", "imports")
MARKS = {
    JobState.DONE: "good",
    JobState.FAILED: "late",
    JobState.STOPPED: "soon",
}


def here(row: ImportJob) -> str:
    """The page of an import."""
    return reverse("console:import", args=[row.pk])


def _way(row: ImportJob) -> list[tuple[str, str]]:
    return [
        ("文件", reverse("console:documents")),
        (LIST[0], reverse("console:imports")),
        (row.name, here(row)),
    ]


JOBS = (
    Column("来源", lambda row: row.name, link=here),
    Column("状态", lambda row: row.get_state_display()),
    Column("进度", lambda row: f"{row.position}/{row.total}" if row.total else ""),
    Column("新导入", lambda row: row.imported, is_number=True),
    Column("有错误", lambda row: row.wrong, is_number=True),
    Column("建立时间", lambda row: row.made_at, mark=lambda _: "due"),
    Column("建立人", lambda row: row.made_by or "系统"),
)
PROBLEMS = (
    Column("行", lambda row: row.row, is_number=True),
    Column("栏目", lambda row: row.column),
    Column(
        "性质",
        lambda row: "错误" if row.is_error else "提示",
        mark=lambda row: "due--late" if row.is_error else "",
    ),
    Column("问题", lambda row: row.message),
    Column("处理办法", lambda row: row.remedy),
)


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of one's bodies, the newest first."""
    rows = reach(request, ImportJob).select_related("body", "made_by").order_by("-made_at", "-pk")[:SHOWN]
    columns = (*JOBS, BODY_COLUMN) if sees_several(request) else JOBS
    additions = [("下载表格模板", reverse("console:import_template"))]
    if bodies_to(request, Permission.HANDLE).exists():
        additions.insert(0, ("导入文件", reverse("console:import_add")))
    context = {
        "title": LIST[0],
        "tabs": [(reverse(f"console:{name}"), label, name == LIST[1]) for name, label in TABS],
        "tables": [record_table("imports", f"最近{SHOWN}项", rows, columns, empty="还没有批量导入过。")],
        "additions": additions,
        "crumbs": crumbs(("文件", reverse("console:documents")), (LIST[0], "")),
    }
    return render(request, "console/records/tables.html", context)


def _opened(request: HttpRequest, data: dict[str, Any]) -> ImportJob:
    file, archive = data.pop("file"), data.pop("archive")
    job = acts.open_import(
        name=file.name if file else "",
        content=file.read() if file else None,
        archive=archive.read() if archive else None,
        actor=officer_of(request),
        at=timezone.now(),
        **data,
    )
    transaction.on_commit(partial(check_import.enqueue, job.pk))
    return job


import_add = adding(
    Adding(
        "批量导入文件",
        ImportForm,
        _opened,
        "已收到，正在检查；检查完毕后由审核签发人开始导入",
        LIST[0],
        LIST[1],
        then=here,
        button="上传并检查",
        about=(
            "用于接收已经公开过的文件，例如旧网站的存量；公开时间按来源所载保留，不再向公众号等渠道重发。",
            "先逐行检查，不导入任何内容；表格可用模板，也可用旧系统导出的常见表头。",
        ),
    )
)


@login_required
@require_safe
def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: how far it is, what is wrong, what can be done."""
    row = reach_one(request, ImportJob, pk, "body", "made_by", "started_by")
    problems = row.problems.order_by("-is_error", "row", "pk")[:SHOWN]
    more = ("下载全部检查结果（XLSX）", reverse("console:import_report", args=[row.pk]))
    context = {
        "title": row.name,
        "status": row.get_state_display(),
        "status_mark": MARKS.get(JobState(row.state), ""),
        "docket": docket(*_docket(row)),
        "notes": _notes(row),
        "row": row,
        "is_moving": row.state in {JobState.NEW, JobState.CHECKING, JobState.RUNNING} and not row.failure,
        "counts": counts(row),
        "acts": _offers(request, row),
        "tables": [
            record_table(
                "problems", f"检查结果（前{SHOWN}条）", problems, PROBLEMS, empty="没有问题。",
                more=more if problems else None,
            )
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*_way(row)[:-1], (row.name, "")),
    }  # fmt: skip
    return render(request, "console/documents/import.html", context)


def _docket(row: ImportJob) -> list[tuple[str, object]]:
    return [
        ("机关", row.body.display_name),
        ("来源类别", row.get_kind_display()),
        ("来源系统", row.origin),
        ("内容有变的行", row.get_on_change_display()),
        ("涉及年度", "、".join(map(str, row.years))),
        ("更正理由", row.amendment),
        ("检查完成", row.checked_at),
        ("开始导入", row.started_at),
        ("批准导入人", row.started_by or ("系统" if row.started_at else "")),
        ("完成", row.finished_at),
    ]


def _notes(row: ImportJob) -> list[str]:
    found = [row.failure] if row.failure else []
    if row.stop_wanted:
        found.append("已要求停止，本批完成后停止")
    if row.state == JobState.DONE and row.findings:
        found.append(
            f"有{row.findings}行含个人信息、敏感词等，已经公开；每晚复查会列入“公开内容复查”，请尽快核对"
        )
    return found


def _offers(request: HttpRequest, row: ImportJob) -> list[Offer]:
    """What can be done now; what the officer may not do is not told at length."""
    who: dict[str, Any] = {"actor": officer_of(request), "at": timezone.now()}
    may = partial(_may, request, row)
    offers = []
    if JobState.RUNNING in JOB_MOVES[row.state] and row.state != JobState.RUNNING and may(Permission.APPROVE):
        hard = [
            one
            for one in acts.why_not_start(row, skip_wrong=True, amendment="—", **who)
            if one.field != "amendment"
        ]
        label = "继续导入" if row.position else "开始导入"
        offers.append(
            _offer(row, label, "import_start", f"共{row.total}行，已处理{row.position}行。", hard, link=True)
        )
    if row.state == JobState.RUNNING and may(Permission.HANDLE) and not row.stop_wanted:
        offers.append(_offer(row, "停止", "import_stop", "已导入的保留，以后可以从断点继续。"))
    may_check = JobState.CHECKING in JOB_MOVES[row.state] and not row.path and not is_held(row, who["at"])
    if may_check and may(Permission.HANDLE) and (row.failure or row.state != JobState.NEW):
        offers.append(_offer(row, "重新检查", "import_check", "目录、机构或附件补齐以后再检查一次。"))
    if may(Permission.HANDLE) and not acts.why_not_discard(row, **who):
        offers.append(_offer(row, "放弃", "import_discard", "删除上传的文件；已经导入的保留。"))
    return offers


def _may(request: HttpRequest, row: ImportJob, permission: Permission) -> bool:
    return not why_not_permitted(officer_of(request), permission, row.body, timezone.localdate())


def _offer(
    row: ImportJob, label: str, name: str, note: str, obstacles: Any = (), *, link: bool = False
) -> Offer:
    address = reverse(f"console:{name}", args=[row.pk])
    return Offer(label, address, list(obstacles), note, primary=link, link=link)


def _started(request: HttpRequest, row: ImportJob, data: dict[str, Any]) -> None:
    acts.start_import(job=row, actor=officer_of(request), at=timezone.now(), **data)
    transaction.on_commit(partial(run_import.enqueue, row.pk))


import_start = acting(
    Acting(
        title="开始导入",
        model=ImportJob,
        form=StartImportForm,
        act=_started,
        done="已开始导入，可以离开本页",
        back=here,
        way=_way,
        permission=Permission.APPROVE,
        button="开始导入",
        about=lambda row: [
            f"将公开{row.total - row.position}行，公开时间按来源所载；其中{row.findings}行有待核对的内容。",
            "导入即公开。附件的元数据会清除；不向公众号等渠道发送。",
        ],
        fitted=lambda row: {"job": row},
    )
)


def _posted(act: Callable[[HttpRequest, ImportJob], object], done: str) -> Any:
    """A page that only does something: its answer is the import's page."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = reach_one(request, ImportJob, pk, "body")
        require(request, Permission.HANDLE, row.body)
        perform(request, lambda: act(request, row), done)
        return redirect(here(row))

    return view


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


import_stop = _posted(lambda request, row: acts.stop_import(job=row, **_who(request)), "已要求停止")
import_check = _posted(lambda _request, row: check_import.enqueue(row.pk), "已排队检查，请稍候刷新")
import_discard = _posted(lambda request, row: acts.discard_import(job=row, **_who(request)), "已放弃")


@login_required
@require_safe
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, as a spreadsheet."""
    row = reach_one(request, ImportJob, pk, "body")
    return _spreadsheet(report(row), f"导入检查结果{row.pk}.xlsx")


@login_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty table to fill in, for whoever sees a body."""
    bodies_for(request)
    return _spreadsheet(template(), "文件导入模板.xlsx")


def _spreadsheet(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
