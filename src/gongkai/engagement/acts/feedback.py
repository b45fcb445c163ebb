"""采纳情况: opinions grouped, a verdict and a reason for each group, and the result published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.engagement.enums import CommentState, Verdict
from gongkai.engagement.models import Comment, Consultation, OpinionGroup
from gongkai.engagement.rules import why_empty, why_not_may
from gongkai.organisations.rules import Permission, why_not_permitted

COUNTS_AS_ADOPTED = (Verdict.ADOPTED, Verdict.PARTLY)


def why_not_group(
    consultation: Consultation,
    *,
    summary: str,
    verdict: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """A group says what the opinions say, and why they are not wholly adopted."""
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    if consultation.feedback_published_on is not None:
        obstacles.append(Obstacle("published", f"采纳情况已于{consultation.feedback_published_on}公布"))
    obstacles += why_empty(summary, "意见归纳", "summary")
    if verdict not in Verdict.values:
        obstacles.append(Obstacle("verdict", "请选择采纳情况", "采纳、部分采纳或未采纳", "verdict"))
    elif verdict != Verdict.ADOPTED:
        obstacles += why_empty(reason, "说明", "reason", remedy="部分采纳或未采纳的，应说明理由")
    return obstacles


def group_opinions(
    *,
    consultation: Consultation,
    summary: str,
    verdict: str,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    group: OpinionGroup | None = None,
) -> OpinionGroup:
    """Make a group of like opinions, or change one. Raises ``RefusedError`` or ``ValidationError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(
            why_not_group(consultation, summary=summary, verdict=verdict, reason=reason, actor=actor, at=at)
        )
        last = consultation.groups.aggregate(last=Max("position"))["last"] or 0
        row = group or OpinionGroup(consultation=consultation, position=last + 1)
        row.summary, row.verdict, row.reason = summary.strip(), verdict, reason.strip()
        row.full_clean()
        row.save()
        detail = {"group": row.position, "verdict": verdict}
        record(
            verb="engagement.group_opinions",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail=detail,
        )
    return row


def why_not_sort(
    consultation: Consultation,
    *,
    rows: Iterable[Comment],
    group: OpinionGroup | None,
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Only counted opinions of the same consultation go into its groups."""
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    if consultation.feedback_published_on is not None:
        obstacles.append(Obstacle("published", f"采纳情况已于{consultation.feedback_published_on}公布"))
    if group is not None and group.consultation_id != consultation.pk:
        obstacles.append(Obstacle("foreign_group", "该归类不属于本次征集", "请重新选择", "group"))
    wrong = [one.number for one in rows if one.consultation_id != consultation.pk]
    uncounted = [one.number for one in rows if one.state != CommentState.ACCEPTED]
    if wrong:
        obstacles.append(Obstacle("foreign", f"{'、'.join(wrong)}不属于本次征集", "请重新选择", "comments"))
    elif uncounted:
        message = f"{'、'.join(uncounted)}还不是有效意见"
        obstacles.append(Obstacle("uncounted", message, "请先审核这些意见", "comments"))
    return obstacles


def sort_into(
    *,
    consultation: Consultation,
    rows: Iterable[Comment],
    group: OpinionGroup | None,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Put opinions into a group, or out of any. Returns how many. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        fresh = list(Comment.objects.filter(pk__in=[one.pk for one in rows]).order_by("pk"))
        refuse_if(why_not_sort(consultation, rows=fresh, group=group, actor=actor, at=at))
        Comment.objects.filter(pk__in=[one.pk for one in fresh]).update(group=group)
        detail = {"group": group.position if group else 0, "comments": [one.number for one in fresh]}
        record(
            verb="engagement.sort_into",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail=detail,
        )
    return len(fresh)


def why_not_drop_group(group: OpinionGroup, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not after the result is published."""
    consultation = group.consultation
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    if consultation.feedback_published_on is not None:
        obstacles.append(Obstacle("published", f"采纳情况已于{consultation.feedback_published_on}公布"))
    return obstacles


def drop_group(*, group: OpinionGroup, actor: Actor, at: dt.datetime) -> None:
    """Take a group away; its opinions are in none. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(group.consultation)
        group = OpinionGroup.objects.select_related("consultation__body").get(pk=group.pk)
        refuse_if(why_not_drop_group(group, actor=actor, at=at))
        detail = {"group": group.position, "summary": group.summary[:80]}
        group.delete()
        record(
            verb="engagement.drop_group",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail=detail,
        )


def counts_of(consultation: Consultation) -> tuple[int, int]:
    """How many opinions count, and how many of them are in a group that was adopted, wholly or in part."""
    counted = consultation.comments.filter(state=CommentState.ACCEPTED)
    return counted.count(), counted.filter(group__verdict__in=COUNTS_AS_ADOPTED).count()


def why_not_publish_feedback(
    consultation: Consultation,
    *,
    feedback: str,
    on: dt.date,
    actor: Actor,
    received: int | None = None,
    adopted: int | None = None,
) -> list[Obstacle]:
    """The answer comes once, after the consultation, says something, and adopts no more than was received.

    Where opinions came in here the numbers are counted, and every opinion must be dealt with.
    """
    obstacles = why_not_permitted(actor, Permission.APPROVE, consultation.body, timezone.localdate())
    if consultation.feedback_published_on is not None:
        message = f"采纳情况已于{consultation.feedback_published_on}公布"
        obstacles.append(Obstacle("published", message))
    if consultation.released_at is None:
        obstacles.append(Obstacle("not_released", "该意见征集尚未签发", "请先签发"))
    if on <= consultation.closes_on:
        message = f"意见征集至{consultation.closes_on}截止，尚未结束"
        obstacles.append(Obstacle("open", message, "请在截止之后公布采纳情况", "feedback_published_on"))
    if on > timezone.localdate():
        obstacles.append(Obstacle("future", "公布日期晚于今天", "请核对日期", "feedback_published_on"))
    if consultation.takes_online:
        obstacles += _why_undone(consultation)
    elif received is None or adopted is None or not 0 <= adopted <= received:
        message = f"采纳意见数（{adopted}）多于收到意见数（{received}），或者没有填写"
        obstacles.append(Obstacle("adopted", message, "请核对两个数字", "adopted"))
    if not feedback.strip():
        obstacles.append(Obstacle("no_feedback", "采纳情况不能为空", "请说明采纳与未采纳的理由", "feedback"))
    return obstacles


def _why_undone(consultation: Consultation) -> list[Obstacle]:
    waiting = consultation.comments.filter(state=CommentState.WAITING).count()
    loose = consultation.comments.filter(state=CommentState.ACCEPTED, group=None).count()
    found = []
    if waiting:
        found.append(Obstacle("waiting", f"还有{waiting}条意见没有审核", "请先逐条审核"))
    if loose:
        found.append(Obstacle("loose", f"还有{loose}条有效意见没有归类", "请先归类并写明采纳情况"))
    return found


def publish_feedback(
    *,
    consultation: Consultation,
    feedback: str,
    on: dt.date,
    actor: Actor,
    received: int | None = None,
    adopted: int | None = None,
) -> Consultation:
    """Tell the public what was received and what was adopted, and why. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(
            why_not_publish_feedback(
                consultation, received=received, adopted=adopted, feedback=feedback, on=on, actor=actor
            )
        )
        if consultation.takes_online:
            received, adopted = counts_of(consultation)
        consultation.received, consultation.adopted = received or 0, adopted or 0
        consultation.feedback, consultation.feedback_published_on = feedback, on
        consultation.save(update_fields=["received", "adopted", "feedback", "feedback_published_on"])
        detail = {"received": consultation.received, "adopted": consultation.adopted, "on": on.isoformat()}
        body = consultation.body
        record(verb="engagement.publish_feedback", actor=actor, target=consultation, body=body, detail=detail)
    return consultation
