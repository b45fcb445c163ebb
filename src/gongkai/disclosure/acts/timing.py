"""Publication at a time: set after the sign-off, done by the clock; what the clock could not do is said."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, RefusedError, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.acts.editions import publish_edition
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Edition
from gongkai.organisations.rules import Permission, why_not_permitted

LONGEST_WAIT = dt.timedelta(days=366)
PROBLEM_LENGTH = 500

logger = logging.getLogger(__name__)


def why_not_schedule(
    edition: Edition, *, publish_at: dt.datetime | None, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A signed edition gets a time to come, or none any more."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    if edition.state != EditionState.APPROVED:
        message = f"版本目前为“{edition.get_state_display()}”，签发后才能定时发布"
        obstacles.append(Obstacle("state", message, "请先完成审查和签发"))
    if publish_at is not None and publish_at <= at:
        obstacles.append(
            Obstacle("past", "定时发布的时间已过", "请填写将来的时间，或者立即发布", "publish_at")
        )
    if publish_at is not None and publish_at > at + LONGEST_WAIT:
        obstacles.append(
            Obstacle("too_far", "定时发布的时间在一年以后", "请核对年份（条例第二十六条）", "publish_at")
        )
    return obstacles


def schedule_edition(
    *, edition: Edition, publish_at: dt.datetime | None, actor: Actor, at: dt.datetime
) -> Edition:
    """Set the time at which the clock publishes it; None takes the time away. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_schedule(edition, publish_at=publish_at, actor=actor, at=at))
        edition.publish_at, edition.publish_problem = publish_at, ""
        edition.save(update_fields=["publish_at", "publish_problem"])
        record(
            verb="disclosure.schedule_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={
                "number": edition.number,
                "publish_at": publish_at.isoformat() if publish_at else "",
            },
        )
    return edition


def publish_due(*, at: dt.datetime) -> list[Edition]:
    """Publish what is signed and whose time has come; each for itself, so that one refusal holds up no other.

    An edition that cannot be published keeps the reasons with it, for the worklist, and is tried again.
    """
    done = []
    for edition in Edition.objects.filter(state=EditionState.APPROVED, publish_at__lte=at).order_by("pk"):
        try:
            done.append(publish_edition(edition=edition, actor=SYSTEM, at=at))
        except RefusedError as refused:
            problem = str(refused)[:PROBLEM_LENGTH]
            Edition.objects.filter(pk=edition.pk, state=EditionState.APPROVED).update(publish_problem=problem)
            logger.warning("edition %s is not published at its time: %s", edition.pk, problem)
    return done
