"""Which letters can be drafted for a case today, and what stands against the others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.offers import Offer
from gongkai.foi.acts import why_not_draft
from gongkai.foi.acts.letters import new_letter
from gongkai.foi.acts.overriding import objecting_parties
from gongkai.foi.letter_facts import GIVEN
from gongkai.foi.letters.kinds import KINDS, LetterKind, Recipient
from gongkai.foi.letters.samples import sample_facts

if TYPE_CHECKING:
    from gongkai.core.errors import Obstacle
    from gongkai.foi.models import Letter, Request
    from gongkai.organisations.models import Officer

CORRECTIONS = ("answer_corrected", "answer_withdrawn")
"""Letters about an answer of this case that was served."""
OVERRIDE = "third_party_override"
SOMEBODY = "—"
FAR = dt.timedelta(days=1000)
"""Days an officer has still to say lie so far off, that only the case itself can object."""

GROUPS = ("办理过程", "征求意见、协助与转送", "答复决定", "更正、撤销与送达")


def group_of(kind: LetterKind) -> str:
    """Under which heading a letter is looked for."""
    if kind.is_decision:
        return GROUPS[2]
    if kind.recipient in {Recipient.THIRD_PARTY, Recipient.OTHER_BODY}:
        return GROUPS[1]
    return GROUPS[0] if kind.fact or kind.key == "consultation_notice" else GROUPS[3]


def correctable(request: Request) -> list[Letter]:
    """The answers of a case that were served and still stand."""
    found = request.letters.filter(decision__isnull=False, decision__replaced_by=None)
    return list(found.select_related("decision"))


def choices(request: Request, officer: Officer, now: dt.datetime) -> list[tuple[str, list[Offer]]]:
    """Every kind under its heading, as a way to where it is drafted or with the reasons why not."""
    groups: dict[str, list[Offer]] = {name: [] for name in GROUPS}
    parties, answers = objecting_parties(request), correctable(request)
    for kind in KINDS.values():
        example = _example(request, kind, parties, answers, officer, now)
        groups[group_of(kind)].append(_offer(request, kind, why_not_draft(example, actor=officer, at=now)))
    return list(groups.items())


def _offer(request: Request, kind: LetterKind, obstacles: list[Obstacle]) -> Offer:
    address = reverse("console:letter_add", args=[request.pk, kind.key])
    return Offer(kind.title, address, obstacles, kind.article)


def _example(
    request: Request,
    kind: LetterKind,
    parties: list[str],
    answers: list[Letter],
    officer: Officer,
    now: dt.datetime,
) -> Letter:
    """The letter as it might be drafted today, so that the case can be asked."""
    replaces = answers[-1] if answers and kind.key in CORRECTIONS else None
    letter = new_letter(
        request,
        kind=kind.key,
        outcome=replaces.decision.outcome if replaces and replaces.decision else "",
        recipient=_recipient(kind, parties),
        facts=_facts(kind, timezone.localdate(now)),
        replaces=replaces,
        actor=officer,
        at=now,
    )
    letter.text = SOMEBODY
    return letter


def _recipient(kind: LetterKind, parties: list[str]) -> str:
    if kind.recipient not in {Recipient.THIRD_PARTY, Recipient.OTHER_BODY}:
        return ""
    return parties[0] if parties and kind.key == OVERRIDE else SOMEBODY


def _facts(kind: LetterKind, today: dt.date) -> dict[str, Any]:
    sample = sample_facts(kind)
    facts = {name: getattr(sample, name) for name in GIVEN if getattr(sample, name, None) is not None}
    facts = {name: today + FAR if isinstance(value, dt.date) else value for name, value in facts.items()}
    if "extension_workdays" in facts:
        facts["extension_workdays"] = 1
    return facts | ({"basis": "by_page", "quantity": 31} if sample.fee else {})
