import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import register_document
from gongkai.engagement.acts import (
    answer_concern,
    open_consultation,
    publish_feedback,
    record_concern,
    release_consultation,
)
from gongkai.engagement.models import Concern, Consultation
from gongkai.organisations.acts import lock_year, register_body

CHINA = dt.timezone(dt.timedelta(hours=8))
OPENS, CLOSES = dt.date(2024, 5, 6), dt.date(2024, 6, 5)
AROSE = dt.datetime(2024, 7, 1, 8, tzinfo=CHINA)


def codes(refused):
    return [obstacle.code for obstacle in refused.value.obstacles]


@pytest.fixture
def consultation(body):
    prepared = open_consultation(
        body=body, title="学区划分方案（征求意见稿）", opens_on=OPENS, closes_on=CLOSES, actor=SYSTEM
    )
    return release_consultation(
        consultation=prepared, actor=SYSTEM, at=dt.datetime(2024, 5, 5, 9, tzinfo=CHINA)
    )


def test_a_consultation_is_counted_in_the_year_it_opens(body, consultation, appointed):
    lock_year(body=body, year=2024, actor=SYSTEM, at=AROSE)
    with pytest.raises(RefusedError) as refused:
        open_consultation(
            body=body, title="又一件", opens_on=OPENS, closes_on=CLOSES, actor=appointed("reader")
        )
    assert codes(refused) == ["not_permitted", "year_locked"]
    assert Consultation.objects.get() == consultation
    assert Entry.objects.get(verb="engagement.open_consultation").detail == {
        "opens_on": "2024-05-06",
        "closes_on": "2024-06-05",
    }


def test_a_consultation_that_ends_before_it_begins_is_refused(body):
    with pytest.raises(ValidationError, match="截止日期不得早于开始日期"):
        open_consultation(body=body, title="倒置", opens_on=CLOSES, closes_on=OPENS, actor=SYSTEM)


def test_feedback_is_published_once_after_the_end(consultation, appointed):
    given = {"received": 12, "adopted": 5, "feedback": "采纳5条", "actor": appointed("approver")}
    answered = publish_feedback(consultation=consultation, on=dt.date(2024, 6, 20), **given)
    assert (answered.received, answered.adopted, answered.feedback_published_on) == (
        12,
        5,
        dt.date(2024, 6, 20),
    )
    with pytest.raises(RefusedError) as refused:
        publish_feedback(
            consultation=consultation, received=3, adopted=4, feedback=" ", on=CLOSES, actor=given["actor"]
        )
    assert codes(refused) == ["published", "open", "adopted", "no_feedback"]
    consultation.refresh_from_db()
    assert consultation.received == 12


def test_a_concern_is_answered_once_and_not_before_it_arose(body, appointed):
    concern = record_concern(body=body, topic="校车停运传言", arose_at=AROSE, actor=appointed("handler"))
    document = register_document(
        body=body, title="情况说明", kind="notice", made_on=AROSE.date(), actor=SYSTEM, at=AROSE
    )
    with pytest.raises(RefusedError) as refused:
        answer_concern(concern=concern, at=AROSE - dt.timedelta(hours=1), actor=SYSTEM)
    assert codes(refused) == ["before"]
    at = AROSE + dt.timedelta(hours=3)
    answered = answer_concern(concern=concern, at=at, actor=appointed("approver"), document=document)
    assert (answered.answered_at, answered.document) == (at, document)
    with pytest.raises(RefusedError) as refused:
        answer_concern(concern=concern, at=at, actor=SYSTEM)
    assert codes(refused) == ["answered"]


def test_another_body_s_document_answers_nothing(body):
    other = register_body(
        actor=SYSTEM, name="别处局", slug="other", kind="department", tier="county", credit_code="1" * 18
    )
    foreign = register_document(
        body=other, title="说明", kind="notice", made_on=AROSE.date(), actor=SYSTEM, at=AROSE
    )
    concern = record_concern(body=body, topic="传言", arose_at=AROSE, actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        answer_concern(concern=concern, at=AROSE, actor=SYSTEM, document=foreign)
    assert codes(refused) == ["foreign"]
    assert Concern.objects.get().answered_at is None
