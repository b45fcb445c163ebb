"""The acts on applicants and requests."""

from gongkai.foi.acts.access import view_applicant, why_not_view_applicant
from gongkai.foi.acts.closing import (
    Answer,
    close_request,
    lapse_request,
    why_not_close,
    why_not_lapse,
    why_not_withdraw,
    withdraw_request,
)
from gongkai.foi.acts.corrections import correct_decision, why_not_correct
from gongkai.foi.acts.facts import (
    cancel_fact,
    record_fact,
    supplement_fact,
    why_not_cancel,
    why_not_record,
    why_not_supplement,
)
from gongkai.foi.acts.fees import (
    issue_fee_notice,
    record_fee_payment,
    why_not_issue_fee_notice,
    why_not_record_payment,
)
from gongkai.foi.acts.intake import (
    register_applicant,
    register_request,
    why_not_register_applicant,
    why_not_register_request,
)
from gongkai.foi.acts.receipt import correct_receipt, record_receipt, why_not_correct_receipt, why_not_receive

__all__ = [
    "Answer",
    "cancel_fact",
    "close_request",
    "correct_decision",
    "correct_receipt",
    "issue_fee_notice",
    "lapse_request",
    "record_fact",
    "record_fee_payment",
    "record_receipt",
    "register_applicant",
    "register_request",
    "supplement_fact",
    "view_applicant",
    "why_not_cancel",
    "why_not_close",
    "why_not_correct",
    "why_not_correct_receipt",
    "why_not_issue_fee_notice",
    "why_not_lapse",
    "why_not_receive",
    "why_not_record",
    "why_not_record_payment",
    "why_not_register_applicant",
    "why_not_register_request",
    "why_not_supplement",
    "why_not_view_applicant",
    "why_not_withdraw",
    "withdraw_request",
]
