"""One edition: its text as it will look, its files, what the guard found, its reviews; and every act on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.document_offers import edition_offers
from gongkai.console.forms import documents as document_forms
from gongkai.console.forms import publishing as forms
from gongkai.console.once import submit_once
from gongkai.console.pages import Acting, acting, crumbs, page_view, record_table, show_form
from gongkai.console.performing import perform
from gongkai.console.records import Column, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.disclosure import acts
from gongkai.disclosure.acts.editions import last_touched
from gongkai.disclosure.differences import differences
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.guarding import findings_of, passed
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.intake import pasted
from gongkai.disclosure.models import Document, Edition, Review
from gongkai.disclosure.procedure import next_step, reviews_of_round, steps_for
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

ADDRESS = "console:edition"


def edition_address(row: Edition) -> str:
    """Its page."""
    return reverse(ADDRESS, args=[row.pk])


def document_way(row: Document) -> list[tuple[str, str]]:
    """From the list to the document."""
    return [
        ("文件", reverse("console:documents")),
        (row.title, reverse("console:document", args=[row.pk])),
    ]


def edition_way(row: Edition) -> list[tuple[str, str]]:
    """From the list to the edition."""
    return [*document_way(row.document), (f"第{row.number}版", edition_address(row))]


def _exception_words(row: Review) -> str:
    if not row.is_override:
        return ""
    return f"已由{row.confirmed_by or '系统'}复核" if row.confirmed_at else "待复核"


REVIEW_COLUMNS = (
    Column("环节", lambda row: row.get_step_display()),
    Column("意见", lambda row: row.get_opinion_display()),
    Column("审查人", lambda row: row.reviewer or "系统"),
    Column("时间", lambda row: row.at, mark=lambda _: "due"),
    Column("依据", lambda row: row.basis),
    Column("说明", lambda row: row.remark),
    Column("例外", _exception_words),
)
FILE_COLUMNS = (
    Column("文件", lambda row: row.name, link=lambda row: reverse("console:file", args=[row.pk])),
    Column("用途", lambda row: row.get_role_display()),
    Column("大小", lambda row: f"{max(1, row.size // 1024)} KB", is_number=True),
    Column("替代文字", lambda row: row.alternative),
    Column("公开网址", lambda row: row.public_path),
    Column("病毒检查", lambda row: row.get_virus_state_display()),
)


@login_required
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition with all that belongs to it."""
    row = reach_one(request, Edition, pk, "created_by", "approved_by", "submitted_by", "edited_by")
    files = list(row.attachments.all())
    context = {
        "title": str(row),
        "row": row,
        "status": row.get_state_display(),
        "notes": [row.publish_problem] if row.publish_problem else [],
        "docket": docket(*_docket(row)),
        "acts": edition_offers(row, officer=officer_of(request)),
        "text": shown_text(row),
        "steps": _steps(row),
        "findings": _findings(row),
        "files": files,
        "draft": row.state == EditionState.DRAFT,
        "tables": [
            record_table("files", "附件和图片", files, FILE_COLUMNS, empty="没有附件。"),
            record_table(
                "reviews",
                "审查记录",
                row.reviews.select_related("reviewer", "confirmed_by"),
                REVIEW_COLUMNS,
                empty="还没有审查意见。",
            ),
        ],
        "before": row.document.editions.filter(number__lt=row.number).order_by("-number").first(),
        "timeline": timeline_of(row),
        "crumbs": crumbs(*document_way(row.document), (f"第{row.number}版", "")),
    }
    return render(request, "console/documents/edition.html", context)


def _docket(row: Edition) -> list[tuple[str, object]]:
    return [
        ("文件", row.document.title),
        ("起草", f"{row.created_by or '系统'}　{told(row.created_at)}"),
        ("来源", row.get_source_display()),
        ("最近修改", f"{row.edited_by or '系统'}　{told(row.edited_at)}" if row.edited_at else ""),
        ("送审", f"{row.submitted_by or '系统'}　{told(row.submitted_at)}" if row.submitted_at else ""),
        ("签发", f"{row.approved_by}　{told(row.approved_at)}" if row.approved_by else ""),
        ("定时发布", told(row.publish_at)),
        ("公开时间", told(row.published_at)),
        ("变更理由", row.reason),
    ]


def shown_text(row: Edition) -> str:
    """The text for an officer's eyes: its own pictures come from the console, for the public has them not yet."""
    text = clean_text(row.text) if row.text else ""
    for one in row.attachments.all():
        text = text.replace(one.public_path, reverse("console:file", args=[one.pk]))
    return mark_safe(text)  # noqa: S308 - sanitised


def _steps(row: Edition) -> list[tuple[str, str]]:
    """Each step before publication with what became of it in this round."""
    if not row.round:
        return []
    reviews = {one.step: one for one in reviews_of_round(row)}
    turn = next_step(row, list(reviews.values())) if row.state == EditionState.IN_REVIEW else None
    found = []
    for step in steps_for(row.document):
        review = reviews.get(step)
        words = f"{review.get_opinion_display()}（{review.reviewer or '系统'}）" if review else ""
        found.append((step.label, words or ("待办理" if step == turn else "")))
    return found


def _findings(row: Edition) -> list[dict[str, Any]]:
    let_pass = passed(row)
    return [
        {
            "text": str(one),
            "remedy": one.remedy,
            "passed": one.fingerprint in let_pass,
            "blocks": one.blocks,
            "address": reverse("console:finding_pass", args=[row.pk, one.fingerprint]),
        }
        for one in findings_of(row)
    ]


@page_view
def edition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the text of a draft; ``preview`` shows it without keeping it."""
    row = reach_one(request, Edition, pk, "edited_by")
    require(request, Permission.HANDLE, row.document.body)
    if row.state != EditionState.DRAFT:
        raise Http404
    posted = request.method == "POST"
    initial = {
        "title": row.title,
        "text": row.text,
        "reason": row.reason,
        "seen": last_touched(row).isoformat(),
    }
    form = forms.TextForm(request.POST if posted else None, initial=initial, body=row.document.body)
    preview = ""
    if posted and form.is_valid():
        data = form.arguments() | {"text": pasted(form.cleaned_data["text"])}
        if "preview" in request.POST:
            preview = shown_text(Edition(pk=row.pk, document=row.document, text=data["text"]))
        elif answer := submit_once(request, form, lambda: _edited(request, row, data), "草稿已保存"):
            return answer
    answer = show_form(
        request,
        form,
        title=f"修改第{row.number}版",
        back=edition_address(row),
        way=edition_way(row),
        template="console/documents/edit.html",
        preview=preview,
        files=row.attachments.all(),
    )
    if preview:
        answer.status_code = 200
    return answer


def _edited(request: HttpRequest, row: Edition, data: dict[str, Any]) -> str:
    acts.edit_edition(edition=row, actor=officer_of(request), at=timezone.now(), **data)
    return edition_address(row)


@login_required
@require_POST
def edition_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft through the reviews."""
    row = reach_one(request, Edition, pk)
    require(request, Permission.HANDLE, row.document.body)
    act = lambda: acts.submit_edition(edition=row, actor=officer_of(request), at=timezone.now())  # noqa: E731
    perform(request, act, "已送审")
    return redirect(edition_address(row))


@login_required
@require_safe
def edition_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed from one edition to another of the same document, word by word."""
    row = reach_one(request, Edition, pk)
    before = row.document.editions.filter(pk=other).first()
    if before is None:
        raise Http404
    context = {
        "title": f"第{before.number}版与第{row.number}版的差别",
        "about": row.title if row.title == before.title else f"{before.title} → {row.title}",
        "lines": differences(before.text, row.text),
        "crumbs": crumbs(*edition_way(row), ("差别", "")),
        "back": edition_address(row),
    }
    return render(request, "console/documents/compare.html", context)


def _acting(**given: Any) -> Any:
    """A page of an act on an edition, which leads back to it."""
    act = given.pop("act")
    return acting(
        Acting(
            model=Edition,
            back=edition_address,
            way=edition_way,
            act=lambda request, row, data: act(
                edition=row, actor=officer_of(request), at=timezone.now(), **data
            ),
            **given,
        )
    )


def _review_title(row: Edition) -> str:
    step = next_step(row)
    return step.label if step else "审查"


edition_review = _acting(
    title="审查",
    form=forms.ReviewForm,
    act=acts.review_edition,
    done="意见已登记",
    button="提交意见",
    initial=lambda row: {"step": next_step(row) or ""},
    fitted=lambda row: {"edition": row},
    about=lambda row: (f"{row.title}（第{row.number}版）", f"本环节：{_review_title(row)}"),
    offered=lambda row: row.state == EditionState.IN_REVIEW,
)
edition_recall = _acting(
    title="撤回",
    form=document_forms.WithdrawForm,
    act=acts.recall_edition,
    done="已撤回为草稿",
    button="撤回",
    about=lambda _: ("撤回后成为草稿，修改后须重新送审。",),
)
edition_schedule = _acting(
    title="定时发布",
    form=forms.ScheduleForm,
    act=acts.schedule_edition,
    done="定时已设定",
    initial=lambda row: {"publish_at": row.publish_at},
)
edition_recheck = _acting(
    title="发布后核查",
    form=forms.RecheckForm,
    act=acts.recheck_edition,
    done="核查结果已登记",
    about=lambda row: (
        format_html(
            '请打开<a href="{}">公开页面（{}）</a>，核对正文、附件和链接。',
            row.document.public_path,
            row.document.public_path,
        ),
    ),
)
edition_publish = _acting(
    title="发布",
    form=document_forms.PublishForm,
    act=acts.publish_edition,
    done="已发布",
    button="发布",
    about=lambda row: (f"发布“{row.title}”第{row.number}版，公开时间以系统时间为准。",),
)
edition_withdraw = _acting(
    title="误发撤下",
    form=document_forms.WithdrawForm,
    act=acts.withdraw_edition,
    done="已撤下",
    permission=Permission.APPROVE,
    button="撤下",
    about=lambda row: (f"撤下“{row.title}”。撤下的时间和理由将在公开页面上说明。",),
)
review_confirm = acting(
    Acting(
        title="复核例外放行",
        model=Review,
        form=forms.ConfirmForm,
        act=lambda request, row, data: acts.confirm_exception(
            review=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已复核",
        back=lambda row: edition_address(row.edition),
        way=lambda row: edition_way(row.edition),
        permission=Permission.APPROVE,
        button="复核无误",
        about=lambda row: (
            f"{row.edition.title}（第{row.edition.number}版）",
            f"{row.get_step_display()}：{row.reviewer or '系统'}，{told(row.at)}。理由：{row.remark or '未写明'}",
        ),
        offered=lambda row: row.is_override,
    )
)


@page_view
def finding_pass(request: HttpRequest, pk: int, fingerprint: str) -> HttpResponse:
    """Let one finding pass, with the reason."""
    row = reach_one(request, Edition, pk)
    require(request, Permission.HANDLE, row.document.body)
    found = next((one for one in findings_of(row) if one.fingerprint == fingerprint), None)
    if found is None:
        raise Http404
    form = forms.PassForm(request.POST if request.method == "POST" else None, body=row.document.body)

    def act() -> str:
        acts.pass_finding(
            edition=row,
            fingerprint=fingerprint,
            actor=officer_of(request),
            at=timezone.now(),
            **form.arguments(),
        )
        return edition_address(row)

    if form.is_valid() and (answer := submit_once(request, form, act, "已放行，理由已登记")):
        return answer
    return show_form(
        request,
        form,
        title="放行检查结果",
        back=edition_address(row),
        way=edition_way(row),
        button="放行",
        about=(str(found), "确属可以公开的，写明理由；否则请返回修改正文或附件。"),
    )
