"""Two officers act on one case at once: one is refused with a reason, and nothing is lost or done twice."""

from functools import partial

import pytest
from tests.factories import at_once, codes, day, make_handler, make_request, workers_wait_for_each_other
from tests.foi.letter_moves import letter_world
from tests.foi.paperwork import draft, moment, posted, ready, reviewed, signed
from tests.foi.test_online import NOW as ONLINE
from tests.foi.test_online import application

from gongkai.audit.queries import verify_chain
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.foi import acts
from gongkai.foi.letter_text import digest_of
from gongkai.foi.models import Access, Assignment, Decision, Letter, Opinion, Reminder, Request
from gongkai.foi.reminders import remind
from gongkai.organisations.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

ON = "2024-03-05"
NOW = moment("2024-03-06")


@pytest.fixture(autouse=True)
def shared_database(db):
    if not workers_wait_for_each_other():
        pytest.skip("threads do not share a database in memory")


def outcome_of(*calls):
    """How many succeeded, and why the others were refused."""
    results = at_once(*calls)
    wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, RefusedError)]
    assert wrong == []
    refused = [one for one in results if isinstance(one, RefusedError)]
    assert verify_chain() is None
    return len(results) - len(refused), sorted({code for one in refused for code in codes(one.obstacles)})


@pytest.fixture
def case():
    return ready(make_request())


def test_two_claim_one_case(case):
    unit = Unit.objects.create(body=case.body, name="办公室")
    given = acts.assign(request=case, unit=unit, actor=SYSTEM, at=NOW)
    both = [make_handler(case.body) for _ in range(2)]
    done, why = outcome_of(*(partial(acts.claim, assignment=given, actor=one, at=NOW) for one in both))
    assert (done, why) == (1, ["claimed"])
    assert Assignment.objects.get().officer in both


def test_two_assign_one_case(case):
    both = [make_handler(case.body) for _ in range(2)]
    done, _ = outcome_of(
        *(partial(acts.assign, request=case, officer=one, actor=SYSTEM, at=NOW) for one in both)
    )
    assert done == 2
    assert Assignment.objects.filter(ended_at=None).count() == 1


def test_two_drafts_of_one_answer(case):
    both = [make_handler(case.body) for _ in range(2)]
    calls = [partial(draft, case, "granted", ON, actor=one) for one in both]
    assert outcome_of(*calls) == (1, ["again"])
    assert Letter.objects.count() == 1


def test_one_edits_while_the_other_signs(case):
    letter = reviewed(draft(case, "granted", ON), ON)
    editor, chief = make_handler(case.body), make_handler(case.body, role="approver")
    calls = [
        partial(acts.edit_letter, letter=letter, seen=digest_of(letter), text="改", actor=editor, at=NOW),
        partial(acts.sign_letter, letter=letter, actor=chief, at=NOW),
    ]
    done, why = outcome_of(*calls)
    letter.refresh_from_db()
    signed_first = (letter.state, letter.text == "改") == ("signed", False)
    edited_first = (letter.state, letter.text) == ("in_review", "改")
    assert done == 1
    assert (signed_first, "state" in why) == (True, True) or (edited_first, "unreviewed" in why) == (
        True,
        True,
    )


def test_two_sign_one_letter(case):
    letter = reviewed(draft(case, "granted", ON), ON)
    both = [make_handler(case.body, role="approver") for _ in range(2)]
    done, why = outcome_of(*(partial(acts.sign_letter, letter=letter, actor=one, at=NOW) for one in both))
    assert (done, why) == (1, ["state"])
    assert Opinion.objects.filter(stage="sign").count() == 1


def test_letters_signed_at_once_have_consecutive_numbers(case):
    chief = make_handler(case.body, role="approver")
    rows = [make_request(case.body) for _ in range(4)]
    letters = [reviewed(draft(ready(one), "granted", ON), ON) for one in rows]
    done, _ = outcome_of(*(partial(acts.sign_letter, letter=one, actor=chief, at=NOW) for one in letters))
    numbers = sorted(Letter.objects.values_list("number", flat=True))
    assert (done, numbers) == (4, [f"{case.body.display_name}公开〔2024〕第{one}号" for one in range(1, 5)])


def test_an_answer_posted_twice_closes_once(case):
    letter = signed(case, "granted", ON)
    both = [make_handler(case.body) for _ in range(2)]
    done, why = outcome_of(*(partial(posted, letter, "2024-03-06", actor=one) for one in both))
    assert (done, why) == (1, ["under_way"])
    assert Decision.objects.count() == 1


def test_posted_while_the_applicant_withdraws(case):
    letter = signed(case, "granted", ON)
    officer = make_handler(case.body)
    calls = [
        partial(posted, letter, "2024-03-06", actor=officer),
        partial(acts.withdraw_request, request=case, on=day("2024-03-06"), actor=SYSTEM, at=NOW),
    ]
    assert outcome_of(*calls) == (1, ["closed"])
    assert Request.objects.get(pk=case.pk).outcome in {"granted", "withdrawn"}


def test_an_arrival_confirmed_by_officer_and_applicant_at_once():
    letter, who = letter_world("sent_electronically")
    sent = letter.dispatches.get()
    call = partial(acts.confirm_service, dispatch=sent, received_on=day("2024-03-06"), at=NOW)
    assert outcome_of(partial(call, actor=who), partial(call, actor=SYSTEM)) == (1, ["served"])
    assert Decision.objects.count() == 1


def test_split_while_it_is_merged(case):
    later = make_request(case.body, applicant=case.applicant, submitted_on=day("2024-03-04"))
    parts = [acts.Part("一"), acts.Part("二")]
    calls = [
        partial(acts.split_request, request=later, parts=parts, reason="两项", actor=SYSTEM, at=NOW),
        partial(acts.merge_requests, request=case, duplicate=later, reason="相同", actor=SYSTEM, at=NOW),
    ]
    assert outcome_of(*calls) == (1, ["set_aside"])


def test_a_double_click_on_submit(case):
    call = partial(acts.submit_online, body=case.body, key="K" * 20, application=application(), at=ONLINE)
    first, second = at_once(call, call)
    assert first == second
    assert (Request.objects.filter(channel="online").count(), Access.objects.count()) == (1, 1)


def test_wrong_codes_at_once_are_all_counted(case):
    acts.issue_query_code(request=case, actor=SYSTEM, at=NOW)
    call = partial(acts.open_case, body=case.body, number=case.number, code="WRONG", at=NOW)
    assert at_once(*[call] * 5) == [None] * 5
    assert Access.objects.get().locked_until is not None


def test_two_schedulers_remind_once(case):
    make_handler(case.body)
    at_once(*[partial(remind, case.body, at=moment("2024-03-29"))] * 2)
    assert Reminder.objects.count() == 1
