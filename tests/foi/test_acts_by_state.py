"""The table of acts and states: what each act on a request says in each state a request can be in."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import (
    at,
    close,
    day,
    lock_year,
    make_body,
    make_handler,
    make_officer,
    make_request,
    refused,
)

from gongkai.audit.models import Entry
from gongkai.foi import acts
from gongkai.foi.enums import FactKind
from gongkai.foi.models import Decision, FeeNotice, Request

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
