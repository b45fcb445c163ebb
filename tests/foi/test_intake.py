"""Registering applicants and requests."""

import pytest
from tests.factories import (
    at,
    codes,
    day,
    lock_year,
    make_applicant,
    make_body,
    make_handler,
    make_request,
    refused,
)

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Applicant, CaseFact, Request
from gongkai.organisations.models import Unit

pytestmark = pytest.mark.django_db


def register(body, applicant, **kw):
    kw = {
        "channel": "online",
        "subject": "2023年学校招生方案",
        "submitted_on": day("2024-06-27"),
        "actor": SYSTEM,
        "at": at(2024, 6, 28),
    } | kw
    return acts.register_request(body=body, applicant=applicant, **kw)


def test_a_request_gets_the_next_number_of_its_body_and_year():
    first, second = make_body(), make_body()
    submitted = [
        (first, "2023-12-31"),
        (first, "2024-01-01"),
        (first, "2024-01-02"),
        (second, "2024-01-02"),
        (first, "2023-12-31"),
    ]
    numbers = [make_request(body, submitted_on=day(on)).number for body, on in submitted]

    assert numbers == ["2023-0001", "2024-0001", "2024-0002", "2024-0001", "2023-0002"]


def test_more_than_9999_requests_in_a_year_have_longer_numbers():
    from gongkai.core.models import Counter

    body = make_body()
    Counter.objects.create(series=f"foi.request:{body.pk}:2024", last=9999)

    assert acts.intake.request_number(body, 2024) == "2024-10000"


def test_what_a_registered_request_is_made_of():
    body = make_body()
    handler, unit = make_handler(body), Unit.objects.create(body=body, name="办公室")
    applicant = make_applicant(body, kind="research")
    parent = make_request(body)
    made = register(
        body,
        applicant,
        actor=handler,
        subject=" 2023年学校招生方案 ",
        description="初中",
        wanted_form="电子邮件",
        unit=unit,
        parent=parent,
    )

    expected = {
        "id": made.pk,
        "body_id": body.pk,
        "number": "2024-0002",
        "applicant_id": applicant.pk,
        "applicant_kind": "research",
        "channel": "online",
        "subject": "2023年学校招生方案",
        "description": "初中",
        "wanted_form": "电子邮件",
        "wanted_delivery": "",
        "special_needs": "",
        "agent_name": "",
        "agent_phone": "",
        "parent_id": parent.pk,
        "unit_id": unit.pk,
        "registered_at": at(2024, 6, 28),
        "registered_by_id": handler.pk,
        "received_on": None,
        "closed_on": None,
        "outcome": "",
        "document_id": None,
    }
    assert Request.objects.values(*expected).get(pk=made.pk) == expected
    facts = CaseFact.objects.filter(request=made).values_list("kind", "on", "detail", "recorded_by")
    assert list(facts) == [("submitted", day("2024-06-27"), {}, handler.pk)]
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.detail) == (
        "foi.register_request",
        {"number": "2024-0002", "channel": "online", "submitted_on": "2024-06-27"},
    )


def test_every_obstacle_is_named_at_once():
    body, elsewhere = make_body(), make_body()
    stranger = make_applicant(elsewhere)
    unit = Unit.objects.create(body=elsewhere, name="办公室")
    parent = make_request(elsewhere)
    officer = make_handler(elsewhere)
    lock_year(body, 2024)

    with refused(
        "not_permitted", "year_locked", "field", "field", "future", "elsewhere", "elsewhere", "elsewhere"
    ) as caught:
        register(
            body,
            stranger,
            actor=officer,
            channel="pigeon",
            subject=" ",
            submitted_on=day("2024-06-29"),
            unit=unit,
            parent=parent,
        )
    said = [str(one) for one in caught.value.obstacles]
    assert said[1:5] == [
        f"{body.name}2024年度的年报已经公布，该年度的记录已锁定（如确需更正，请填写更正理由，更正将单独记录）",
        "受理渠道：值 'pigeon' 不是有效选项。",
        "所需信息名称：此字段不能为空。",
        "2024-06-29还没有到，不能登记将来发生的事（请核对日期）",
    ]


def test_a_double_click_registers_one_request():
    body = make_body()
    applicant = make_applicant(body)
    register(body, applicant)

    with refused("duplicate") as caught:
        register(body, applicant)
    assert caught.value.obstacles[0].message == "该申请人当日相同内容的申请已登记为2024-0001"


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "2022年学校招生方案"},
        {"submitted_on": day("2024-06-26")},
        {"channel": "fax"},
        {"duplicate_confirmed": True},
    ],
)
def test_another_request_of_the_same_applicant_is_registered(other):
    body = make_body()
    applicant = make_applicant(body)
    register(body, applicant)

    assert register(body, applicant, **other).number == "2024-0002"


def test_the_same_request_of_another_applicant_is_registered():
    body = make_body()
    register(body, make_applicant(body))

    assert register(body, make_applicant(body)).number == "2024-0002"


def test_a_refused_request_uses_up_no_number():
    body = make_body()
    applicant = make_applicant(body)
    with refused("field"):
        register(body, applicant, subject="")

    assert register(body, applicant).number == "2024-0001"


def test_a_known_applicant_is_not_registered_twice():
    body = make_body()
    person = {"kind": "natural", "name": "张三", "identity_number": "110101199003070038"}
    acts.register_applicant(body=body, actor=SYSTEM, at=at(), **person)

    with refused("known"):
        acts.register_applicant(
            body=body, actor=SYSTEM, at=at(), **person | {"identity_number": "11010119900307003 8"}
        )
    others = [person | {"name": "李四"}, person | {"identity_number": ""}, person | {"identity_number": ""}]
    for other in others:
        acts.register_applicant(body=body, actor=SYSTEM, at=at(), **other)
    acts.register_applicant(body=make_body(), actor=SYSTEM, at=at(), **person)
    assert Applicant.objects.count() == 5


def test_an_applicant_needs_a_kind_and_a_name_and_an_officer_of_the_body():
    body, officer = make_body(), make_handler(make_body())

    with refused("not_permitted", "field", "field"):
        acts.register_applicant(body=body, kind="", name="  ", actor=officer, at=at())


def test_the_obstacles_can_be_asked_without_acting():
    body = make_body()
    draft = Applicant(body=body, kind="natural", name="")

    assert codes(acts.why_not_register_applicant(draft, actor=SYSTEM, at=at())) == ["field"]
    assert Applicant.objects.count() == 0
