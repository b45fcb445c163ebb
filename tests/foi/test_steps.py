"""Letters that leave: the fact each records on the case in the same moment, and what stands against it."""

import pytest
from tests.factories import at, day, make_handler, make_request, refused
from tests.foi.paperwork import draft, issued, moment, posted, ready, signed

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import clock_of
from gongkai.foi.models import FeeNotice, Letter, Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Received on Friday 2024-03-01: due on 2024-03-29."""
    return ready(make_request())


def facts(request, *kinds):
    rows = request.facts.filter(cancelled_at=None, kind__in=kinds).order_by("pk")
    return [(one.kind, one.on.isoformat(), one.detail, one.document_number) for one in rows]


def clock(request, on):
    return clock_of(Request.objects.get(pk=request.pk), as_of=day(on))


def test_clarification(case):
    letter = issued(case, "clarification", "2024-03-05")

    assert facts(case, "clarification_notified") == [
        ("clarification_notified", "2024-03-05", {"deadline_on": "2024-03-29"}, letter.number)
    ]
    now = clock(case, "2024-03-06")
    assert (letter.state, now.state, now.move) == ("issued", "awaiting_clarification", "applicant")
    with refused("state"):
        acts.issue_letter(letter=letter, on=day("2024-03-05"), actor=SYSTEM, at=moment("2024-03-05"))
    with refused("clock"):
        draft(case, "clarification", "2024-03-06", actor=SYSTEM)


def test_clarification_by_the_seventh_workday(case):
    """2024-03-12 is the seventh workday after the receipt."""
    letter = signed(case, "clarification", "2024-03-12")
    with refused("clarification_late"):
        acts.issue_letter(letter=letter, on=day("2024-03-13"), actor=SYSTEM, at=moment("2024-03-13"))
    acts.issue_letter(letter=letter, on=day("2024-03-12"), actor=SYSTEM, at=moment("2024-03-13"))
    letter.refresh_from_db()
    assert letter.issued_at == moment("2024-03-12", 12)


def test_an_extension_is_agreed_to_by_who_signs_and_moves_the_day(case):
    """Ten more workdays after 2024-03-29: 2024-04-15 (Qingming, with two make-up days left out and in)."""
    letter = issued(case, "extension", "2024-03-28")

    approved = {"workdays": 10, "approved_by": letter.signed_by.name, "told_on": "2024-03-28"}
    assert facts(case, "extended") == [("extended", "2024-03-28", approved, letter.number)]
    assert clock(case, "2024-03-28").due_on == day("2024-04-15")
    assert "2024年4月15日" in letter.text
    assert "2024年3月29日" in letter.text


def test_an_extension_after_the_term_or_beyond_twenty_days(case):
    with refused("clock"):
        draft(case, "extension", "2024-04-01", actor=SYSTEM)
    with refused("clock"):
        draft(case, "extension", "2024-03-28", actor=SYSTEM, facts={"extension_workdays": 21})
    letter = signed(case, "extension", "2024-03-29")
    with refused("clock"):
        acts.issue_letter(letter=letter, on=day("2024-04-01"), actor=SYSTEM, at=moment("2024-04-01"))


def test_reasons_and_the_term_of_article_35(case):
    issued(case, "reasons_request", "2024-03-05")
    acts.record_fact(
        request=case, kind="reasons_given", on=day("2024-03-11"), actor=SYSTEM, at=moment("2024-03-11")
    )
    letter = issued(case, "reasonable_term", "2024-03-12")

    assert facts(case, "reasons_requested", "term_set")[1] == (
        "term_set",
        "2024-03-12",
        {"due_on": "2024-05-31", "told_on": "2024-03-12"},
        letter.number,
    )
    assert clock(case, "2024-03-12").due_on == day("2024-05-31")


def test_several_third_parties_each_with_its_own_term(case):
    """Both letters posted on 5 March; A signs on 7 March, B on 8 March; A consents on 14 March, B is silent.

    B's fifteen workdays end on 29 March: two were used by 5 March, eighteen follow: 2024-04-25.
    """
    first = signed(case, "third_party_consultation", "2024-03-05", recipient="甲公司")
    second = signed(case, "third_party_consultation", "2024-03-05", recipient="乙公司")
    both = [posted(one, "2024-03-05") for one in (first, second)]
    assert clock(case, "2024-03-06").state == "suspended"
    for sent, on in zip(both, ("2024-03-07", "2024-03-08"), strict=True):
        acts.confirm_service(
            dispatch=sent, received_on=day(on), received_by="门卫", actor=SYSTEM, at=moment("2024-03-08")
        )
    acts.record_fact(
        request=case,
        kind="third_party_answered",
        on=day("2024-03-14"),
        detail={"party": "甲公司", "consents": True},
        actor=SYSTEM,
        at=moment("2024-03-14"),
    )

    assert facts(case, "third_party_consulted") == [
        (
            "third_party_consulted",
            "2024-03-05",
            {"party": "甲公司", "received_on": "2024-03-07"},
            first.number,
        ),
        (
            "third_party_consulted",
            "2024-03-05",
            {"party": "乙公司", "received_on": "2024-03-08"},
            second.number,
        ),
    ]
    now = clock(case, "2024-04-01")
    assert (now.state, now.due_on) == ("running", day("2024-04-25"))
    assert now.notices == (
        "乙公司：第三方逾期未提出意见，不等于同意公开；由行政机关依照条例的规定决定是否公开。",
    )


def test_the_silence_of_a_co_author_is_consent(case):
    sent = posted(signed(case, "co_author_consultation", "2024-03-05", recipient="县财政局"), "2024-03-05")
    acts.confirm_service(dispatch=sent, received_on=day("2024-03-05"), actor=SYSTEM, at=moment("2024-03-05"))
    assert clock(case, "2024-04-01").notices == (
        "县财政局：被征求意见的行政机关逾期未提出意见，视为同意公开。",
    )


def objecting(case):
    acts.record_fact(
        request=case,
        kind="third_party_consulted",
        on=day("2024-03-05"),
        detail={"party": "甲公司", "received_on": "2024-03-05"},
        actor=SYSTEM,
        at=moment("2024-03-05"),
    )
    acts.record_fact(
        request=case,
        kind="third_party_answered",
        on=day("2024-03-11"),
        detail={"party": "甲公司", "consents": False},
        actor=SYSTEM,
        at=moment("2024-03-11"),
    )


def test_against_a_third_party_s_will_only_after_it_was_told_why(case):
    objecting(case)
    with refused("objected"):
        draft(case, "granted", "2024-03-12", actor=SYSTEM)
    draft(case, "partial", "2024-03-12")
    acts.void_letter(letter=case.letters.get(), reason="改为公开", actor=SYSTEM, at=moment("2024-03-12"))

    with refused("no_objection"):
        draft(case, "third_party_override", "2024-03-12", actor=SYSTEM, recipient="乙公司")
    letter = issued(case, "third_party_override", "2024-03-12", recipient="甲公司")
    assert facts(case, "third_party_overridden") == [
        ("third_party_overridden", "2024-03-12", {"party": "甲公司", "reason": "关系公共健康"}, letter.number)
    ]
    assert draft(case, "granted", "2024-03-12").outcome == "granted"


def test_the_fee_its_term_and_the_new_start_after_payment(case):
    """72 pages: 420 yuan. The notice is received on 18 March, paid on 20 March: due twenty workdays later, 18 April."""
    letter = signed(case, "fee_notice", "2024-03-15")
    sent = posted(letter, "2024-03-15")
    with refused("received_early"):
        acts.confirm_service(
            dispatch=sent, received_on=day("2024-03-14"), actor=SYSTEM, at=moment("2024-03-18")
        )
    acts.confirm_service(dispatch=sent, received_on=day("2024-03-18"), actor=SYSTEM, at=moment("2024-03-18"))

    notice = FeeNotice.objects.get()
    assert (notice.amount_yuan, notice.notified_on) == (420, day("2024-03-15"))
    [told] = facts(case, "fee_notified")
    assert (told[2]["received_by_applicant_on"], told[3]) == ("2024-03-18", letter.number)
    assert clock(case, "2024-03-19").state == "awaiting_payment"
    acts.record_fee_payment(
        notice=notice,
        paid_on=day("2024-03-20"),
        paid_yuan=notice.amount_yuan,
        actor=SYSTEM,
        at=moment("2024-03-20"),
    )
    assert clock(case, "2024-03-21").due_on == day("2024-04-18")


def test_by_item_or_by_page_and_never_for_nothing(case):
    for given, codes in (
        ({"basis": "by_page", "quantity": 30}, ["free"]),
        ({"basis": "both", "quantity": 72}, ["basis"]),
        ({"basis": "by_item", "quantity": 1, "already": 9}, ["free"]),
    ):
        with refused(*codes):
            draft(case, "fee_notice", "2024-03-15", actor=SYSTEM, facts=given)
    letter = signed(
        case, "fee_notice", "2024-03-15", facts={"basis": "by_item", "quantity": 1, "already": 10}
    )
    acts.issue_letter(letter=letter, on=day("2024-03-15"), actor=SYSTEM, at=moment("2024-03-15"))
    assert FeeNotice.objects.get().amount_yuan == 100
    with refused("charged"):
        draft(case, "fee_notice", "2024-03-15", actor=SYSTEM)


def test_not_paid_the_case_lapses_with_its_letter(case):
    """Received on 18 March: twenty workdays end on 16 April (Qingming with its make-up day)."""
    sent = posted(signed(case, "fee_notice", "2024-03-15"), "2024-03-15")
    acts.confirm_service(dispatch=sent, received_on=day("2024-03-18"), actor=SYSTEM, at=moment("2024-03-18"))
    with refused("clock"):
        draft(case, "lapse_unpaid", "2024-04-15", actor=SYSTEM)
    letter = issued(case, "lapse_unpaid", "2024-04-17")

    case.refresh_from_db()
    assert (case.outcome, case.closed_on, letter.state) == ("lapse_unpaid", day("2024-04-17"), "issued")


def test_the_letter_about_a_lapse_that_was_recorded_before(case):
    issued(case, "clarification", "2024-03-05")
    acts.lapse_request(request=case, on=day("2024-04-01"), actor=SYSTEM, at=moment("2024-04-01"))
    letter = issued(ready(Request.objects.get(pk=case.pk)), "lapse_no_correction", "2024-04-02")
    case.refresh_from_db()
    assert (case.closed_on, letter.state) == (day("2024-04-01"), "issued")


def test_a_letter_leaves_neither_before_its_signature_nor_tomorrow(case):
    letter = signed(case, "assistance", "2024-03-05", recipient="县档案馆")
    with refused("early"):
        acts.issue_letter(letter=letter, on=day("2024-03-04"), actor=SYSTEM, at=moment("2024-03-05"))
    with refused("future"):
        acts.issue_letter(letter=letter, on=day("2024-03-06"), actor=SYSTEM, at=moment("2024-03-05"))
    acts.issue_letter(letter=letter, on=day("2024-03-05"), actor=SYSTEM, at=moment("2024-03-05"))
    assert Letter.objects.get().issued_at == moment("2024-03-05")
    assert facts(case, *[one.kind for one in case.facts.all()])[-1][0] == "received"


def test_an_answer_is_served_not_issued(case):
    letter = signed(case, "granted", "2024-03-05")
    with refused("serve"):
        acts.issue_letter(letter=letter, on=day("2024-03-05"), actor=SYSTEM, at=moment("2024-03-05"))
    stranger = make_handler(make_request().body)
    with refused("not_permitted"):
        posted(letter, "2024-03-05", actor=stranger, at=at(2024, 3, 5))
