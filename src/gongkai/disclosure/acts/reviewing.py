"""Submit an edition, review it step by step, send it back, take it back, sign it off, look again after publication."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.checking import why_not_content
from gongkai.disclosure.enums import Attribute, EditionState, Opinion, ReviewStep
from gongkai.disclosure.models import Edition, Review
from gongkai.disclosure.procedure import (
    PERMISSION_FOR,
    next_step,
    why_no_plan,
    why_not_interpreting,
    why_own_work,
)
from gongkai.disclosure.rules import why_not_dated, why_not_move
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

REMARK_LENGTH = 500


def why_not_submit(edition: Edition, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """All that a reviewer would send it back for and a machine can see."""
    document = edition.document
    obstacles = why_not_permitted(actor, Permission.HANDLE, document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.IN_REVIEW)
    if document.attribute != Attribute.PROACTIVE:
        message = f"该文件的公开属性为“{document.get_attribute_display()}”"
        obstacles.append(Obstacle("attribute", message, "确可主动公开的，请先变更公开属性", "attribute"))
    obstacles += why_not_dated(document.made_on, at)
    obstacles += why_not_interpreting(document)
    return obstacles + why_not_content(edition)


def submit_edition(*, edition: Edition, actor: Actor, at: dt.datetime) -> Edition:
    """Send a draft through the reviews; every submission is a round of its own. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_submit(edition, actor=actor, at=at))
        edition.state, edition.round = EditionState.IN_REVIEW, edition.round + 1
        edition.submitted_at, edition.submitted_by = at, officer_of(actor)
        edition.approved_by = edition.approved_at = edition.publish_at = None
        edition.publish_problem = ""
        edition.save()
        record(
            verb="disclosure.submit_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "round": edition.round},
        )
    return edition


def why_not_review(
    edition: Edition,
    *,
    step: str,
    opinion: str,
    actor: Actor,
    at: dt.datetime,
    basis: str = "",
    remark: str = "",
    override: str = "",
) -> list[Obstacle]:
    """It is this step's turn, the reviewer is another person, and the opinion says what it rests on."""
    permission = PERMISSION_FOR.get(step, Permission.APPROVE)
    obstacles = why_not_permitted(actor, permission, edition.document.body, timezone.localdate(at))
    obstacles += _why_not_turn(edition, step)
    if opinion not in {Opinion.PASSED, Opinion.RETURNED}:
        obstacles.append(Obstacle("opinion", "意见应为同意或者退回", "请选择", "opinion"))
    if opinion == Opinion.RETURNED and not remark.strip():
        obstacles.append(Obstacle("no_remark", "退回没有写明理由", "请选择或者填写退回理由", "remark"))
    if len(remark) > REMARK_LENGTH:
        obstacles.append(Obstacle("long_remark", f"说明超过{REMARK_LENGTH}个字", "请缩短", "remark"))
    if opinion != Opinion.PASSED:
        return obstacles
    if step == ReviewStep.SECRECY and not basis.strip():
        remedy = "请写明依据，如《中华人民共和国保守国家秘密法》及本机关保密事项范围"
        obstacles.append(Obstacle("no_basis", "保密审查没有写明依据", remedy, "basis"))
    if not override.strip() and step in PERMISSION_FOR:
        obstacles += why_own_work(edition, step, actor)
    if step == ReviewStep.SIGN_OFF:
        obstacles += why_no_plan(edition.document) + why_not_content(edition)
    return obstacles


def _why_not_turn(edition: Edition, step: str) -> list[Obstacle]:
    if edition.state != EditionState.IN_REVIEW:
        message = f"版本目前为“{edition.get_state_display()}”，不在审核中"
        return [Obstacle("state", message, "请刷新页面查看最新状态")]
    expected = next_step(edition)
    if step == expected:
        return []
    words = ReviewStep(expected).label if expected else "无"
    message = f"现在的环节是“{words}”"
    return [Obstacle("step", message, "他人可能刚刚办理了，请刷新页面", "step")]


def review_edition(
    *,
    edition: Edition,
    step: str,
    opinion: str,
    actor: Actor,
    at: dt.datetime,
    basis: str = "",
    remark: str = "",
    override: str = "",
) -> Review:
    """Give the opinion of a step. A return makes it a draft again, the last consent makes it signed.

    ``override`` is the reason why one person does what takes two; it goes on a list. Raises ``RefusedError``.
    """
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        given = {"step": step, "opinion": opinion, "basis": basis, "remark": remark, "override": override}
        refuse_if(why_not_review(edition, actor=actor, at=at, **given))
        own = opinion == Opinion.PASSED and bool(why_own_work(edition, step, actor))
        review = Review.objects.create(
            edition=edition,
            round=edition.round,
            step=step,
            opinion=opinion,
            basis=basis.strip(),
            remark="；".join(filter(None, (remark.strip(), override.strip() if own else "")))[:REMARK_LENGTH],
            at=at,
            reviewer=officer_of(actor),
            is_override=own,
        )
        _move(edition, review)
        record(
            verb="disclosure.review_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={
                "number": edition.number,
                "round": edition.round,
                "step": step,
                "opinion": opinion,
                "basis": basis,
            },
            reason=review.remark,
        )
    return review


def _move(edition: Edition, review: Review) -> None:
    if review.opinion == Opinion.RETURNED:
        edition.state = EditionState.DRAFT
        edition.save(update_fields=["state"])
    elif review.step == ReviewStep.SIGN_OFF:
        edition.state = EditionState.APPROVED
        edition.approved_by, edition.approved_at = review.reviewer, review.at
        edition.save(update_fields=["state", "approved_by", "approved_at"])


def why_not_recall(edition: Edition, *, reason: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """What is on its way or signed, and not public, can be taken back; it then goes the whole way again."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    obstacles += why_not_move(edition, EditionState.DRAFT)
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明撤回理由", "请填写理由", "reason"))
    return obstacles


def recall_edition(*, edition: Edition, reason: str, actor: Actor, at: dt.datetime) -> Edition:
    """Make it a draft again. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_recall(edition, reason=reason, actor=actor, at=at))
        edition.state, edition.publish_at, edition.publish_problem = EditionState.DRAFT, None, ""
        edition.approved_by = edition.approved_at = None
        edition.save()
        record(
            verb="disclosure.recall_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "round": edition.round},
            reason=reason,
        )
    return edition


def why_not_recheck(
    edition: Edition, *, opinion: str, actor: Actor, at: dt.datetime, remark: str = ""
) -> list[Obstacle]:
    """The public page is looked at once after publication; what is wrong with it is said."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    if edition.state != EditionState.PUBLISHED:
        obstacles.append(Obstacle("state", "这一版不在线", "只核查在线的版本"))
    if edition.reviews.filter(round=edition.round, step=ReviewStep.RECHECK).exists():
        obstacles.append(Obstacle("rechecked", "已经核查过", "请刷新页面"))
    if opinion not in {Opinion.PASSED, Opinion.RETURNED}:
        obstacles.append(Obstacle("opinion", "应选择核查结果", "请选择", "opinion"))
    if opinion == Opinion.RETURNED and not remark.strip():
        obstacles.append(Obstacle("no_remark", "没有写明发现的问题", "请填写", "remark"))
    return obstacles


def recheck_edition(
    *, edition: Edition, opinion: str, actor: Actor, at: dt.datetime, remark: str = ""
) -> Review:
    """Note that the published page was looked at, and what was found. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_recheck(edition, opinion=opinion, actor=actor, at=at, remark=remark))
        review = Review.objects.create(
            edition=edition,
            round=edition.round,
            step=ReviewStep.RECHECK,
            opinion=opinion,
            remark=remark.strip(),
            at=at,
            reviewer=officer_of(actor),
        )
        record(
            verb="disclosure.recheck_edition",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "opinion": opinion},
            reason=remark,
        )
    return review
