"""Opening a report, and opening a correction of a published one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_not_text
from gongkai.law.report.formats import FORMAT_2019, format_for
from gongkai.law.report.narrative import default_templates
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission, why_not_permitted
from gongkai.reports.drafting import level_of
from gongkai.reports.enums import VersionState
from gongkai.reports.models import REASON_LENGTH, Adjustment, AnnualReport, SectionText, Version


def why_not_open(body: Body, year: int, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Why a body's report on a year cannot be opened now."""
    today = timezone.localdate(at)
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, today)
    if year < FORMAT_2019.first_year:
        obstacles.append(
            Obstacle("no_format", "全国统一格式自2019年度起使用", "请选择2019年或以后的年度", "year")
        )
    if year > today.year:
        obstacles.append(Obstacle("future", f"{year}年度尚未开始", "请选择本年或以前的年度", "year"))
    if AnnualReport.objects.filter(body=body, year=year).exists():
        obstacles.append(Obstacle("exists", f"{year}年度的年报已经建立", "请直接打开该年报", "year"))
    return obstacles


def open_report(*, body: Body, year: int, actor: Actor, at: dt.datetime) -> Version:
    """Open the report of a year with the starting text of every section. Raises ``RefusedError``."""
    refuse_if(why_not_open(body, year, actor, at))
    with transaction.atomic():
        lock_one(body)
        refuse_if(why_not_open(body, year, actor, at))
        annual = AnnualReport.objects.create(body=body, year=year)
        version = Version.objects.create(report=annual, created_at=at, created_by=_officer(actor))
        templates = default_templates(format_for(year), level_of(body))
        SectionText.objects.bulk_create(
            SectionText(version=version, key=key, template=text, edited_at=at)
            for key, text in templates.items()
        )
        record(verb="reports.open", actor=actor, target=annual, body=body, detail={"year": year})
    return version


def why_not_correct(annual: AnnualReport, actor: Actor, at: dt.datetime, reason: str) -> list[Obstacle]:
    """Why a published report cannot be corrected now."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, annual.body, timezone.localdate(at))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "更正年报应写明理由", "请填写更正理由", "reason"))
    obstacles += why_not_text(reason, "更正理由", limit=REASON_LENGTH, field="reason")
    if not annual.versions.filter(state=VersionState.PUBLISHED).exists():
        obstacles.append(Obstacle("not_published", "年报尚未公布，不需要更正", "请直接修改正在编制的版本"))
    elif annual.versions.exclude(state__in=[VersionState.PUBLISHED, VersionState.SUPERSEDED]).exists():
        obstacles.append(Obstacle("in_work", "已有一个更正版本正在编制", "请在该版本上继续"))
    return obstacles


def start_correction(*, annual: AnnualReport, actor: Actor, reason: str, at: dt.datetime) -> Version:
    """Open the next version of a published report; the published one stays online until it is replaced."""
    with transaction.atomic():
        annual = lock_one(annual)
        refuse_if(why_not_correct(annual, actor, at, reason))
        public = annual.versions.get(state=VersionState.PUBLISHED)
        last = annual.versions.order_by("-number").values_list("number", flat=True)[0]
        version = Version.objects.create(
            report=annual, number=last + 1, reason=reason.strip(), created_at=at, created_by=_officer(actor)
        )
        _copy_work(public, version, at)
        detail = {"version": version.number}
        record(
            verb="reports.start_correction",
            actor=actor,
            target=annual,
            body=annual.body,
            detail=detail,
            reason=reason,
        )
    return version


def _copy_work(source: Version, target: Version, at: dt.datetime) -> None:
    SectionText.objects.bulk_create(
        SectionText(version=target, key=row.key, template=row.template, edited_at=at)
        for row in source.texts.all()
    )
    Adjustment.objects.bulk_create(
        Adjustment(
            version=target,
            cell=row.cell,
            value=row.value,
            computed=row.computed,
            reason=row.reason,
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in source.adjustments.all()
    )


def _officer(actor: Actor) -> Officer | None:
    return actor if isinstance(actor, Officer) else None
