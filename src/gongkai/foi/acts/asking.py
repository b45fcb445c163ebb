"""After the answer: correcting information about oneself (条例 art. 41), proposing disclosure to all (art. 44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.materials import files_or_nothing
from gongkai.foi.acts.own import HandedIn, keep_files, why_files_not_taken, why_not_own
from gongkai.foi.models import DisclosureProposal, InformationCorrection, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.models.online import CorrectionResult
from gongkai.foi.rules import why_not_handle, why_set_aside
from gongkai.organisations.rules import officer_of


def _why_not_answered(request: Request) -> list[Obstacle]:
    if request.closed_on is not None:
        return []
    return why_set_aside(request) or [
        Obstacle("open", f"申请{request.number}还没有答复", "请在收到答复以后提出")
    ]


def why_not_ask_correction(
    request: Request, *, files: Sequence[HandedIn] = (), actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Not his, not answered yet, or a correction that is still being looked into."""
    del at  # the same at any time; every obstacle function takes it
    found = [
        *why_not_own(request, actor),
        *_why_not_answered(request),
        *why_files_not_taken(request, files),
    ]
    if request.corrections.filter(answered_at=None).exists():
        found.append(Obstacle("again", "已经提出更正，正在办理", "请等待答复"))
    return found


def ask_correction(
    *,
    request: Request,
    information: str,
    wanted: str,
    evidence: str,
    files: Sequence[HandedIn] = (),
    actor: Actor,
    at: dt.datetime,
) -> InformationCorrection:
    """Ask that wrong information about oneself be corrected, with evidence. Raises RefusedError."""
    with files_or_nothing(), transaction.atomic():
        request = lock_one(request)
        asked = InformationCorrection(
            request=request,
            information=information.strip(),
            wanted=wanted.strip(),
            evidence=evidence.strip(),
            asked_at=at,
        )
        refuse_if([*why_not_ask_correction(request, files=files, actor=actor, at=at), *why_row_wrong(asked)])
        asked.save()
        keep_files(request, MaterialKind.OTHER, files, actor=actor, at=at)
        _record("foi.ask_correction", request, actor, correction=asked.pk)
    return asked


def _record(verb: str, request: Request, actor: Actor, **detail: object) -> None:
    record(verb=verb, actor=actor, target=request, body=request.body, detail=dict(detail))


def why_not_answer_correction(
    correction: InformationCorrection, *, result: str, answer: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Answered already, no such result, or nothing said."""
    found = why_not_handle(correction.request.body, actor=actor, at=at)
    if correction.answered_at is not None:
        message = f"已答复：{correction.get_result_display()}"
        found.append(Obstacle("answered", message, "无须再次答复"))
    if result not in CorrectionResult.values:
        found.append(Obstacle("result", "请选择处理结果", "请重新选择", "result"))
    if not answer.strip():
        message = "没有填写答复；不予更正的写明理由，转送或者告知的写明有权机关"
        found.append(Obstacle("no_answer", message, "请填写", "answer"))
    return found


def answer_correction(
    *, correction: InformationCorrection, result: str, answer: str, actor: Actor, at: dt.datetime
) -> InformationCorrection:
    """Say what becomes of it; the letter is a letter of the case. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(correction.request)
        correction = lock_one(correction)
        refuse_if(why_not_answer_correction(correction, result=result, answer=answer, actor=actor, at=at))
        correction.result, correction.answer = result, answer.strip()
        correction.answered_at, correction.answered_by = at, officer_of(actor)
        correction.save(update_fields=["result", "answer", "answered_at", "answered_by"])
        _record("foi.answer_correction", request, actor, correction=correction.pk, result=result)
    return correction


def why_not_propose(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not his, not answered yet, or a proposal that is still being looked into."""
    del at  # as above
    found = [*why_not_own(request, actor), *_why_not_answered(request)]
    if request.proposals.filter(answered_at=None).exists():
        found.append(Obstacle("again", "已经提出建议，正在研究", "请等待答复"))
    return found


def propose_disclosure(*, request: Request, text: str, actor: Actor, at: dt.datetime) -> DisclosureProposal:
    """Propose that what was asked be public to all. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        made = DisclosureProposal(request=request, text=text.strip(), made_at=at)
        refuse_if([*why_not_propose(request, actor=actor, at=at), *why_row_wrong(made, exclude=["accepted"])])
        made.save()
        _record("foi.propose_disclosure", request, actor, proposal=made.pk)
    return made


def why_not_answer_proposal(
    proposal: DisclosureProposal, *, answer: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Answered already, or nothing said."""
    found = why_not_handle(proposal.request.body, actor=actor, at=at)
    if proposal.answered_at is not None:
        found.append(Obstacle("answered", "已经答复", "无须再次答复"))
    if not answer.strip():
        found.append(Obstacle("no_answer", "没有填写答复", "请填写是否采纳和理由", "answer"))
    return found


def answer_proposal(
    *, proposal: DisclosureProposal, accepted: bool, answer: str, actor: Actor, at: dt.datetime
) -> DisclosureProposal:
    """Say whether it will be public to all (条例 art. 44: what may be public is to be published). Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(proposal.request)
        proposal = lock_one(proposal)
        refuse_if(why_not_answer_proposal(proposal, answer=answer, actor=actor, at=at))
        proposal.accepted, proposal.answer = accepted, answer.strip()
        proposal.answered_at, proposal.answered_by = at, officer_of(actor)
        proposal.save(update_fields=["accepted", "answer", "answered_at", "answered_by"])
        _record("foi.answer_proposal", request, actor, proposal=proposal.pk, accepted=accepted)
    return proposal
