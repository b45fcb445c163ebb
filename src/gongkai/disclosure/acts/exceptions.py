"""What one person did that takes two: recorded as such, and on a list until a second person confirms it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import EditionState, Opinion
from gongkai.disclosure.models import Edition, Review
from gongkai.disclosure.procedure import reviews_of_round, steps_for
from gongkai.organisations.models import Officer
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

EXCEPTION_BASIS = "例外放行，待复核"


def record_exceptions(edition: Edition, *, actor: Actor, at: dt.datetime, reason: str) -> None:
    """A review marked as an exception for every step an officer passed over. The caller holds the lock."""
    if edition.state == EditionState.APPROVED or not isinstance(actor, Officer):
        return
    edition.round = edition.round or 1
    edition.approved_at = at
    done = {one.step for one in reviews_of_round(edition) if one.opinion == Opinion.PASSED}
    Review.objects.bulk_create(
        Review(
            edition=edition,
            round=edition.round,
            step=step,
            opinion=Opinion.PASSED,
            basis=EXCEPTION_BASIS,
            remark=reason.strip(),
            at=at,
            reviewer=officer_of(actor),
            is_override=True,
        )
        for step in steps_for(edition.document)
        if step not in done
    )


def why_not_confirm(review: Review, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """An exception is confirmed once, by another person who may approve."""
    body = review.edition.document.body
    obstacles = why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate(at))
    if not review.is_override:
        obstacles.append(Obstacle("no_exception", "这不是例外放行", "无须复核"))
    if review.confirmed_at is not None:
        obstacles.append(Obstacle("confirmed", f"{review.confirmed_by or '系统'}已经复核", "请刷新页面"))
    if isinstance(actor, Officer) and actor.pk == review.reviewer_id:
        obstacles.append(Obstacle("own_exception", "例外由您放行，不能由您复核", "请由其他人员复核"))
    return obstacles


def confirm_exception(*, review: Review, actor: Actor, at: dt.datetime, remark: str = "") -> Review:
    """A second person looked at it and stands by it. Raises ``RefusedError``."""
    with transaction.atomic():
        edition = lock_one(review.edition)
        review = lock_one(review)
        refuse_if(why_not_confirm(review, actor=actor, at=at))
        review.confirmed_at, review.confirmed_by = at, officer_of(actor)
        review.save(update_fields=["confirmed_at", "confirmed_by"])
        record(
            verb="disclosure.confirm_exception",
            actor=actor,
            target=edition,
            body=edition.document.body,
            detail={"step": review.step, "round": review.round},
            reason=remark,
        )
    return review
