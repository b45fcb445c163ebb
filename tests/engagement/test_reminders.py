"""Reminders of what is owed to the public: ahead, late, each once."""

import datetime as dt

from tests.engagement.made import CHINA, CLOSES, DURING, released
from tests.engagement.test_concerns import AROSE, HOUR, concern
from tests.engagement.test_mailbox import written

from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.reminders import remind_of_public


def told(body, day, hour=10):
    at = dt.datetime.combine(day, dt.time(hour), tzinfo=CHINA)
    return [one.text for one in remind_of_public(body, at=at)]


def test_the_result_is_asked_for_five_workdays_ahead_and_when_late(body, appointed):
    appointed("handler")
    row = released(body)
    assert told(body, CLOSES + dt.timedelta(1)) == []
    ahead = "意见征集“学区划分方案”的采纳情况应于2024-07-04前公布"
    assert told(body, dt.date(2024, 6, 26)) == []
    assert told(body, dt.date(2024, 6, 27)) == [ahead]
    assert told(body, dt.date(2024, 6, 28)) == []
    assert told(body, dt.date(2024, 7, 5)) == [f"{ahead}，已经逾期"]
    acts.publish_feedback(consultation=row, feedback="无", on=dt.date(2024, 7, 5), actor=SYSTEM)
    assert told(body, dt.date(2024, 7, 8)) == []


def test_letters_are_told_in_office_hours(body, appointed):
    appointed("handler")
    letter, _ = written(body)
    due = dt.date(2024, 6, 11)
    assert told(body, due, hour=22) == []
    assert told(body, due) == [f"来信{letter.number}的答复应于2024-06-11前公布"]
    acts.answer_letter(letter=letter, answer="答", actor=SYSTEM, at=DURING)
    assert told(body, dt.date(2024, 6, 12)) == []


def test_concerns_are_told_two_hours_ahead_at_any_hour_and_when_late(body, appointed):
    appointed("handler")
    row = concern(body)
    assert remind_of_public(body, at=AROSE + 45 * HOUR) == []
    (ahead,) = remind_of_public(body, at=AROSE + 46 * HOUR)
    assert ahead.text == "关切“校车停运传言”应于2024-07-03 20:00前回应（国办发〔2016〕61号：48小时内回应）"
    (late,) = remind_of_public(body, at=AROSE + 49 * HOUR)
    assert "已经逾期" in late.text
    acts.answer_concern(concern=row, at=AROSE + 50 * HOUR, actor=SYSTEM)
    assert remind_of_public(body, at=AROSE + 51 * HOUR) == []
