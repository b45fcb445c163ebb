"""What stands against a letter as an answer: the outcome, a second answer, a third party that objects."""

from __future__ import annotations

import datetime as dt

from gongkai.core.errors import Obstacle
from gongkai.foi.acts.closing import why_outcome_wrong
from gongkai.foi.acts.overriding import objecting_parties
from gongkai.foi.clock import clock_of
from gongkai.foi.letters.kinds import kind_of
from gongkai.foi.models import Letter, Request
from gongkai.foi.models.letters import LetterState
from gongkai.foi.rules import why_not_received, why_over
from gongkai.law.clock import Move

CORRECTION, WITHDRAWAL = "answer_corrected", "answer_withdrawn"
DISCLOSING = frozenset({"granted"})
"""Outcomes that give out what a third party objects to as well; a partial one leaves it out."""


def is_answer(letter: Letter) -> bool:
    """Whether serving the letter ends the case, or puts an answer in the place of another."""
    return letter.kind == CORRECTION or kind_of(letter.kind).fact == "answered"


def why_not_answer_with(letter: Letter, *, on: dt.date) -> list[Obstacle]:
    """Everything that stands against this letter being the answer; nothing for a letter that is none."""
    if letter.kind in {CORRECTION, WITHDRAWAL}:
        return _why_not_in_place(letter, on)
    if not is_answer(letter):
        return []
    request = letter.request
    found = [
        *why_over(request),
        *why_not_received(request),
        *why_outcome_wrong(request, letter.outcome),
        *_why_objected(letter, on),
    ]
    others = request.letters.exclude(pk=letter.pk).exclude(kind=letter.kind)
    others = others.filter(state__in=[LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.SIGNED])
    rival = next((one for one in others if is_answer(one)), None)
    if rival is not None:
        message = f"本件已有另一份答复《{rival.title}》{rival.number}在办理"
        found.append(Obstacle("second_answer", message, "一件申请只作一个答复，请先作废其中一份"))
    return found


def _why_objected(letter: Letter, on: dt.date) -> list[Obstacle]:
    """条例 art. 32: against a third party's will only in the public interest, and it is told why."""
    if letter.outcome not in DISCLOSING:
        return []
    waiting = clock_waits(letter.request, on)
    remedy = "不予公开或者部分公开；为重大公共利益公开的，请先书面告知第三方内容和理由（条例第三十二条）"
    found = [
        Obstacle("objected", f"{party}不同意公开", remedy, "outcome")
        for party in objecting_parties(letter.request)
    ]
    if waiting:
        message = f"正在征求第三方意见：{'、'.join(waiting)}"
        found.append(Obstacle("still_asked", message, "请在收到意见或者期限届满以后再决定公开", "outcome"))
    return found


def clock_waits(request: Request, on: dt.date) -> tuple[str, ...]:
    """The third parties whose opinion is still awaited on a day."""
    if request.received_on is None or request.closed_on is not None:
        return ()
    clock = clock_of(request, as_of=max(on, request.received_on))
    return clock.waits_for if clock.move is Move.THIRD_PARTY else ()


def _why_not_in_place(letter: Letter, on: dt.date) -> list[Obstacle]:
    """A correction or a withdrawal is of an answer of this case that was served and still stands."""
    former = letter.replaces
    if former is None or former.request_id != letter.request_id or former.decision is None:
        return [
            Obstacle(
                "nothing_to_correct", "没有选择需要更正或者撤销的答复", "请选择已经送达的答复", "replaces"
            )
        ]
    found = []
    if former.decision.replaced_by_id is not None:
        found.append(Obstacle("replaced", f"{former.number}已被更正", "请更正最新的答复", "replaces"))
    if former.replaced_by.filter(kind=WITHDRAWAL, state=LetterState.ISSUED).exists():
        found.append(
            Obstacle("withdrawn", f"{former.number}已被撤销", "请在重新办理的申请上答复", "replaces")
        )
    if letter.kind == CORRECTION:
        found += why_outcome_wrong(letter.request, letter.outcome)
        found += _why_objected(letter, on)
    return found
