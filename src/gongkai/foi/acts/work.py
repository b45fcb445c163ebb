"""Who works on a case: assigning, claiming, handing back, handing over; sub-tasks and remarks.

None of this moves the clock or a figure, so no year is asked about.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.models import Assignment, Request
from gongkai.foi.rules import why_not_handle, why_over
from gongkai.foi.worklist import present_assignment
from gongkai.organisations.models import Body, Officer, Unit
from gongkai.organisations.rules import Permission, current_posts, may, officer_of


def why_not_given_to(
    body: Body, *, unit: Unit | None, officer: Officer | None, at: dt.datetime
) -> list[Obstacle]:
    """Nobody named, a unit of another body or a dissolved one, an officer who may not handle requests."""
    found = []
    if unit is None and officer is None:
        found.append(Obstacle("nobody", "没有选择承办机构或承办人", "请至少选择一个", "unit"))
    if unit is not None and (unit.body_id != body.pk or not unit.is_active):
        found.append(Obstacle("elsewhere", f"“{unit}”不是本机关在用的内设机构", "请重新选择承办机构", "unit"))
    if officer is not None and not may(officer, Permission.HANDLE, body, timezone.localdate(at)):
        message = f"{officer}在“{body.name}”没有“{Permission.HANDLE.value}”权限"
        found.append(Obstacle("cannot_handle", message, "请选择有经办权限的人员", "officer"))
    return found


def why_not_assign(
    request: Request,
    *,
    unit: Unit | None = None,
    officer: Officer | None = None,
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Everything that stands against giving the case to this unit or officer."""
    found = [
        *why_not_handle(request.body, actor=actor, at=at),
        *why_over(request),
        *why_not_given_to(request.body, unit=unit, officer=officer, at=at),
    ]
    present = present_assignment(request)
    if present is not None and (present.unit, present.officer) == (unit, officer):
        found.append(Obstacle("again", f"申请{request.number}已交{officer or unit}办理", "无须重复交办"))
    return found


def assign(
    *,
    request: Request,
    unit: Unit | None = None,
    officer: Officer | None = None,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Assignment:
    """Give the case to a unit, to an officer, or to an officer of a unit. Raises RefusedError.

    Who takes a case for himself has claimed it.
    """
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_assign(request, unit=unit, officer=officer, actor=actor, at=at))
        given = _give(request, unit=unit, officer=officer, note=note, actor=actor, at=at)
        if officer is not None and officer == actor:
            given.claimed_at = at
            given.save(update_fields=["claimed_at"])
        record(
            verb="foi.assign",
            actor=actor,
            target=request,
            body=request.body,
            detail={"assignment": given.pk, "unit": given.unit_id, "officer": given.officer_id},
        )
    return given


def _give(
    request: Request,
    *,
    unit: Unit | None,
    officer: Officer | None,
    note: str,
    actor: Actor,
    at: dt.datetime,
) -> Assignment:
    request.assignments.filter(ended_at=None).update(ended_at=at)
    if unit is not None:
        Request.objects.filter(pk=request.pk).update(unit=unit)
    return Assignment.objects.create(
        request=request,
        unit=unit,
        officer=officer,
        assigned_at=at,
        assigned_by=officer_of(actor),
        note=note.strip()[:300],
    )


def why_not_claim(assignment: Assignment, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Over, claimed already, given to somebody else, or to a unit the officer does not work in."""
    request = assignment.request
    found = [*why_not_handle(request.body, actor=actor, at=at), *why_over(request)]
    officer = officer_of(actor)
    if assignment.ended_at is not None:
        found.append(Obstacle("ended", "该交办已经结束", "请刷新后查看现在的承办人"))
    if assignment.claimed_at is not None:
        found.append(Obstacle("claimed", f"{assignment.officer}已签收办理", "无须再次签收"))
    elif assignment.officer_id is not None and (officer is None or officer.pk != assignment.officer_id):
        found.append(Obstacle("not_yours", f"本件交给{assignment.officer}办理", "如需改由您办理，请重新交办"))
    if officer is None:
        found.append(Obstacle("no_officer", "签收应由承办人办理", "请由承办人登录后签收"))
    elif not _works_in(officer, assignment, at):
        found.append(Obstacle("not_in_unit", f"您不是{assignment.unit}的人员", "请由该机构人员签收"))
    return found


def _works_in(officer: Officer, assignment: Assignment, at: dt.datetime) -> bool:
    """A post without a unit is one in all of them."""
    if assignment.unit_id is None or assignment.officer_id == officer.pk:
        return True
    posts = current_posts(officer, timezone.localdate(at)).filter(body=assignment.request.body_id)
    return any(post.unit_id in {None, assignment.unit_id} for post in posts)


def claim(*, assignment: Assignment, actor: Actor, at: dt.datetime) -> Assignment:
    """Take a case that was given to one's unit or oneself. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(assignment.request)
        assignment = lock_one(assignment)
        refuse_if(why_not_claim(assignment, actor=actor, at=at))
        assignment.officer, assignment.claimed_at = officer_of(actor), at
        assignment.save(update_fields=["officer", "claimed_at"])
        record(
            verb="foi.claim",
            actor=actor,
            target=request,
            body=request.body,
            detail={"assignment": assignment.pk},
        )
    return assignment


def why_not_hand_back(
    assignment: Assignment, *, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Over, not one's own, or no reason."""
    request = assignment.request
    found = [*why_not_handle(request.body, actor=actor, at=at), *why_over(request)]
    officer = officer_of(actor)
    if assignment.ended_at is not None:
        found.append(Obstacle("ended", "该交办已经结束", "请刷新后查看现在的承办人"))
    elif officer is not None and assignment.officer_id not in {None, officer.pk}:
        found.append(Obstacle("not_yours", f"本件由{assignment.officer}办理", "请由承办人退回"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "退回交办应写明理由", "请填写理由", "reason"))
    return found


def hand_back(*, assignment: Assignment, reason: str, actor: Actor, at: dt.datetime) -> Assignment | None:
    """Give a case back: to the unit it was given to, to be claimed anew, or to whoever assigns. Raises RefusedError.

    Returns the unit's new assignment; None when it is with nobody now.
    """
    with transaction.atomic():
        request = lock_one(assignment.request)
        assignment = lock_one(assignment)
        refuse_if(why_not_hand_back(assignment, reason=reason, actor=actor, at=at))
        Assignment.objects.filter(pk=assignment.pk).update(ended_at=at)
        again = None
        if assignment.unit is not None and assignment.officer_id is not None:
            again = _give(
                request, unit=assignment.unit, officer=None, note=f"退回：{reason}", actor=actor, at=at
            )
        record(
            verb="foi.hand_back",
            actor=actor,
            target=request,
            body=request.body,
            detail={"assignment": assignment.pk, "to": again.pk if again else None},
            reason=reason,
        )
    return again
