"""Looking at who wrote: every look is recorded (个人信息保护法 art. 51)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.engagement.models import Comment, MailboxLetter
from gongkai.engagement.rules import why_not_may
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission


def _body_of(row: Comment | MailboxLetter) -> Body:
    return row.consultation.body if isinstance(row, Comment) else row.body


def why_not_view_sender(row: Comment | MailboxLetter, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only who deals with it, and only where something was left."""
    obstacles = why_not_may(actor, Permission.HANDLE, _body_of(row), at)
    if not (row.name or row.contact):
        obstacles.append(Obstacle("unsigned", "没有留下姓名和联系方式"))
    return obstacles


def view_sender(*, row: Comment | MailboxLetter, actor: Actor, at: dt.datetime) -> tuple[str, str]:
    """Name and contact in the clear. Raises ``RefusedError``."""
    with transaction.atomic():
        refuse_if(why_not_view_sender(row, actor=actor, at=at))
        record(verb="engagement.view_sender", actor=actor, target=row, body=_body_of(row))
    return row.name, row.contact
