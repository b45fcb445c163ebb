"""Closing a request, with a decision and without, and correcting the decision."""

import dataclasses

import pytest
from tests.factories import (
    at,
    close,
    day,
    lock_year,
    make_body,
    make_handler,
    make_request,
    refused,
)

from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document
from gongkai.foi import acts
from gongkai.foi.acts import Answer
from gongkai.foi.models import Decision, Request
from gongkai.law.outcomes import OUTCOMES

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)
SERVED = day("2024-03-20")


def record(request, kind, on, detail=None):
    acts.record_fact(request=request, kind=kind, on=day(on), detail=detail, actor=SYSTEM, at=NOW)


def state(request):
    row = Request.objects.get(pk=request.pk)
    return row.closed_on, row.outcome


def test_the_decision_its_fact_and_the_day_are_one():
    request = make_request()
    signer = make_handler(request.body, role="approver")
    document = make_document(request.body)
    decision = close(
        request,
        outcome="partial",
        number=" 公开〔2024〕1号 ",
        decided_on=day("2024-03-18"),
        served_on=SERVED,
        served_by="in_person",
        wording="附件为可以公开的部分",
        signed_by=signer,
        document=document,
    )

    assert Decision.objects.values().get() == {
        "id": decision.pk,
        "request_id": request.pk,
        "outcome": "partial",
        "number": "公开〔2024〕1号",
        "wording": "附件为可以公开的部分",
        "decided_on": day("2024-03-18"),
        "signed_by_id": signer.pk,
        "served_by": "in_person",
        "served_on": SERVED,
        "replaced_by_id": None,
    }
    assert state(request) == (SERVED, "partial")
    assert Request.objects.get(pk=request.pk).document == document
    assert [(fact.kind, fact.on) for fact in request.facts.all()] == [
        ("submitted", day("2024-03-01")),
        ("received", day("2024-03-01")),
        ("answered", SERVED),
    ]


def make_document(body):
    return Document.objects.create(
        body=body,
        index_number=f"{body.pk}/2024-1",
        title="招生方案",
        kind="notice",
        made_on=day("2024-01-01"),
    )


def test_every_outcome_closes_by_its_own_act():
    prepared = {
        "unclear": [
            ("clarification_notified", "2024-03-05", {"deadline_on": "2024-03-26"}),
            ("clarification_received", "2024-03-08", None),
        ],
        "reject_excessive": [("reasons_requested", "2024-03-05", None)],
    }
    closed = []
    for outcome in set(OUTCOMES) - set(acts.closing.WITHOUT_DECISION):
        request = make_request()
        for fact in prepared.get(outcome, []):
            record(request, *fact)
        close(request, outcome=outcome)
        closed.append(state(request))

    assert sorted(closed) == sorted(
        (SERVED, key) for key in set(OUTCOMES) - set(acts.closing.WITHOUT_DECISION)
    )


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ("refused", "没有“refused”这种办理结果"),
        ("withdrawn", "“申请人撤回申请”不是答复决定"),
        ("lapse_unpaid", "“逾期未按收费通知要求缴纳费用”不是答复决定"),
        ("lapse_no_correction", "“无正当理由逾期不补正”不是答复决定"),
        ("unclear", "以“补正后申请内容仍不明确”答复，应先告知补正并收到补正（条例第三十条）"),
        ("reject_excessive", "以“无正当理由大量反复申请”答复，应先要求申请人说明理由（条例第三十五条）"),
    ],
)
def test_outcomes_that_cannot_be_chosen(outcome, message):
    request = make_request()

    with refused("outcome") as caught:
        close(request, outcome=outcome)
    assert caught.value.obstacles[0].message == message


def test_everything_wrong_is_said_at_once():
    request = make_request()
    other = make_body()
    signer, document = make_handler(request.body), make_document(other)

    with refused("field", "field", "field", "future", "decided_early", "elsewhere", "signer") as caught:
        close(
            request,
            number="",
            served_by="drone",
            decided_on=day("2024-02-29"),
            served_on=day("2024-02-28"),
            document=document,
            signed_by=signer,
            at=at(2024, 2, 28),
        )
    said = {one.message for one in caught.value.obstacles}
    assert {
        "送达日期不得早于作出日期",
        "文书编号：此字段不能为空。",
        "送达方式：值 'drone' 不是有效选项。",
    } <= said


def test_a_number_is_used_once_in_a_body():
    body = make_body()
    close(make_request(body), number="公开〔2024〕1号")
    second = make_request(body)
    with refused("number"):
        close(second, number="公开〔2024〕1号 ")

    close(make_request(make_body()), number="公开〔2024〕1号")


def test_an_answer_before_what_already_happened():
    request = make_request()
    record(request, "reasons_requested", "2024-03-21")

    with refused("clock"):
        close(request, served_on=SERVED)


def test_the_year_boundary_a_letter_posted_on_the_last_day_counts_in_the_old_year():
    request = make_request(submitted_on=day("2023-12-05"))
    lock_year(request.body, 2023)
    with refused("year_locked"):
        close(request, served_on=day("2023-12-31"))

    close(request, served_on=day("2024-01-01"))
    assert state(request) == (day("2024-01-01"), "granted")


def test_withdrawn():
    request = make_request()
    fact = acts.withdraw_request(request=request, on=SERVED, actor=SYSTEM, at=NOW)

    assert (fact.kind, fact.on, state(request)) == ("withdrawn", SERVED, (SERVED, "withdrawn"))
    assert Decision.objects.count() == 0


def test_not_clarified():
    request = make_request()
    record(request, "clarification_notified", "2024-03-05", {"deadline_on": "2024-03-26"})
    with refused("clock"):
        acts.lapse_request(request=request, on=day("2024-03-26"), actor=SYSTEM, at=NOW)
    fact = acts.lapse_request(request=request, on=day("2024-03-27"), actor=SYSTEM, at=NOW)

    assert fact.kind == "clarification_lapsed"
    assert state(request) == (day("2024-03-27"), "lapse_no_correction")


def test_not_paid():
    request = make_request()
    record(request, "clarification_notified", "2024-03-05", {"deadline_on": "2024-03-26"})
    record(request, "clarification_received", "2024-03-08")
    acts.issue_fee_notice(
        request=request,
        basis="by_page",
        quantity=31,
        notified_on=day("2024-03-11"),
        received_by_applicant_on=day("2024-03-13"),
        actor=SYSTEM,
        at=NOW,
    )
    fact = acts.lapse_request(request=request, on=day("2024-04-30"), actor=SYSTEM, at=NOW)

    assert (fact.kind, state(request)) == ("fee_lapsed", (day("2024-04-30"), "lapse_unpaid"))


# Corrections ----------------------------------------------------------------------------------------------

CORRECTED = Answer("denied_internal", "公开〔2024〕9号", day("2024-03-18"), "post", day("2024-03-22"), "更正")


def correct(decision, answer=CORRECTED, **kw):
    kw = {"reason": "引用条款错误", "actor": SYSTEM, "at": NOW} | kw
    return acts.correct_decision(decision=decision, answer=answer, **kw)


def test_a_wrong_record_is_replaced_and_counts_on_the_right_day():
    request = make_request()
    first = close(request, served_on=SERVED)
    second = correct(first)

    assert list(Decision.objects.order_by("pk").values_list("pk", "outcome", "replaced_by")) == [
        (first.pk, "granted", second.pk),
        (second.pk, "denied_internal", None),
    ]
    assert state(request) == (day("2024-03-22"), "denied_internal")
    answered = request.facts.filter(kind="answered").order_by("pk")
    assert list(answered.values_list("on", "cancel_reason")) == [
        (SERVED, "引用条款错误"),
        (day("2024-03-22"), ""),
    ]


def test_a_new_letter_leaves_the_case_closed_on_the_day_of_the_first():
    request = make_request()
    first = close(request, served_on=SERVED)
    correct(first, dataclasses.replace(CORRECTED, served_on=day("2024-06-20")), reissued=True)

    assert state(request) == (SERVED, "denied_internal")
    assert request.facts.filter(kind="answered").count() == 1


def test_the_same_day_and_number_may_stay_and_the_document_is_kept():
    request = make_request()
    document = make_document(request.body)
    first = close(request, served_on=SERVED, number="公开〔2024〕1号", document=document)
    correct(first, dataclasses.replace(CORRECTED, number="公开〔2024〕1号", served_on=SERVED))

    assert state(request) == (SERVED, "denied_internal")
    assert request.facts.filter(kind="answered").count() == 1
    assert Request.objects.get(pk=request.pk).document == document


def test_correcting_is_refused():
    request = make_request()
    first = close(request, served_on=SERVED)
    with refused("outcome", "no_reason"):
        correct(first, dataclasses.replace(CORRECTED, outcome="nothing"), reason=" ")
    with refused("reissued_early"):
        correct(
            first,
            dataclasses.replace(
                CORRECTED, decided_on=SERVED.replace(day=19), served_on=SERVED.replace(day=19)
            ),
            reissued=True,
        )
    record_on = dataclasses.replace(CORRECTED, decided_on=day("2024-03-02"), served_on=day("2024-03-02"))
    acts.record_fact(
        request=request,
        kind="reasons_requested",
        on=day("2024-03-05"),
        actor=SYSTEM,
        at=NOW,
        amendment="漏登",
    )
    with refused("clock"):
        correct(first, record_on)


def test_a_reissued_letter_changes_the_year_it_was_counted_in():
    request = make_request(submitted_on=day("2023-12-05"))
    first = close(request, served_on=day("2023-12-20"))
    lock_year(request.body, 2023)
    answer = dataclasses.replace(CORRECTED, decided_on=day("2024-03-18"))

    with refused("year_locked"):
        correct(first, answer, reissued=True)
    correct(first, answer, reissued=True, amendment="复议后重新答复")
    assert state(request) == (day("2023-12-20"), "denied_internal")
