"""The server dies between two steps: after any write of any act the case is as it was before, or as it is after."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.factories import day, everything
from tests.foi.letter_moves import DISPATCH_MOVES, LETTER_MOVES, letter_world
from tests.foi.moves import MOVES
from tests.foi.paperwork import posted
from tests.foi.states import world

from gongkai.foi.archive import folder
from gongkai.foi.models import Dispatch, Letter, Request

pytestmark = pytest.mark.django_db(transaction=True)

WRITES = ("INSERT", "UPDATE", "DELETE")


class KilledError(Exception):
    """The process is gone."""


class Killer:
    """Lets so many writes pass and ends the process at the next."""

    def __init__(self, after):
        self.after, self.seen = after, 0

    def __call__(self, execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(WRITES):
            self.seen += 1
            if self.seen > self.after:
                raise KilledError
        return done


def files():
    root = Path(settings.PRIVATE_ROOT)
    return sorted(str(one) for one in root.rglob("*") if one.is_file())


def killed_after_every_write(act):
    """Kill it after its first write, its second, … until it comes through; how many writes it has."""
    before, kept = everything(), files()
    for number in range(100):
        killer = Killer(number)
        try:
            with connection.execute_wrapper(killer):
                act()
        except KilledError:
            assert everything() == before, f"after write {number + 1}"
            assert files() == kept
            continue
        assert everything() != before
        return number
    pytest.fail("an act of a hundred writes")


ON_REQUESTS = {
    "split_request": "clarified",
    "merge_requests": "running",
    "reopen_request": "answered",
    "confirm_arrival": "not_received",
    "assign": "running",
    "add_material": "running",
    "extension": "running",
    "record_fee_payment": "awaiting_payment",
    "close_request": "suspended",
    "lapse_request": "lapsed",
    "reply_to_clarification": "awaiting_clarification",
    "ask_correction": "answered",
}
ON_LETTERS = {
    "edit_letter": "approved",
    "give_opinion": "approved",
    "sign_letter": "approved",
    "issue_letter": "notice_signed",
    "void_letter": "answer_signed",
}


@pytest.mark.parametrize("name", ON_REQUESTS)
def test_an_act_on_a_request(name, monkeypatch):
    monkeypatch.setattr(folder, "archive", lambda _request: b"")
    request, who = world(ON_REQUESTS[name])
    assert killed_after_every_write(lambda: MOVES[name](Request.objects.get(pk=request.pk), who)) > 1


@pytest.mark.parametrize("name", ON_LETTERS)
def test_an_act_on_a_letter(name):
    letter, who = letter_world(ON_LETTERS[name])
    assert killed_after_every_write(lambda: LETTER_MOVES[name](Letter.objects.get(pk=letter.pk), who)) > 1


def test_posting_an_answer_issues_it_closes_the_case_and_records_all_three():
    letter, who = letter_world("answer_signed")
    writes = killed_after_every_write(
        lambda: posted(Letter.objects.get(pk=letter.pk), "2024-03-06", actor=who)
    )
    assert writes > 8
    letter.refresh_from_db()
    request = Request.objects.get(pk=letter.request_id)
    assert (letter.state, request.closed_on, letter.decision.number) == (
        "issued",
        day("2024-03-06"),
        letter.number,
    )


def test_confirming_an_electronic_answer():
    letter, who = letter_world("sent_electronically")
    sent = letter.dispatches.get()
    killed_after_every_write(lambda: DISPATCH_MOVES["confirm_service"](Dispatch.objects.get(pk=sent.pk), who))
    assert Request.objects.get(pk=letter.request_id).outcome == "granted"


def test_an_online_application_with_files():
    from tests.factories import make_body
    from tests.foi.test_online import PDF, submit

    from gongkai.foi import acts

    body = make_body()
    attached = (acts.CaseFile("identity", "身份证.pdf", PDF), acts.CaseFile("other", "附件.txt", b"a"))
    killed_after_every_write(lambda: submit(body, files=attached))
    assert (Request.objects.count(), len(files())) == (1, 2)
