"""Consultations: the list, preparing one, its own page, questions, files, release, result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms import engagement as forms
from gongkai.console.forms.base import PlainReasonForm
from gongkai.console.forms.filters_engagement import ConsultationFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing, record_table
from gongkai.console.performing import perform
from gongkai.console.records import Addition, Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.core.files import DamagedFileError, read
from gongkai.engagement import acts
from gongkai.engagement.enums import CommentState, ConsultationStage
from gongkai.engagement.models import Consultation, ConsultationFile, OpinionGroup, Question
from gongkai.engagement.stages import feedback_due_of, stage_of
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from gongkai.law.calendar import WorkCalendar

TABS = (
    ("consultations", "意见征集"),
    ("comments", "收到的意见"),
    ("concerns", "回应关切"),
    ("faq_entries", "问答库"),
    ("mailbox", "意见箱"),
)
KIB = 1024


def to(name: str) -> Callable[[Any], str]:
    """The address of a record's page."""
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": officer_of(request), "at": timezone.now()}


def with_calendar(rows: Sequence[Any]) -> None:
    """Give a page's records one calendar, so that their terms are reckoned without asking again."""
    calendar = current_calendar()
    for row in rows:
        row.calendar = calendar


def calendar_for(row: Any) -> WorkCalendar:
    """The calendar a list gave the record, or today's."""
    found: WorkCalendar | None = getattr(row, "calendar", None)
    return found or current_calendar()


def stage_today(row: Consultation) -> ConsultationStage:
    """Where a consultation stands today."""
    return stage_of(row, timezone.localdate(), calendar_for(row))


def _mark(row: Consultation) -> str:
    return "due due--late" if stage_today(row) == ConsultationStage.OVERDUE else ""


CONSULTATIONS = RecordList(
    name="consultations",
    title="意见征集",
    model=Consultation,
    columns=(
        Column("主题", lambda row: row.title, link=to("consultation"), width=40),
        Column("开始", lambda row: row.opens_on, mark=lambda _: "due"),
        Column("截止", lambda row: row.closes_on, mark=lambda _: "due"),
        Column("状态", lambda row: stage_today(row).label, mark=_mark, width=24),
        Column("收到意见", lambda row: row.received, is_number=True),
        Column("采纳意见", lambda row: row.adopted, is_number=True),
    ),
    filters=ConsultationFilter,
    order=("-opens_on", "-pk"),
    related=("body",),
    prepare=with_calendar,
    additions=(Addition("发起意见征集", "consultation_add"),),
    tabs=TABS,
)
consultations, consultations_export = listing(CONSULTATIONS), exporting(CONSULTATIONS)

consultation_add = adding(
    Adding(
        "发起意见征集",
        forms.ConsultationForm,
        lambda request, data: acts.open_consultation(actor=officer_of(request), **data),
        "意见征集已登记，签发之后对外公布",
        "意见征集",
        "consultations",
        then=to("consultation"),
    )
)


# One consultation -----------------------------------------------------------------------------------------


def way_to(row: Consultation) -> Sequence[tuple[str, str]]:
    """The crumbs above a page about a consultation."""
    return [("意见征集", reverse("console:consultations")), (row.title, to("consultation")(row))]


@login_required
@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: what is asked, what came in, what became of it, and what can be done now."""
    row = reach_one(request, Consultation, pk, "document", "opened_by", "released_by")
    stage = stage_today(row)
    may_handle = may(officer_of(request), Permission.HANDLE, row.body, timezone.localdate())
    context = {
        "title": row.title,
        "status": stage.label,
        "status_mark": "late" if stage == ConsultationStage.OVERDUE else "",
        "docket": docket(*_docket(row)),
        "texts": [one for one in (("说明", strip_tags(row.text)), ("采纳情况", row.feedback)) if one[1]],
        "acts": _offers(request, row),
        "tables": _tables(row, may_handle=may_handle),
        "timeline": timeline_of(row),
        "crumbs": crumbs(("意见征集", reverse("console:consultations")), (row.title, "")),
    }
    return render(request, "console/records/case.html", context)


def _docket(row: Consultation) -> list[tuple[str, object]]:
    counts = row.comments.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state=CommentState.WAITING)),
        accepted=Count("pk", filter=Q(state=CommentState.ACCEPTED)),
    )
    came = f"{counts['all']}条，其中待处理{counts['waiting']}条，有效{counts['accepted']}条"
    due = feedback_due_of(row, current_calendar())
    return [
        ("机关", row.body.name),
        ("征集期间", f"{row.opens_on}至{row.closes_on}"),
        ("缩短期限的说明", row.short_reason),
        ("征求意见稿", row.document),
        ("收集方式", f"本网站，{row.get_naming_display()}" if row.takes_online else "不在本网站收集"),
        ("其他反馈途径", row.other_ways),
        ("经办、签发", "　".join(str(one) for one in (row.opened_by, row.released_by) if one)),
        ("收到的意见", came if counts["all"] else ""),
        ("采纳情况应公布", f"{due.day}前（截止后{row.feedback_workdays}个工作日）{due.note}"),
        ("公布结果", f"收到{row.received}条，采纳{row.adopted}条" if row.feedback_published_on else ""),
        ("反馈公布", row.feedback_published_on),
        ("网站地址", row.public_path if row.released_at else ""),
    ]


def _offers(request: HttpRequest, row: Consultation) -> list[Offer]:
    """What can be done next; what is over is not offered."""
    given, here = by(request), [row.pk]
    offers: list[Offer] = []
    if row.released_at is None:
        address = reverse("console:consultation_release", args=here)
        offers.append(Offer("签发", address, acts.why_not_release(row, **given), primary=True, link=False))
        offers.append(Offer("增加问题", reverse("console:question_add", args=here)))
    if row.feedback_published_on is None:
        offers.append(Offer("上传附件", reverse("console:consultation_file_add", args=here)))
        offers.append(Offer("修改截止日期", reverse("console:consultation_closing", args=here)))
    if row.released_at is not None and row.feedback_published_on is None:
        offers.append(Offer("登记其他途径收到的意见", reverse("console:comment_add", args=here)))
        offers.append(Offer("审核、归类意见", reverse("console:opinions", args=here)))
        offers.append(Offer("归纳意见", reverse("console:group_add", args=here)))
        numbers = {} if row.takes_online else {"received": 0, "adopted": 0}
        obstacles = acts.why_not_publish_feedback(
            row, feedback="—", on=timezone.localdate(), actor=given["actor"], **numbers
        )
        address = reverse("console:consultation_feedback", args=here)
        offers.append(Offer("公布采纳情况", address, obstacles, primary=True))
    if row.comments.exists():
        offers.append(Offer("导出意见（不含个人信息）", reverse("console:opinions_export", args=here)))
    may_handle = may(given["actor"], Permission.HANDLE, row.body, timezone.localdate())
    return offers if may_handle else [one for one in offers if one.label.startswith("导出")]


def _size(row: ConsultationFile) -> str:
    return f"{max(1, row.size // KIB)}KB"


def _tables(row: Consultation, *, may_handle: bool) -> list[dict[str, Any]]:
    open_now = may_handle and row.feedback_published_on is None
    return [
        record_table(
            "questions", "问题", row.questions.all(), _question_columns(may_drop=open_now and not row.released_at),
            empty="没有设问题，公众直接写意见。",
        ),
        record_table(
            "files", "附件", row.files.filter(removed_at=None), _file_columns(may_remove=open_now), empty="没有附件。"
        ),
        record_table(
            "groups",
            "意见归类",
            row.groups.annotate(number=Count("comments")),
            _group_columns(may_change=open_now),
            empty="还没有归纳意见。",
        ),
    ]  # fmt: skip


def _question_columns(*, may_drop: bool) -> tuple[Column, ...]:
    columns = (
        Column("问题", lambda row: row.text),
        Column("题型", lambda row: row.get_kind_display()),
        Column("选项", lambda row: "、".join(row.choices)),
        Column("必答", lambda row: row.is_required),
    )
    return (*columns, Column("删除", lambda _: "删除", link=to("question_drop"))) if may_drop else columns


def _file_columns(*, may_remove: bool) -> tuple[Column, ...]:
    columns = (
        Column("文件", lambda row: row.name, link=to("consultation_file")),
        Column("大小", _size, mark=lambda _: "due"),
        Column("加入", lambda row: row.added_at, mark=lambda _: "due"),
    )
    if not may_remove:
        return columns
    return (*columns, Column("撤下", lambda _: "撤下", link=to("consultation_file_remove")))


def _group_columns(*, may_change: bool) -> tuple[Column, ...]:
    columns = (
        Column("意见归纳", lambda row: row.summary, link=to("group_change") if may_change else None),
        Column("意见数", lambda row: row.number, is_number=True),
        Column("采纳情况", lambda row: row.get_verdict_display()),
        Column("说明", lambda row: row.reason),
    )
    return (*columns, Column("删除", lambda _: "删除", link=to("group_drop"))) if may_change else columns


@login_required
@require_POST
def consultation_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign off by one button; a second click is told that it is done."""
    row = reach_one(request, Consultation, pk, "opened_by")
    require(request, Permission.APPROVE, row.body)
    perform(request, lambda: acts.release_consultation(consultation=row, **by(request)), "意见征集已签发")
    return redirect("console:consultation", row.pk)


def _on(title: str, form: Any, act: Any, done: str, **more: Any) -> Any:
    """A page on which one thing is done with a consultation."""
    return acting(
        Acting(
            title=title,
            model=Consultation,
            form=form,
            act=lambda request, row, data: act(consultation=row, **by(request), **data),
            done=done,
            back=to("consultation"),
            way=way_to,
            about=lambda row: (f"“{row.title}”，{row.opens_on}至{row.closes_on}",),
            **more,
        )
    )


consultation_closing = _on(
    "修改截止日期",
    forms.ClosingForm,
    acts.set_closing,
    "截止日期已修改",
    initial=lambda row: {"closes_on": row.closes_on},
)
question_add = _on("增加问题", forms.QuestionForm, acts.ask, "问题已增加")
consultation_file_add = _on(
    "上传附件", forms.ConsultationFileForm, acts.add_file, "附件已加入", button="上传"
)
comment_add = _on("登记收到的意见", forms.CommentForm, acts.enter_comment, "意见已登记")
group_add = _on("归纳意见", forms.GroupForm, acts.group_opinions, "意见归类已保存")


def _below(title: str, model: Any, name: str, form: Any, act: Any, done: str, **more: Any) -> Any:
    """A page on which one thing is done with what belongs to a consultation."""
    return acting(
        Acting(
            title=title,
            model=model,
            form=form,
            act=lambda request, row, data: act(**{name: row}, **by(request), **data),
            done=done,
            back=lambda row: to("consultation")(row.consultation),
            way=lambda row: way_to(row.consultation),
            about=lambda row: (str(row),),
            button=title,
            **more,
        )
    )


class _SureForm(forms.RecordForm):
    """Nothing to fill in."""

    amendable = False


question_drop = _below("删除问题", Question, "question", _SureForm, acts.drop_question, "问题已删除")
group_drop = _below(
    "删除归类", OpinionGroup, "group", _SureForm, acts.drop_group, "归类已删除，其中的意见须另行归类"
)
consultation_file_remove = _below(
    "撤下附件", ConsultationFile, "row", PlainReasonForm, acts.remove_file, "附件已撤下"
)
group_change = acting(
    Acting(
        title="修改归类",
        model=OpinionGroup,
        form=forms.GroupForm,
        act=lambda request, row, data: acts.group_opinions(
            consultation=row.consultation, group=row, **by(request), **data
        ),
        done="意见归类已保存",
        back=lambda row: to("consultation")(row.consultation),
        way=lambda row: way_to(row.consultation),
        initial=lambda row: {"summary": row.summary, "verdict": row.verdict, "reason": row.reason},
    )
)


@login_required
@require_safe
def consultation_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a consultation, always as a download."""
    row = reach_one(request, ConsultationFile, pk)
    try:
        content = read(row.file, row.sha256)
    except DamagedFileError:
        messages.error(request, f"“{row.name}”与加入时不一致或者已经丢失，请联系系统管理员从备份恢复")
        return redirect("console:consultation", row.consultation_id)
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    )
    return response


consultation_feedback = acting(
    Acting(
        title="公布采纳情况",
        model=Consultation,
        form=forms.FeedbackForm,
        act=lambda request, row, data: acts.publish_feedback(
            consultation=row, actor=officer_of(request), **data
        ),
        done="采纳情况已公布",
        back=to("consultation"),
        way=way_to,
        permission=Permission.APPROVE,
        button="公布",
        about=lambda row: (f"“{row.title}”，征集至{row.closes_on}",),
        initial=lambda _: {"on": timezone.localdate()},
        fitted=lambda row: {"counted": row.takes_online},
    )
)
