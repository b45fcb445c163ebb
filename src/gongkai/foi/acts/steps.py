"""What a letter does to its case on the day it leaves: the dated fact bound to its kind.

A letter of a kind without one (an assistance letter, a receipt) changes nothing but the file. A decision is no step:
it acts on the day it is served (``serving``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.calendars.queries import current_calendar
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle
from gongkai.foi.acts.closing import LAPSED_UNCLARIFIED, LAPSED_UNPAID, lapse_request, why_not_lapse
from gongkai.foi.acts.facts import record_fact, why_not_record
from gongkai.foi.acts.fees import Charge, issue_fee_notice, why_not_issue_fee_notice
from gongkai.foi.acts.overriding import record_override, why_not_override
from gongkai.foi.enums import FactKind
from gongkai.foi.letters.kinds import kind_of
from gongkai.foi.models import Letter
from gongkai.law.timeline import CLARIFICATION_NOTICE_WORKDAYS
from gongkai.organisations.rules import officer_of


@dataclass(frozen=True)
class Step:
    """A letter on the day it leaves, and who sends it."""

    letter: Letter
    on: dt.date
    actor: Actor
    at: dt.datetime
    amendment: str = ""

    @property
    def by(self) -> dict[str, Any]:
        """Who, when, and why in a published year: what every act takes."""
        return {"actor": self.actor, "at": self.at, "amendment": self.amendment}


def has_step(letter: Letter) -> bool:
    """Whether the letter changes its case when it leaves."""
    return _rule_of(letter) is not None


def why_step_refused(step: Step) -> list[Obstacle]:
    """What the case says against this letter leaving on this day."""
    rule = _rule_of(step.letter)
    return [] if rule is None else rule.why_not(step)


def take_step(step: Step) -> None:
    """Record on the case what the letter does. Raises RefusedError; call it inside a transaction."""
    rule = _rule_of(step.letter)
    if rule is not None:
        rule.do(step)


@dataclass(frozen=True)
class _Rule:
    why_not: Callable[[Step], list[Obstacle]]
    do: Callable[[Step], object]


def _fact(kind: FactKind, detail: Callable[[Step], Mapping[str, object]]) -> _Rule:
    """A letter that is one dated fact, with these notes."""

    def why_not(step: Step) -> list[Obstacle]:
        notes = detail(step)
        return why_not_record(step.letter.request, kind=kind, on=step.on, detail=notes, **step.by)

    def do(step: Step) -> object:
        return record_fact(
            request=step.letter.request,
            kind=kind,
            on=step.on,
            detail=detail(step),
            document_number=step.letter.number,
            **step.by,
        )

    return _Rule(why_not, do)


def _clarification() -> _Rule:
    rule = _fact(
        FactKind.CLARIFICATION_NOTIFIED, lambda step: {"deadline_on": step.letter.facts.get("clarify_by")}
    )
    return _Rule(lambda step: rule.why_not(step) or _why_late(step), rule.do)


def _why_late(step: Step) -> list[Obstacle]:
    """条例 art. 30: within seven workdays. What was sent late on paper is recorded as a fact, with its notice."""
    received_on = step.letter.request.received_on
    if received_on is None:
        return []
    last = current_calendar().add_workdays(received_on, CLARIFICATION_NOTICE_WORKDAYS).day
    if step.on <= last:
        return []
    message = f"补正应在收到申请之日起7个工作日内（{last}前）告知，{step.on}已经逾期（条例第三十条）"
    return [Obstacle("clarification_late", message, "请按现有内容作出答复")]


def _extension(step: Step) -> dict[str, object]:
    """The head of the office agrees by signing; who sends the letter tells the applicant (条例 art. 33)."""
    signer = step.letter.signed_by or officer_of(step.actor)
    return {
        "workdays": step.letter.facts.get("extension_workdays"),
        "approved_by": signer.name if signer else step.actor.name_for_record,
        "told_on": step.on,
    }


def _charge(step: Step) -> Charge:
    facts = step.letter.facts
    return Charge(
        basis=str(facts.get("basis", "")),
        quantity=_number(facts.get("quantity")),
        notified_on=step.on,
        already=_number(facts.get("already")),
    )


def _number(value: object) -> int:
    """A whole number, or zero, which no charge has."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _issue_fee(step: Step) -> object:
    charge = _charge(step)
    return issue_fee_notice(
        request=step.letter.request,
        basis=charge.basis,
        quantity=charge.quantity,
        notified_on=charge.notified_on,
        already=charge.already,
        document_number=step.letter.number,
        **step.by,
    )


def _why_no_lapse(step: Step) -> list[Obstacle]:
    """After the case was closed the letter tells what was recorded."""
    request = step.letter.request
    if request.closed_on is None:
        return why_not_lapse(request, on=step.on, **step.by)
    if request.outcome in {LAPSED_UNCLARIFIED, LAPSED_UNPAID}:
        return []
    return [Obstacle("not_lapsed", f"申请{request.number}不是因逾期办结的", "请核对文书种类", "kind")]


def _lapse(step: Step) -> object:
    request = step.letter.request
    return None if request.closed_on is not None else lapse_request(request=request, on=step.on, **step.by)


def _override(act: Callable[..., Any]) -> Callable[[Step], Any]:
    def do(step: Step) -> Any:
        letter = step.letter
        party, reason = _party(step), str(letter.facts.get("disclosed_reasons", ""))
        return act(letter.request, party=party, reason=reason, on=step.on, number=letter.number, **step.by)

    return do


def _party(step: Step) -> str:
    """Whom the letter is written to is who was asked."""
    return str(step.letter.recipient)


_LAPSE = _Rule(_why_no_lapse, _lapse)
_RULES: dict[str, _Rule] = {
    FactKind.CLARIFICATION_NOTIFIED: _clarification(),
    FactKind.REASONS_REQUESTED: _fact(FactKind.REASONS_REQUESTED, lambda _: {}),
    FactKind.TERM_SET: _fact(
        FactKind.TERM_SET, lambda step: {"due_on": step.letter.facts.get("due_on"), "told_on": step.on}
    ),
    FactKind.EXTENDED: _fact(FactKind.EXTENDED, _extension),
    FactKind.THIRD_PARTY_CONSULTED: _fact(
        FactKind.THIRD_PARTY_CONSULTED, lambda step: {"party": _party(step)}
    ),
    FactKind.CO_AUTHOR_CONSULTED: _fact(FactKind.CO_AUTHOR_CONSULTED, lambda step: {"body": _party(step)}),
    FactKind.FEE_NOTIFIED: _Rule(
        lambda step: why_not_issue_fee_notice(step.letter.request, _charge(step), **step.by), _issue_fee
    ),
    FactKind.CLARIFICATION_LAPSED: _LAPSE,
    FactKind.FEE_LAPSED: _LAPSE,
    FactKind.THIRD_PARTY_OVERRIDDEN: _Rule(_override(why_not_override), _override(record_override)),
}


def _rule_of(letter: Letter) -> _Rule | None:
    return _RULES.get(kind_of(letter.kind).fact)
