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
from gongkai.foi.acts.handover import hand_over, why_not_hand_over
from gongkai.foi.acts.intake import (
    register_applicant,
    register_request,
    why_not_register_applicant,
    why_not_register_request,
)
from gongkai.foi.acts.receipt import correct_receipt, record_receipt, why_not_correct_receipt, why_not_receive
from gongkai.foi.acts.tasks import (
    finish_task,
    make_task,
    remark,
    why_not_finish_task,
    why_not_make_task,
    why_not_remark,
)
from gongkai.foi.acts.work import (
    assign,
    claim,
    hand_back,
    why_not_assign,
    why_not_claim,
    why_not_hand_back,
)

__all__ = [
    "Answer",
    "assign",
    "cancel_fact",
    "claim",
    "close_request",
    "correct_decision",
    "correct_receipt",
    "finish_task",
    "hand_back",
    "hand_over",
    "issue_fee_notice",
    "lapse_request",
    "make_task",
    "record_fact",
    "record_fee_payment",
    "record_receipt",
    "register_applicant",
    "register_request",
    "remark",
    "supplement_fact",
    "view_applicant",
    "why_not_assign",
    "why_not_cancel",
    "why_not_claim",
    "why_not_close",
    "why_not_correct",
    "why_not_correct_receipt",
    "why_not_finish_task",
    "why_not_hand_back",
    "why_not_hand_over",
    "why_not_issue_fee_notice",
    "why_not_lapse",
    "why_not_make_task",
    "why_not_receive",
    "why_not_record",
    "why_not_record_payment",
    "why_not_register_applicant",
    "why_not_register_request",
    "why_not_remark",
    "why_not_supplement",
    "why_not_view_applicant",
    "why_not_withdraw",
    "withdraw_request",
]
