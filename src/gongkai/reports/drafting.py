"""A version as a report: computed from the records while a draft, as frozen afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level, Number, Report, figures_from
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import SECTIONS, format_for
from gongkai.law.report.narrative import fill
from gongkai.organisations.enums import BodyKind
from gongkai.organisations.models import Body
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import add_totals, compute_figures
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import from_frozen, frozen_adjustments, number
from gongkai.reports.models import AnnualReport, Version

SECTION_KEYS = ("lead", *(section.key for section in SECTIONS))
LEVELS = {
    BodyKind.GOVERNMENT: Level.GOVERNMENT,
    BodyKind.DEPARTMENT: Level.DEPARTMENT,
    BodyKind.TOWNSHIP: Level.TOWNSHIP,
    BodyKind.ORGANISATION: Level.UNKNOWN,
}


@dataclass(frozen=True)
class Draft:
    """A version made readable: the report, the adjusted cells with their computed values and reasons."""

    report: Report
    adjustments: dict[Cell, tuple[Number, str]]


def draft_of(version: Version) -> Draft:
    """The report a version stands for. Raises ``NarrativeError`` when a section cannot be filled."""
    draft = figures_of(version)
    if version.frozen is not None:
        return draft
    facts = facts_of(version.report.body, version.report.year, draft.report)
    templates = dict(version.texts.values_list("key", "template"))
    sections = {key: fill(templates.get(key, ""), facts) for key in SECTION_KEYS}
    return replace(draft, report=draft.report.with_(sections=sections))


def figures_of(version: Version) -> Draft:
    """The same without the prose of a draft: what is needed for the figures alone, and it never fails."""
    if version.frozen is not None:
        published = timezone.localdate(version.published_at) if version.published_at else None
        return Draft(from_frozen(version.frozen, published), frozen_adjustments(version.frozen))
    annual = version.report
    values = compute_figures(annual.body, annual.year)
    adjustments: dict[Cell, tuple[Number, str]] = {}
    for row in version.adjustments.all():
        cell = Cell.parse(row.cell)
        adjustments[cell] = (values[cell], row.reason)
        values[cell] = number(str(row.value))
    return Draft(_bare(annual, add_totals(values, format_for(annual.year))), adjustments)


def _bare(annual: AnnualReport, values: dict[Cell, Number]) -> Report:
    return Report(
        format=format_for(annual.year),
        year=annual.year,
        agency=annual.body.name,
        figures=figures_from(values),
        title=str(annual),
        level=LEVELS[BodyKind(annual.body.kind)],
    )


def check_draft(version: Version, draft: Draft) -> tuple[Finding, ...]:
    """What the checks say of a version, beside the report published for the year before."""
    return check(draft.report, previous_report(version.report.body, version.report.year))


def previous_report(body: Body, year: int) -> Report | None:
    """The published report of the year before, if there is one."""
    version = published_version(body, year - 1)
    return draft_of(version).report if version else None


def published_version(body: Body, year: int) -> Version | None:
    """The version the public sees."""
    return Version.objects.filter(
        report__body=body, report__year=year, state=VersionState.PUBLISHED
    ).select_related("report__body").first()
