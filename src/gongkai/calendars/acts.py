"""Entering the State Council's arrangement of a year when it is announced."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.calendars.models import EnteredArrangement
from gongkai.calendars.queries import arrangement_of, newest_arrangement
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.organisations.models import Officer
from gongkai.organisations.rules import ROLE_PERMISSIONS, Permission, current_posts, officer_of

Line = dict[str, Any]
NOTICE_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 2007, 2100  # the built-in table begins in 2007; beyond 2100 it is a slip of the pen


def why_not_administer(actor: object, at: dt.datetime) -> list[Obstacle]:
    """One calendar counts for the whole installation, so only those at its top may change it.

    An administrator of a body without a parent, a superuser, or the system (the command line).
    """
    if not isinstance(actor, Officer) or (actor.is_superuser and actor.is_active):
        return []
    posts = current_posts(actor, timezone.localdate(at)).filter(body__parent__isnull=True)
    if any(Permission.ADMINISTER in ROLE_PERMISSIONS[post.role] for post in posts):
        return []
    message = "录入放假安排影响全部机关的期限，只能由最上级机关的管理员办理"
    return [Obstacle("not_permitted", message, "请联系最上级机关的管理员")]


def why_not_enter_arrangement(
    *, year: int, notice: str, holidays: list[Line], workdays: list[Line], actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """No permission, lines that cannot be read, an arrangement that cannot be right, or nothing new."""
    found = [*why_not_administer(actor, at)]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        found.append(Obstacle("year", f"年份{year}不正确", f"应在{FIRST_YEAR}至{LAST_YEAR}之间", "year"))
    if not notice.strip():
        found.append(Obstacle("notice", "没有写明通知名称及文号", "请填写依据的国务院办公厅通知", "notice"))
    elif len(notice) > NOTICE_LENGTH:
        found.append(Obstacle("notice", f"通知名称及文号超过{NOTICE_LENGTH}个字", "请缩短", "notice"))
    unreadable = _why_lines_wrong(holidays, workdays)
    found += unreadable
    if unreadable or any(one.code == "year" for one in found):
        return found
    problems = arrangement_of(year, notice, holidays, workdays).problems()
    found += [Obstacle("arrangement", problem, field="holidays") for problem in problems]
    current = newest_arrangement(year)
    if current is not None and (current.notice, current.holidays, current.workdays) == (
        notice.strip(),
        holidays,
        workdays,
    ):
        found.append(Obstacle("unchanged", f"与已录入的{year}年安排相同", "无须重复录入"))
    return found


def _why_lines_wrong(holidays: list[Any], workdays: list[Any]) -> list[Obstacle]:
    found = _why_wrong(holidays, "放假", "holidays", ("first", "last"))
    found += _why_wrong(workdays, "调休上班", "workdays", ("day",))
    if found:
        return found
    names = {one["name"] for one in holidays}
    found += [
        Obstacle(
            "unknown_holiday",
            f"调休上班{one['day']}所补的“{one['name']}”不在放假安排中",
            "请核对名称",
            "workdays",
        )
        for one in workdays
        if one["name"] not in names
    ]
    if len(names) < len(holidays):
        found.append(Obstacle("twice", "同一个节日列了两次", "请合并为一行", "holidays"))
    return found


def _why_wrong(lines: object, label: str, field: str, days: tuple[str, ...]) -> list[Obstacle]:
    remedy = f"每行应有 name、{'、'.join(days)}，日期写成 2027-01-01 的样子"
    if not isinstance(lines, list):
        return [Obstacle("unreadable", f"{label}不是一个列表", remedy, field)]
    return [
        Obstacle("unreadable", f"{label}第{number}行读不懂", remedy, field)
        for number, line in enumerate(lines, start=1)
        if not _is_line(line, days)
    ]


def _is_line(line: object, days: tuple[str, ...]) -> bool:
    if not isinstance(line, dict) or set(line) != {"name", *days}:
        return False
    name = line["name"]
    return isinstance(name, str) and bool(name.strip()) and all(_is_day(line[day]) for day in days)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def enter_arrangement(
    *, year: int, notice: str, holidays: list[Line], workdays: list[Line], actor: Actor, at: dt.datetime
) -> EnteredArrangement:
    """Keep a new version of a year's arrangement; older ones stay to be seen. Raises RefusedError.

    ``holidays``: [{name, first, last}], ``workdays``: [{day, name}], days as YYYY-MM-DD. Open cases are recomputed by
    ``foi.recalculation.enter_arrangement_and_recompute``, which calls this.
    """
    with transaction.atomic():
        obstacles = why_not_enter_arrangement(
            year=year, notice=notice, holidays=holidays, workdays=workdays, actor=actor, at=at
        )
        refuse_if(obstacles)
        row = EnteredArrangement.objects.create(
            year=year,
            notice=notice.strip(),
            holidays=holidays,
            workdays=workdays,
            entered_at=at,
            entered_by=officer_of(actor),
        )
        record(
            verb="calendars.enter_arrangement",
            actor=actor,
            target=row,
            detail={"year": year, "notice": row.notice, "holidays": holidays, "workdays": workdays},
        )
    return row
