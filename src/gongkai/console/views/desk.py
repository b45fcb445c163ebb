"""The officer's desk: what is in work, whose move it is, until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import bodies_to, officer_of, reach, sees_several
from gongkai.console.forms.filters import SET_ASIDE
from gongkai.console.publishing_desk import publishing
from gongkai.console.views.asked import waiting as asked_waiting
from gongkai.console.views.channels import channel_alarms
from gongkai.console.views.requests import with_clocks
from gongkai.console.words import SOON, Deadline, deadline_of, urgency
from gongkai.foi.models import Assignment, Request, Task
from gongkai.foi.reminders import unread
from gongkai.law.duties import Reporter, report_due
from gongkai.organisations.enums import BodyKind
from gongkai.organisations.rules import Permission, visible_bodies
from gongkai.oversight.reminders import unread as unread_coverage
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.law.clock import ClockResult
    from gongkai.organisations.models import Body, Officer

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
    current: bool = False
    late: bool = False


class Open(NamedTuple):
    """An open request on the worklist."""

    request: Request
    clock: ClockResult | None
    deadline: Deadline


MOST_READ = 1000  # open requests whose clocks are reckoned; the oldest first
MOST_SHOWN = 30


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Open requests by urgency, and annual reports in work, soonest due first; ``state`` narrows the reports."""
    today = timezone.localdate()
    versions = list(_in_work(visible_bodies(request.user, today)))  # type: ignore[arg-type]
    chosen = request.GET.get("state", "")
    rows = [_row(version, today) for version in versions if chosen in {"", version.state}]
    cases = open_cases(request)
    officer = officer_of(request)
    context = {
        "unread": unread(officer)[:MOST_SHOWN],
        "alarms": channel_alarms(request),
        "coverage_unread": unread_coverage(officer)[:MOST_SHOWN],
        "mine": _mine(officer),
        "unclaimed": _waiting(request),
        "asked": asked_waiting(request),
        "tasks": _tasks(officer),
        "publishing": publishing(request),
        "today": today,
        "may_hand_over": bodies_to(request, Permission.HANDLE).exists(),
        "rows": sorted(rows, key=lambda row: row.due),
        "tiles": [*_request_tiles(cases), *_tiles(versions, chosen)],
        "cases": cases[:MOST_SHOWN],
        "more_cases": max(0, len(cases) - MOST_SHOWN),
        "several": sees_several(request),
    }
    return render(request, "console/desk.html", context)


def _mine(officer: Officer) -> list[Assignment]:
    """What the officer holds and has claimed, oldest first."""
    found = _present().filter(officer=officer, claimed_at__isnull=False)
    return list(found.order_by("request__received_on", "pk")[:MOST_SHOWN])


def _present() -> QuerySet[Assignment]:
    """The present assignments of open cases."""
    found = Assignment.objects.filter(ended_at=None, request__closed_on=None)
    return found.exclude(request__standing__in=SET_ASIDE).select_related("request", "unit", "officer")


def _waiting(request: HttpRequest) -> list[Assignment]:
    """What was given to the officer, or to a unit in his bodies, and that nobody has claimed."""
    to_me = Q(officer=officer_of(request)) | Q(
        officer=None, request__body__in=bodies_to(request, Permission.HANDLE)
    )
    return list(_present().filter(to_me, claimed_at=None).order_by("assigned_at", "pk")[:MOST_SHOWN])


def _tasks(officer: Officer) -> list[Task]:
    """The officer's own sub-tasks, the most urgent first."""
    found = Task.objects.filter(officer=officer, done_at=None).select_related("request")
    return list(found.order_by("due_on", "pk")[:MOST_SHOWN])


def open_cases(request: HttpRequest) -> list[Open]:
    """The open requests this officer sees, the most urgent first; what is not received yet before what waits."""
    found = reach(request, Request).filter(closed_on__isnull=True).exclude(standing__in=SET_ASIDE)
    found = found.select_related("body", "applicant")
    rows = list(found.prefetch_related("facts").order_by("received_on", "pk")[:MOST_READ])
    with_clocks(rows)
    cases = [Open(row, row.clock, deadline_of(row.clock)) for row in rows]  # type: ignore[attr-defined]
    return sorted(cases, key=lambda one: urgency(one.clock) if one.clock else UNRECEIVED)


UNRECEIVED = (1, SOON)
"""A request whose receipt is not recorded must be looked at this week: its term may be running."""


def _request_tiles(cases: list[Open]) -> list[Tile]:
    here = reverse("console:requests")
    late = sum(one.deadline.mark == "late" for one in cases)
    soon = sum(one.deadline.mark == "soon" for one in cases)
    return [
        Tile("在办申请", len(cases), f"{here}?state=open"),
        Tile("申请即将到期", soon, f"{here}?timing=due_soon"),
        Tile("申请已逾期", late, f"{here}?timing=late_open", late=bool(late)),
    ]


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
            bool(value) and value == chosen,
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
