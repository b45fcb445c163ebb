"""Catalogues: which there are, one with its items and editions, adopting, publishing an edition, ending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.catalogue import acts
from gongkai.catalogue.models import Catalogue, CatalogueEdition, Item, KeyArea
from gongkai.catalogue.queries import items_of, rows_of
from gongkai.catalogue.rules import why_not_change
from gongkai.catalogue.tables.comparing import Comparison
from gongkai.catalogue.tables.rows import Row
from gongkai.catalogue.tables.writing import workbook
from gongkai.console.access import bodies_to, officer_of, reach
from gongkai.console.catalogue_access import catalogue_for
from gongkai.console.export import MEDIA_TYPE
from gongkai.console.forms import catalogues as forms
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import Adding, adding, crumbs, page_view, record_table, show_form
from gongkai.console.records import Column, docket
from gongkai.console.timeline import timeline_of
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from gongkai.console.forms.base import RecordForm

TABS = (("catalogues", "公开目录"), ("coverage", "公开监测"), ("documents", "文件"))
LIST = ("公开目录", "catalogues")


def tabs(current: str) -> list[tuple[str, str, bool]]:
    """The sister pages of catalogues."""
    return [(reverse(f"console:{name}"), label, name == current) for name, label in TABS]


def here(name: str, *args: Any) -> str:
    """An address of the console."""
    return reverse(f"console:{name}", args=args)


def catalogue_way(row: Catalogue) -> list[tuple[str, str]]:
    """From the list to the catalogue."""
    return [(LIST[0], here(LIST[1])), (row.title, here("catalogue", row.pk))]


def xlsx(rows: Sequence[Row], title: str) -> HttpResponse:
    """A table as a file."""
    response = HttpResponse(workbook(rows, title=title), content_type=MEDIA_TYPE)
    header = content_disposition_header(as_attachment=True, filename=f"{title}.xlsx")
    response["Content-Disposition"] = header or ""
    return response


# The list ---------------------------------------------------------------------------------------------------


@login_required
@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """The bodies' own catalogues, the standard ones, and the key-area columns."""
    number = Count(
        "items", filter=Q(items__parent__isnull=False, items__retired_on__isnull=True), distinct=True
    )
    filed = Count("items__documents", distinct=True)
    counted = {"number": number, "filed": filed}
    own = reach(request, Catalogue).select_related("body", "field", "based_on").annotate(**counted)
    standard = Catalogue.objects.filter(body=None).select_related("field").annotate(number=number)
    areas = reach(request, KeyArea).select_related("body").annotate(filed=Count("documents"))
    context = {
        "title": "公开目录与重点领域",
        "tabs": tabs("catalogues"),
        "tables": [
            record_table(
                "own", "本机关目录", own, CATALOGUE_COLUMNS, empty="还没有采用标准目录，也没有导入目录。"
            ),
            record_table("standard", "标准目录", standard, STANDARD_COLUMNS, empty="没有装入标准目录。"),
            record_table("areas", "重点领域栏目", areas, AREA_COLUMNS, empty="还没有开设栏目。"),
        ],
        "additions": _additions(request),
        "crumbs": crumbs((LIST[0], "")),
    }
    return render(request, "console/records/tables.html", context)


def _additions(request: HttpRequest) -> list[tuple[str, str]]:
    ways = []
    if bodies_to(request, Permission.APPROVE).exists():
        ways += [("采用标准目录", here("catalogue_adopt")), ("开设重点领域栏目", here("key_area_add"))]
    if bodies_to(request, Permission.HANDLE).exists():
        ways.insert(0, ("导入表格", here("catalogue_import")))
    return ways


def _state(row: Catalogue) -> str:
    return f"{row.retired_on}停用" if row.retired_on else "在用"


def _to_catalogue(row: Catalogue) -> str:
    return here("catalogue", row.pk)


CATALOGUE_COLUMNS = (
    Column("目录", lambda row: row.title, link=_to_catalogue),
    Column("领域", lambda row: row.field.name),
    Column("机关", lambda row: row.body.display_name),
    Column("发布日期", lambda row: row.adopted_on, mark=lambda _: "due"),
    Column("二级事项", lambda row: row.number, is_number=True),
    Column("归入的文件", lambda row: row.filed, is_number=True),
    Column("状态", _state),
)
STANDARD_COLUMNS = (
    Column("目录", lambda row: row.title, link=_to_catalogue),
    Column("领域", lambda row: row.field.name),
    Column("发布日期", lambda row: row.adopted_on, mark=lambda _: "due"),
    Column("二级事项", lambda row: row.number, is_number=True),
    Column("状态", _state),
)
AREA_COLUMNS = (
    Column("栏目", lambda row: row.name, link=lambda row: here("key_area", row.pk)),
    Column("机关", lambda row: row.body.display_name),
    Column("归入的文件", lambda row: row.filed, is_number=True),
    Column("状态", lambda row: f"{row.closed_on}停用" if row.closed_on else "在用"),
)
catalogue_adopt = adding(
    Adding(
        "采用标准目录",
        forms.AdoptForm,
        lambda request, data: acts.adopt_catalogue(actor=officer_of(request), **data),
        "标准目录已采用",
        *LIST,
        then=_to_catalogue,
        permission=Permission.APPROVE,
        button="采用",
        about=("采用后成为本机关的目录，可以调整、增加事项；登记文件时可归入其中的事项。",),
    )
)
key_area_add = adding(
    Adding(
        "开设重点领域栏目",
        forms.KeyAreaForm,
        lambda request, data: acts.open_key_area(actor=officer_of(request), **data),
        "栏目已开设",
        *LIST,
        permission=Permission.APPROVE,
    )
)

# One catalogue ----------------------------------------------------------------------------------------------


@login_required
@require_safe
def catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    """One catalogue: its items in the order of the table, its editions, what can be done with it."""
    row = catalogue_for(request, pk)
    items = items_of(row)
    editions = list(row.editions.select_related("made_by").defer("rows"))
    pending = acts.unpublished(row)
    context = {
        "title": row.title,
        "status": _state(row),
        "notes": _notes(row, items, pending),
        "docket": docket(
            ("领域", row.field.name),
            ("机关", row.body.name if row.body else "标准目录（参考）"),
            ("依据的目录", row.based_on.title if row.based_on else ""),
            ("来源", row.origin),
            ("现行版", f"第{editions[0].number}版　{editions[0].adopted_on}" if editions else "尚未发布"),
            ("一级事项", len({item.parent_id for item in items})),
            ("二级事项", len(items)),
            ("停用", f"{row.retired_on}　{row.retired_reason}" if row.retired_on else ""),
        ),
        "acts": _offers(request, row),
        "tables": [
            record_table("items", "事项", items, ITEM_COLUMNS, empty="目录里没有事项。"),
            record_table("editions", "版本", editions, EDITION_COLUMNS, empty="还没有发布过。"),
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*catalogue_way(row)[:1], (row.title, "")),
    }
    return render(request, "console/records/case.html", context)


def _notes(row: Catalogue, items: list[Item], pending: Comparison) -> list[str]:
    """What wants attention."""
    found = []
    doubtful = sum(item.rhythm == "unknown" for item in items)
    if row.body_id is not None and doubtful:
        found.append(f"有{doubtful}项的公开时限无法从文字判断，请打开事项核定公开义务。")
    if pending and row.retired_on is None:
        found.append(f"发布现行版之后又有修改：{in_numbers(pending)}。修改完成后请发布新版。")
    return found


def in_numbers(found: Comparison) -> str:
    """新增1项、变更2项…"""
    parts = (("新增", len(found.new)), ("变更", len(found.changed)), ("停用", len(found.gone)))
    return "、".join(f"{label}{number}项" for label, number in parts if number) or "没有差异"


def _item_state(row: Item) -> str:
    if row.not_applicable:
        return "未涉及"
    if row.catalogue_id and row.source_id is None:
        return "本机关增加" if row.catalogue.body_id else ""
    return "本机关调整" if row.localised else ""


ITEM_COLUMNS = (
    Column("二级事项", lambda row: row.name, link=lambda row: here("catalogue_item", row.pk)),
    Column("一级事项", lambda row: row.parent.name),
    Column("公开时限", lambda row: row.time_limit),
    Column(
        "公开义务",
        lambda row: row.get_rhythm_display(),
        mark=lambda row: "due due--soon" if row.rhythm == "unknown" else "due",
    ),
    Column("责任机构", lambda row: row.unit),
    Column("说明", _item_state),
)


def _edition_changes(row: CatalogueEdition) -> str:
    if not row.changes:
        return "首版"
    parts = (("新增", "new"), ("变更", "changed"), ("停用", "gone"))
    return "、".join(f"{label}{len(row.changes[key])}项" for label, key in parts if row.changes[key])


EDITION_COLUMNS = (
    Column(
        "版次",
        lambda row: f"第{row.number}版",
        link=lambda row: here("catalogue_edition", row.catalogue_id, row.number),
        mark=lambda _: "due",
    ),
    Column("发布日期", lambda row: row.adopted_on, mark=lambda _: "due"),
    Column("变化", _edition_changes),
    Column("说明", lambda row: row.note),
    Column("经办", lambda row: row.made_by or "系统"),
)


def _offers(request: HttpRequest, row: Catalogue) -> list[Offer]:
    by: dict[str, Any] = _by(request)
    today = timezone.localdate()
    may_not = why_not_change(row, by["actor"], today)
    offers = [
        Offer("导出表格", here("catalogue_export", row.pk), note="与官方标准目录同一式样，可修改后再导入。")
    ]
    offers.append(Offer("导入表格", here("catalogue_table", row.pk), may_not, "先看差异，确认后才生效。"))
    if row.body_id is not None:
        offers.insert(0, Offer("查看公开监测", f"{here('coverage_body', row.body_id)}", primary=True))
        offers.append(Offer("增加事项", here("catalogue_item_add", row.pk), may_not))
    if row.based_on_id is not None:
        obstacles = acts.why_not_update(row, **by)
        note = "标准目录修订后使用：本机关增加的事项、调整的栏目保留。"
        offers.append(Offer("按标准目录更新", here("catalogue_update", row.pk), obstacles, note, link=False))
    obstacles = acts.why_not_issue_edition(row, adopted_on=today, note="", **by)
    offers.append(Offer("发布新版", here("catalogue_issue", row.pk), obstacles))
    if row.retired_on is None:
        obstacles = acts.why_not_retire_catalogue(row, on=today, reason="—", **by)
        offers.append(Offer("停用目录", here("catalogue_retire", row.pk), obstacles))
    return offers


@login_required
@require_safe
def catalogue_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it stands, for the spreadsheet."""
    row = catalogue_for(request, pk)
    return xlsx(rows_of(row), row.title)


def _edition(request: HttpRequest, pk: int, number: int) -> CatalogueEdition:
    found = catalogue_for(request, pk).editions.filter(number=number).select_related("catalogue").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def catalogue_edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An edition as it was published."""
    edition = _edition(request, pk, number)
    rows = acts.rows_in(edition)
    context = {
        "title": str(edition),
        "status": f"{edition.adopted_on}发布",
        "docket": docket(
            ("发布日期", edition.adopted_on),
            ("说明", edition.note),
            ("二级事项", len(rows)),
            ("摘要（SHA-256）", edition.digest),
        ),
        "acts": [Offer("导出本版", here("catalogue_edition_export", pk, number))],
        "tables": [
            record_table("rows", "事项", rows, ROW_COLUMNS, empty="没有事项。"),
            *edition_changes(edition),
        ],
        "timeline": [],
        "crumbs": crumbs(*catalogue_way(edition.catalogue), (f"第{number}版", "")),
    }
    return render(request, "console/records/case.html", context)


ROW_COLUMNS = (
    Column("二级事项", lambda row: row.level2),
    Column("一级事项", lambda row: row.level1),
    Column("公开内容", lambda row: row.content),
    Column("公开依据", lambda row: row.basis),
    Column("公开时限", lambda row: row.time_limit),
    Column("公开主体", lambda row: row.publisher),
    Column("渠道", lambda row: "、".join(row.channels)),
    Column("未涉及说明", lambda row: row.not_applicable),
)
CHANGE_COLUMNS = (
    Column("二级事项", lambda row: row[1]),
    Column("一级事项", lambda row: row[0]),
    Column("栏目", lambda row: row[2]),
    Column("原来", lambda row: row[3]),
    Column("现在", lambda row: row[4]),
)


def edition_changes(edition: CatalogueEdition) -> list[dict[str, Any]]:
    """What an edition changed, where it is not the first."""
    changes = edition.changes
    if not changes:
        return []
    lines = [(*one, "", "", "新增") for one in changes["new"]]
    lines += [(*one["item"], *cell) for one in changes["changed"] for cell in one["fields"]]
    lines += [(*one, "", "", "停用") for one in changes["gone"]]
    return [record_table("changes", "与上一版的差异", lines, CHANGE_COLUMNS, empty="没有差异。")]


@login_required
@require_safe
def catalogue_edition_export(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An edition for the spreadsheet."""
    edition = _edition(request, pk, number)
    return xlsx(acts.rows_in(edition), str(edition))


def catalogue_page(
    title: str,
    form: Callable[..., RecordForm],
    act: Callable[[HttpRequest, Catalogue, RecordForm], str],
    done: str,
    *,
    button: str = "保存",
    about: tuple[str, ...] = (),
    files: bool = False,
) -> Callable[..., HttpResponse]:
    """A page where something is done with one catalogue. 403 for who may only read."""

    @page_view
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = catalogue_for(request, pk)
        require_change(request, row)
        sent = request.POST if request.method == "POST" else None
        given = form(sent, request.FILES if sent is not None and files else None, body=row.body)
        if given.is_valid():
            answer = submit_once(request, given, lambda: act(request, row, given), done)
            if answer is not None:
                return answer
        back = here("catalogue", pk)
        way = catalogue_way(row)
        return show_form(
            request, given, title=title, back=back, way=way, button=button, about=(row.title, *about)
        )

    return view


def require_change(request: HttpRequest, row: Catalogue) -> None:
    """Raises ``PermissionDenied`` for who only reads; a retired catalogue is refused by the act, with its reason."""
    obstacles = why_not_change(row, officer_of(request), timezone.localdate())
    if any(one.code == "not_permitted" for one in obstacles):
        raise PermissionDenied


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


def _issue(request: HttpRequest, row: Catalogue, form: RecordForm) -> str:
    edition = acts.issue_edition(catalogue=row, **_by(request), **form.arguments())
    return here("catalogue_edition", row.pk, edition.number)


def _retire(request: HttpRequest, row: Catalogue, form: RecordForm) -> str:
    acts.retire_catalogue(catalogue=row, **_by(request), **form.arguments())
    return here("catalogue", row.pk)


catalogue_issue = catalogue_page(
    "发布新版",
    forms.ConfirmForm,
    _issue,
    "新版已发布",
    button="发布新版",
    about=("把目录的现状作为新一版发布；以前各版仍可查阅。",),
)
catalogue_retire = catalogue_page(
    "停用目录",
    forms.RetireCatalogueForm,
    _retire,
    "目录已停用",
    button="停用",
    about=("停用后不再计入应公开；已归入的文件和各版目录保留。",),
)
