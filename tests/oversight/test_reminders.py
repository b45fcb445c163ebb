"""Reminders to the units: to whom, in which words, once a day, again when it is news."""

import datetime as dt

import pytest
from django.core import mail
from tests.factories import at, codes, make_handler, make_post, verbs
from tests.oversight.conftest import NOW, TODAY, put

from gongkai.catalogue.models import Item
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.organisations.acts import add_unit
from gongkai.organisations.models import Body
from gongkai.oversight.models import CoverageReminder
from gongkai.oversight.reminders import mail_coverage_reminder, mark_read, remind, unread, urge, why_not_urge
from gongkai.oversight.tasks import remind_all

pytestmark = pytest.mark.django_db
SATURDAY = at(day=29)
EVENING = at(hour=20)


@pytest.fixture
def quiet(items):
    """Everything covered but for one overdue item of a unit and one blank item of none."""
    body = items["招生计划"].catalogue.body
    unit = add_unit(body=body, name="基教股", kind="internal", actor=SYSTEM)
    for item in items.values():
        put(item, dt.date(2024, 6, 3), dt.date(2024, 6, 3))
    put(items["招生计划"], dt.date(2024, 3, 1))
    Item.objects.filter(pk=items["招生计划"].pk).update(unit=unit)
    items["控辍保学"].documents.all().delete()
    return unit


def later(days, **kw):
    return NOW + dt.timedelta(days, **kw)


def test_each_unit_is_told_of_its_own(body, quiet):
    inside = make_post(body=body, unit=quiet).officer
    outside = make_handler(body)
    rows = remind(body, at=NOW)
    assert {(row.officer, row.unit, row.text) for row in rows} == {
        (inside, quiet, "公开目录有1项逾期：招生计划"),
        (inside, None, "公开目录有1项空白：控辍保学"),
        (outside, None, "公开目录有1项空白：控辍保学"),
    }
    assert verbs()[-1] == "oversight.remind"
    assert unread(outside) == [row for row in rows if row.officer == outside]
    assert mark_read(outside, at=NOW) == 1
    assert unread(outside) == []


def test_nobody_is_told_twice_a_day_nor_again_without_news(body, quiet, items):
    make_handler(body)
    assert len(remind(body, at=NOW)) == 2
    assert remind(body, at=later(0, hours=2)) == []
    assert remind(body, at=later(3)) == []  # Monday
    put(items["招生政策"], dt.date(2024, 3, 1))
    news = remind(body, at=later(4))
    assert [row.text for row in news] == ["公开目录有1项逾期、1项空白：招生政策、控辍保学"]
    assert [row.unit for row in remind(body, at=later(7))] == [quiet]  # the fifth workday since
    assert remind(body, at=later(7, hours=1)) == []


def test_nobody_is_disturbed_in_quiet_hours(body, quiet):
    make_handler(body)
    assert remind(body, at=SATURDAY) == []
    assert remind(body, at=EVENING) == []
    assert CoverageReminder.objects.count() == 0


def test_urging_is_once_a_day_for_who_may_where_there_is_something(body, quiet, appointed):
    make_handler(body)
    supervisor, reader = appointed("supervisor"), appointed("reader")
    assert codes(why_not_urge(body, actor=reader, at=NOW)) == ["not_permitted"]
    rows = urge(body=body, actor=supervisor, at=NOW)
    assert {row.given_by for row in rows} == {supervisor}
    with pytest.raises(RefusedError) as refused:
        urge(body=body, actor=supervisor, at=NOW)
    assert codes(refused.value.obstacles) == ["today"]
    assert remind(body, at=later(0, hours=1)) == []
    assert urge(body=body, actor=supervisor, at=later(3))
    Item.objects.update(not_applicable="本次不看")
    assert codes(why_not_urge(body, actor=supervisor, at=later(4))) == ["nothing"]


def test_where_nobody_works_nobody_can_be_urged(body, quiet, appointed):
    with pytest.raises(RefusedError) as refused:
        urge(body=body, actor=appointed("supervisor"), at=NOW)
    assert codes(refused.value.obstacles) == ["nobody"]
    assert remind(body, at=NOW) == []
    assert "oversight.remind" not in verbs()


def test_a_reminder_is_mailed_to_who_has_an_address(body, quiet, django_capture_on_commit_callbacks):
    make_handler(body, email="lin@example.org")
    with django_capture_on_commit_callbacks(execute=False) as queued:
        rows = remind(body, at=NOW)
    assert len(queued) == len(rows) == 2
    mail_coverage_reminder.call(rows[0].pk)
    assert "公开监测" in mail.outbox[0].body
    assert mail.outbox[0].to == ["lin@example.org"]


def test_the_daily_job_goes_through_the_bodies_that_have_a_catalogue(body, quiet, monkeypatch):
    make_handler(body)
    monkeypatch.setattr("gongkai.oversight.tasks.timezone.now", lambda: NOW)
    remind_all()
    assert CoverageReminder.objects.filter(on=TODAY).count() == 2
    CoverageReminder.objects.all().delete()
    Body.objects.update(is_active=False)
    remind_all()
    assert CoverageReminder.objects.count() == 0
