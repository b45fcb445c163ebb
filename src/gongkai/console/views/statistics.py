"""Statistics of requests and disputes: tables three and four of any year, computed now, every figure with its list.

The figures are those of the annual report, because they are the same queries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from gongkai.console.access import bodies_for
from gongkai.console.behind import records_page
from gongkai.console.pages import crumbs
from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Report, figures_from
from gongkai.law.report.formats import FORMAT_2019, format_for
from gongkai.organisations.models import Body
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import compute_figures
from gongkai.reports.compute.sources import source_of
from gongkai.reports.writing.html import render_table
from gongkai.reports.writing.presentation import Presentation

if TYPE_CHECKING:
    from django.http import HttpRequest

TABLES = (3, 4)


class YearForm(forms.Form):
    """Whose year."""

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none(), empty_label=None)
    year = forms.IntegerField(label="年度", min_value=FORMAT_2019.first_year, max_value=2100)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = bodies


@login_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Tables three and four of a body and a year."""
    bodies = bodies_for(request)
    start = {"body": bodies.values_list("pk", flat=True).first(), "year": timezone.localdate().year}
    form = YearForm(request.GET if "year" in request.GET else start, bodies=bodies)
    context: dict[str, Any] = {
        "title": "统计",
        "form": form,
        "crumbs": crumbs(("公开申请", reverse("console:requests")), ("统计", "")),
    }
    if form.is_valid():
        context |= _tables(form.cleaned_data["body"], form.cleaned_data["year"])
    return render(request, "console/requests/statistics.html", context)


def _tables(body: Body, year: int) -> dict[str, Any]:
    def link(cell: Cell) -> str:
        return reverse("console:statistics_cell", args=[body.slug, year, str(cell)])

    report = Report(format_for(year), year, body.name, figures_from(compute_figures(body, year)))
    shown = Presentation(links=link, charts=False)
    tables = [mark_safe(render_table(report, number, shown)) for number in TABLES]  # noqa: S308 - escaped by the writer
    facts = facts_of(body, report)
    return {"tables": tables, "overdue": facts["overdue"], "body": body, "year": year}


@login_required
@require_safe
def statistics_cell(request: HttpRequest, slug: str, year: int, key: str) -> HttpResponse:
    """The records behind one figure."""
    body = get_object_or_404(bodies_for(request), slug=slug)
    try:
        cell = Cell.parse(key)
        source = source_of(cell, body, year)
    except (KeyError, ValueError):
        raise Http404 from None
    table, page = records_page(source.records, request.GET.get("page"))
    fmt = format_for(year)
    title = f"{year}年{fmt.label(cell)}"
    way = f"{reverse('console:statistics')}?body={body.pk}&year={year}"
    context = {
        "title": title,
        "unit": fmt.column(cell).unit,
        "shown": source.value(),
        "rule": source.rule,
        "table": table,
        "page": page,
        "crumbs": crumbs(("统计", way), (title, "")),
    }
    return render(request, "console/requests/statistics_cell.html", context)
