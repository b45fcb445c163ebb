"""意见箱: a letter from the writer's click to the answer he reads."""

import datetime as dt

import pytest
from django.db import connection
from tests.engagement.made import DURING, HOME
from tests.engagement.test_consultations import refusal

from gongkai.audit.models import Entry
from gongkai.calendars.queries import current_calendar
from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.enums import LetterState
from gongkai.engagement.models import MailboxLetter
from gongkai.engagement.stages import is_letter_late, letter_due_of
from gongkai.organisations.acts import add_unit

MINUTE = dt.timedelta(minutes=1)


def written(body, **more):
    given = {"subject": "学区", "text": "请公开学区图", "origin": HOME, "at": DURING}
    return acts.write_letter(body=body, **{**given, **more})


def test_a_letter_is_taken_and_its_writer_is_encrypted(body):
    letter, code = written(body, name="欧阳某某", contact="13800001234", may_publish=True)
    assert (letter.number[:2], letter.state, len(code)) == ("LX", LetterState.WAITING, 10)
    entry = Entry.objects.get(verb="engagement.write_letter")
    assert (entry.actor_name, entry.detail, entry.target_name) == ("公众", {}, letter.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact, code_digest FROM engagement_mailboxletter")
        assert not {"欧阳某某", "13800001234", code} & set(cursor.fetchone())


def test_what_is_wrong_with_a_letter_is_told_at_once(body):
    assert refusal(written, body=body, subject=" ", text="") == ["empty", "empty"]
    long = {"subject": "长" * 121, "text": "长" * 5001, "name": "长" * 101, "contact": "1" * 101}
    assert refusal(written, body=body, **long) == ["too_long"] * 4
    written(body)
    assert refusal(written, body=body, text="请公开 学区图！") == ["again"]
    assert MailboxLetter.objects.count() == 1


def test_number_and_code_open_a_letter_and_nothing_else_does(body):
    letter, code = written(body)
    assert acts.open_letter(number=f" {letter.number.lower()} ", code=code.lower(), at=DURING) == letter
    assert acts.open_letter(number="LX0-2024-00001", code=code, at=DURING) is None
    for _ in range(5):
        assert acts.open_letter(number=letter.number, code="AAAAA-AAAAA", at=DURING) is None
    assert acts.open_letter(number=letter.number, code=code, at=DURING + 14 * MINUTE) is None
    assert acts.open_letter(number=letter.number, code=code, at=DURING + 16 * MINUTE) == letter
    assert Entry.objects.filter(verb="engagement.letter_locked").count() == 1


def test_a_letter_entered_by_hand_opens_to_nobody(body):
    given = {"body": body, "subject": "来电", "text": "询问", "actor": SYSTEM, "at": DURING}
    letter = acts.enter_letter(**given, way="phone", received_at=DURING)
    assert acts.open_letter(number=letter.number, code="", at=DURING) is None
    wrong = {**given, "subject": "", "way": "online", "received_at": DURING + MINUTE}
    assert refusal(acts.enter_letter, **wrong) == ["empty", "way", "future"]


def test_answered_once_and_shown_only_when_the_writer_agreed(body, appointed):
    letter, _ = written(body)
    given = {"letter": letter, "actor": appointed("approver"), "at": DURING}
    assert refusal(acts.answer_letter, **given, answer=" ", is_public=True) == ["empty", "not_agreed"]
    assert refusal(acts.answer_letter, **given, answer="长" * 5001) == ["too_long"]
    answered = acts.answer_letter(**given, answer="已公开，见网站")
    assert (answered.state, answered.is_public, answered.answered_at) == (LetterState.ANSWERED, False, DURING)
    assert refusal(acts.answer_letter, **given, answer="又答") == ["dealt_with"]
    assert refusal(acts.set_aside_letter, **given, reason="晚了") == ["dealt_with"]
    shown, _ = written(body, text="另一封", may_publish=True)
    handler = {**given, "letter": shown, "actor": appointed("handler"), "answer": "答", "is_public": True}
    assert refusal(acts.answer_letter, **handler) == ["not_permitted"]
    assert acts.answer_letter(**{**handler, "actor": given["actor"]}).is_public is True


def test_set_aside_for_a_reason_and_given_to_a_unit(body, appointed):
    letter, _ = written(body)
    unit = add_unit(body=body, name="义务教育科", kind="internal", actor=SYSTEM)
    given = {"letter": letter, "actor": appointed("handler"), "at": DURING}
    assert acts.give_letter(**given, unit=unit).unit == unit
    assert refusal(acts.set_aside_letter, **given, reason=" ") == ["empty"]
    assert acts.set_aside_letter(**given, reason="广告").state == LetterState.SET_ASIDE
    assert refusal(acts.give_letter, **given, unit=None) == ["dealt_with"]


@pytest.mark.parametrize("days_late", [0, 1])
def test_its_term_is_counted_in_workdays(body, days_late):
    letter, _ = written(body)
    due = letter_due_of(letter, current_calendar()).day
    assert due == dt.date(2024, 6, 11)  # 15 working days after 20 May 2024; 10 June is 端午
    day = due + dt.timedelta(days_late)
    assert is_letter_late(letter, day, current_calendar()) is bool(days_late)
    at = dt.datetime.combine(day, dt.time(9), tzinfo=DURING.tzinfo)
    answered = acts.answer_letter(letter=letter, answer="答", actor=SYSTEM, at=at)
    assert is_letter_late(answered, dt.date(2025, 1, 1), current_calendar()) is bool(days_late)


def test_what_is_set_aside_is_never_late(body):
    letter, _ = written(body)
    letter = acts.set_aside_letter(letter=letter, reason="广告", actor=SYSTEM, at=DURING)
    assert is_letter_late(letter, dt.date(2025, 1, 1), current_calendar()) is False
