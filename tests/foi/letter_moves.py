"""A letter in every state of its way, and every act on it."""

from tests.factories import day, make_handler, make_request
from tests.foi.paperwork import draft, moment, posted, ready, reviewed, signed

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.letter_text import digest_of
from gongkai.foi.models import Letter

ON = "2024-03-05"
NOW = moment("2024-03-06")


def case():
    return ready(make_request())


def drafted():
    return draft(case(), "granted", ON)


def submitted():
    letter = drafted()
    return acts.submit_letter(letter=letter, actor=letter.made_by, at=NOW)


def approved():
    return reviewed(drafted(), ON)


def answer_signed():
    return signed(case(), "granted", ON)


def notice_signed():
    return signed(case(), "third_party_consultation", ON, recipient="甲公司")


def sent_electronically():
    letter = answer_signed()
    acts.dispatch_letter(letter=letter, method="electronic", sent_on=day(ON), actor=SYSTEM, at=NOW)
    return letter


def answer_posted():
    letter = answer_signed()
    posted(letter, ON)
    return letter


def returned():
    letter = answer_posted()
    acts.fail_service(
        dispatch=letter.dispatches.get(), failed_on=day("2024-03-06"), failure="退回", actor=SYSTEM, at=NOW
    )
    return letter


def served():
    letter = notice_signed()
    sent = posted(letter, ON)
    acts.confirm_service(dispatch=sent, received_on=day("2024-03-06"), actor=SYSTEM, at=NOW)
    return letter


def void():
    return acts.void_letter(letter=answer_signed(), reason="写错", actor=SYSTEM, at=NOW)


LETTER_STATES = {
    one.__name__: one
    for one in (
        drafted,
        submitted,
        approved,
        answer_signed,
        notice_signed,
        sent_electronically,
        answer_posted,
        returned,
        served,
        void,
    )
}


def letter_world(state):
    """The letter in that state, and an officer who may approve and had no hand in it."""
    letter = Letter.objects.get(pk=LETTER_STATES[state]().pk)
    return letter, make_handler(letter.request.body, role="approver")


LETTER_MOVES = {
    "edit_letter": lambda letter, who: acts.edit_letter(
        letter=letter, seen=digest_of(letter), text="改过的正文。", actor=who, at=NOW
    ),
    "submit_letter": lambda letter, who: acts.submit_letter(letter=letter, actor=who, at=NOW),
    "give_opinion": lambda letter, who: acts.give_opinion(
        letter=letter, stage="sign", agrees=False, opinion="重写", actor=who, at=NOW
    ),
    "sign_letter": lambda letter, who: acts.sign_letter(letter=letter, actor=who, at=NOW),
    "issue_letter": lambda letter, who: acts.issue_letter(
        letter=letter, on=day("2024-03-06"), actor=who, at=NOW
    ),
    "void_letter": lambda letter, who: acts.void_letter(letter=letter, reason="写错", actor=who, at=NOW),
    "dispatch_letter": lambda letter, who: posted(letter, "2024-03-06", actor=who),
}
DISPATCH_MOVES = {
    "confirm_service": lambda sent, who: acts.confirm_service(
        dispatch=sent, received_on=day("2024-03-06"), actor=who, at=NOW
    ),
    "fail_service": lambda sent, who: acts.fail_service(
        dispatch=sent, failed_on=day("2024-03-06"), failure="退回", actor=who, at=NOW
    ),
}
