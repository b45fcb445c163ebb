"""The officer's desk: what is in work, whose move it is, until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.duties import Reporter, report_due
from gongkai.organisations.enums import BodyKind
from gongkai.organisations.rules import visible_bodies
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

WHOSE_MOVE = {
    VersionState.DRAFT: "经办人校核、送审",
    VersionState.CHECKED: "审签人审签或退回",
    VersionState.APPROVED: "经办人公布",
}


class Row(NamedTuple):
    """A line of the worklist. ``due`` is the statutory last day; ``late`` when it has passed."""

    matter: str
    body: str
    state: str
    move: str
    due: dt.date
    late: bool
    address: str


class Tile(NamedTuple):
    """A count over the worklist that narrows it down."""

    label: str
    number: int
    address: str
    current: bool


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Annual reports in work in the bodies this officer may see, soonest due first; ``state`` narrows the list."""
    today = timezone.localdate()
    versions = list(_in_work(visible_bodies(request.user, today)))  # type: ignore[arg-type]
    chosen = request.GET.get("state", "")
    rows = [_row(version, today) for version in versions if chosen in {"", version.state}]
    context = {"rows": sorted(rows, key=lambda row: row.due), "tiles": _tiles(versions, chosen)}
    return render(request, "console/desk.html", context)


def _in_work(bodies: QuerySet[Body]) -> QuerySet[Version]:
    return Version.objects.filter(report__body__in=bodies, state__in=WHOSE_MOVE).select_related(
        "report__body"
    )


def _tiles(versions: list[Version], chosen: str) -> list[Tile]:
    here = reverse("console:desk")
    states = [("", "在办年报"), *((state.value, state.label) for state in WHOSE_MOVE)]
    return [
        Tile(
            label,
            sum(value in {"", version.state} for version in versions),
            f"{here}?state={value}",
            value == chosen,
        )
        for value, label in states
    ]


def _row(version: Version, today: dt.date) -> Row:
    body = version.report.body
    due = report_due_for(body, version.report.year)
    return Row(
        matter=f"{version.report.year}年度政府信息公开年报（第{version.number}版）",
        body=body.display_name,
        state=version.get_state_display(),
        move=WHOSE_MOVE[VersionState(version.state)],
        due=due,
        late=due < today,
        address=reverse("console:report", args=[version.pk]),
    )


def report_due_for(body: Body, year: int) -> dt.date:
    """The last day for a body to publish its report (条例 art. 49), or the locality's earlier one."""
    reporter = Reporter.GOVERNMENT if body.kind == BodyKind.GOVERNMENT else Reporter.DEPARTMENT
    month, _, day = body.report_due.partition("-")
    return report_due(reporter, year, local=(int(month), int(day)) if day else None)
