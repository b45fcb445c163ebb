"""Who holds a case: assigning, claiming, handing back and over; sub-tasks, remarks; the alarm nobody claimed."""

import pytest
from tests.factories import (
    at,
    close,
    day,
    make_body,
    make_handler,
    make_officer,
    make_post,
    make_request,
    refused,
)

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Assignment
from gongkai.foi.worklist import held_by, present_assignment, unclaimed
from gongkai.organisations.models import Unit

pytestmark = pytest.mark.django_db

NOW = at(2024, 3, 4)


@pytest.fixture
def case():
    request = make_request()
    unit = Unit.objects.create(body=request.body, name="基础教育股")
    return request, unit, make_handler(request.body)


def in_unit(unit):
    return make_post(body=unit.body, unit=unit).officer


def test_assigned_to_a_unit_claimed_by_its_officer(case):
    request, unit, chief = case
    given = acts.assign(request=request, unit=unit, actor=chief, at=NOW, note="请核对近三年情况")
    officer, stranger = in_unit(unit), in_unit(Unit.objects.create(body=request.body, name="人事股"))

    with refused("not_in_unit"):
        acts.claim(assignment=given, actor=stranger, at=NOW)
    acts.claim(assignment=given, actor=officer, at=NOW)
    with refused("claimed", "not_in_unit"):
        acts.claim(assignment=given, actor=stranger, at=NOW)

    request.refresh_from_db()
    now = present_assignment(request)
    assert (now.unit, now.officer, now.claimed_at, request.unit) == (unit, officer, NOW, unit)
    last = Entry.objects.latest("sequence")
    assert (last.verb, last.actor, last.detail) == ("foi.claim", officer, {"assignment": given.pk})


def test_who_assigns_himself_has_claimed(case):
    request, _, officer = case
    assert acts.assign(request=request, officer=officer, actor=officer, at=NOW).claimed_at == NOW


def test_assigning_anew_ends_what_was(case):
    request, unit, chief = case
    first = acts.assign(request=request, unit=unit, actor=chief, at=NOW)
    with refused("again"):
        acts.assign(request=request, unit=unit, actor=chief, at=NOW)
    second = acts.assign(request=request, officer=chief, actor=SYSTEM, at=at(2024, 3, 5))

    first.refresh_from_db()
    assert (first.ended_at, present_assignment(request)) == (at(2024, 3, 5), second)
    with refused("ended"):
        acts.claim(assignment=first, actor=chief, at=NOW)
    other = make_handler(request.body)
    with refused("not_yours"):
        acts.claim(assignment=second, actor=other, at=NOW)


def test_to_nobody_elsewhere_or_to_who_may_not(case):
    request, _, chief = case
    with refused("nobody"):
        acts.assign(request=request, actor=chief, at=NOW)
    other, nobody = Unit.objects.create(body=make_body(), name="办公室"), make_officer()
    with refused("elsewhere", "cannot_handle"):
        acts.assign(request=request, unit=other, officer=nobody, actor=chief, at=NOW)


def test_the_system_claims_nothing(case):
    request, unit, chief = case
    given = acts.assign(request=request, unit=unit, actor=chief, at=NOW)
    with refused("no_officer"):
        acts.claim(assignment=given, actor=SYSTEM, at=NOW)


def test_handed_back_to_the_unit_then_to_whoever_assigns(case):
    request, unit, chief = case
    officer = in_unit(unit)
    given = acts.claim(
        assignment=acts.assign(request=request, unit=unit, actor=chief, at=NOW), actor=officer, at=NOW
    )

    with refused("not_yours"):
        acts.hand_back(assignment=given, reason="不归我管", actor=chief, at=NOW)
    with refused("no_reason"):
        acts.hand_back(assignment=given, reason=" ", actor=officer, at=NOW)
    again = acts.hand_back(assignment=given, reason="不归我管", actor=officer, at=NOW)
    assert (again.unit, again.officer, again.note) == (unit, None, "退回：不归我管")
    with refused("ended"):
        acts.hand_back(assignment=given, reason="不归我管", actor=officer, at=NOW)
    assert acts.hand_back(assignment=again, reason="不归本股", actor=officer, at=NOW) is None
    assert present_assignment(request) is None


def test_the_alarm_rings_after_a_whole_workday(case):
    """Assigned on Friday 2024-03-29; Monday is a whole workday; Tuesday it rings."""
    request, unit, chief = case
    given = acts.assign(request=request, unit=unit, actor=chief, at=at(2024, 3, 29))

    days = [at(2024, 3, 29), at(2024, 3, 31), at(2024, 4, 1), at(2024, 4, 2)]
    assert [unclaimed(request.body, at=one) for one in days] == [[], [], [], [given]]
    acts.claim(assignment=given, actor=chief, at=at(2024, 4, 2))
    assert unclaimed(request.body, at=days[-1]) == []


def test_a_task_is_due_no_later_than_its_case(case):
    """Received 2024-03-01: due on 2024-03-29."""
    request, unit, chief = case
    make = {"request": request, "title": "提供2023年台账", "unit": unit, "actor": chief, "at": NOW}
    with refused("after_due"):
        acts.make_task(due_on=day("2024-04-01"), **make)
    with refused("past"):
        acts.make_task(due_on=day("2024-03-01"), **make)
    task = acts.make_task(due_on=day("2024-03-29"), **make)
    with refused("again"):
        acts.make_task(due_on=day("2024-03-29"), **make)

    with refused("no_result"):
        acts.finish_task(task=task, result="", actor=chief, at=NOW)
    acts.finish_task(task=task, result="已提供", actor=chief, at=NOW)
    with refused("done"):
        acts.finish_task(task=task, result="已提供", actor=chief, at=NOW)
    task.refresh_from_db()
    assert (task.done_at, task.result) == (NOW, "已提供")


def test_remarks_stay_out_of_the_audit(case):
    request, _, chief = case
    with refused("empty"):
        acts.remark(request=request, text="  ", actor=chief, at=NOW)
    acts.remark(request=request, text="申请人张三来过电话", actor=chief, at=NOW)
    with refused("again"):
        acts.remark(request=request, text="申请人张三来过电话", actor=chief, at=NOW)

    said = Entry.objects.latest("sequence")
    assert (said.verb, said.detail) == ("foi.remark", {"remark": request.remarks.get().pk})


def test_all_that_an_officer_holds_goes_over_in_one_act(case):
    request, unit, chief = case
    body, leaving, to = request.body, make_handler(request.body), make_handler(request.body)
    closed = make_request(body)
    for one in (request, closed, second := make_request(body)):
        acts.assign(request=one, unit=unit, officer=leaving, actor=leaving, at=NOW)
    close(closed)
    task = acts.make_task(
        request=second, title="核对", due_on=day("2024-03-08"), officer=leaving, actor=chief, at=NOW
    )

    with refused("not_permitted"):
        acts.hand_over(body=body, leaving=leaving, to=to, reason="调离", actor=chief, at=NOW)
    with refused("same", "no_reason"):
        acts.hand_over(body=body, leaving=leaving, to=leaving, reason="", actor=leaving, at=NOW)
    nobody = make_officer()
    with refused("cannot_handle"):
        acts.hand_over(body=body, leaving=leaving, to=nobody, reason="调离", actor=leaving, at=NOW)
    held = acts.hand_over(body=body, leaving=leaving, to=to, reason="调离", actor=leaving, at=NOW)

    assert [one.request for one in held.assignments] == [request, second]
    assert held.tasks == (task,)
    assert not held_by(leaving, body)
    now = held_by(to, body)
    assert [(one.request, one.unit, one.claimed_at) for one in now.assignments] == [
        (request, unit, None),
        (second, unit, None),
    ]
    assert [one.pk for one in now.tasks] == [task.pk]
    with refused("nothing"):
        acts.hand_over(body=body, leaving=leaving, to=to, reason="调离", actor=leaving, at=NOW)
    assert Assignment.objects.filter(request=closed, ended_at=None).count() == 1
