"""Working on a version: a figure and its records, the prose, problems and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.console.access import bodies_for, officer_of, version_for
from gongkai.console.behind import records_page
from gongkai.console.forms.reports import AdjustForm, FollowUpForm, ProblemForm, SectionForm
from gongkai.console.performing import perform, perform_form
from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import SECTIONS, format_for
from gongkai.law.report.narrative import FACTS, Fact, NarrativeError, Value, fill
from gongkai.reports import acts
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import is_derived
from gongkai.reports.compute.sources import source_of
from gongkai.reports.drafting import figures_of
from gongkai.reports.enums import VersionState
from gongkai.reports.models import Problem, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

SECTION_TITLES = {
    "lead": "导语",
    **{section.key: f"{section.number}、{section.title}" for section in SECTIONS},
}


def _crumbs(version: Version, here: str) -> list[tuple[str, str]]:
    return [
        ("工作台", reverse("console:desk")),
        ("年度报告", reverse("console:reports")),
        (str(version.report), reverse("console:report", args=[version.pk])),
        (here, ""),
    ]


def _cell_or_404(version: Version, text: str) -> Cell:
    try:
        cell = Cell.parse(text)
    except ValueError:
        raise Http404 from None
    if cell not in format_for(version.report.year).cells:
        raise Http404
    return cell


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One figure: how it is counted, the records behind it, and the adjustment by hand."""
    version = version_for(request, pk)
    chosen = _cell_or_404(version, key)
    form = AdjustForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _adjusted(request, version, chosen, form):
        return redirect("console:report_cell", version.pk, key)
    context = _cell_context(request, version, chosen, form)
    return render(request, "console/reports/cell.html", context, status=422 if form else 200)


def _adjusted(request: HttpRequest, version: Version, chosen: Cell, form: AdjustForm) -> bool:
    data: dict[str, Any] = {
        "version": version,
        "cell": chosen,
        "actor": officer_of(request),
        "at": timezone.now(),
    }
    return perform_form(request, form, lambda: acts.adjust(**data, **form.cleaned_data), "数据已调整")


def _cell_context(
    request: HttpRequest, version: Version, chosen: Cell, form: AdjustForm | None
) -> dict[str, Any]:
    annual, fmt = version.report, format_for(version.report.year)
    source = source_of(chosen, annual.body, annual.year)
    draft = figures_of(version)
    table, page = records_page(source.records, request.GET.get("page"))
    derived = is_derived(chosen)
    offered = version.state == VersionState.DRAFT and not derived
    return {
        "version": version,
        "cell": chosen,
        "title": fmt.label(chosen),
        "unit": fmt.column(chosen).unit,
        "computed": source.value(),
        "shown": draft.report[chosen].value,
        "adjustment": version.adjustments.filter(cell=str(chosen)).select_related("made_by").first(),
        "rule": source.rule,
        "derived": derived,
        "table": table,
        "page": page,
        "form": form or (AdjustForm() if offered else None),
        "crumbs": _crumbs(version, fmt.label(chosen)),
    }


@login_required
@require_POST
def unadjust(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Let the records speak again."""
    version = version_for(request, pk)
    chosen = _cell_or_404(version, key)
    data: dict[str, Any] = {
        "version": version,
        "cell": chosen,
        "actor": officer_of(request),
        "at": timezone.now(),
    }
    perform(request, lambda: acts.remove_adjustment(**data), "已撤销调整，恢复为计算值")
    return redirect("console:report_cell", version.pk, key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Edit one section; ``preview`` shows it filled without saving."""
    version = version_for(request, pk)
    if key not in SECTION_TITLES:
        raise Http404
    if request.method == "POST":
        form = SectionForm(request.POST)
        if form.is_valid() and "save" in request.POST and _written(request, version, key, form):
            return redirect("console:report", version.pk)
        text = form.data.get("template", "")
        return render(request, "console/reports/section.html", _section_context(version, key, form, text))
    stored = version.texts.filter(key=key).first()
    text = stored.template if stored else ""
    form = SectionForm(initial={"template": text})
    return render(request, "console/reports/section.html", _section_context(version, key, form, text))


def _written(request: HttpRequest, version: Version, key: str, form: SectionForm) -> bool:
    data: dict[str, Any] = {
        "version": version,
        "key": key,
        "actor": officer_of(request),
        "at": timezone.now(),
    }
    return perform_form(
        request, form, lambda: acts.set_section_text(**data, **form.cleaned_data), "正文已保存"
    )


def _section_context(version: Version, key: str, form: SectionForm, text: str) -> dict[str, Any]:
    annual = version.report
    facts = facts_of(annual.body, figures_of(version).report)
    try:
        preview, problem = fill(text, facts), ""
    except NarrativeError as error:
        preview, problem = "", str(error)
    return {
        "version": version,
        "form": form,
        "title": SECTION_TITLES[key],
        "preview": preview,
        "problem": problem,
        "facts": _grouped(facts),
        "editable": version.state == VersionState.DRAFT,
        "crumbs": _crumbs(version, SECTION_TITLES[key]),
    }


def _grouped(facts: Mapping[str, Value]) -> dict[str, list[tuple[Fact, Value]]]:
    """The facts that have a value, under their headings."""
    groups: dict[str, list[tuple[Fact, Value]]] = {}
    for fact in FACTS:
        if fact.key in facts:
            groups.setdefault(fact.group, []).append((fact, facts[fact.key]))
    return groups


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """This year's problems and measures, and what became of last year's."""
    version = version_for(request, pk)
    annual = version.report
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = {
            "body": annual.body, "year": annual.year, "actor": officer_of(request), "at": timezone.now()
        }  # fmt: skip
        if perform_form(request, form, lambda: acts.note_problem(**data, **form.cleaned_data), "已登记"):
            return redirect("console:report_problems", version.pk)
    found = Problem.objects.filter(body=annual.body, year__in=[annual.year, annual.year - 1])
    context = {
        "version": version,
        "title": "问题与改进",
        "form": form,
        "now": [row for row in found if row.year == annual.year],
        "before": [
            (
                row,
                FollowUpForm(
                    initial={"text": row.follow_up, "done_on": row.done_on}, auto_id=f"id_{row.pk}_%s"
                ),
            )
            for row in found
            if row.year == annual.year - 1
        ],
        "crumbs": _crumbs(version, "问题与改进"),
    }
    return render(request, "console/reports/problems.html", context)


@login_required
@require_POST
def problem_act(request: HttpRequest, pk: int, problem: int, name: str) -> HttpResponse:
    """``follow-up`` or ``remove`` one problem."""
    version = version_for(request, pk)
    row = get_object_or_404(Problem, pk=problem, body__in=bodies_for(request))
    actor, at = officer_of(request), timezone.now()
    if name == "remove":
        perform(request, lambda: acts.remove_problem(problem=row, actor=actor, at=at), "已删除")
    else:
        form = FollowUpForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            perform(
                request, lambda: acts.follow_up(problem=row, actor=actor, at=at, **data), "落实情况已登记"
            )
        else:
            _tell_errors(request, form)
    return redirect("console:report_problems", version.pk)


def _tell_errors(request: HttpRequest, form: FollowUpForm) -> None:
    """Tell what is wrong with a form that has no page of its own."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}：{'；'.join(map(str, errors))}")
