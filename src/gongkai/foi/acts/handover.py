"""An officer leaves: all that he holds in a body goes to another one, in one act."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock, lock_one
from gongkai.foi.models import Assignment, Request, Task
from gongkai.foi.worklist import Holdings, held_by
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission, may, officer_of, why_not_permitted


def why_not_hand_over(
    body: Body, *, leaving: Officer, to: Officer, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """An officer hands over his own work; that of others, who may approve. There must be something to hand over."""
    today = timezone.localdate(at)
    permission = Permission.HANDLE if actor == leaving else Permission.APPROVE
    found = why_not_permitted(actor, permission, body, today)
    if to == leaving:
        found.append(Obstacle("same", "移交人与接收人是同一人", "请选择其他接收人", "to"))
    if not may(to, Permission.HANDLE, body, today):
        message = f"{to}在“{body.name}”没有“{Permission.HANDLE.value}”权限"
        found.append(Obstacle("cannot_handle", message, "请选择有经办权限的人员", "to"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "移交工作应写明理由", "请填写理由", "reason"))
    held = held_by(leaving, body)
    if not held.assignments and not held.tasks:
        found.append(Obstacle("nothing", f"{leaving}名下没有需要移交的申请和事项", "无须移交", "leaving"))
    return found


def hand_over(
    *, body: Body, leaving: Officer, to: Officer, reason: str, actor: Actor, at: dt.datetime
) -> Holdings:
    """Give every open case and sub-task of one officer to another. Raises RefusedError.

    The new officer claims each case; drafts stay drafted by whom they were. Returns what was held before.
    """
    with transaction.atomic():
        lock_one(body)
        lock(Request, {one.request_id for one in held_by(leaving, body).assignments})
        refuse_if(why_not_hand_over(body, leaving=leaving, to=to, reason=reason, actor=actor, at=at))
        held = held_by(leaving, body)
        for one in held.assignments:
            Assignment.objects.filter(pk=one.pk).update(ended_at=at)
            Assignment.objects.create(
                request=one.request,
                unit=one.unit,
                officer=to,
                assigned_at=at,
                assigned_by=officer_of(actor),
                note=f"{leaving}移交：{reason}"[:300],
            )
        Task.objects.filter(pk__in=[one.pk for one in held.tasks]).update(officer=to)
        for one in held.assignments:
            _record("foi.hand_over", one.request, one, to, actor=actor, reason=reason)
        for task in held.tasks:
            _record("foi.hand_over_task", task.request, task, to, actor=actor, reason=reason)
    return held


def _record(
    verb: str, request: Request, row: Assignment | Task, to: Officer, *, actor: Actor, reason: str
) -> None:
    detail = {"what": row.pk, "from": row.officer_id, "to": to.pk}
    record(verb=verb, actor=actor, target=request, body=request.body, detail=detail, reason=reason)
