"""Rules shared by the acts of this room."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body, Officer, Unit
from gongkai.organisations.rules import Permission, why_not_permitted


def why_not_about(body: Body, document: Document | None) -> list[Obstacle]:
    """The document concerned is the body's own."""
    if document is None or document.body_id == body.pk:
        return []
    return [
        Obstacle("foreign", f"《{document.title}》不是{body.display_name}的文件", "请另选文件", "document")
    ]


def why_not_unit_of(body: Body, unit: Unit | None) -> list[Obstacle]:
    """The unit is the body's own."""
    if unit is None or unit.body_id == body.pk:
        return []
    return [Obstacle("foreign_unit", f"“{unit.name}”不是{body.display_name}的机构", "请另选机构", "unit")]


def why_not_may(actor: Actor, permission: Permission, body: Body, at: dt.datetime) -> list[Obstacle]:
    """The obstacle when the actor may not do this in the body on that day."""
    return why_not_permitted(actor, permission, body, timezone.localdate(at))


def why_own(actor: Actor, author: Officer | None, noun: str) -> list[Obstacle]:
    """Who prepared something does not release it."""
    if not isinstance(actor, Officer) or author is None or author.pk != actor.pk:
        return []
    return [Obstacle("own", f"{noun}是您本人经办的，不能由您签发", "请由其他审核签发人员签发")]


def why_empty(text: str, label: str, field: str, *, remedy: str = "") -> list[Obstacle]:
    """Something has to be said."""
    return [] if text.strip() else [Obstacle("empty", f"{label}不能为空", remedy or f"请填写{label}", field)]
