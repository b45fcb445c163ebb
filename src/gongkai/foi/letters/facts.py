"""What letters are filled from: plain values of a case. Everything a kind does not use may stay empty."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.law.fees import Fee
from gongkai.law.outcomes import ReviewPolicy


@dataclass(frozen=True)
class BodyFacts:
    """The body that writes, and to whom its decisions may be taken."""

    name: str
    short_name: str = ""
    office: str = ""
    address: str = ""
    office_hours: str = ""
    phone: str = ""
    contact_person: str = ""
    review_organ: str = ""
    court: str = ""
    review_policy: ReviewPolicy = ReviewPolicy.DENIAL_ONLY


@dataclass(frozen=True)
class Withheld:
    """A part that is not disclosed, why, and on what basis (条例 art. 37)."""

    part: str
    reason: str
    basis: str


@dataclass(frozen=True)
class Service:
    """What the proof of service is about: which letter, to whom, how and where."""

    letter_title: str
    letter_number: str
    recipient: str
    method: str = ""
    address: str = ""
    sent_on: dt.date | None = None
    tracking_number: str = ""
    server: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """One letter's facts. Dates are days, texts are the officer's or the applicant's own words.

    ``due_on`` is the day the answer is due as the letter tells it (for an extension the new one), ``due_note`` why
    that day; ``recipient`` is the third party's or other body's name where the letter is not for the applicant.
    """

    body: BodyFacts
    number: str
    issued_on: dt.date
    applicant: str = ""
    applicant_is_person: bool = True
    request_number: str = ""
    received_on: dt.date | None = None
    channel: str = ""
    subject: str = ""
    description: str = ""
    wanted_form: str = ""
    due_on: dt.date | None = None
    due_note: str = ""
    query_code: str = ""
    query_address: str = ""
    outcome: str = ""
    """Only for a corrected answer: what it now is. A decision's own kind says its outcome."""
    # to others
    recipient: str = ""
    recipient_is_person: bool = False
    consulted_content: str = ""
    consulted: str = ""
    consulted_on: dt.date | None = None
    opinion: str = ""
    handling: str = ""
    disclosed_content: str = ""
    disclosed_reasons: str = ""
    task: str = ""
    task_due_on: dt.date | None = None
    transferred: str = ""
    transfer_reasons: str = ""
    # steps
    clarify: tuple[str, ...] = ()
    clarify_by: dt.date | None = None
    clarify_notified_on: dt.date | None = None
    clarify_received_on: dt.date | None = None
    requests_counted: str = ""
    reasons_by: dt.date | None = None
    reasons_requested_on: dt.date | None = None
    extension_workdays: int | None = None
    extension_reasons: str = ""
    former_due_on: dt.date | None = None
    delay_reasons: str = ""
    fee: Fee | None = None
    fee_notified_on: dt.date | None = None
    how_to_pay: str = ""
    # answers
    provision: tuple[str, ...] = ()
    where_to_find: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    reasons: str = ""
    search: str = ""
    special_rules: str = ""
    other_channel: str = ""
    responsible_body: str = ""
    responsible_contact: str = ""
    former_number: str = ""
    former_on: dt.date | None = None
    withdrawn_on: dt.date | None = None
    # corrections
    record_request: str = ""
    record_result: str = ""
    corrected_text: str = ""
    next_step: str = ""
    # beside the text
    service: Service | None = None
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
