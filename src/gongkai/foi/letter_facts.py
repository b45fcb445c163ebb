"""What a letter is filled from: what the case knows by itself, and what the officer says for this letter.

``Letter.facts`` keeps the officer's part only, as JSON: names of ``letters.facts.LetterFacts``, days as ISO text. The
applicant's data is never copied there; it is read from the applicant when the letter is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.core.errors import Obstacle
from gongkai.foi.clock import clock_facts, clock_of
from gongkai.foi.enums import ApplicantKind, FactKind
from gongkai.foi.letters.facts import BodyFacts, LetterFacts, Service, Withheld
from gongkai.foi.letters.kinds import Recipient, kind_of
from gongkai.foi.models import CaseFact, Decision, FeeBasis, Letter, Request
from gongkai.foi.withholding import withheld_of
from gongkai.law.clock import ClockError, compute
from gongkai.law.facts import Extended
from gongkai.law.fees import Fee, FeeError, compute_fee
from gongkai.organisations.models import Body

OF_THE_CASE = frozenset(
    {
        "body", "number", "issued_on", "applicant", "applicant_is_person", "request_number", "received_on", "channel",
        "subject", "description", "wanted_form", "due_note", "query_code", "query_address", "recipient", "outcome",
        "clarify_notified_on", "clarify_received_on", "reasons_requested_on", "former_due_on", "fee",
        "fee_notified_on", "former_number", "former_on", "withdrawn_on", "service",
    }
)  # fmt: skip
"""What the case or the system knows; an officer does not say it."""

_CHARGE = {"basis": "str", "quantity": "int", "already": "int"}
GIVEN = {
    one.name: str(one.type).removesuffix(" | None")
    for one in fields(LetterFacts)
    if one.name not in OF_THE_CASE
} | _CHARGE
"""What an officer may say, with its type; ``fee`` comes of basis, quantity and earlier items."""


def why_facts_wrong(facts: Mapping[str, object]) -> list[Obstacle]:
    """Names no letter knows, and values that are not of their kind."""
    found = []
    for name, value in facts.items():
        if name not in GIVEN:
            found.append(Obstacle("unknown_fact", f"文书没有“{name}”这一要素", "请删去", name))
        elif not _unknown(value):
            try:
                _read(GIVEN[name], value)
            except (TypeError, ValueError, KeyError):
                found.append(Obstacle("bad_fact", f"“{name}”的内容不正确", "请核对格式", name))
    return found


def storable_facts(facts: Mapping[str, object]) -> dict[str, Any]:
    """As they are kept: days as text, tuples as lists, what is not known left out."""
    return {name: _plain(value) for name, value in facts.items() if not _unknown(value)}


def _unknown(value: object) -> bool:
    return value is None or value in ("", (), [])


def _plain(value: object) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Withheld):
        return {"part": value.part, "reason": value.reason, "basis": value.basis}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _read(kind: str, value: object) -> Any:
    """A stored value as its type. Raises ValueError, TypeError or KeyError for one that is not."""
    if kind in {"date", "dt.date"}:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(_text(value))
    if kind == "int":
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(value)
        return value
    if kind == "bool":
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if kind.startswith("tuple"):
        if not isinstance(value, list | tuple):
            raise TypeError(value)
        return tuple(_withheld(one) if "Withheld" in kind else _text(one) for one in value)
    return _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _withheld(value: object) -> Withheld:
    if isinstance(value, Withheld):
        return value
    if not isinstance(value, dict):
        raise TypeError(value)
    return Withheld(_text(value["part"]), _text(value["reason"]), _text(value["basis"]))


def letter_facts(letter: Letter, *, on: dt.date) -> LetterFacts:
    """Everything the letter may tell, as the case stands on a day; its number once it has one."""
    request = letter.request
    given = {
        name: _read(GIVEN[name], value)
        for name, value in letter.facts.items()
        if name in GIVEN and name not in _CHARGE
    }
    to_others = kind_of(letter.kind).recipient in {Recipient.THIRD_PARTY, Recipient.OTHER_BODY}
    known: dict[str, Any] = {
        **_of_request(request),
        **_of_days(request, on),
        **_of_former(letter),
        **_of_extension(letter, on),
        **_of_correction(letter),
        "fee": fee_told(request, letter.facts, on),
        "recipient": letter.recipient if to_others else "",
        "outcome": letter.outcome,
        "service": _service(letter),
        "withheld": withheld_of(request) if letter.kind == "partial" else (),
        "number": letter.number,
        "issued_on": on,
    }
    return LetterFacts(body=body_facts(request.body), **{**known, **given})


def _service(letter: Letter) -> Service | None:
    """The proof of service is about the newest letter that was signed."""
    if letter.kind != "service_receipt":
        return None
    about = letter.request.letters.exclude(kind=letter.kind).exclude(number="").last()
    if about is None:
        return None
    sent = about.dispatches.last()
    return Service(
        letter_title=about.title,
        letter_number=about.number,
        recipient=about.recipient,
        method=sent.get_method_display() if sent else "",
        address=letter.request.applicant.address,
        sent_on=sent.sent_on if sent else None,
        tracking_number=sent.tracking_number if sent else "",
    )


def body_facts(body: Body) -> BodyFacts:
    """What letters say of the body."""
    return BodyFacts(
        name=body.name,
        short_name=body.display_name,
        office=body.office,
        address=body.address,
        office_hours=body.office_hours,
        phone=body.phone,
        review_organ=body.review_organ,
        court=body.court,
    )


def _of_request(request: Request) -> dict[str, Any]:
    return {
        "applicant": request.applicant.name,
        "applicant_is_person": request.applicant_kind == ApplicantKind.NATURAL,
        "request_number": request.number,
        "received_on": request.received_on,
        "channel": request.get_channel_display(),
        "subject": request.subject,
        "description": request.description,
        "wanted_form": "、".join(filter(None, (request.wanted_form, request.wanted_delivery))),
    }


_DAYS = {
    "clarify_notified_on": FactKind.CLARIFICATION_NOTIFIED,
    "clarify_received_on": FactKind.CLARIFICATION_RECEIVED,
    "reasons_requested_on": FactKind.REASONS_REQUESTED,
    "fee_notified_on": FactKind.FEE_NOTIFIED,
    "withdrawn_on": FactKind.WITHDRAWN,
}


def _of_days(request: Request, on: dt.date) -> dict[str, Any]:
    if request.received_on is None:
        return {}
    standing: dict[str, CaseFact] = {
        fact.kind: fact for fact in request.facts.filter(cancelled_at=None).order_by("on", "pk")
    }
    days = {name: standing[kind].on for name, kind in _DAYS.items() if kind in standing}
    asked = standing.get(FactKind.CLARIFICATION_NOTIFIED)
    if asked is not None:
        days["clarify_by"] = dt.date.fromisoformat(asked.detail["deadline_on"])
    clock = clock_of(request, as_of=max(on, request.received_on))
    return {**days, "due_on": clock.due_on, "former_due_on": clock.due_on, "due_note": clock.summary}


def _of_extension(letter: Letter, on: dt.date) -> dict[str, Any]:
    """An extension tells the new day, as if the applicant were told today (条例 art. 33)."""
    workdays = letter.facts.get("extension_workdays")
    if letter.kind != "extension" or not isinstance(workdays, int) or letter.request.received_on is None:
        return {}
    facts = [*clock_facts(letter.request), Extended(on, workdays, "负责人", on)]
    try:
        clock = compute(facts, current_calendar(), on)
    except ClockError:
        return {}
    return {"due_on": clock.due_on, "due_note": clock.summary}


def _of_former(letter: Letter) -> dict[str, Any]:
    """The answer this one corrects; else the newest one to the applicant that still stands."""
    former = letter.replaces.decision if letter.replaces else None
    former = former or Decision.objects.filter(request=letter.request, replaced_by=None).last()
    if former is None and letter.kind == "reject_repeat":
        former = _answered_before(letter.request)
    return {} if former is None else {"former_number": former.number, "former_on": former.decided_on}


def _answered_before(request: Request) -> Decision | None:
    """The newest standing answer to the same applicant about the same information (条例 art. 36(6))."""
    same = Decision.objects.filter(request__applicant=request.applicant, request__subject=request.subject)
    return same.filter(replaced_by=None).exclude(request=request).last()


def _of_correction(letter: Letter) -> dict[str, Any]:
    """A letter about one's own data tells the day that was asked, not the request's (条例 art. 41)."""
    asked = letter.request.corrections.first() if letter.kind.startswith("record_") else None
    return {} if asked is None else {"received_on": timezone.localdate(asked.asked_at)}


def fee_told(request: Request, facts: Mapping[str, Any], on: dt.date) -> Fee | None:
    """The fee by what the officer counted; that of the notice on file where there is one."""
    notice = request.fee_notices.first()
    basis = notice.basis if notice else facts.get("basis")
    quantity = notice.quantity if notice else facts.get("quantity")
    if not isinstance(quantity, int) or basis not in FeeBasis.values:
        return None
    try:
        if basis == FeeBasis.BY_PAGE:
            return compute_fee(on=request.received_on or on, pages=quantity)
        return compute_fee(on=request.received_on or on, items=quantity, already=facts.get("already") or 0)
    except FeeError:
        return None
