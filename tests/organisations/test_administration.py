"""Who may administer what, and the acts on accounts."""

import pytest
from django.core.exceptions import ValidationError
from tests.factories import day, make_body, make_handler, make_officer, make_post, refused

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.organisations.acts import (
    add_unit,
    appoint,
    change_unit,
    edit_account,
    edit_body,
    end_post,
    invite,
    open_account,
    register_body,
    set_active,
)
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import administered_bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_body(name="青屿县人民政府")


@pytest.fixture
def bureau(county):
    return make_body(name="青屿县教育局", parent=county)


@pytest.fixture
def stranger():
    return make_body(name="外县教育局")


@pytest.fixture
def admin(county):
    return make_handler(county, Role.ADMINISTRATOR)


def opened(bureau, admin, **kw):
    kw = {"username": "lin", "name": "林敏", "role": Role.HANDLER, "since": day("2024-01-01")} | kw
    return open_account(body=bureau, actor=admin, **kw)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADMINISTRATOR, ["青屿县人民政府", "青屿县教育局"]),
        (Role.SUPERVISOR, []),
        (Role.APPROVER, []),
        (Role.HANDLER, []),
        (Role.READER, []),
    ],
)
def test_only_the_administrators_post_administers_and_it_reaches_down(
    county, bureau, stranger, role, expected
):
    officer = make_handler(county, role)
    assert [body.name for body in administered_bodies(officer, day("2024-06-28"))] == expected


def test_a_superuser_administers_everything_without_a_post(county, bureau, stranger):
    found = administered_bodies(make_officer(is_superuser=True), day("2024-06-28"))
    assert set(found) == {county, bureau, stranger}


def test_an_administrator_registers_below_and_edits_and_the_audit_keeps_both(county, admin):
    made = register_body(
        actor=admin, parent=county, name="青屿县卫生局", slug="health", kind="department", tier="county"
    )
    edit_body(body=made, actor=admin, phone="0579-0000000", office="办公室")
    assert Body.objects.get(pk=made.pk).phone == "0579-0000000"
    assert Entry.objects.order_by("sequence").last().detail == {
        "phone": {"from": "", "to": "0579-0000000"},
        "office": {"from": "", "to": "办公室"},
    }


def test_a_wrong_field_changes_nothing(bureau, admin):
    with pytest.raises(ValidationError):
        edit_body(body=bureau, actor=admin, credit_code="太短")
    assert Body.objects.get(pk=bureau.pk).credit_code == ""


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.APPROVER, Role.HANDLER, Role.READER])
def test_nobody_else_administers(bureau, role):
    officer = make_handler(bureau, role)
    unit = add_unit(body=bureau, name="办公室", kind="internal", actor=make_officer(is_superuser=True))
    post = make_post(body=bureau)
    acts = [
        lambda: register_body(
            actor=officer, parent=bureau, name="某局", slug="x", kind="department", tier="county"
        ),
        lambda: edit_body(body=bureau, actor=officer, phone="1"),
        lambda: add_unit(body=bureau, name="财务科", kind="internal", actor=officer),
        lambda: change_unit(unit=unit, actor=officer, name="财务科", kind="internal", is_active=True),
        lambda: appoint(
            officer=officer, body=bureau, role=Role.ADMINISTRATOR, since=day("2024-01-01"), actor=officer
        ),
        lambda: end_post(post=post, until=day("2024-06-01"), actor=officer),
        lambda: opened(bureau, officer),
    ]
    for act in acts:
        with refused("not_permitted"):
            act()


def test_the_administrator_of_one_bureau_has_no_say_in_another(bureau, stranger):
    admin = make_handler(stranger, Role.ADMINISTRATOR)
    with refused("not_permitted"):
        edit_body(body=bureau, actor=admin, phone="1")


def test_an_account_opens_with_a_post_and_no_password(bureau, admin):
    officer = opened(bureau, admin, email="lin@example.gov.cn")
    assert [(post.body, post.role) for post in officer.posts.all()] == [(bureau, Role.HANDLER)]
    assert not officer.has_usable_password()


def test_a_name_or_an_address_opens_one_account(bureau, admin):
    opened(bureau, admin, email="lin@example.gov.cn")
    with refused("email_taken", "username_taken"):
        opened(bureau, admin, username="LIN", email="LIN@example.gov.cn")


def test_who_can_set_a_password_can_act_as_the_account_so_all_its_posts_must_be_his(county, bureau, stranger):
    admin = make_handler(bureau, Role.ADMINISTRATOR)
    officer = make_handler(bureau)
    invite(officer=officer, actor=admin)
    post = make_post(officer=officer, body=county, role=Role.SUPERVISOR)
    with refused("not_governed"):
        invite(officer=officer, actor=admin)
    end_post(post=post, until=day("2020-01-01"), actor=make_officer(is_superuser=True))
    invite(officer=officer, actor=admin)
    Officer.objects.filter(pk=officer.pk).update(is_superuser=True)
    with refused("not_governed"):
        invite(officer=officer, actor=admin)
    elsewhere = make_handler(stranger)
    with refused("not_governed"):
        edit_account(officer=elsewhere, name="某", email="", actor=admin)


def test_nobody_locks_himself_out(bureau):
    admin = make_handler(bureau, Role.ADMINISTRATOR)
    with refused("own_account"):
        set_active(officer=admin, is_active=False, actor=admin)
    with refused("own_post"):
        end_post(post=admin.posts.get(), until=day("2024-06-01"), actor=admin)


def test_an_account_out_of_use_gets_no_post_and_no_link(bureau, admin):
    officer = opened(bureau, admin)
    set_active(officer=officer, is_active=False, actor=admin, reason="调离")
    officer.refresh_from_db()
    with refused("inactive"):
        invite(officer=officer, actor=admin)
    with pytest.raises(RefusedError):
        appoint(officer=officer, body=bureau, role=Role.READER, since=day("2024-01-01"), actor=admin)
    assert Entry.objects.order_by("sequence").last().verb == "organisations.close_account"
    assert set_active(officer=officer, is_active=True, actor=admin).is_active


@pytest.mark.parametrize("due", ["1-26", "13-01", "02-30", "02-29", "00-00", "abcde", "０１-26", "02-01"])
def test_a_local_day_for_the_report_is_a_day_of_every_year_and_not_after_the_regulation_s(bureau, due):
    with pytest.raises(ValidationError) as raised:
        edit_body(body=bureau, actor=SYSTEM, report_due=due)
    assert list(raised.value.message_dict) == ["report_due"]
    with pytest.raises(ValidationError):
        make_body(report_due=due)


def test_a_government_may_set_a_later_day_than_a_department(county, bureau):
    edit_body(body=county, actor=SYSTEM, kind="government", report_due="03-15")
    edit_body(body=bureau, actor=SYSTEM, report_due="01-26")
    with pytest.raises(ValidationError):
        edit_body(body=bureau, actor=SYSTEM, report_due="03-15")
