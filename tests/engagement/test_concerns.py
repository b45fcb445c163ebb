"""回应关切: what is owed for a concern, and how it stands."""

import datetime as dt

from tests.engagement.test_consultations import refusal

from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.enums import Severity, StepKind
from gongkai.engagement.stages import standing_of
from gongkai.organisations.acts import add_unit, register_body

CHINA = dt.timezone(dt.timedelta(hours=8))
AROSE = dt.datetime(2024, 7, 1, 20, tzinfo=CHINA)
HOUR = dt.timedelta(hours=1)


def concern(body, **more):
    return acts.record_concern(body=body, topic="校车停运传言", arose_at=AROSE, actor=SYSTEM, **more)


def told(row, now):
    return [(one.term.step.value, one.done_at, one.is_late) for one in standing_of(row, now)]


def test_an_ordinary_concern_is_answered_within_48_hours(body):
    row = concern(body)
    assert told(row, AROSE + 48 * HOUR) == [("answer", None, False)]
    assert told(row, AROSE + 49 * HOUR) == [("answer", None, True)]
    answered = acts.answer_concern(concern=row, at=AROSE + 47 * HOUR, actor=SYSTEM)
    assert told(answered, AROSE + 900 * HOUR) == [("answer", AROSE + 47 * HOUR, False)]


def test_a_grave_emergency_has_a_first_word_and_a_briefing(body):
    row = concern(body, severity=Severity.GRAVE)
    assert told(row, AROSE + 6 * HOUR) == [("first_word", None, True), ("briefing", None, False)]
    acts.record_step(
        concern=row, kind=StepKind.FIRST_WORD, at=AROSE + 4 * HOUR, note="微博通报", actor=SYSTEM
    )
    assert told(row, AROSE + 25 * HOUR) == [
        ("first_word", AROSE + 4 * HOUR, False),
        ("briefing", None, True),
    ]
    answered = acts.answer_concern(concern=row, at=AROSE + 23 * HOUR, actor=SYSTEM)
    assert told(answered, AROSE + 99 * HOUR)[1] == ("briefing", AROSE + 23 * HOUR, False)
    assert list(row.steps.values_list("kind", flat=True)) == ["first_word", "answer"]


def test_a_step_is_recorded_once_after_the_concern_and_not_ahead(body, appointed):
    row = concern(body)
    given = {"concern": row, "actor": SYSTEM}
    assert refusal(acts.record_step, **given, kind=StepKind.ANSWER, at=AROSE) == ["kind"]
    assert refusal(acts.record_step, **given, kind="first_word", at=AROSE - HOUR) == ["before"]
    far = dt.datetime(2999, 1, 1, tzinfo=CHINA)
    assert refusal(acts.record_step, **given, kind="first_word", at=far) == ["future"]
    acts.record_step(**given, kind="first_word", at=AROSE)
    assert refusal(acts.record_step, **given, kind="first_word", at=AROSE) == ["again"]
    reader = {**given, "actor": appointed("reader")}
    assert refusal(acts.record_step, **reader, kind="briefing", at=AROSE) == ["not_permitted"]


def test_an_answer_is_recorded_after_it_was_given_and_no_step_after_it(body):
    row = concern(body)
    far = dt.datetime(2999, 1, 1, tzinfo=CHINA)
    assert refusal(acts.answer_concern, concern=row, at=far, actor=SYSTEM) == ["future"]
    assert refusal(acts.answer_concern, concern=row, at=AROSE - HOUR, actor=SYSTEM) == ["before"]
    acts.answer_concern(concern=row, at=AROSE + HOUR, actor=SYSTEM)
    assert refusal(acts.answer_concern, concern=row, at=AROSE + HOUR, actor=SYSTEM) == ["answered"]
    row.refresh_from_db()
    late = {"concern": row, "kind": "briefing", "actor": SYSTEM}
    assert refusal(acts.record_step, **late, at=AROSE + 2 * HOUR) == ["after"]
    assert acts.record_step(**late, at=AROSE + HOUR / 2).at == AROSE + HOUR / 2


def test_the_unit_concerned_is_the_body_s_own(body):
    other = register_body(
        actor=SYSTEM, name="别处局", slug="other", kind="department", tier="county", credit_code="1" * 18
    )
    unit = add_unit(body=other, name="办公室", kind="internal", actor=SYSTEM)
    assert refusal(concern, body=body, unit=unit) == ["foreign_unit"]
