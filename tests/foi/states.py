"""A request in every state it can be in, as it stands on Tuesday 2024-03-12, the seventh workday after its receipt."""

from tests.factories import close, day, make_handler, make_request
from tests.foi.paperwork import moment, ready

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Request

NOW = moment("2024-03-12")
LATER = "后来的同一内容"


def fact(request, kind, on, **detail):
    acts.record_fact(request=request, kind=kind, on=day(on), detail=detail, actor=SYSTEM, at=NOW)
    return request


def running():
    return make_request()


def not_received():
    return make_request(received=False, channel="online")


def awaiting_clarification():
    return fact(running(), "clarification_notified", "2024-03-05", deadline_on="2024-03-29")


def lapsed():
    return fact(running(), "clarification_notified", "2024-03-04", deadline_on="2024-03-08")


def clarified():
    return fact(awaiting_clarification(), "clarification_received", "2024-03-08")


def suspended():
    return fact(running(), "third_party_consulted", "2024-03-05", party="甲公司", received_on="2024-03-06")


def objected():
    return fact(suspended(), "third_party_answered", "2024-03-11", party="甲公司", consents=False)


def asked_for_reasons():
    return fact(running(), "reasons_requested", "2024-03-05")


def extended():
    return fact(running(), "extended", "2024-03-05", workdays=10, approved_by="李主任", told_on="2024-03-05")


def awaiting_payment():
    request = running()
    on = {"notified_on": day("2024-03-05"), "received_by_applicant_on": day("2024-03-05")}
    acts.issue_fee_notice(request=request, basis="by_page", quantity=72, actor=SYSTEM, at=NOW, **on)
    return request


def answered():
    request = running()
    close(request, served_on=day("2024-03-11"), at=NOW)
    return request


def withdrawn():
    request = running()
    acts.withdraw_request(request=request, on=day("2024-03-11"), actor=SYSTEM, at=NOW)
    return request


def split():
    request = running()
    acts.split_request(
        request=request, parts=[acts.Part("一"), acts.Part("二")], reason="两项", actor=SYSTEM, at=NOW
    )
    return request


def part():
    return split().parts.first()


def merged():
    first = running()
    second = make_request(first.body, applicant=first.applicant, submitted_on=day("2024-03-04"))
    acts.merge_requests(request=first, duplicate=second, reason="同一内容", actor=SYSTEM, at=NOW)
    return second


def redone():
    return acts.reopen_request(
        request=Request.objects.get(pk=answered().pk),
        ground="own",
        received_on=day("2024-03-11"),
        reason="答复有误",
        actor=SYSTEM,
        at=NOW,
    )


STATES = {
    one.__name__: one
    for one in (
        not_received,
        running,
        awaiting_clarification,
        lapsed,
        clarified,
        suspended,
        objected,
        asked_for_reasons,
        extended,
        awaiting_payment,
        answered,
        withdrawn,
        split,
        part,
        merged,
        redone,
    )
}


def world(state):
    """The request in that state, a later one of the same applicant beside it, and an officer who may approve."""
    request = ready(Request.objects.get(pk=STATES[state]().pk))
    make_request(request.body, applicant=request.applicant, subject=LATER, submitted_on=NOW.date())
    return request, make_handler(request.body, role="approver")
