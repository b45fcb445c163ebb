"""Reports made up for tests of the public site."""

import datetime as dt

from django.utils import timezone

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Level, Report, figures_from
from gongkai.law.report.formats import FORMAT_2021
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import to_frozen
from gongkai.reports.models import AnnualReport, Version
from gongkai.reports.writing.canonical import digest
from gongkai.reports.writing.html import render_page

SECTIONS = {
    "overview": "2023年，本局主动公开政府信息，办理依申请公开，加强政府信息管理、政府信息公开平台建设和监督保障。",
    "problems": "存在的主要问题：更新不够及时。改进情况：建立了每月检查制度。",
    "other": "本年度没有收取信息处理费。",
}


def report_with(**changed):
    """A report in which every figure is 0 but for 3 requests granted to natural persons and what is changed."""
    values = dict.fromkeys(FORMAT_2021.cells, 0)
    for row in ("new", "granted", "total"):
        values |= {Cell(3, row, "natural"): 3, Cell(3, row, "total"): 3}
    values |= {Cell.parse(key.replace("__", ".")): value for key, value in changed.items()}
    return Report(
        format=FORMAT_2021,
        year=2023,
        agency="测试县教育局",
        figures=figures_from(values),
        title="测试县教育局2023年政府信息公开工作年度报告",
        level=Level.DEPARTMENT,
        sections=SECTIONS,
    )


def page_of(report):
    """The report as the web page somebody would upload."""
    return render_page(report).encode()


def make_version(body, year=2023, number=1, state=VersionState.PUBLISHED, **fields):
    """A version of a body's report in some state, frozen and published as the state demands."""
    annual, _ = AnnualReport.objects.get_or_create(body=body, year=year)
    report = report_with().with_(year=year)
    moment = timezone.make_aware(dt.datetime(year + 1, 1, 20 + number, 9, 0))  # noqa: DTZ001 - made aware
    if state != VersionState.DRAFT:
        fields |= {"frozen": to_frozen(report, {}), "digest": digest(report)}
    if state in {VersionState.PUBLISHED, VersionState.SUPERSEDED}:
        fields["published_at"] = moment
    return Version.objects.create(report=annual, number=number, state=state, created_at=moment, **fields)


def text(response):
    """The page as text."""
    return response.content.decode()
