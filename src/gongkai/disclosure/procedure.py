"""The way of an edition to publication (条例 art. 17; 先审查后公开、一事一审): which steps, which is next, who may not.

Reviews are facts, one per step and round; what comes next is computed from them. A returned edition starts a new round.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle
from gongkai.disclosure.enums import Attribute, DocumentKind, Opinion, ReviewStep
from gongkai.disclosure.models import Document, Edition, InterpretationPlan, PublishingRules, Review
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission

BEFORE_PUBLICATION = (ReviewStep.UNIT, ReviewStep.SECRECY, ReviewStep.LEGAL, ReviewStep.SIGN_OFF)
PERMISSION_FOR: dict[str, Permission] = {
    ReviewStep.UNIT: Permission.HANDLE,
    ReviewStep.SECRECY: Permission.HANDLE,
    ReviewStep.LEGAL: Permission.HANDLE,
    ReviewStep.SIGN_OFF: Permission.APPROVE,
    ReviewStep.RECHECK: Permission.HANDLE,
}


def rules_of(body: Body) -> PublishingRules:
    """What the body settled, or the defaults."""
    return PublishingRules.objects.filter(body=body).first() or PublishingRules(body=body)


def rules_by_body(bodies: Iterable[Body]) -> dict[int, PublishingRules]:
    """The rules of several bodies in one query, by the key of the body."""
    found = {one.pk: PublishingRules(body=one) for one in bodies}
    return found | {one.body_id: one for one in PublishingRules.objects.filter(body__in=list(found))}


def steps_for(document: Document, rules: PublishingRules | None = None) -> tuple[ReviewStep, ...]:
    """The steps before publication; a check of legality only for the kinds that want one."""
    rules = rules or rules_of(document.body)
    legal = document.kind in rules.legal_kinds
    return tuple(step for step in BEFORE_PUBLICATION if legal or step != ReviewStep.LEGAL)


def reviews_of_round(edition: Edition) -> list[Review]:
    """The reviews since the last submission, oldest first."""
    return list(edition.reviews.filter(round=edition.round).select_related("reviewer", "confirmed_by"))


def next_step(
    edition: Edition, reviews: Iterable[Review] | None = None, rules: PublishingRules | None = None
) -> ReviewStep | None:
    """The step whose turn it is; None when all are done. A list gives what it read at once for all."""
    found = reviews_of_round(edition) if reviews is None else reviews
    done = {one.step for one in found if one.round == edition.round and one.opinion == Opinion.PASSED}
    return next((step for step in steps_for(edition.document, rules) if step not in done), None)


def why_own_work(edition: Edition, step: str, actor: Actor) -> list[Obstacle]:
    """Nobody reviews what he drafted or submitted, and who reviewed its secrecy does not sign it."""
    if not isinstance(actor, Officer):
        return []
    label = ReviewStep(step).label
    if actor.pk in {edition.created_by_id, edition.edited_by_id, edition.submitted_by_id}:
        message = f"您起草或者送审了这一版，不能由您{label}"
        return [Obstacle("own_work", message, "请由其他人员办理；确无他人的，填写例外理由", "override")]
    if step == ReviewStep.SIGN_OFF and any(
        one.round == edition.round and one.step == ReviewStep.SECRECY and one.reviewer_id == actor.pk
        for one in edition.reviews.all()
    ):
        message = "您已对这一版作了保密审查，不能再由您签发"
        return [Obstacle("own_review", message, "请由其他人员签发；确无他人的，填写例外理由", "override")]
    return []


def needs_plan(document: Document, rules: PublishingRules | None = None) -> bool:
    """Whether the document is a policy whose sign-off asks for a plan of interpretation."""
    rules = rules or rules_of(document.body)
    return document.attribute == Attribute.PROACTIVE and document.kind in rules.interpretation_kinds


def plan_of(document: Document) -> InterpretationPlan | None:
    """The plan, when there is one."""
    return InterpretationPlan.objects.filter(document=document).first()


def why_no_plan(document: Document) -> list[Obstacle]:
    """A policy is signed with its interpretation planned, or with the reason why it has none."""
    if document.first_published_at is not None or not needs_plan(document) or plan_of(document) is not None:
        return []
    message = "还没有提出解读方案"
    remedy = "政策文件与解读应同步部署：请先填写解读方案，或者说明不解读的理由"
    return [Obstacle("no_plan", message, remedy, "plan")]


def why_not_interpreting(document: Document) -> list[Obstacle]:
    """An interpretation names what it interprets, and comes from who drafted that (谁起草谁解读)."""
    if document.kind != DocumentKind.INTERPRETATION:
        return []
    policy = document.interprets
    if policy is None:
        return [Obstacle("no_policy", "没有写明解读的是哪一件文件", "请填写所解读文件的索引号", "interprets")]
    if policy.unit_id is not None and document.unit_id != policy.unit_id:
        message = f"被解读的文件由{policy.unit}起草，解读也应由其起草"
        return [Obstacle("not_drafter", message, "请将起草机构改为该机构", "unit")]
    return []
