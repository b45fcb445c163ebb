"""Reminders: each once, on workdays in office hours, to whoever has the case."""

import datetime as dt

import pytest
from django.core import mail
from tests.factories import at, close, day, make_body, make_handler, make_request

from gongkai.core.actors import SYSTEM
from gongkai.disputes.acts import file_dispute
from gongkai.disputes.reminders import remind_of_disputes
from gongkai.foi import acts
from gongkai.foi.models import Reminder
from gongkai.foi.reminders import mail_reminder, mark_read, remind, unread
from gongkai.organisations.models import Unit

pytestmark = pytest.mark.django_db


def given(body, at_):
    return [(one.officer, one.kind, one.on.isoformat(), one.text) for one in remind(body, at=at_)]


def test_the_stretches_of_a_term_each_once():
    """Received 2024-03-01, due on 2024-03-29: ten workdays are left on 15 March."""
    request = make_request()
    officer = make_handler(request.body)
    number, due = request.number, "2024-03-29"

    said = {one: given(request.body, at(2024, 3, one)) for one in (14, 15, 18, 22, 23, 25, 27, 28, 29)}
    assert said == {
        14: [],
        15: [(officer, "left_10", due, f"申请{number}还剩10个工作日，{due}到期")],
        18: [],
        22: [(officer, "left_5", due, f"申请{number}还剩5个工作日，{due}到期")],
        23: [],
        25: [],
        27: [(officer, "left_2", due, f"申请{number}还剩2个工作日，{due}到期")],
        28: [],
        29: [(officer, "due", due, f"申请{number}今天到期")],
    }
    overdue = [(officer, "overdue", due, f"申请{number}答复期限{due}已过，逾期1个工作日")]
    assert [given(request.body, at(2024, 4, one)) for one in (1, 2)] == [overdue, []]


def test_none_is_lost_when_the_machine_was_off():
    request = make_request()
    make_handler(request.body)
    assert [one.kind for one in remind(request.body, at=at(2024, 3, 26))] == ["left_5"]


@pytest.mark.parametrize(
    "moment",
    [at(2024, 3, 27, 8, 29), at(2024, 3, 27, 17, 31), at(2024, 3, 30), at(2024, 4, 4)],
    ids=["early", "late", "saturday", "holiday"],
)
def test_quiet_hours(moment):
    request = make_request()
    make_handler(request.body)
    assert remind(request.body, at=moment) == []


def test_the_hours_are_the_installations(settings):
    settings.GONGKAI_REMINDER_HOURS = (dt.time(14), dt.time(16))
    request = make_request()
    make_handler(request.body)
    assert [len(remind(request.body, at=at(2024, 3, 27, hour))) for hour in (9, 17, 15)] == [0, 0, 1]


def test_a_make_up_saturday_is_a_workday():
    """2024-04-07 is worked for Qingming."""
    request = make_request()
    make_handler(request.body)
    assert [one.kind for one in remind(request.body, at=at(2024, 4, 7))] == ["overdue"]


def test_who_waits_for_others_needs_no_reminder():
    request = make_request()
    make_handler(request.body)
    acts.record_fact(
        request=request,
        kind="third_party_consulted",
        on=day("2024-03-05"),
        actor=SYSTEM,
        at=at(2024, 3, 5),
    )
    assert remind(request.body, at=at(2024, 4, 1)) == []


def test_the_holder_else_the_unit_else_everybody():
    request = make_request()
    body = request.body
    both = {make_handler(body), make_handler(body, role="approver")}
    make_handler(body, role="reader")
    unit = Unit.objects.create(body=body, name="办公室")
    now = at(2024, 3, 29)

    assert {one.officer for one in remind(body, at=now)} == both
    Reminder.objects.all().delete()
    insider = make_handler(body)
    insider.posts.update(unit=unit)
    acts.assign(request=request, unit=unit, actor=SYSTEM, at=now)
    assert [one.officer for one in remind(body, at=now)] == [insider]
    Reminder.objects.all().delete()
    holder = both.pop()
    acts.assign(request=request, officer=holder, actor=SYSTEM, at=now)
    assert [one.officer for one in remind(body, at=now)] == [holder]


def test_unclaimed_and_tasks():
    request = make_request()
    officer = make_handler(request.body)
    acts.assign(request=request, officer=officer, actor=SYSTEM, at=at(2024, 3, 4))
    for title in ("核对", "盖章"):
        acts.make_task(
            request=request,
            title=title,
            due_on=day("2024-03-07"),
            officer=officer,
            actor=SYSTEM,
            at=at(2024, 3, 4),
        )
    assert given(request.body, at(2024, 3, 5)) == []
    assert given(request.body, at(2024, 3, 6)) == [
        (officer, "unclaimed", "2024-03-04", f"申请{request.number}交办后无人签收"),
        (officer, "task_due", "2024-03-07", f"申请{request.number}的协办事项2024-03-07到期：核对、盖章"),
    ]
    assert given(request.body, at(2024, 3, 6)) == []


def test_closed_cases_and_other_bodies_are_left_alone():
    request = make_request()
    make_handler(request.body)
    make_request(other := make_body())
    close(request)
    assert remind(request.body, at=at(2024, 4, 1)) == []
    assert remind(other, at=at(2024, 4, 1)) == []


def test_by_e_mail_to_who_has_an_address(django_capture_on_commit_callbacks, monkeypatch):
    request = make_request()
    make_handler(request.body, email="lin@example.cn")
    make_handler(request.body)
    sent = []
    monkeypatch.setattr(type(mail_reminder), "enqueue", lambda _, key: sent.append(key))
    with django_capture_on_commit_callbacks(execute=True):
        both = remind(request.body, at=at(2024, 3, 29))

    assert sent == [one.pk for one in both if one.officer.email]
    mail_reminder.func(sent[0])
    [message] = mail.outbox
    assert (message.to, message.subject) == (["lin@example.cn"], "政府信息公开办理提醒：今天到期")
    assert message.body == f"申请{request.number}今天到期。\n"


def test_read_reminders():
    request = make_request()
    officer = make_handler(request.body)
    rows = remind(request.body, at=at(2024, 3, 29))
    assert unread(officer) == rows
    assert mark_read(officer, at=at(2024, 3, 29, 11)) == 1
    assert unread(officer) == []


def test_the_terms_of_reviews_and_lawsuits():
    """A review accepted on 2024-03-01 is answered by 11 March, a lawsuit by 18 March (it is the fifteenth day)."""
    body = make_body()
    officer = make_handler(body)
    for route, number in (("review", "复〔2024〕1号"), ("direct", "（2024）行初2号")):
        file_dispute(body=body, route=route, number=number, filed_on=day("2024-03-01"), actor=SYSTEM, at=at())

    def told(on):
        return [(one.officer, one.text) for one in remind_of_disputes(body, at=on)]

    assert told(at(2024, 3, 5)) == []
    assert told(at(2024, 3, 6)) == [(officer, "行政复议案件复〔2024〕1号应于2024-03-11前提交答复和证据")]
    assert told(at(2024, 3, 7)) == []
    assert told(at(2024, 3, 9)) == []
    assert told(at(2024, 3, 11)) == [
        (officer, "未经复议直接起诉案件（2024）行初2号应于2024-03-16前提交答复和证据")
    ]
