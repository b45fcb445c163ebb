"""A version as a report: computed from the records while a draft, as frozen afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level, Number, Report, figures_from
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import format_for
from gongkai.law.report.narrative import default_templates, fill
from gongkai.organisations.enums import BodyKind
from gongkai.organisations.models import Body
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import add_totals, compute_figures
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import SECTION_KEYS, from_frozen, frozen_adjustments, number
from gongkai.reports.models import Version

LEVELS = {
    BodyKind.GOVERNMENT: Level.GOVERNMENT,
    BodyKind.DEPARTMENT: Level.DEPARTMENT,
    BodyKind.TOWNSHIP: Level.TOWNSHIP,
    BodyKind.ORGANISATION: Level.UNKNOWN,
}


@dataclass(frozen=True)
class Draft:
    """A report made readable: the body it is of, the adjusted cells with computed value and reason, its version."""

    body: Body
    report: Report
    adjustments: dict[Cell, tuple[Number, str]]
    version: Version | None = None


def draft_of(version: Version) -> Draft:
    """The report a version stands for. Raises ``NarrativeError`` when a section cannot be filled."""
    draft = figures_of(version)
    if version.frozen is not None:
        return draft
    return _with_prose(draft, dict(version.texts.values_list("key", "template")))


def figures_of(version: Version) -> Draft:
    """The same without the prose of a draft: what is needed for the figures alone, and it never fails."""
    body, year = version.report.body, version.report.year
    if version.frozen is not None:
        published = timezone.localdate(version.published_at) if version.published_at else None
        report, adjusted = from_frozen(version.frozen, published), frozen_adjustments(version.frozen)
        return Draft(body, report, adjusted, version)
    values = compute_figures(body, year)
    adjustments: dict[Cell, tuple[Number, str]] = {}
    for row in version.adjustments.all():
        cell = Cell.parse(row.cell)
        adjustments[cell] = (values[cell], row.reason)
        values[cell] = number(str(row.value))
    return Draft(body, _bare(body, year, add_totals(values, format_for(year))), adjustments, version)


def report_of_year(body: Body, year: int) -> Draft:
    """A body's newest version of a year, or, when none was opened, a trial computed with the starting texts.

    Raises ``ValueError`` for years before 2019, ``NarrativeError`` when a section cannot be filled.
    """
    versions = Version.objects.filter(report__body=body, report__year=year).select_related("report__body")
    version = versions.order_by("-number").first()
    if version is not None:
        return draft_of(version)
    bare = Draft(body, _bare(body, year, compute_figures(body, year)), {})
    return _with_prose(bare, default_templates(format_for(year), level_of(body)))


def level_of(body: Body) -> Level:
    """What kind of reporter the law sees in a body."""
    return LEVELS[BodyKind(body.kind)]


def _with_prose(draft: Draft, templates: dict[str, str]) -> Draft:
    facts = facts_of(draft.body, draft.report)
    sections = {key: fill(templates.get(key, ""), facts) for key in SECTION_KEYS}
    return replace(draft, report=draft.report.with_(sections=sections))


def _bare(body: Body, year: int, values: dict[Cell, Number]) -> Report:
    return Report(
        format=format_for(year),
        year=year,
        agency=body.name,
        figures=figures_from(values),
        title=f"{body.name}{year}年政府信息公开工作年度报告",
        level=level_of(body),
    )


def check_draft(body: Body, draft: Draft) -> tuple[Finding, ...]:
    """What the checks say of a report, beside the one published for the year before."""
    previous = previous_report(body, draft.report.year) if draft.report.year else None
    return check(draft.report, previous, calendar=current_calendar(), today=timezone.localdate())


def previous_report(body: Body, year: int) -> Report | None:
    """The published report of the year before, if there is one."""
    version = published_version(body, year - 1)
    return figures_of(version).report if version else None


def published_version(body: Body, year: int) -> Version | None:
    """The version the public sees."""
    return (
        Version.objects.filter(report__body=body, report__year=year, state=VersionState.PUBLISHED)
        .select_related("report__body")
        .first()
    )
