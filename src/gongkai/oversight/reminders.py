"""Reminders to the units: what is overdue, blank or stale in the catalogue, told to who works there.

Nobody is told twice a day, and the same again only when something was added or five working days went by. A supervisor's
own reminder (催办) is the same with his name on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.audit.acts import record
from gongkai.catalogue.models import Item
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.reminders import handlers_of, is_quiet
from gongkai.law.coverage import State
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, Unit
from gongkai.organisations.rules import Permission, current_posts, may, officer_of
from gongkai.oversight.coverage import Day, with_state
from gongkai.oversight.models import CoverageReminder

REPEAT_WORKDAYS = 5
NAMED = 3  # items named in a reminder; the rest as a number
TOLD = (State.OVERDUE, State.BLANK, State.STALE)


def items_to_tell(body: Body, day: Day) -> dict[Unit | None, list[Item]]:
    """The body's items that are not as they should be, by the unit responsible. Two queries."""
    owed = Item.objects.owed().filter(catalogue__body=body)
    wanted = [one.value for one in TOLD]
    found = with_state(owed, day).filter(state__in=wanted).select_related("unit")  # type: ignore[misc]
    told: dict[Unit | None, list[Item]] = {}
    for item in found.order_by("unit", "catalogue", "parent__position", "position", "pk"):
        told.setdefault(item.unit, []).append(item)
    return told


def words(items: list[Item]) -> str:
    """What stands in a reminder, e.g. 公开目录有2项逾期、1项空白：招生计划、学校名录等."""
    states = [State(item.state) for item in items]  # type: ignore[attr-defined]
    numbers = "、".join(f"{states.count(one)}项{one.label}" for one in TOLD if one in states)
    urgent = sorted(items, key=lambda item: TOLD.index(State(item.state)))  # type: ignore[attr-defined]
    names = "、".join(item.name for item in urgent[:NAMED])
    return f"公开目录有{numbers}：{names}{'等' if len(items) > NAMED else ''}"[:300]


def tell(
    body: Body, day: Day, at: dt.datetime, *, by: Officer | None = None, again: bool = False
) -> Iterator[CoverageReminder]:
    """Keep a reminder for everybody who should have one today and has none. Inside a transaction."""
    last = _last_of(body)
    for unit, items in items_to_tell(body, day).items():
        states = {str(item.pk): item.state for item in items}  # type: ignore[attr-defined]
        for officer in handlers_of(body, day.today, unit):
            before = last.get((officer.pk, unit.pk if unit else None))
            if before is not None and (
                before.on == day.today or not (again or _is_news(before, states, day))
            ):
                continue
            row, created = CoverageReminder.objects.get_or_create(
                officer=officer,
                body=body,
                unit=unit,
                on=day.today,
                defaults={"text": words(items), "items": states, "given_at": at, "given_by": by},
            )
            if created:
                yield row


def _last_of(body: Body) -> dict[tuple[int, int | None], CoverageReminder]:
    """The last reminder of each officer and unit."""
    rows = CoverageReminder.objects.filter(body=body).order_by("on", "pk")
    return {(row.officer_id, row.unit_id): row for row in rows}


def _is_news(before: CoverageReminder, states: dict[str, str], day: Day) -> bool:
    """Something got worse since, or it has been a while."""
    added = any(before.items.get(key) != state for key, state in states.items())
    return added or day.calendar.workdays_between(before.on, day.today).number >= REPEAT_WORKDAYS


def _send(rows: list[CoverageReminder]) -> None:
    for row in rows:
        if row.officer.email:
            transaction.on_commit(partial(mail_coverage_reminder.enqueue, row.pk))


def remind(body: Body, *, at: dt.datetime) -> list[CoverageReminder]:
    """Tell the units of a body what is to be done, as far as it is news; nothing in quiet hours."""
    day = Day.of(at)
    if is_quiet(at, day.calendar):
        return []
    with transaction.atomic():
        body = lock_one(body)
        rows = list(tell(body, day, at))
        _send(rows)
        if rows:
            detail = {"officers": len(rows), "on": day.today.isoformat()}
            record(verb="oversight.remind", actor=SYSTEM, target=body, body=body, detail=detail)
    return rows


def why_not_urge(body: Body, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Urging is for who supervises the body or approves in it, once a day, where there is something to urge."""
    day = Day.of(at)
    obstacles = []
    officer = officer_of(actor)
    if officer is not None and not may_urge(officer, body, day.today):
        message = f"您不是“{body.name}”的监督人员或审核签发人"
        obstacles.append(Obstacle("not_permitted", message, "请联系该机关的管理员调整岗位"))
    if not items_to_tell(body, day):
        obstacles.append(Obstacle("nothing", "没有逾期、空白或者长期未更新的事项", "不需要催办"))
    if CoverageReminder.objects.filter(body=body, on=day.today, given_by__isnull=False).exists():
        obstacles.append(Obstacle("today", "今天已经催办过", "请明天再看"))
    return obstacles


def may_urge(officer: Officer, body: Body, on: dt.date) -> bool:
    """Supervisors from above and inside; approvers in their own body."""
    above = any(
        post.role == Role.SUPERVISOR and body.path.startswith(post.body.path)
        for post in current_posts(officer, on)
    )
    return above or may(officer, Permission.APPROVE, body, on)


def urge(*, body: Body, actor: Actor, at: dt.datetime) -> list[CoverageReminder]:
    """Tell the units now, in the name of who urges; who was told today already is not told again.

    Raises ``RefusedError``.
    """
    day = Day.of(at)
    with transaction.atomic():
        body = lock_one(body)
        obstacles = why_not_urge(body, actor=actor, at=at)
        if not obstacles and not any(handlers_of(body, day.today)):
            message = f"“{body.name}”没有经办人，无人可以催办"
            obstacles.append(Obstacle("nobody", message, "请联系该机关的管理员设置岗位"))
        refuse_if(obstacles)
        rows = list(tell(body, day, at, by=officer_of(actor), again=True))
        _send(rows)
        detail = {"officers": len(rows), "on": day.today.isoformat()}
        record(verb="oversight.urge", actor=actor, target=body, body=body, detail=detail)
    return rows


@task()
def mail_coverage_reminder(reminder_id: int) -> None:
    """Send one reminder to its officer's address."""
    row = CoverageReminder.objects.select_related("officer", "body").get(pk=reminder_id)
    text = f"{row.body.display_name}{row.text}。请登录工作台查看“公开监测”。\n"
    send_mail("政府信息公开：公开目录提醒", text, None, [row.officer.email])


def unread(officer: Officer) -> list[CoverageReminder]:
    """What an officer was told of and has not looked at, newest first."""
    return list(CoverageReminder.objects.filter(officer=officer, read_at=None).select_related("body", "unit"))


def mark_read(officer: Officer, *, at: dt.datetime) -> int:
    """Note that an officer has seen them; how many there were."""
    return CoverageReminder.objects.filter(officer=officer, read_at=None).update(
        read_at=timezone.localtime(at)
    )
