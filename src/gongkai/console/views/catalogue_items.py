"""One item of a catalogue: its cells, its duty, its documents with their last days; and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue import acts
from gongkai.catalogue.models import Catalogue, Item
from gongkai.catalogue.queries import row_of
from gongkai.catalogue.rules import why_not_change
from gongkai.catalogue.tables.rows import COMPARED, LABELS, in_words
from gongkai.console.access import officer_of
from gongkai.console.catalogue_access import item_for
from gongkai.console.forms import catalogues as forms
from gongkai.console.forms.base import PlainReasonForm, RecordForm
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, page_view, record_table, show_form
from gongkai.console.records import Column, docket
from gongkai.console.timeline import timeline_of
from gongkai.console.views.catalogues import catalogue_page, catalogue_way, here
from gongkai.law.coverage import DocumentState, State
from gongkai.law.duty_words import read_term
from gongkai.oversight.coverage import Day
from gongkai.oversight.details import ItemDetail, Judged, detail_of, owed_note

if TYPE_CHECKING:
    from django.http import HttpRequest

MARKS = {
    State.OVERDUE.value: "late",
    State.BLANK.value: "late",
    State.STALE.value: "soon",
    State.PUBLIC.value: "",
}
"""How a state is seconded by a colour."""
DOCUMENT_MARKS = {DocumentState.OVERDUE: "late", DocumentState.LATE: "soon"}


def _way(row: Item) -> list[tuple[str, str]]:
    return [*catalogue_way(row.catalogue), (row.name, here("catalogue_item", row.pk))]


def _due(mark: str) -> str:
    return f"due due--{mark}" if mark else "due"


def _last_day(row: Judged) -> str:
    return f"{row.due_on}{'（预计）' if row.provisional else ''}" if row.due_on else ""


def _local_day(moment: Any) -> object:
    return timezone.localdate(moment) if moment else ""


DOCUMENT_COLUMNS: tuple[Column, ...] = (
    Column("文件", lambda row: row.document.title, link=lambda row: here("document", row.document.pk)),
    Column("成文日期", lambda row: row.document.made_on, mark=lambda _: "due"),
    Column("最迟公开", _last_day, mark=lambda _: "due"),
    Column("首次公开", lambda row: _local_day(row.document.first_published_at), mark=lambda _: "due"),
    Column("状态", lambda row: row.state.value, mark=lambda row: _due(DOCUMENT_MARKS.get(row.state, ""))),
    Column("理由", lambda row: row.reason),
)


@login_required
@require_safe
def catalogue_item(request: HttpRequest, pk: int) -> HttpResponse:
    """What the item says, what it asks, and how the body stands with it."""
    row = item_for(request, pk)
    standard = row.catalogue.body_id is None
    detail = None if standard else detail_of(row, Day.of(timezone.now()))
    context = {
        "title": row.name,
        "status": _standing(row, detail),
        "status_mark": _mark(row, detail),
        "notes": _notes(row, detail),
        "docket": docket(
            ("一级事项", row.parent.name if row.parent else ""),
            ("目录", row.catalogue.title),
            ("责任机构", row.unit),
            ("公开义务", f"{row.duty.words}{'（人工核定）' if row.duty_by_hand else ''}"),
            ("最近公开", detail.coverage.last_on if detail else ""),
            ("下一期", detail.coming if detail else ""),
            ("未涉及说明", row.not_applicable),
            ("停用", row.retired_on),
        ),
        "acts": _offers(request, row),
        "tables": [
            *_documents(detail),
            record_table("cells", "目录内容", _cells(row), CELL_COLUMNS, empty=""),
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*_way(row)[:-1], (row.name, "")),
    }
    return render(request, "console/records/case.html", context)


def _owed(row: Item) -> bool:
    return row.retired_on is None and not row.not_applicable and "主动" in row.method


def _standing(row: Item, detail: ItemDetail | None) -> str:
    if row.retired_on is not None:
        return "已停用"
    if row.not_applicable:
        return "未涉及"
    if detail is None:
        return "标准目录"
    return detail.coverage.state.label if _owed(row) else "依申请公开"


def _mark(row: Item, detail: ItemDetail | None) -> str:
    if detail is None or not _owed(row):
        return ""
    return {"late": "error", "soon": "warning"}.get(MARKS[detail.coverage.state.value], "pass")


def _notes(row: Item, detail: ItemDetail | None) -> list[str]:
    reading = read_term(row.time_limit)
    found = []
    if row.rhythm == "unknown":
        found.append(f"公开时限“{row.time_limit}”：{reading.doubt or '请核定公开义务'}。")
    elif reading.note and not row.duty_by_hand:
        found.append(f"公开时限“{row.time_limit}”{reading.note}。")
    if detail is not None and _owed(row):
        if detail.missed:
            found.append(f"上一期没有公开：{detail.missed}。")
        if note := owed_note(row, Day.of(timezone.now())):
            found.append(f"{note}。")
        if detail.coverage.state is State.STALE:
            found.append(f"最近一次公开是{detail.coverage.last_on}，{row.duty.words}。")
        if detail.coverage.state is State.BLANK:
            found.append("公众现在查不到本事项的任何信息，属于空白栏目（国办秘函〔2019〕19号）。")
    return found


def _documents(detail: ItemDetail | None) -> list[dict[str, Any]]:
    if detail is None:
        return []
    title = f"归入的文件（另有{detail.more}件较早的未列出）" if detail.more else "归入的文件"
    empty = "还没有主动公开的文件归入本事项。"
    return [record_table("documents", title, detail.documents, DOCUMENT_COLUMNS, empty=empty)]


CELL_COLUMNS = (
    Column("栏目", lambda row: row[0]),
    Column("内容", lambda row: row[1]),
    Column("标准目录", lambda row: row[2]),
)


def _cells(row: Item) -> list[tuple[str, str, str]]:
    """Cell by cell; what the standard says only where the body says otherwise."""
    own = row_of(row)
    standard = row_of(row.source) if row.source and row.localised else None
    found = []
    for name in COMPARED:
        other = in_words(getattr(standard, name)) if standard and name in row.localised else ""
        if (text := in_words(getattr(own, name))) or other:
            found.append((LABELS[name], text, f"标准为：{other}" if other else ""))
    origin = "标准目录" if row.source_id else "本机关增加" if row.catalogue.body_id else row.catalogue.title
    return [*found, ("来源", origin, "")]


def _offers(request: HttpRequest, row: Item) -> list[Offer]:
    obstacles = why_not_change(row.catalogue, officer_of(request), timezone.localdate())
    if row.retired_on is not None:
        return []
    offers = [
        Offer("修改事项", here("catalogue_item_edit", row.pk), obstacles),
        Offer(
            "核定公开义务",
            here("catalogue_item_duty", row.pk),
            obstacles,
            "写明公开时限的含义，监测据此判断。",
            primary=row.rhythm == "unknown",
        ),
    ]
    if row.duty_by_hand:
        offers.append(
            Offer("按文字重新判断公开义务", here("catalogue_item_read_again", row.pk), obstacles, link=False)
        )
    if row.catalogue.body_id is not None and row.not_applicable:
        offers.append(Offer("恢复为涉及", here("catalogue_item_applies", row.pk), obstacles, link=False))
    elif row.catalogue.body_id is not None:
        offers.append(Offer("标注未涉及", here("catalogue_item_absent", row.pk), obstacles))
    offers.append(Offer("停用事项", here("catalogue_item_retire", row.pk), obstacles))
    return offers


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


def _item_page(
    title: str,
    form: Callable[..., RecordForm],
    act: Callable[[HttpRequest, Item, Any], object],
    done: str,
    *,
    button: str = "保存",
    about: Callable[[Item], list[str]] = lambda row: [row.name],
    initial: Callable[[Item], dict[str, Any]] = lambda _: {},
    fitted: Callable[[Item], dict[str, Any]] = lambda _: {},
) -> Callable[..., HttpResponse]:
    """A page where something is done with one item. 403 for who may only read."""

    @page_view
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = item_for(request, pk)
        _require_change(request, row.catalogue)
        sent = request.POST if request.method == "POST" else None
        given = form(sent, body=row.catalogue.body, initial=initial(row), **fitted(row))
        back = here("catalogue_item", pk)

        def work() -> str:
            act(request, row, given)
            return back

        if given.is_valid() and (answer := submit_once(request, given, work, done)):
            return answer
        way = _way(row)
        return show_form(request, given, title=title, back=back, way=way, button=button, about=about(row))

    return view


def _require_change(request: HttpRequest, row: Catalogue) -> None:
    obstacles = why_not_change(row, officer_of(request), timezone.localdate())
    if any(one.code == "not_permitted" for one in obstacles):
        raise PermissionDenied


def _edit(request: HttpRequest, row: Item, form: forms.ItemForm) -> object:
    wanted = form.row()
    values = {name: getattr(wanted, name) for name in LABELS if name not in {"level1", "not_applicable"}}
    return acts.edit_item(item=row, values=values, **_by(request))


catalogue_item_edit = _item_page(
    "修改事项",
    forms.ItemForm,
    _edit,
    "事项已修改",
    about=lambda row: [
        f"{row.catalogue.title}　{row.name}。与标准目录不同的栏目会注明，标准目录更新时保留。"
    ],
    initial=forms.ItemForm.of,
    fitted=lambda row: {"item": row},
)
catalogue_item_duty = _item_page(
    "核定公开义务",
    forms.DutyForm,
    lambda request, row, form: acts.determine_duty(
        item=row, duty=form.duty(), reason=form.cleaned_data["reason"], **_by(request)
    ),
    "公开义务已核定",
    about=lambda row: [
        f"{row.name}的公开时限：{row.time_limit}",
        read_term(row.time_limit).doubt or f"文字判断为：{read_term(row.time_limit).duty.words}",
    ],
    initial=forms.DutyForm.of,
)
catalogue_item_read_again = _item_page(
    "按文字重新判断公开义务",
    RecordForm,
    lambda request, row, _form: acts.determine_duty(item=row, duty=None, **_by(request)),
    "已按公开时限的文字重新判断",
    button="重新判断",
    about=lambda row: [f"{row.name}的公开时限：{row.time_limit}。人工核定的内容将不再使用。"],
)
catalogue_item_absent = _item_page(
    "标注未涉及",
    forms.NotApplicableForm,
    lambda request, row, form: acts.declare_not_applicable(item=row, **_by(request), **form.arguments()),
    "已标注未涉及",
    initial=lambda row: {"reason": row.not_applicable},
)
catalogue_item_applies = _item_page(
    "恢复为涉及",
    RecordForm,
    lambda request, row, _form: acts.declare_applicable(item=row, **_by(request)),
    "已恢复，自今天起列入应公开",
    button="恢复",
    about=lambda row: [f"{row.name}原来标注：{row.not_applicable}"],
)
catalogue_item_retire = _item_page(
    "停用事项",
    PlainReasonForm,
    lambda request, row, form: acts.retire_item(item=row, **_by(request), **form.arguments()),
    "事项已停用",
    button="停用",
    about=lambda row: [f"{row.name}停用后不再列入目录，已归入的文件保留。"],
)


def _add(request: HttpRequest, row: Catalogue, form: Any) -> str:
    made = acts.add_item(catalogue=row, row=form.row(), **_by(request))
    return here("catalogue_item", made.pk)


catalogue_item_add = catalogue_page(
    "增加事项",
    forms.ItemForm,
    _add,
    "事项已增加",
    about=("本机关增加的事项在标准目录更新时保留。一级事项可以写已有的，也可以写新的。",),
)
