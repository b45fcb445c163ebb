"""Reading cases, and what an officer should look at once more."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from gongkai.disputes.models import Dispute, Route
from gongkai.foi.models import Request
from gongkai.law.outcomes import (
    OUTCOMES,
    REVIEW_FIRST_FROM,
    ReviewPolicy,
    review_first,
    review_first_for_silence,
)
from gongkai.organisations.models import Body


def open_disputes(body: Body) -> QuerySet[Dispute]:
    """Cases of a body that are not concluded, oldest first."""
    return Dispute.objects.filter(body=body, concluded_on__isnull=True).order_by("filed_on", "pk")


def notes_on_dispute(dispute: Dispute, policy: ReviewPolicy = ReviewPolicy.DENIAL_ONLY) -> list[str]:
    """What does not stop the case from being kept but is probably a mistake, in Chinese."""
    if dispute.route == Route.DIRECT:
        return _notes_on_direct(dispute, policy)
    if dispute.route == Route.AFTER_REVIEW and dispute.request is None and not dispute.as_reviewing_organ:
        return ["复议后起诉的案件没有关联申请，无法核对此前的行政复议是否登记"]
    return []


def _notes_on_direct(dispute: Dispute, policy: ReviewPolicy) -> list[str]:
    """Review comes first for refusals and for silence from 2024-01-01 on (行政复议法 art. 23)."""
    request = dispute.request
    if dispute.filed_on < REVIEW_FIRST_FROM:
        return []
    if request is None:
        return [
            f"{REVIEW_FIRST_FROM}起，对不予公开的决定应先申请行政复议；本案未关联申请，请核对是否属于该情形"
        ]
    doubt = _why_review_came_first(request, dispute.filed_on, policy)
    return [f"{doubt}，依照行政复议法第二十三条应先申请行政复议，请核对本案是否确为直接起诉"] if doubt else []


def _why_review_came_first(request: Request, filed_on: dt.date, policy: ReviewPolicy) -> str:
    decision = request.decisions.filter(replaced_by=None).first()
    if decision is not None:
        ending = OUTCOMES[decision.outcome]
        first = review_first(ending, decision.decided_on, policy)
        return f"申请{request.number}的答复是“{ending.name}”（{decision.decided_on}作出）" if first else ""
    silent = request.closed_on is None and review_first_for_silence(filed_on)
    return f"申请{request.number}尚未答复，属于不履行法定职责" if silent else ""
