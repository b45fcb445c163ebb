"""The State Council's arrangements: the years known, and entering another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.calendars.acts import why_not_administer
from gongkai.calendars.models import EnteredArrangement
from gongkai.calendars.queries import arrangement_of, current_calendar
from gongkai.console.access import bodies_overseen, officer_of
from gongkai.console.forms.calendars import ArrangementForm, as_text
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, page_view, record_table, show_form
from gongkai.console.records import Column
from gongkai.foi.recalculation import DueDateChange, enter_arrangement_and_recompute, preview_arrangement

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.law.arrangements import YearArrangement

TITLE = "放假安排"
SHOWN = 200  # changed cases on the page; their number is always told

YEAR_COLUMNS = (
    Column("年份", lambda row: f"{row.year}年", mark=lambda _: "due"),
    Column("放假", lambda row: "；".join(as_text(row).splitlines())),
    Column("依据", lambda row: "；".join(row.sources)),
)
ENTERED_COLUMNS = (
    Column("年份", lambda row: f"{row.year}年", mark=lambda _: "due"),
    Column("录入时间", lambda row: row.entered_at, mark=lambda _: "due"),
    Column("录入人", lambda row: row.entered_by or "系统"),
    Column("通知", lambda row: row.notice),
    Column("内容", lambda row: "；".join(as_text(_arrangement(row)).splitlines())),
)


def _arrangement(row: EnteredArrangement) -> YearArrangement:
    return arrangement_of(row.year, row.notice, row.holidays, row.workdays)


@login_required
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """Every year's arrangement in force, how far it is official, and what was entered when."""
    bodies_overseen(request)  # 403 for who neither administers nor supervises
    calendar = current_calendar()
    entered = EnteredArrangement.objects.select_related("entered_by").order_by("-pk")
    may_not = why_not_administer(officer_of(request), timezone.now())
    years = sorted(calendar.arrangements, key=lambda one: -one.year)
    context = {
        "title": TITLE,
        "official_through": calendar.official_through,
        "may_not": may_not,
        "additions": [] if may_not else [("录入放假安排", reverse("console:calendar_enter"))],
        "tables": [
            record_table(
                "entered", "录入记录", entered, ENTERED_COLUMNS, empty="没有另行录入，使用系统自带的安排。"
            ),
            record_table("years", "现行各年安排", years, YEAR_COLUMNS, empty=""),
        ],
        "crumbs": crumbs((TITLE, "")),
    }
    return render(request, "console/administration/calendars.html", context)


@page_view
def calendar_enter(request: HttpRequest) -> HttpResponse:
    """Enter a year: first the effect on open cases is shown, then it is confirmed."""
    if why_not_administer(officer_of(request), timezone.now()):
        raise PermissionDenied
    form = ArrangementForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    effect: tuple[DueDateChange, ...] | None = None
    if form.is_valid():
        answer = _confirmed(request, form)
        if answer is not None:
            return answer
        if not form.errors:
            effect = preview_arrangement(form.cleaned_data["arrangement"], as_of=timezone.localdate())
    back = reverse("console:calendars")
    return show_form(
        request,
        form,
        title="录入放假安排",
        back=back,
        way=[(TITLE, back)],
        template="console/administration/calendar_form.html",
        effect=effect,
        shown=effect[:SHOWN] if effect else (),
    )


def _confirmed(request: HttpRequest, form: ArrangementForm) -> HttpResponse | None:
    """Only the second button enters anything."""
    if "confirm" not in request.POST:
        return None
    return submit_once(
        request, form, lambda: _enter(request, form), "放假安排已录入，未办结申请的期限已重新计算"
    )


def _enter(request: HttpRequest, form: ArrangementForm) -> str:
    enter_arrangement_and_recompute(**form.lines(), actor=officer_of(request), at=timezone.now())
    return reverse("console:calendars")


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The next year nobody has announced yet, or a known one to be put right."""
    calendar = current_calendar()
    known = {one.year: one for one in calendar.arrangements}
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else calendar.official_through.year + 1  # noqa: PLR2004
    before = known.get(year)
    return {
        "year": year,
        "text": as_text(before) if before else "",
        "notice": "；".join(before.sources)[:200] if before else "",
    }
