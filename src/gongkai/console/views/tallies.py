"""Counts of decisions, many at once: as one sheet on the page, or as a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from xlsxwriter import Workbook

from gongkai.console.access import officer_of, required_bodies
from gongkai.console.export import MEDIA_TYPE
from gongkai.console.forms.ledgers import PERIODS, SheetChoice, TallyFileForm, TallySheet, period_of
from gongkai.console.once import submit_once
from gongkai.console.pages import page_view, show_form
from gongkai.core.errors import Obstacle, RefusedError
from gongkai.ledgers import imports
from gongkai.ledgers.acts import TallyRow, import_tallies
from gongkai.ledgers.models import Matter, MatterKind, Tally
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

WAY = ("办件统计", "console:tallies")


def _way() -> list[tuple[str, str]]:
    return [(WAY[0], reverse(WAY[1]))]


@page_view
def sheet(request: HttpRequest) -> HttpResponse:
    """All matters of a kind for one period, with one number each, saved together or not at all."""
    bodies = required_bodies(request, Permission.HANDLE)
    choice = SheetChoice({**SheetChoice.usual(bodies), **request.GET.dict()}, bodies=bodies)
    title, back = "按期填报办件统计", reverse("console:tallies")
    if not choice.is_valid():
        return show_form(
            request,
            None,
            title=title,
            back=back,
            way=_way(),
            template="console/records/sheet.html",
            choice=choice,
        )
    body, kind, year, period = (choice.cleaned_data[name] for name in ("body", "kind", "year", "period"))
    first_day, last_day = period_of(year, period)
    known = {tally.matter_id: tally for tally in _overlapping(body, kind, first_day, last_day)}
    listed = list(_listed(body, kind, first_day, last_day))
    open_matters = [matter for matter in listed if matter.pk not in known]
    sent = request.POST if request.method == "POST" else None
    form = TallySheet(sent, matters=open_matters, body=body)

    def act() -> str:
        _save(request, form, body, first_day, last_day)
        return f"{back}?kind={kind}&year={year}"

    if form.is_valid() and (answer := submit_once(request, form, act, "办件统计已保存")):
        return answer
    return show_form(
        request,
        form,
        title=title,
        back=back,
        way=_way(),
        template="console/records/sheet.html",
        choice=choice,
        heading=f"{body.display_name}　{MatterKind(kind).label}　{year}年{dict(PERIODS)[period]}",
        rows=[(matter, _field(form, matter, known), known.get(matter.pk)) for matter in listed],
        fillable=bool(open_matters),
    )


def _field(form: TallySheet, matter: Matter, known: dict[int, Tally]) -> Any:
    return None if matter.pk in known else form[form.name_of(matter)]


def _listed(body: Body, kind: str, first_day: dt.date, last_day: dt.date) -> QuerySet[Matter]:
    """The matters on the list at some time in the period."""
    there = Q(until__isnull=True) | Q(until__gte=first_day)
    return Matter.objects.filter(there, body=body, kind=kind, since__lte=last_day).order_by("name", "pk")


def _overlapping(body: Body, kind: str, first_day: dt.date, last_day: dt.date) -> QuerySet[Tally]:
    found = Tally.objects.filter(matter__body=body, matter__kind=kind)
    return found.filter(first_day__lte=last_day, last_day__gte=first_day).order_by("first_day")


def _save(request: HttpRequest, form: TallySheet, body: Body, first_day: dt.date, last_day: dt.date) -> None:
    """Raises RefusedError whose obstacles name the field of the row they are about."""
    rows = [
        TallyRow(
            matter=matter,
            first_day=first_day,
            last_day=last_day,
            count=number,
            source=form.cleaned_data["source"],
            place=form.name_of(matter),
        )
        for matter, number in form.entered()
    ]
    amendment = form.cleaned_data.get("amendment", "")
    try:
        import_tallies(body=body, rows=rows, actor=officer_of(request), amendment=amendment)
    except RefusedError as refused:
        raise RefusedError([_at_its_row(obstacle, rows) for obstacle in refused.obstacles]) from refused


def _at_its_row(obstacle: Obstacle, rows: list[TallyRow]) -> Obstacle:
    place, _, message = obstacle.message.partition("：")
    if not any(row.place == place for row in rows):
        return obstacle
    return Obstacle(obstacle.code, message, obstacle.remedy, place)


@page_view
def import_file(request: HttpRequest) -> HttpResponse:
    """A file of counts; every wrong row is named with its place, and nothing is half done."""
    bodies = required_bodies(request, Permission.HANDLE)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TallyFileForm(*sent, bodies=bodies)
    back = reverse("console:tallies")

    def act() -> str:
        data = form.arguments()
        content = data.pop("file").read()
        imports.import_tally_file(content=content, actor=officer_of(request), **data)
        return back

    if form.is_valid() and (answer := submit_once(request, form, act, "文件中的办件统计已全部导入")):
        return answer
    return show_form(
        request,
        form,
        title="导入办件统计",
        back=back,
        way=_way(),
        button="导入",
        about=["文件中有一行不对，就一行也不导入；请按提示改正后重新选择文件。"],
        other=("下载填报模板（含本机关的事项）", reverse("console:tally_template")),
    )


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A workbook with the headings the import reads and the matters it knows."""
    bodies = required_bodies(request, Permission.HANDLE)
    found = Matter.objects.filter(body__in=bodies, until__isnull=True).exclude(kind=MatterKind.FEE)
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("办件统计")
        headings = (imports.KIND, *imports.REQUIRED, imports.SOURCE)
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, book.add_format({"bold": True}))
            page.set_column(column, column, 40 if heading == imports.MATTER else 16)
        for number, matter in enumerate(found.order_by("body", "kind", "name"), start=1):
            page.write_string(number, 0, matter.get_kind_display())
            page.write_string(number, 1, matter.name)
    response = HttpResponse(target.getvalue(), content_type=MEDIA_TYPE)
    header = content_disposition_header(as_attachment=True, filename="办件统计模板.xlsx")
    response["Content-Disposition"] = header or ""
    return response
