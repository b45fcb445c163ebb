"""Serving an answer (国办公开办函〔2016〕235号): the day that counts closes the case; corrections, withdrawals, new rounds."""

import pytest
from tests.factories import at, close, day, lock_year, make_handler, make_request, refused
from tests.foi.paperwork import draft, issued, moment, posted, ready, signed

from gongkai.core.actors import SYSTEM
from gongkai.disputes.acts import conclude_dispute, file_dispute
from gongkai.foi import acts
from gongkai.foi.acts.redoing import present_round
from gongkai.foi.clock import clock_of
from gongkai.foi.models import Decision, Letter, Request
from gongkai.reports.compute.figures import compute_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Received on Friday 2024-03-01: due on 2024-03-29."""
    return ready(make_request())


def again(row):
    return type(row).objects.get(pk=row.pk)


def state(request):
    row = again(request)
    return (row.closed_on and row.closed_on.isoformat(), row.outcome)


def test_posted_it_closes_on_the_posting_day(case):
    letter = signed(case, "denied_internal", "2024-03-28")
    posted(letter, "2024-03-29", at=moment("2024-04-01"))

    assert state(case) == ("2024-03-29", "denied_internal")
    decision = Decision.objects.get()
    assert (decision.number, decision.served_by, decision.served_on) == (
        letter.number,
        "post",
        day("2024-03-29"),
    )
    assert (decision.decided_on, decision.signed_by) == (day("2024-03-28"), letter.signed_by)
    row = again(letter)
    assert (row.state, row.decision) == ("issued", decision)
    assert "张三" not in decision.wording
    assert clock_of(again(case), as_of=day("2024-04-01")).overdue is False


def test_posted_wrongly(case):
    letter = signed(case, "granted", "2024-03-28")
    with refused("posting", "no_tracking"):
        posted(letter, "2024-03-28", carrier="某某快递", tracking_number="", actor=SYSTEM)
    with refused("posting"):
        posted(letter, "2024-03-28", posting=acts.Posting(paid_by_recipient=True), actor=SYSTEM)
    with refused("early"):
        posted(letter, "2024-03-27", at=moment("2024-03-28"), actor=SYSTEM)
    posted(
        letter, "2024-03-28", carrier="县邮政局", posting=acts.Posting(postal_confirmed=True), actor=SYSTEM
    )
    assert state(case) == ("2024-03-28", "granted")


def test_a_letter_that_comes_back_does_not_open_the_case(case):
    letter = signed(case, "granted", "2024-03-28")
    first = posted(letter, "2024-03-28")
    with refused("under_way"):
        posted(letter, "2024-03-29", actor=SYSTEM)
    with refused("no_failure"):
        acts.fail_service(
            dispatch=first, failed_on=day("2024-04-02"), failure="", actor=SYSTEM, at=moment("2024-04-02")
        )
    acts.fail_service(
        dispatch=first, failed_on=day("2024-04-02"), failure="地址不详", actor=SYSTEM, at=moment("2024-04-02")
    )
    with refused("failed"):
        acts.confirm_service(
            dispatch=again(first), received_on=day("2024-04-02"), actor=SYSTEM, at=moment("2024-04-02")
        )
    second = posted(again(letter), "2024-04-03")
    acts.confirm_service(
        dispatch=second, received_on=day("2024-04-07"), actor=SYSTEM, at=moment("2024-04-07")
    )
    with refused("served"):
        posted(again(letter), "2024-04-08", actor=SYSTEM)

    assert state(case) == ("2024-03-28", "granted")
    assert Decision.objects.count() == 1


def test_handed_over_it_closes_on_the_day_of_signing(case):
    letter = signed(case, "granted", "2024-03-27")
    hand = {"letter": letter, "method": "in_person", "actor": SYSTEM, "at": moment("2024-03-28")}
    with refused("not_signed"):
        acts.dispatch_letter(sent_on=day("2024-03-28"), **hand)
    acts.dispatch_letter(sent_on=day("2024-03-28"), received_on=day("2024-03-28"), received_by="张三", **hand)
    assert state(case) == ("2024-03-28", "granted")


def test_handed_over_by_another_body(case):
    letter = signed(case, "granted", "2024-03-25")
    give = {"letter": letter, "method": "commissioned", "sent_on": day("2024-03-25"), "actor": SYSTEM}
    with refused("no_carrier"):
        acts.dispatch_letter(at=moment("2024-03-25"), **give)
    sent = acts.dispatch_letter(carrier="邻县教体局", at=moment("2024-03-25"), **give)
    assert (state(case), again(letter).state) == ((None, ""), "issued")
    acts.confirm_service(dispatch=sent, received_on=day("2024-03-29"), actor=SYSTEM, at=moment("2024-04-01"))
    assert state(case) == ("2024-03-29", "granted")


def test_sent_electronically_it_counts_once_the_arrival_is_confirmed(case):
    letter = signed(case, "granted", "2024-03-28")
    send = {"letter": letter, "method": "electronic", "actor": SYSTEM}
    first = acts.dispatch_letter(sent_on=day("2024-03-28"), at=moment("2024-03-28"), **send)
    assert state(case) == (None, "")
    acts.fail_service(
        dispatch=first, failed_on=day("2024-03-28"), failure="退信", actor=SYSTEM, at=moment("2024-03-28")
    )
    second = acts.dispatch_letter(sent_on=day("2024-03-29"), at=moment("2024-03-29"), **send)
    acts.confirm_service(
        dispatch=second, received_on=day("2024-04-02"), actor=SYSTEM, at=moment("2024-04-02")
    )
    assert state(case) == ("2024-03-29", "granted")
    with refused("served"):
        acts.confirm_service(
            dispatch=again(second), received_on=day("2024-04-02"), actor=SYSTEM, at=moment("2024-04-03")
        )


def test_an_answer_to_a_case_that_was_closed_meanwhile(case):
    letter = signed(case, "granted", "2024-03-28")
    acts.withdraw_request(request=case, on=day("2024-03-28"), actor=SYSTEM, at=moment("2024-03-28"))
    with refused("closed"):
        posted(letter, "2024-03-29", actor=SYSTEM)


def test_signed_in_december_and_posted_in_january_counts_in_the_new_year():
    """Received 2023-12-15; signed on Friday 29 December, posted on 2 January: the new year closes it."""
    request = ready(make_request(submitted_on=day("2023-12-15")))
    posted(signed(request, "granted", "2023-12-29"), "2024-01-02")
    old, new = (compute_figures(request.body, year) for year in (2023, 2024))
    carried = [
        {(cell.row, cell.column): value for cell, value in one.items() if cell.table == 3 and value}
        for one in (old, new)
    ]
    assert [one.get(("granted", "natural")) for one in carried] == [None, 1]
    assert carried[0][("carried_out", "natural")] == carried[1][("carried_in", "natural")] == 1


def test_registered_late_it_must_not_slip_into_a_published_year():
    """Posted on 29 December, registered on 20 January when the report is out: only as an amendment."""
    request = ready(make_request(submitted_on=day("2023-12-15")))
    letter = signed(request, "granted", "2023-12-29")
    lock_year(request.body, 2023)
    with refused("year_locked"):
        posted(letter, "2023-12-29", at=moment("2024-01-20"), actor=SYSTEM)
    posted(letter, "2023-12-29", at=moment("2024-01-20"), amendment="补登交邮日期")
    assert state(request) == ("2023-12-29", "granted")


def test_proof(case):
    sent = posted(signed(case, "granted", "2024-03-28"), "2024-03-28")
    other = make_request()
    here, there = (
        acts.add_material(
            request=one, kind="proof", name="回执.txt", content="已签收".encode(), actor=SYSTEM, at=at()
        )
        for one in (case, other)
    )
    with refused("elsewhere"):
        acts.attach_proof(dispatch=sent, proof=there, actor=SYSTEM, at=at())
    acts.attach_proof(dispatch=sent, proof=here, actor=SYSTEM, at=at())
    with refused("again"):
        acts.attach_proof(dispatch=again(sent), proof=here, actor=SYSTEM, at=at())
    assert again(sent).proof == here


# A wrong answer ---------------------------------------------------------------------------------------------


def answered(case):
    letter = signed(case, "denied_internal", "2024-03-25")
    posted(letter, "2024-03-25")
    return again(letter)


def test_a_corrected_answer_takes_the_place_of_the_wrong_one_and_both_stay(case):
    wrong = answered(case)
    letter = signed(again(case), "answer_corrected", "2024-04-10", outcome="denied_process", replaces=wrong)
    posted(letter, "2024-04-11")

    first, second = Decision.objects.order_by("pk")
    assert (first.replaced_by, second.outcome, second.served_on) == (
        second,
        "denied_process",
        day("2024-04-11"),
    )
    assert state(case) == ("2024-03-25", "denied_process")
    assert [one.state for one in Letter.objects.order_by("pk")] == ["issued", "issued"]
    with refused("replaced"):
        draft(
            again(case),
            "answer_corrected",
            "2024-04-12",
            outcome="granted",
            replaces=again(wrong),
            actor=SYSTEM,
        )


def test_nothing_to_correct(case):
    open_one = signed(case, "granted", "2024-03-25")
    for replaces in (None, open_one):
        with refused("nothing_to_correct"):
            draft(case, "answer_corrected", "2024-03-26", outcome="granted", replaces=replaces, actor=SYSTEM)


def test_a_withdrawn_answer_opens_a_new_round(case):
    wrong = answered(case)
    issued(again(case), "answer_withdrawn", "2024-04-10", replaces=wrong)

    anew = present_round(case)
    assert (anew.number, anew.standing, anew.reopens) == (f"{case.number}-重1", "redone", case)
    assert state(case) == ("2024-03-25", "denied_internal")
    assert clock_of(anew, as_of=day("2024-04-10")).due_on == day("2024-05-10")
    with refused("withdrawn"):
        draft(again(case), "answer_withdrawn", "2024-04-11", replaces=again(wrong), actor=SYSTEM)


# Answered anew after a review or a judgment ----------------------------------------------------------------


def ruled(case, *, result="corrected", route="review", filed="2024-04-15", on="2024-06-03"):
    dispute = file_dispute(
        body=case.body,
        request=again(case),
        route=route,
        number="复1",
        filed_on=day(filed),
        actor=SYSTEM,
        at=moment(on),
    )
    return conclude_dispute(dispute=dispute, result=result, concluded_on=day(on), actor=SYSTEM, at=moment(on))


def reopen(case, **kw):
    kw = {
        "ground": "review",
        "received_on": day("2024-06-05"),
        "actor": SYSTEM,
        "at": moment("2024-06-05"),
    } | kw
    return acts.reopen_request(request=again(case), **kw)


def test_after_a_review_twenty_new_workdays_and_no_second_count(case):
    """The ruling came on 2024-06-05: twenty workdays (Dragon Boat on 10 June off) end on 4 July."""
    answered(case)
    ruled(case)
    before = compute_figures(case.body, 2024)
    anew = reopen(case)

    assert clock_of(anew, as_of=day("2024-06-05")).due_on == day("2024-07-04")
    posted(signed(ready(anew), "granted", "2024-07-02"), "2024-07-03")
    assert state(anew) == ("2024-07-03", "granted")
    assert state(case) == ("2024-03-25", "denied_internal")
    assert compute_figures(case.body, 2024) == before
    with refused("again"):
        reopen(case, received_on=day("2024-06-06"), at=moment("2024-06-06"))


def test_a_day_the_ruling_sets(case):
    answered(case)
    ruled(case)
    anew = reopen(case, due_on=day("2024-06-20"))
    now = clock_of(anew, as_of=day("2024-06-05"))
    assert (now.due_on, now.article) == (day("2024-06-20"), "复议决定或者判决")
    with refused("clock"):
        draft(ready(anew), "extension", "2024-06-06", actor=SYSTEM)


def test_a_second_round_after_a_judgment(case):
    answered(case)
    ruled(case)
    first = reopen(case)
    posted(signed(ready(first), "denied_internal", "2024-06-10"), "2024-06-11")
    dispute = file_dispute(
        body=case.body, request=again(first), route="direct", number="行初1", filed_on=day("2024-06-14"),
        actor=SYSTEM, at=at(),
    )  # fmt: skip
    conclude_dispute(
        dispute=dispute, result="corrected", concluded_on=day("2024-06-20"), actor=SYSTEM, at=at()
    )
    second = reopen(first, ground="judgment", received_on=day("2024-06-21"), at=at())
    assert (second.number, present_round(case)) == (f"{case.number}-重2", second)


def test_why_a_round_is_not_opened(case):
    with refused("open", "no_ruling"):
        reopen(case)
    answered(case)
    with refused("no_ruling"):
        reopen(case)
    ruled(case, result="upheld")
    with refused("no_ruling"):
        reopen(case)
    with refused("no_ruling"):
        reopen(case, ground="judgment")
    with refused("no_reason", "due_own"):
        reopen(case, ground="own", due_on=day("2024-06-20"))
    with refused("ground"):
        reopen(case, ground="mood")
    with refused("early"):
        reopen(case, ground="own", reason="错了", received_on=day("2024-03-01"))
    with refused("future"):
        reopen(case, ground="own", reason="错了", received_on=day("2024-06-06"))


def test_a_case_closed_without_a_letter_is_reopened_as_well(case):
    close(case)
    anew = reopen(case, ground="own", reason="答复对象错误")
    assert [one.kind for one in anew.facts.all()] == ["received"]
    assert Request.objects.get(pk=case.pk).facts.filter(kind="reopened").get().detail == {
        "numbers": anew.number,
        "reason": "答复对象错误",
    }
    reader = make_handler(case.body, role="reader")
    with refused("not_permitted", "again"):
        reopen(case, ground="own", reason="再来", actor=reader)
