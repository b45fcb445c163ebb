"""Sub-tasks with a due day of their own, and what officers say to each other about a case."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.work import why_not_given_to
from gongkai.foi.clock import clock_of
from gongkai.foi.models import Remark, Request, Task
from gongkai.foi.rules import why_not_handle, why_not_received, why_over
from gongkai.organisations.models import Officer, Unit
from gongkai.organisations.rules import officer_of


def why_not_make_task(task: Task, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that stands against the sub-task; a due day after the case's own among it."""
    request = task.request
    found = [
        *why_not_handle(request.body, actor=actor, at=at),
        *why_over(request),
        *why_row_wrong(task),
        *why_not_given_to(request.body, unit=task.unit, officer=task.officer, at=at),
        *why_not_received(request),
    ]
    today = timezone.localdate(at)
    if task.due_on < today:
        found.append(Obstacle("past", f"要求完成日期{task.due_on}已过", "请选择今天或以后", "due_on"))
    if request.received_on is not None and not found:
        latest = clock_of(request, as_of=today).latest_due_on
        if latest is not None and task.due_on > latest:
            message = f"要求完成日期{task.due_on}晚于本件的答复期限{latest}"
            found.append(Obstacle("after_due", message, "请在答复期限以前完成", "due_on"))
    same = request.tasks.filter(title=task.title, unit=task.unit, officer=task.officer, done_at=None)
    if same.exists():
        found.append(Obstacle("again", f"“{task.title}”已经交办，尚未完成", "无须重复交办", "title"))
    return found


def make_task(
    *,
    request: Request,
    title: str,
    due_on: dt.date,
    unit: Unit | None = None,
    officer: Officer | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Task:
    """Ask a unit or an officer for a part of the work by a day. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        task = Task(
            request=request,
            title=title.strip(),
            unit=unit,
            officer=officer,
            due_on=due_on,
            made_at=at,
            made_by=officer_of(actor),
        )
        refuse_if(why_not_make_task(task, actor=actor, at=at))
        task.save()
        record(
            verb="foi.make_task",
            actor=actor,
            target=request,
            body=request.body,
            detail={"task": task.pk, "unit": task.unit_id, "officer": task.officer_id, "due_on": due_on},
        )
    return task


def why_not_finish_task(task: Task, *, result: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Done already, or nothing said of the result. A task may be finished after its case."""
    found = why_not_handle(task.request.body, actor=actor, at=at)
    if task.done_at is not None:
        found.append(Obstacle("done", "该事项已经完成", "无须再次登记"))
    if not result.strip():
        found.append(Obstacle("no_result", "完成协办事项应写明办理情况", "请填写办理情况", "result"))
    return found


def finish_task(*, task: Task, result: str, actor: Actor, at: dt.datetime) -> Task:
    """Say what came of a sub-task. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(task.request)
        task = lock_one(task)
        refuse_if(why_not_finish_task(task, result=result, actor=actor, at=at))
        task.done_at, task.result = at, result.strip()
        task.save(update_fields=["done_at", "result"])
        record(
            verb="foi.finish_task", actor=actor, target=request, body=request.body, detail={"task": task.pk}
        )
    return task


def why_not_remark(request: Request, *, text: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """No permission, or nothing said. A closed case may be talked about."""
    found = why_not_handle(request.body, actor=actor, at=at)
    if not text.strip():
        found.append(Obstacle("empty", "没有填写内容", "请填写", "text"))
    last = request.remarks.last()
    if last is not None and (last.text, last.made_by) == (text.strip(), officer_of(actor)):
        found.append(Obstacle("again", "同样的内容刚刚发过", "无须重复", "text"))
    return found


def remark(*, request: Request, text: str, actor: Actor, at: dt.datetime) -> Remark:
    """Say something about a case to one's colleagues; the record has that it was said, not what. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_remark(request, text=text, actor=actor, at=at))
        said = Remark.objects.create(
            request=request, text=text.strip(), made_at=at, made_by=officer_of(actor)
        )
        record(verb="foi.remark", actor=actor, target=request, body=request.body, detail={"remark": said.pk})
    return said
