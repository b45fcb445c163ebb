"""The table of acts and states: what each act on a request says in each state a request can be in."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from tests.factories import (
    at,
    close,
    codes,
    day,
    everything,
    lock_year,
    make_body,
    make_handler,
    make_officer,
    make_request,
    refused,
)
from tests.foi.letter_moves import DISPATCH_MOVES, LETTER_MOVES, LETTER_STATES, letter_world
from tests.foi.moves import MOVES
from tests.foi.states import STATES
from tests.foi.states import world as world_of

from gongkai.audit.models import Entry
from gongkai.core.errors import RefusedError
from gongkai.foi import acts
from gongkai.foi.archive import folder
from gongkai.foi.enums import FactKind
from gongkai.foi.models import Decision, Dispatch, FeeNotice, Letter, Request

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)
ANSWER = acts.Answer("denied_internal", "公开〔2024〕99号", day("2024-03-21"), "post", day("2024-03-21"))


def receive(request, who, **kw):
    return acts.record_receipt(request=request, actor=who, at=NOW, **kw)


def correct_receipt(request, who, **kw):
    return acts.correct_receipt(
        request=request, reason="看错邮戳", signed_on=day("2024-03-04"), actor=who, at=NOW, **kw
    )


def record(request, who, **kw):
    detail = {"party": "第三方", "received_on": "2024-03-06"}
    return acts.record_fact(
        request=request,
        kind=FactKind.THIRD_PARTY_CONSULTED,
        on=day("2024-03-05"),
        detail=detail,
        actor=who,
        at=NOW,
        **kw,
    )


def cancel(request, who, **kw):
    fact = request.facts.get(kind=FactKind.CO_AUTHOR_CONSULTED)
    return acts.cancel_fact(fact=fact, reason="登记错误", actor=who, at=NOW, **kw)


def supplement(request, who, **kw):
    fact = request.facts.filter(kind=FactKind.CO_AUTHOR_CONSULTED).latest("pk")
    return acts.supplement_fact(fact=fact, detail={"received_on": day("2024-03-08")}, actor=who, at=NOW, **kw)


def answer(request, who, **kw):
    return acts.close_request(
        request=request,
        outcome="granted",
        number="公开〔2024〕7号",
        decided_on=day("2024-03-28"),
        served_by="post",
        served_on=day("2024-03-28"),
        actor=who,
        at=NOW,
        **kw,
    )


def withdraw(request, who, **kw):
    return acts.withdraw_request(request=request, on=day("2024-03-28"), actor=who, at=NOW, **kw)


def lapse(request, who, **kw):
    return acts.lapse_request(request=request, on=day("2024-06-27"), actor=who, at=NOW, **kw)


def charge(request, who, **kw):
    return acts.issue_fee_notice(
        request=request,
        basis="by_page",
        quantity=72,
        notified_on=day("2024-03-15"),
        received_by_applicant_on=day("2024-03-18"),
        actor=who,
        at=NOW,
        **kw,
    )


def pay(request, who, **kw):
    notice = FeeNotice.objects.get(request=request)
    return acts.record_fee_payment(
        notice=notice, paid_on=day("2024-03-20"), paid_yuan=Decimal(420), actor=who, at=NOW, **kw
    )


def correct(request, who, **kw):
    decision = Decision.objects.filter(request=request).earliest("pk")
    return acts.correct_decision(
        decision=decision, answer=ANSWER, reason="引用条款错误", actor=who, at=NOW, **kw
    )


# Worlds: the request as the act finds it when nothing stands against the act ------------------------------


def plain(body):
    return make_request(body, submitted_on=day("2024-03-01"))


def mailed_and_received(body):
    request = make_request(body, submitted_on=day("2024-03-01"), channel="registered_mail", received=False)
    acts.record_receipt(request=request, signed_on=day("2024-03-05"), actor=make_handler(body), at=NOW)
    return Request.objects.get(pk=request.pk)


def consulting(body):
    request = plain(body)
    acts.record_fact(
        request=request, kind="co_author_consulted", on=day("2024-03-07"), actor=make_handler(body), at=NOW
    )
    return request


def unclarified(body):
    request = plain(body)
    acts.record_fact(
        request=request,
        kind="clarification_notified",
        on=day("2024-03-05"),
        detail={"deadline_on": "2024-03-26"},
        actor=make_handler(body),
        at=NOW,
    )
    return request


def charged(body):
    request = plain(body)
    charge(request, make_handler(body))
    return request


def answered(body):
    request = plain(body)
    close(request, served_on=day("2024-03-20"))
    return Request.objects.get(pk=request.pk)


# The act and its world.
ACTS = {
    "correct_receipt": (correct_receipt, mailed_and_received),
    "record_fact": (record, plain),
    "cancel_fact": (cancel, consulting),
    "supplement_fact": (supplement, consulting),
    "close_request": (answer, plain),
    "withdraw_request": (withdraw, plain),
    "lapse_request": (lapse, unclarified),
    "issue_fee_notice": (charge, plain),
    "record_fee_payment": (pay, charged),
    "correct_decision": (correct, answered),
}

# What the act says when it is done once more: the double click.
AGAIN = {
    "correct_receipt": ["unchanged"],
    "record_fact": ["again"],
    "cancel_fact": ["cancelled"],
    "supplement_fact": ["known"],
    "close_request": ["closed"],
    "withdraw_request": ["closed"],
    "lapse_request": ["closed"],
    "issue_fee_notice": ["charged"],
    "record_fee_payment": ["paid"],
    "correct_decision": ["replaced"],
}

# What the act says of a request that another officer has closed meanwhile. Correcting is made for closed ones.
CLOSED = {
    "record_fact": ["closed"],
    "cancel_fact": ["closed"],
    "supplement_fact": ["closed"],
    "close_request": ["closed"],
    "withdraw_request": ["closed"],
    "lapse_request": ["closed"],
    "issue_fee_notice": ["closed"],
    "record_fee_payment": ["closed"],
}


def world(name):
    body = make_body()
    act, make = ACTS[name]
    return act, make(body), make_handler(body)


@pytest.mark.parametrize("name", ACTS)
def test_open_done_and_recorded(name):
    act, request, handler = world(name)
    act(request, handler)

    entry = Entry.objects.order_by("-sequence")[0]
    said = (entry.verb, entry.actor_id, entry.target_id, entry.body_id)
    assert said == (f"foi.{name}", handler.pk, str(request.pk), request.body_id)


@pytest.mark.parametrize("name", ACTS)
def test_the_same_act_twice_changes_nothing_the_second_time(name):
    act, request, handler = world(name)
    act(request, handler)

    with refused(*AGAIN[name]):
        act(request, handler)


@pytest.mark.parametrize("name", CLOSED)
def test_closed(name):
    act, request, handler = world(name)
    close(request, served_on=day("2024-03-29"), actor=make_handler(request.body))

    with refused(*CLOSED[name]):
        act(request, handler)


@pytest.mark.parametrize("name", ACTS)
def test_locked_year(name):
    act, request, handler = world(name)
    lock_year(request.body, 2024)

    with refused("year_locked"):
        act(request, handler)


@pytest.mark.parametrize("name", ACTS)
def test_locked_year_with_a_reason_is_recorded_as_an_amendment(name):
    act, request, handler = world(name)
    lock_year(request.body, 2024)
    act(request, handler, amendment="公布后发现漏登")

    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.verb == f"foi.amend.{name}"
    assert entry.reason.endswith("公布后发现漏登")
    assert entry.detail["amended_years"] == [2024]


@pytest.mark.parametrize("name", ACTS)
def test_a_lock_of_another_year_or_body_does_not_matter(name):
    act, request, handler = world(name)
    lock_year(request.body, 2023)
    lock_year(make_body(), 2024)

    before = Request.objects.get(pk=request.pk).facts.count()
    act(request, handler)
    assert Request.objects.get(pk=request.pk).facts.count() >= before


@pytest.mark.parametrize("name", ACTS)
def test_officers_without_the_permission(name):
    act, request, _ = world(name)

    for stranger in (make_officer(), make_handler(make_body()), make_handler(request.body, role="reader")):
        with refused("not_permitted"):
            act(request, stranger)


@pytest.mark.parametrize("name", ["record_fact", "close_request", "withdraw_request", "issue_fee_notice"])
def test_not_received_yet(name):
    act, _ = ACTS[name]
    request = make_request(submitted_on=day("2024-03-01"), received=False)
    handler = make_handler(request.body)

    with refused("not_received"):
        act(request, handler)


def test_not_received_yet_lapses_no_more_than_it_runs():
    request = make_request(submitted_on=day("2024-03-01"), received=False)
    handler = make_handler(request.body)

    with refused("not_received"):
        lapse(request, handler)


def test_receipt_by_state():
    body = make_body()
    request = make_request(body, submitted_on=day("2024-03-01"), received=False)
    handler, stranger = make_handler(body), make_officer()
    with refused("not_permitted"):
        receive(request, stranger)
    lock_year(body, 2024)
    with refused("year_locked"):
        receive(request, handler)
    receive(request, handler, amendment="漏登")
    with refused("received"):
        receive(request, handler, amendment="漏登")
    assert Request.objects.get(pk=request.pk).received_on == dt.date(2024, 3, 1)


# Every state × every act on a request -------------------------------------------------------------------------
# What the act says in most states, and the states in which it says something else; "ok": it is done.

REQUESTS = {
    "record_receipt": (
        "received",
        {"ok": "not_received", "received set_aside": "split merged", "received receipt": "redone"},
    ),
    "confirm_arrival": (
        "channel received",
        {"ok": "not_received", "set_aside channel received": "split merged"},
    ),
    "confirm_receipt": (
        "channel received",
        {"ok": "not_received", "set_aside channel received": "split merged"},
    ),
    "split_request": (
        "ok",
        {
            "not_received": "not_received",
            "under_way": "suspended extended awaiting_payment",
            "under_way under_way": "objected",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
            "part": "part",
            "redone": "redone",
        },
    ),
    "merge_requests": (
        "ok",
        {
            "not_received": "not_received",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
            "redone": "redone",
        },
    ),
    "issue_query_code": ("ok", {}),
    "view_applicant": ("ok", {}),
    "assign": ("ok", {"closed": "answered withdrawn", "set_aside": "split merged"}),
    "make_task": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "remark": ("ok", {}),
    "add_material": ("ok", {}),
    "clarification": (
        "ok",
        {
            "not_received": "not_received",
            "clock": "awaiting_clarification lapsed clarified extended awaiting_payment",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "extension": (
        "ok",
        {
            "not_received": "not_received",
            "clock": "awaiting_clarification lapsed extended awaiting_payment",
            "missing_value": "suspended",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "third_party_consultation": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "co_author_consultation": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "third_party_override": (
        "no_objection",
        {
            "not_received no_objection": "not_received",
            "ok": "objected",
            "closed no_objection": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "fee_notice": (
        "ok",
        {
            "not_received": "not_received",
            "clock": "awaiting_clarification lapsed",
            "charged": "awaiting_payment",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "reasons_request": (
        "ok",
        {
            "not_received": "not_received",
            "clock": "asked_for_reasons",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "reasonable_term": (
        "clock",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "assistance": ("ok", {"set_aside": "split merged"}),
    "granted": (
        "ok",
        {
            "not_received": "not_received",
            "still_asked": "suspended",
            "objected": "objected",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "denied_internal": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "unclear": (
        "outcome",
        {
            "not_received outcome": "not_received",
            "ok": "clarified",
            "closed outcome": "answered withdrawn",
            "set_aside outcome": "split merged",
        },
    ),
    "lapse_letter": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "lapsed",
            "not_lapsed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "third_party_answered": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "suspended",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "clarification_received": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "awaiting_clarification",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "reasons_given": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "asked_for_reasons",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "issue_fee_notice": (
        "ok",
        {
            "not_received": "not_received",
            "clock": "awaiting_clarification lapsed",
            "charged": "awaiting_payment",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "record_fee_payment": (
        "other_act",
        {
            "not_received other_act": "not_received",
            "ok": "awaiting_payment",
            "closed other_act": "answered withdrawn",
            "set_aside other_act": "split merged",
        },
    ),
    "close_request": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "withdraw_request": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "lapse_request": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "lapsed",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "reopen_request": ("open", {"ok": "answered", "no_answer": "withdrawn", "set_aside": "split merged"}),
    "archive_request": ("open", {"ok": "answered withdrawn split merged"}),
    "reply_to_clarification": (
        "clock",
        {
            "not_received": "not_received",
            "ok": "awaiting_clarification",
            "closed": "answered withdrawn",
            "set_aside": "split merged",
        },
    ),
    "withdraw_own": (
        "ok",
        {"not_received": "not_received", "closed": "answered withdrawn", "set_aside": "split merged"},
    ),
    "ask_correction": ("open", {"ok": "answered withdrawn", "set_aside": "split merged"}),
    "propose_disclosure": ("open", {"ok": "answered withdrawn", "set_aside": "split merged"}),
}

# Every state × every act on a letter --------------------------------------------------------------------------

LETTERS = {
    "edit_letter": ("state", {"ok": "drafted submitted approved"}),
    "submit_letter": ("state", {"ok": "drafted"}),
    "give_opinion": ("state", {"ok": "submitted approved"}),
    "sign_letter": (
        "state",
        {"unreviewed unreviewed": "submitted", "ok": "approved", "state closed": "answer_posted returned"},
    ),
    "issue_letter": ("state serve", {"serve": "answer_signed", "ok": "notice_signed", "state": "served"}),
    "void_letter": ("ok", {"state": "sent_electronically answer_posted returned served void"}),
    "dispatch_letter": (
        "state",
        {
            "ok": "answer_signed notice_signed returned",
            "under_way": "sent_electronically answer_posted",
            "served": "served",
        },
    ),
}

DISPATCHES = {
    "confirm_service": ("ok", {"failed": "returned", "served": "served"}),
    "fail_service": ("ok", {"failed": "returned", "served": "served"}),
}
SENT = ("sent_electronically", "answer_posted", "returned", "served")

WITHOUT_STATES = {
    # before there is a request
    "register_applicant", "register_request", "save_draft", "submit_online", "find_draft", "forget_drafts",
    # of an officer or a row of its own: see test_work, test_materials, test_redaction, test_online, test_serving, letter templates in the console
    "claim", "hand_back", "hand_over", "finish_task", "mark_for_applicant", "begin_redaction", "set_marks",
    "produce_redaction", "release_redaction", "answer_correction", "answer_proposal", "acknowledge_letter",
    "attach_proof", "open_case", "record_override", "edit_template", "restore_template",
    # no acts
    "Answer", "Application", "CaseFile", "Ground", "Part", "Posting", "Submission", "code_of_key",
}  # fmt: skip


def said_in(state, row):
    default, others = row
    return next((said for said, states in others.items() if state in states.split()), default)


def say(move, *args):
    """What the act says; what it did is undone, what it refused must have done nothing."""
    point = transaction.savepoint()
    try:
        move(*args)
    except RefusedError as error:
        transaction.savepoint_commit(point)
        return " ".join(codes(error.obstacles))
    transaction.savepoint_rollback(point)
    return "ok"


@pytest.mark.parametrize("state", STATES)
def test_every_act_on_a_request_in_this_state(state, monkeypatch):
    monkeypatch.setattr(folder, "archive", lambda _request: b"")  # writing it is another test's
    request, who = world_of(state)
    before = everything()
    said = {name: say(move, Request.objects.get(pk=request.pk), who) for name, move in MOVES.items()}

    assert said == {name: said_in(state, row) for name, row in REQUESTS.items()}
    assert everything() == before


@pytest.mark.parametrize("state", LETTER_STATES)
def test_every_act_on_a_letter_in_this_state(state):
    letter, who = letter_world(state)
    before = everything()
    said = {name: say(move, Letter.objects.get(pk=letter.pk), who) for name, move in LETTER_MOVES.items()}

    assert said == {name: said_in(state, row) for name, row in LETTERS.items()}
    assert everything() == before


@pytest.mark.parametrize("state", SENT)
def test_every_act_on_an_attempt_to_serve(state):
    letter, who = letter_world(state)
    sent = letter.dispatches.last()
    before = everything()
    said = {name: say(move, Dispatch.objects.get(pk=sent.pk), who) for name, move in DISPATCH_MOVES.items()}

    assert said == {name: said_in(state, row) for name, row in DISPATCHES.items()}
    assert everything() == before


def test_every_act_stands_in_a_table():
    named = {name for name in acts.__all__ if not name.startswith("why_not_")}
    by_letter = {"draft_letter"}  # one row for each kind
    assert named - WITHOUT_STATES == {*ACTS, *MOVES, *LETTER_MOVES, *DISPATCH_MOVES, *by_letter} & named
    assert set(REQUESTS) == set(MOVES)
    assert named >= WITHOUT_STATES


OFFICERS = sorted(set(MOVES) - {"confirm_receipt", "reply_to_clarification", "withdraw_own", "ask_correction",
                                "propose_disclosure"})  # fmt: skip


def test_no_act_of_an_officer_is_done_by_one_without_the_permission(monkeypatch):
    """A reader of the body, and one who handles another body's requests."""
    monkeypatch.setattr(folder, "archive", lambda _request: b"")
    worlds = {state: world_of(state)[0] for state in STATES}
    strangers = make_handler(next(iter(worlds.values())).body, role="reader"), make_handler(make_body())
    before = everything()
    for state, request in worlds.items():
        for name in OFFICERS:
            for stranger in strangers:
                said = say(MOVES[name], Request.objects.get(pk=request.pk), stranger)
                assert "not_permitted" in said, (name, state)
    assert everything() == before
