"""The plan of a policy's interpretation: needed or not and why, in which forms, by whom, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import DocumentKind, InterpretationForm
from gongkai.disclosure.models import Document, InterpretationPlan
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def why_not_plan(
    document: Document,
    *,
    is_needed: bool,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    forms: Sequence[str] = (),
    responsible: str = "",
    planned_on: dt.date | None = None,
) -> list[Obstacle]:
    """A plan names forms, a person and a day; none has a reason."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, document.body, timezone.localdate(at))
    if document.kind == DocumentKind.INTERPRETATION:
        obstacles.append(Obstacle("kind", "解读材料本身不需要解读方案", "请在被解读的文件上填写"))
    if not is_needed:
        if not reason.strip():
            obstacles.append(Obstacle("no_reason", "没有说明不解读的理由", "请填写理由", "reason"))
        return obstacles
    if not forms or set(forms) - set(InterpretationForm.values):
        labels = "、".join(InterpretationForm.labels)
        obstacles.append(Obstacle("no_forms", "没有选择解读形式", f"请选择：{labels}", "forms"))
    if not responsible.strip():
        obstacles.append(Obstacle("no_responsible", "没有写明负责人", "谁起草谁解读，请填写", "responsible"))
    if planned_on is None:
        obstacles.append(Obstacle("no_day", "没有写明计划发布日期", "请填写", "planned_on"))
    return obstacles


def plan_interpretation(
    *,
    document: Document,
    is_needed: bool,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    forms: Sequence[str] = (),
    responsible: str = "",
    planned_on: dt.date | None = None,
) -> InterpretationPlan:
    """Enter or change the plan. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(document)
        given = {
            "is_needed": is_needed,
            "reason": reason,
            "forms": forms,
            "responsible": responsible,
            "planned_on": planned_on,
        }
        refuse_if(why_not_plan(document, actor=actor, at=at, **given))  # type: ignore[arg-type]
        plan, _ = InterpretationPlan.objects.update_or_create(
            document=document,
            defaults={
                "is_needed": is_needed,
                "reason": "" if is_needed else reason.strip(),
                "forms": list(forms) if is_needed else [],
                "responsible": responsible.strip() if is_needed else "",
                "planned_on": planned_on if is_needed else None,
                "at": at,
                "by": officer_of(actor),
            },
        )
        record(
            verb="disclosure.plan_interpretation",
            actor=actor,
            target=document,
            body=document.body,
            detail={
                "is_needed": is_needed,
                "forms": list(plan.forms),
                "planned_on": planned_on.isoformat() if planned_on else "",
            },
            reason=reason,
        )
    return plan
