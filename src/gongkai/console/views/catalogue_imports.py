"""A table is uploaded, compared, and taken over whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.catalogue import acts
from gongkai.catalogue.models import Catalogue, ImportDraft
from gongkai.catalogue.tables.comparing import Comparison
from gongkai.console.access import officer_of, require, required_bodies
from gongkai.console.catalogue_access import catalogue_for, draft_for
from gongkai.console.forms import catalogues as forms
from gongkai.console.once import submit_once
from gongkai.console.pages import page_view, record_table, show_form
from gongkai.console.performing import perform
from gongkai.console.records import Column
from gongkai.console.views.catalogues import (
    CHANGE_COLUMNS,
    LIST,
    ROW_COLUMNS,
    catalogue_page,
    catalogue_way,
    here,
    in_numbers,
    require_change,
)
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

ABOUT = (
    "上传后先显示与现有目录的差异，核对确认以后才生效；确认时要么全部生效，要么全不生效。",
    "表格有错时，会写明在第几行、哪一列，改正后重新上传。",
)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


def _prepared(request: HttpRequest, file: Any, **target: Any) -> str:
    draft = acts.prepare_import(content=file.read(), file_name=file.name, **target, **_by(request))
    return here("catalogue_draft", draft.pk)


@page_view
def catalogue_import(request: HttpRequest) -> HttpResponse:
    """Upload a table for a catalogue of one's bodies, or for a new one. 403 for who handles nothing."""
    bodies = required_bodies(request, Permission.HANDLE)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.TableForm(*sent, bodies=bodies)

    def act() -> str:
        data = form.arguments()
        return _prepared(request, data.pop("file"), **data)

    if form.is_valid() and (answer := submit_once(request, form, act, "表格已读入，请核对差异")):
        return answer
    return show_form(
        request,
        form,
        title="导入目录表格",
        back=here(LIST[1]),
        way=[(LIST[0], here(LIST[1]))],
        button="上传并比较",
        about=ABOUT,
    )


def _of_catalogue(request: HttpRequest, row: Catalogue, form: Any) -> str:
    target = {"body": row.body, "field": row.field, "catalogue": row}
    return _prepared(request, form.cleaned_data["file"], **target)


catalogue_table = catalogue_page(
    "导入目录表格",
    forms.StandardTableForm,
    _of_catalogue,
    "表格已读入，请核对差异",
    button="上传并比较",
    about=ABOUT,
    files=True,
)


@login_required
@require_POST
def catalogue_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare with the standard: its changes, without what the body made its own."""
    row = catalogue_for(request, pk)
    require_change(request, row)
    made: list[ImportDraft] = []
    done = "已与标准目录比较，请核对差异"
    if not perform(request, lambda: made.append(acts.prepare_update(catalogue=row, **_by(request))), done):
        return redirect(here("catalogue", pk))
    return redirect(here("catalogue_draft", made[0].pk))


@page_view
def catalogue_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The differences, and the confirmation. What was confirmed already leads to its catalogue."""
    draft = draft_for(request, pk)
    if draft.applied_at is not None and draft.catalogue is not None:
        messages.info(request, "这份表格已经确认过，目录没有再次改动")
        return redirect(here("catalogue", draft.catalogue.pk))
    sent = request.POST if request.method == "POST" else None
    form = forms.ConfirmForm(sent, body=draft.body)

    def act() -> str:
        return here("catalogue", acts.confirm_import(draft=draft, **_by(request), **form.arguments()).pk)

    if form.is_valid() and (answer := submit_once(request, form, act, "目录已更新")):
        return answer
    found = acts.preview(draft)
    obstacles = acts.why_not_confirm(draft, adopted_on=timezone.localdate(), **_by(request))
    way = catalogue_way(draft.catalogue) if draft.catalogue else [(LIST[0], here(LIST[1]))]
    return show_form(
        request,
        form,
        title="核对差异",
        back=way[-1][1],
        way=way,
        button="确认，全部生效",
        template="console/catalogue/draft.html",
        about=_about(draft, found),
        tables=_tables(draft, found),
        obstacles=obstacles,
        discard=here("catalogue_draft_discard", draft.pk),
    )


def _about(draft: ImportDraft, found: Comparison) -> list[str]:
    what = "标准目录的更新" if draft.from_standard else f"表格“{draft.file_name}”"
    target = f"现有目录《{draft.catalogue.title}》" if draft.catalogue else f"新建目录《{draft.title}》"
    return [f"{what}与{target}比较：{in_numbers(found)}，相同{found.unchanged}项。"]


KEPT_COLUMNS = (
    Column("二级事项", lambda row: row.row.level2),
    Column("栏目", lambda row: row.label),
    Column("本机关的内容（保留）", lambda row: row.own),
    Column("标准目录现在的内容", lambda row: row.standard),
)


def _tables(draft: ImportDraft, found: Comparison) -> list[dict[str, Any]]:
    """New, changed field by field, gone; of an update also what is kept."""
    lines = [
        (change.row.level1, change.row.level2, one.label, one.before, one.after)
        for change in found.changed
        for one in change.fields
    ]
    tables = [
        record_table("new", f"新增（{len(found.new)}项）", found.new, ROW_COLUMNS, empty="没有。"),
        record_table("changed", f"变更（{len(found.changed)}项）", lines, CHANGE_COLUMNS, empty="没有。"),
        record_table("gone", f"停用（{len(found.gone)}项）", found.gone, ROW_COLUMNS[:2], empty="没有。"),
    ]
    if draft.from_standard and draft.catalogue is not None:
        _, kept = acts.merged_with_standard(draft.catalogue)
        tables.append(
            record_table("kept", "本机关调整过的栏目，予以保留", kept, KEPT_COLUMNS, empty="没有。")
        )
    return tables


@login_required
@require_POST
def catalogue_draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the uploaded table away."""
    draft = draft_for(request, pk)
    back = here("catalogue", draft.catalogue.pk) if draft.catalogue else here(LIST[1])
    if draft.body is not None:
        require(request, Permission.HANDLE, draft.body)
    acts.discard_draft(draft)
    messages.info(request, "已放弃，目录没有改动")
    return redirect(back)
