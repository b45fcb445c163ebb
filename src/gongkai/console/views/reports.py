"""The annual reports of the bodies an officer sees: list, opening one, the workbench of a version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.console.access import bodies_for, officer_of, reports_for, version_for
from gongkai.console.forms.reports import OpenReportForm
from gongkai.console.performing import perform_form
from gongkai.console.timeline import timeline_of
from gongkai.console.views.desk import report_due_for
from gongkai.console.views.report_acts import acts_for
from gongkai.console.views.report_work import SECTION_TITLES
from gongkai.law.report.narrative import NarrativeError
from gongkai.reports.acts import open_report
from gongkai.reports.drafting import Draft, check_draft, draft_of, figures_of
from gongkai.reports.enums import VersionState
from gongkai.reports.export import presentation_of
from gongkai.reports.models import Version
from gongkai.reports.writing.html import render_report
from gongkai.reports.writing.outputs import OUTPUTS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.law.report.cells import Cell
    from gongkai.reports.writing.presentation import Presentation

PER_PAGE = 30


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every report of the bodies this officer sees, newest year first, and the form to open another."""
    page = Paginator(reports_for(request).prefetch_related("versions"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    bodies = bodies_for(request)
    only = bodies.get() if bodies.count() == 1 else None
    form = OpenReportForm(bodies=bodies, initial={"year": timezone.localdate().year - 1, "body": only})
    return render(
        request, "console/reports/list.html", {"page": page, "open_form": form, "title": "年度报告"}
    )


@login_required
@require_http_methods(["POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Open the report of a year and go to its workbench."""
    form = OpenReportForm(request.POST, bodies=bodies_for(request))
    if form.is_valid():
        opened: list[Version] = []
        data = {"actor": officer_of(request), "at": timezone.now(), **form.cleaned_data}
        if perform_form(
            request, form, lambda: opened.append(open_report(**data)), "年报已建立，数据已从记录计算"
        ):
            return redirect("console:report", opened[0].pk)
    page = Paginator(reports_for(request).prefetch_related("versions"), PER_PAGE).get_page(1)
    context = {"page": page, "open_form": form, "title": "年度报告"}
    return render(request, "console/reports/list.html", context, status=422)


@login_required
@require_safe
def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it says, what the checks say, what can be done next, what was done."""
    version = version_for(request, pk)
    return render(request, "console/reports/workbench.html", workbench_context(request, version))


def workbench_context(request: HttpRequest, version: Version) -> dict[str, Any]:
    """What the workbench shows; a section that cannot be filled is told, and the figures are shown all the same."""
    annual = version.report
    narrative_error = ""
    try:
        draft = draft_of(version)
    except NarrativeError as error:
        draft, narrative_error = figures_of(version), str(error)
    findings = check_draft(annual.body, draft)
    presentation = presentation_for(version, draft, findings)
    return {
        "version": version,
        "annual": annual,
        "is_draft": version.state == VersionState.DRAFT,
        "title": str(annual),
        "due": report_due_for(annual.body, annual.year),
        "downloads": [(output.ending, output.name) for output in OUTPUTS.values()],
        "sections": SECTION_TITLES.items(),
        "findings": presentation.problems,
        "passed": sum(finding.verdict == "pass" for finding in findings),
        "narrative_error": narrative_error,
        "html_body": mark_safe(render_report(draft.report, presentation)),  # noqa: S308 - escaped by the writer
        "acts": acts_for(version, officer_of(request), timezone.now()),
        "timeline": timeline_of(annual),
        "versions": annual.versions.order_by("-number"),
        "crumbs": [
            ("工作台", reverse("console:desk")),
            ("年度报告", reverse("console:reports")),
            (str(annual), ""),
        ],
    }


def presentation_for(version: Version, draft: Draft, findings: tuple[Any, ...]) -> Presentation:
    """The report as an officer sees it: every figure leads to its records, every problem stands on its cell."""

    def link(cell: Cell) -> str:
        return reverse("console:report_cell", args=[version.pk, str(cell)])

    return replace(presentation_of(draft), findings=findings, links=link, heading_level=2)
