"""A published annual report: large figures, the statutory text with its charts, its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import mark_safe

from gongkai.portal.caching import public_page
from gongkai.portal.pages import page
from gongkai.reports.drafting import draft_of
from gongkai.reports.enums import VersionState
from gongkai.reports.export import presentation_of
from gongkai.reports.models import Version
from gongkai.reports.writing.html import render_report
from gongkai.reports.writing.outputs import OUTPUTS, Output
from gongkai.reports.writing.presentation import title_of
from gongkai.reports.writing.values import plain

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.law.report.figures import Number, Report

PUBLIC_STATES = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


class BigFigure(NamedTuple):
    """One figure of the summary: what it counts, how many, in what."""

    label: str
    value: str
    unit: str = "件"
    note: str = ""


class Download(NamedTuple):
    """A file of the report."""

    address: str
    label: str


@public_page
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The report of a body on a year: the public version, or with ``?version=`` one that was public."""
    versions = list(public_versions(slug, year))
    version = chosen_version(versions, request.GET.get("version", ""))
    context = report_context(version, versions)
    return page(request, "portal/report.html", context, body=version.report.body)


def public_versions(slug: str, year: int) -> list[Version]:
    """The versions of a report the public sees or once saw, newest first."""
    found = Version.objects.filter(
        report__body__slug=slug, report__body__is_active=True, report__year=year, state__in=PUBLIC_STATES
    )
    return list(found.select_related("report__body").order_by("-number"))


def chosen_version(versions: list[Version], number: str) -> Version:
    """The version asked for; the newest when none is. Raises ``Http404`` when there is no such version."""
    for version in versions:
        if number in {"", str(version.number)}:
            return version
    raise Http404


def report_context(version: Version, versions: list[Version]) -> dict[str, object]:
    """What ``portal/report.html`` needs."""
    draft = draft_of(version)
    body = version.report.body
    address = reverse("portal:report", args=[body.slug, version.report.year])
    return {
        "body": body,
        "title": title_of(draft.report),
        "figures": big_figures(draft.report),
        "html_body": mark_safe(render_report(draft.report, presentation_of(draft))),  # noqa: S308 - escaped by the writer
        "version": version,
        "versions": [(entry, f"{address}?version={entry.number}") for entry in versions],
        "downloads": [_download(address, version, output) for output in OUTPUTS.values()],
        "superseded_by": address if version.state == VersionState.SUPERSEDED else "",
        "crumbs": [
            ("首页", reverse("portal:home")),
            ("政府信息公开年报", reverse("portal:reports")),
            (f"{version.report.year}年", ""),
        ],
    }


def _download(address: str, version: Version, output: Output) -> Download:
    query = f"?version={version.number}" if version.state == VersionState.SUPERSEDED else ""
    return Download(f"{address}{output.ending}/{query}", output.name)


def big_figures(report: Report) -> list[BigFigure]:
    """The year in a handful of numbers; what the report does not say is left out, zero is said as 0."""
    asked = [
        ("新收政府信息公开申请", report.value(3, "new", "total"), "件"),
        ("予以公开", report.value(3, "granted", "total"), "件"),
        ("结转下年度继续办理", report.value(3, "carried_out", "total"), "件"),
        ("行政许可处理决定", report.value(2, "licence", "decisions"), "件"),
        ("行政复议", report.value(4, "review", "total"), "件"),
        ("行政诉讼", _litigation(report), "件"),
    ]
    return [BigFigure(label, plain(value), unit) for label, value, unit in asked if value is not None]


def _litigation(report: Report) -> Number | None:
    """Suits with and without a review before; ``None`` when either is not known."""
    direct, after = report.value(4, "direct", "total"), report.value(4, "after_review", "total")
    return None if direct is None or after is None else direct + after
