"""公开监测: what is owed and how it stands — all bodies, one body, the items behind every number, urging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import Field, Item
from gongkai.console.access import bodies_for, officer_of
from gongkai.console.forms.base import RecordForm
from gongkai.console.forms.filters import MOST_BODIES
from gongkai.console.forms.filters_coverage import CoverageFilter
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, exporting, listing, page_view, record_table, show_form
from gongkai.console.records import Column, RecordList
from gongkai.console.views.catalogue_items import MARKS
from gongkai.console.views.catalogues import TABS, here, tabs
from gongkai.law.coverage import State
from gongkai.organisations.models import Body
from gongkai.oversight.coverage import Counts, Day, counts_by, total
from gongkai.oversight.details import items_with_state, last_on, late_documents
from gongkai.oversight.models import CoverageReminder
from gongkai.oversight.reminders import may_urge, urge, why_not_urge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest

BODIES_PER_PAGE = 50
LATEST = 30
TITLE = ("公开监测", "coverage")
NOTE = (
    "应公开＝已公开＋逾期＋长期未更新＋空白。每个数字都可以点开；怎样判断见每个事项的页面。"
    "未涉及的事项、依申请公开的事项不在其中。"
)


def owed_to(request: HttpRequest) -> QuerySet[Item]:
    """The owed items of the bodies this officer reads."""
    return Item.objects.owed().filter(
        catalogue__body__in=bodies_for(request), catalogue__body__is_active=True
    )


def _due(mark: str) -> str:
    return f"due due--{mark}" if mark else "due"


ITEMS = RecordList(
    name="coverage_items",
    title="公开监测：事项",
    model=Item,
    columns=(
        Column("事项", lambda row: row.name, link=lambda row: here("catalogue_item", row.pk), width=36),
        Column("一级事项", lambda row: row.parent.name, width=20),
        Column("领域", lambda row: row.catalogue.field.name, mark=lambda _: "due"),
        Column("责任机构", lambda row: row.unit, width=20),
        Column("公开时限", lambda row: row.time_limit, width=30, on_page=False),
        Column("公开义务", lambda row: row.duty.words, width=40),
        Column("最近公开", last_on, mark=lambda _: "due"),
        Column("状态", lambda row: State(row.state).label, mark=lambda row: _due(MARKS[row.state])),
    ),
    filters=CoverageFilter,
    order=("catalogue__body__path", "catalogue", "parent__position", "parent", "position", "pk"),
    related=("parent", "unit", "catalogue__body", "catalogue__field"),
    scope=lambda request: items_with_state(owed_to(request), Day.of(timezone.now())),
    tabs=TABS,
    note=NOTE,
)
coverage_items, coverage_items_export = listing(ITEMS), exporting(ITEMS)


class Figure(NamedTuple):
    """A number that leads to its list."""

    label: str
    number: int
    address: str
    mark: str = ""


class Line(NamedTuple):
    """A line of the matrix: whose, its numbers, and one cell a field."""

    name: str
    address: str
    figures: list[Figure]
    share: str
    cells: list[tuple[str, Figure | None]]


def figures(counts: Counts, chosen: dict[str, str]) -> list[Figure]:
    """The numbers in their order; zero leads nowhere and stands as 0."""
    return [
        Figure("应公开", counts.owed, _list(chosen)),
        Figure("已公开", counts.public, _list(chosen, State.PUBLIC)),
        Figure("逾期", counts.overdue, _list(chosen, State.OVERDUE), "late" if counts.overdue else ""),
        Figure("长期未更新", counts.stale, _list(chosen, State.STALE), "soon" if counts.stale else ""),
        Figure("空白", counts.blank, _list(chosen, State.BLANK), "late" if counts.blank else ""),
    ]


def _list(chosen: dict[str, str], state: State | None = None) -> str:
    asked = {**chosen, **({"state": state.value} if state else {})}
    return f"{here('coverage_items')}{f'?{urlencode(asked)}' if asked else ''}"


def body_choice(body: Body, *, by_name: bool) -> dict[str, str]:
    """How the list is asked for one body: above a hundred it is asked by name."""
    return {"body": body.name if by_name else str(body.pk)}


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Bodies by fields; with a single body its own page."""
    day = Day.of(timezone.now())
    items = owed_to(request)
    bodies = bodies_for(request).filter(catalogues__in=items.values("catalogue")).distinct().order_by("path")
    chosen = request.GET.get("q", "").strip()[:60]
    if chosen:
        bodies = bodies.filter(Q(name__icontains=chosen) | Q(short_name__icontains=chosen))
    page = Paginator(bodies, BODIES_PER_PAGE).get_page(request.GET.get("page"))
    by_name = bodies_for(request)[: MOST_BODIES + 1].count() > MOST_BODIES
    shown = list(page)
    cells = counts_by(items.filter(catalogue__body__in=shown), day, "catalogue__body", "catalogue__field")
    fields = list(Field.objects.filter(pk__in={field for _, field in cells}))
    whole = counts_by(items, day, "catalogue__body__is_active") if page.has_other_pages() or chosen else {}
    context = {
        "title": TITLE[0],
        "tabs": tabs("coverage"),
        "note": NOTE,
        "today": day.today,
        "q": chosen,
        "page": page,
        "fields": fields,
        "lines": [_line(body, cells, fields, by_name=by_name) for body in shown],
        "tiles": figures(total(whole.values() if whole else cells.values()), {}),
        "export_address": here("coverage_items_export"),
        "crumbs": crumbs((TITLE[0], "")),
    }
    return render(request, "console/catalogue/coverage.html", context)


def _line(
    body: Body, cells: dict[tuple[Any, ...], Counts], fields: Iterable[Field], *, by_name: bool
) -> Line:
    choice = body_choice(body, by_name=by_name)
    mine = {field: counts for (owner, field), counts in cells.items() if owner == body.pk}
    whole = total(mine.values())
    return Line(
        name=body.display_name,
        address=here("coverage_body", body.pk),
        figures=figures(whole, choice),
        share=whole.share,
        cells=[(field.name, _cell(mine.get(field.pk), choice, field)) for field in fields],
    )


def _cell(counts: Counts | None, choice: dict[str, str], field: Field) -> Figure | None:
    if counts is None:
        return None
    wrong = counts.overdue + counts.blank
    mark = "late" if wrong else "soon" if counts.stale else ""
    return Figure(
        f"{counts.public}/{counts.owed}", counts.owed, _list({**choice, "field": str(field.pk)}), mark
    )


# One body ---------------------------------------------------------------------------------------------------


def _body(request: HttpRequest, pk: int) -> Body:
    found = bodies_for(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def coverage_body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its numbers, by catalogue and by unit; what was published late; who was reminded."""
    body, day = _body(request, pk), Day.of(timezone.now())
    items = owed_to(request).filter(catalogue__body=body)
    by_name = bodies_for(request)[: MOST_BODIES + 1].count() > MOST_BODIES
    choice = body_choice(body, by_name=by_name)
    by_field = counts_by(items, day, "catalogue__field", "catalogue__field__name")
    by_unit = counts_by(items, day, "unit", "unit__name")
    whole = total(by_field.values())
    year = day.today.year
    late = sum(1 for _ in late_documents(Body.objects.filter(pk=body.pk), year=year, day=day))
    context = {
        "title": f"{body.display_name}：公开监测",
        "tabs": tabs("coverage"),
        "note": NOTE,
        "today": day.today,
        "tiles": [
            *figures(whole, choice),
            Figure(
                f"{year}年逾期公开（件）", late, here("coverage_late", body.pk, year), "soon" if late else ""
            ),
        ],
        "undetermined": Figure("时限待核定", whole.undetermined, f"{_list({**choice, 'rhythm': 'unknown'})}"),
        "act": _urging(request, body),
        "groups": [
            (
                "领域",
                "by-field",
                [
                    _group(name, counts, {**choice, "field": str(key)})
                    for (key, name), counts in by_field.items()
                ],
            ),
            (
                "责任机构",
                "by-unit",
                [
                    _group(name or "未指定", counts, {**choice, "unit": name or "未指定"})
                    for (_, name), counts in _by_name(by_unit)
                ],
            ),
        ],
        "tables": [_reminders(body)],
        "export_address": f"{here('coverage_items_export')}?{urlencode(choice)}",
        "crumbs": crumbs((TITLE[0], here(TITLE[1])), (body.display_name, "")),
    }
    return render(request, "console/catalogue/coverage_body.html", context)


def _by_name(counts: dict[tuple[Any, ...], Counts]) -> list[tuple[tuple[Any, ...], Counts]]:
    """Those with most to do first; without a unit last."""
    return sorted(
        counts.items(), key=lambda one: (one[0][0] is None, -(one[1].owed - one[1].public), one[0][1])
    )


def _group(name: str, counts: Counts, choice: dict[str, str]) -> tuple[str, list[Figure], str]:
    return name, figures(counts, choice), counts.share


def _urging(request: HttpRequest, body: Body) -> Offer | None:
    officer, now = officer_of(request), timezone.now()
    if not may_urge(officer, body, timezone.localdate(now)):
        return None
    obstacles = why_not_urge(body, actor=officer, at=now)
    return Offer("催办", here("coverage_urge", body.pk), obstacles, "提醒各责任机构的经办人，记录在案。")


def _reminders(body: Body) -> dict[str, Any]:
    rows = CoverageReminder.objects.filter(body=body).select_related("officer", "unit", "given_by")[:LATEST]
    return record_table("reminders", "最近的提醒与催办", rows, REMINDED_COLUMNS, empty="还没有提醒过。")


REMINDED_COLUMNS = (
    Column("提醒", lambda row: row.text),
    Column("责任机构", lambda row: row.unit),
    Column("人员", lambda row: row.officer),
    Column("时间", lambda row: row.given_at, mark=lambda _: "due"),
    Column(
        "方式",
        lambda row: f"{row.given_by}催办" if row.given_by else "自动提醒",
        mark=lambda row: "" if row.given_by else "due",
    ),
    Column("状态", lambda row: "已读" if row.read_at else "未读"),
)


@login_required
@require_safe
def coverage_late(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The documents published too late in a year."""
    body, day = _body(request, pk), Day.of(timezone.now())
    if not 2008 <= year <= day.today.year:  # noqa: PLR2004 - the Regulation is in force since 2008
        raise Http404
    rows = list(late_documents(Body.objects.filter(pk=body.pk), year=year, day=day))
    title = f"{year}年逾期公开"
    context = {
        "title": f"{body.display_name}：{title}",
        "tabs": tabs("coverage"),
        "tables": [
            record_table("late", f"共{len(rows)}件", rows, LATE_COLUMNS, empty="没有逾期公开的文件。")
        ],
        "additions": [],
        "crumbs": crumbs(
            (TITLE[0], here(TITLE[1])), (body.display_name, here("coverage_body", pk)), (title, "")
        ),
    }
    return render(request, "console/records/tables.html", context)


LATE_COLUMNS = (
    Column("文件", lambda row: row.document.title, link=lambda row: here("document", row.document.pk)),
    Column(
        "事项", lambda row: row.document.item, link=lambda row: here("catalogue_item", row.document.item_id)
    ),
    Column("起草机构", lambda row: row.document.unit),
    Column("成文日期", lambda row: row.document.made_on, mark=lambda _: "due"),
    Column("最迟公开", lambda row: row.due_on, mark=lambda _: "due"),
    Column("首次公开", lambda row: row.published_on, mark=lambda _: "due"),
)


@page_view
def coverage_urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the units now. 403 for who neither supervises nor approves."""
    body, now = _body(request, pk), timezone.now()
    if not may_urge(officer_of(request), body, timezone.localdate(now)):
        raise PermissionDenied
    form = RecordForm(request.POST if request.method == "POST" else None, body=body)
    back = here("coverage_body", pk)

    def act() -> str:
        urge(body=body, actor=officer_of(request), at=now)
        return back

    if form.is_valid() and (answer := submit_once(request, form, act, "已催办，提醒记录在下方")):
        return answer
    return show_form(
        request,
        form,
        title="催办",
        back=back,
        way=[(TITLE[0], here(TITLE[1])), (body.display_name, back)],
        button="催办",
        about=[f"{body.name}有逾期、空白、长期未更新的事项。催办后，各责任机构的经办人在工作台看到提醒。"],
    )
