"""A signed letter leaves the house: what it does to the case is recorded in the same moment."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.answering import WITHDRAWAL, is_answer, why_not_answer_with
from gongkai.foi.acts.letters import why_in_state
from gongkai.foi.acts.redoing import Ground, reopen_request, why_not_reopen
from gongkai.foi.acts.steps import Step, has_step, take_step, why_step_refused
from gongkai.foi.letter_text import is_intact
from gongkai.foi.models import Letter
from gongkai.foi.models.letters import LetterState
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.organisations.amendments import record_dated


def why_not_leave(letter: Letter, *, on: dt.date, at: dt.datetime) -> list[Obstacle]:
    """A letter leaves on or after the day it was signed, as it was signed, and not in the future."""
    found = why_future(at, on=on)
    if letter.signed_at is not None and on < timezone.localdate(letter.signed_at):
        message = f"发出日期{on}早于签发日期{timezone.localdate(letter.signed_at)}"
        found.append(Obstacle("early", message, "请核对日期", "on"))
    if letter.digest and not is_intact(letter):
        found.append(Obstacle("altered", "文书与签发时不一致", "请作废后重新拟稿、签发"))
    return found


def why_not_issue(
    letter: Letter, *, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Everything that stands against the letter leaving on this day."""
    found = [
        *why_in_state(letter, LetterState.SIGNED),
        *why_not_leave(letter, on=on, at=at),
    ]
    if is_answer(letter):
        found.append(Obstacle("serve", "答复决定以送达为准", "请办理“送达”"))
    step = Step(letter, on, actor, at, amendment)
    if not has_step(letter):
        body = letter.request.body
        handled = why_not_handle(body, actor=actor, at=at, years=[on.year], amendment=amendment)
        return [*handled, *found, *_why_not_withdraw(step)]
    return found or why_step_refused(step)


def _why_not_withdraw(step: Step) -> list[Obstacle]:
    if step.letter.kind != WITHDRAWAL:
        return []
    return why_not_answer_with(step.letter, on=step.on) or why_not_reopen(
        step.letter.request, ground=Ground.OWN, received_on=step.on, reason=_reason(step.letter), **step.by
    )


def _reason(letter: Letter) -> str:
    return str(letter.facts.get("reasons", "")) or letter.title


def issue_letter(
    *, letter: Letter, on: dt.date, actor: Actor, at: dt.datetime, amendment: str = ""
) -> Letter:
    """Send a signed letter that is no answer: its dated fact is recorded on the case. Raises RefusedError.

    Withdrawing an answer opens the request anew (``redoing``). How the letter got there is a dispatch of its own.
    """
    with transaction.atomic():
        letter = locked_for_leaving(letter)
        refuse_if(why_not_issue(letter, on=on, actor=actor, at=at, amendment=amendment))
        leave(Step(letter, on, actor, at, amendment))
    return letter


def locked_for_leaving(letter: Letter) -> Letter:
    """The body, the case, the letter, in this order: closing a case takes the body's lock too."""
    lock_one(letter.request.body)
    request = lock_one(letter.request)
    letter = lock_one(letter)
    letter.request = request
    return letter


def leave(step: Step) -> None:
    """Mark a letter as issued and take its step; the obstacles were asked."""
    letter = step.letter
    letter.state = LetterState.ISSUED
    letter.issued_at = _moment(step)
    letter.save(update_fields=["state", "issued_at"])
    take_step(step)
    if letter.kind == WITHDRAWAL:
        reopen_request(
            request=letter.request, ground=Ground.OWN, received_on=step.on, reason=_reason(letter), **step.by
        )
    record_dated(
        verb="foi.issue_letter",
        actor=step.actor,
        target=letter.request,
        body=letter.request.body,
        years=[step.on.year],
        amendment=step.amendment,
        detail={"letter": letter.pk, "number": letter.number, "on": step.on},
    )


def _moment(step: Step) -> dt.datetime:
    """Now, or noon of the day that is recorded afterwards."""
    if timezone.localdate(step.at) == step.on:
        return step.at
    return timezone.make_aware(dt.datetime.combine(step.on, dt.time(12)))
