"""Dated facts: what may be noted, in which order, and how mistakes are cancelled."""

import datetime as dt

import pytest
from tests.factories import at, close, codes, day, make_handler, make_request, refused

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import clock_of
from gongkai.foi.details import FOR_THE_FILE, LABELS, LAW_FACTS, NOTES, law_fact, storable, why_detail_wrong
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact
from gongkai.law.facts import Extended, Fact, Received, ThirdPartyAnswered

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)


def record(request, kind, on, detail=None, **kw):
    kw = {"actor": SYSTEM, "at": NOW} | kw
    return acts.record_fact(request=request, kind=kind, on=day(on), detail=detail, **kw)


def due(request, on="2024-06-28"):
    return clock_of(request, as_of=day(on)).due_on


def test_every_kind_is_known_to_the_clock_and_every_note_has_a_name():
    assert set(LAW_FACTS) == set(FactKind) - FOR_THE_FILE
    assert set(LAW_FACTS.values()) == set(Fact.__args__)
    assert {key for notes in NOTES.values() for key in notes} == set(LABELS)


def test_a_fact_with_its_notes_and_number():
    request = make_request()
    officer = make_handler(request.body)
    detail = {"workdays": 10, "approved_by": "王主任", "told_on": day("2024-03-28")}
    fact = record(request, "extended", "2024-03-27", detail, document_number="延〔2024〕1号", actor=officer)

    assert CaseFact.objects.values().get(pk=fact.pk) == {
        "id": fact.pk,
        "request_id": request.pk,
        "kind": "extended",
        "on": day("2024-03-27"),
        "detail": {"workdays": 10, "approved_by": "王主任", "told_on": "2024-03-28"},
        "document_number": "延〔2024〕1号",
        "recorded_at": NOW,
        "recorded_by_id": officer.pk,
        "cancelled_at": None,
        "cancel_reason": "",
    }
    assert law_fact(fact.kind, fact.on, fact.detail) == Extended(
        on=day("2024-03-27"), workdays=10, approved_by="王主任", told_on=day("2024-03-28")
    )


def test_the_clock_moves_with_the_facts():
    request = make_request(submitted_on=day("2024-03-01"))
    assert due(request) == day("2024-03-29")

    detail = {"workdays": 10, "approved_by": "王主任", "told_on": "2024-03-28"}
    record(request, "extended", "2024-03-27", detail)
    assert due(request) == day("2024-04-15")  # 清明 lies between, and a Sunday worked for it


def test_what_the_law_does_not_allow_is_refused_in_its_words():
    request = make_request()

    with refused("clock") as caught:
        record(request, "clarification_received", "2024-03-05")
    message = "2024-03-05收到补正，但没有登记补正通知，请先登记通知日期和补正期限"
    assert caught.value.obstacles[0].message == message


def test_everything_wrong_is_said_at_once():
    request = make_request()

    with refused("future", "unknown_note", "bad_note", "missing_note", "bad_note"):
        record(
            request,
            "extended",
            "2024-06-29",
            {"days": 3, "workdays": True, "approved_by": "", "told_on": "三月"},
        )


def test_an_unknown_kind():
    request = make_request()

    with refused("kind"):
        record(request, "lost", "2024-03-05")


@pytest.mark.parametrize("kind", acts.facts.OF_OTHER_ACTS)
def test_what_belongs_to_another_act_is_recorded_by_it(kind):
    request = make_request()
    obstacles = acts.why_not_record(request, kind=kind, on=day("2024-03-05"), detail={}, actor=SYSTEM, at=NOW)

    assert codes(obstacles) == ["other_act"]


@pytest.mark.parametrize(
    ("kind", "detail", "messages"),
    [
        ("reasons_given", {}, []),
        ("submitted", {"party": "李四"}, ["“提交申请”没有“party”这一项（请删去）"]),
        ("clarification_notified", {}, ["“告知补正”应填写补正期限（请补填）"]),
        (
            "clarification_notified",
            {"deadline_on": "2024-02-30"},
            ["补正期限“2024-02-30”不正确（请写成 2024-01-31 的样子）"],
        ),
        (
            "clarification_notified",
            {"deadline_on": dt.datetime(2024, 3, 1)},  # noqa: DTZ001 - wrong on purpose
            ["补正期限“2024-03-01 00:00:00”不正确（请写成 2024-01-31 的样子）"],
        ),
        (
            "clarification_notified",
            {"deadline_on": 20240301},
            ["补正期限“20240301”不正确（请写成 2024-01-31 的样子）"],
        ),
        ("third_party_answered", {"consents": "yes"}, ["是否同意公开“yes”不正确（请选择是或否）"]),
        ("third_party_answered", {"consents": False, "party": 3}, ["第三方“3”不正确（请填文字）"]),
        ("extended", {"workdays": "10", "approved_by": "王"}, ["延长工作日数“10”不正确（请填整数）"]),
    ],
)
def test_notes(kind, detail, messages):
    assert [str(one) for one in why_detail_wrong(kind, detail)] == messages


def test_notes_in_and_out():
    kept = storable({"party": "", "consents": False, "received_on": None, "on": day("2024-03-01")})

    assert kept == {"consents": False, "on": "2024-03-01"}
    assert law_fact("third_party_answered", day("2024-03-01"), {"party": "甲公司", "consents": False}) == (
        ThirdPartyAnswered(day("2024-03-01"), "甲公司", consents=False)
    )
    assert law_fact("received", day("2024-03-01"), {"article": "条例"}) == Received(day("2024-03-01"))
    assert law_fact("submitted", day("2024-03-01"), {}) is None


def test_cancelling_puts_the_clock_back():
    request = make_request(submitted_on=day("2024-03-01"))
    asked = record(request, "clarification_notified", "2024-03-05", {"deadline_on": "2024-03-26"})
    assert due(request, "2024-03-08") is None
    acts.cancel_fact(fact=asked, reason="登记错误", actor=SYSTEM, at=NOW)

    kept = CaseFact.objects.get(pk=asked.pk)
    assert (kept.cancelled_at, kept.cancel_reason, kept.on) == (NOW, "登记错误", day("2024-03-05"))
    assert due(request) == day("2024-03-29")


def test_what_later_facts_rest_on_cannot_be_cancelled():
    request = make_request()
    asked = record(request, "clarification_notified", "2024-03-05", {"deadline_on": "2024-03-26"})
    record(request, "clarification_received", "2024-03-10")

    with refused("clock"):
        acts.cancel_fact(fact=asked, reason="登记错误", actor=SYSTEM, at=NOW)


def test_cancelling_needs_a_reason_and_leaves_other_acts_facts_alone():
    request = make_request()
    submitted = request.facts.get(kind="submitted")

    with refused("other_act", "no_reason"):
        acts.cancel_fact(fact=submitted, reason=" ", actor=SYSTEM, at=NOW)


def test_what_became_known_later():
    request = make_request(submitted_on=day("2024-03-01"))
    sent = record(request, "third_party_consulted", "2024-03-05", {"party": "甲公司"}, document_number="1号")
    assert due(request) is None
    fuller = acts.supplement_fact(fact=sent, detail={"received_on": day("2024-03-07")}, actor=SYSTEM, at=NOW)

    assert (fuller.on, fuller.detail, fuller.document_number) == (
        day("2024-03-05"),
        {"party": "甲公司", "received_on": "2024-03-07"},
        "1号",
    )
    assert CaseFact.objects.get(pk=sent.pk).cancel_reason == "补充登记"
    # Two days counted before the letter went out, eighteen after its 15 workdays ended on 28 March in silence.
    assert due(request) == day("2024-04-24")


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({}, ["known"]),
        ({"party": "乙公司"}, ["known"]),
        ({"received_on": dt.date(2024, 6, 29)}, ["future"]),
        ({"received_on": "昨天"}, ["bad_note"]),
        ({"received_on": dt.date(2024, 3, 4)}, ["clock"]),
    ],
)
def test_supplementing_is_refused(detail, expected):
    sent = record(make_request(), "third_party_consulted", "2024-03-05", {"party": "甲公司"})

    with refused(*expected):
        acts.supplement_fact(fact=sent, detail=detail, actor=SYSTEM, at=NOW)


def test_a_cancelled_fact_is_not_supplemented():
    sent = record(make_request(), "third_party_consulted", "2024-03-05", {"party": "甲公司"})
    acts.cancel_fact(fact=sent, reason="登记错误", actor=SYSTEM, at=NOW)

    with refused("cancelled"):
        acts.supplement_fact(fact=sent, detail={"received_on": "2024-03-07"}, actor=SYSTEM, at=NOW)


def test_a_closed_request_takes_a_forgotten_fact_as_an_amendment_only():
    request = make_request()
    close(request, served_on=day("2024-03-20"))
    with refused("closed"):
        record(request, "reasons_requested", "2024-03-05")

    record(request, "reasons_requested", "2024-03-05", amendment="漏登")
    with refused("clock"):
        record(request, "reasons_given", "2024-03-21", amendment="漏登")


def test_a_supplement_dated_ahead_is_fine_where_the_note_is_a_term():
    """The date set under art. 35 lies in the future by its nature."""
    request = make_request(submitted_on=day("2024-06-03"))
    record(request, "reasons_requested", "2024-06-05")
    record(request, "reasons_given", "2024-06-10")
    term = record(request, "term_set", "2024-06-12", {"due_on": "2024-08-30"})
    acts.supplement_fact(fact=term, detail={"told_on": day("2024-06-13")}, actor=SYSTEM, at=NOW)

    assert due(request) == day("2024-08-30")
