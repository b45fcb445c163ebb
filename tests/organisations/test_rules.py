"""Who may do what where, on which day; and which years are closed."""

import pytest
from tests.factories import day, lock_year, make_body, make_handler, make_officer, make_post

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import Obstacle
from gongkai.organisations.acts import end_post
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body
from gongkai.organisations.rules import (
    Permission,
    current_posts,
    locked_years,
    may,
    officer_of,
    visible_bodies,
    why_not_permitted,
    why_year_closed,
    why_years_closed,
)

pytestmark = pytest.mark.django_db

TODAY = day("2024-06-28")
READ, HANDLE, APPROVE, ADMINISTER = Permission
ALLOWED = {
    Role.READER: {READ},
    Role.HANDLER: {READ, HANDLE},
    Role.APPROVER: {READ, HANDLE, APPROVE},
    Role.SUPERVISOR: {READ},
    Role.ADMINISTRATOR: {READ, ADMINISTER},
}


@pytest.fixture
def tree():
    """A government with a department that has a sub-bureau, and a neighbour."""
    top = make_body(name="县政府")
    department = make_body(name="县教体局", parent=top)
    below = make_body(name="局属中心", parent=department)
    neighbour = make_body(name="县财政局", parent=top)
    return top, department, below, neighbour


@pytest.mark.parametrize("role", Role)
def test_permissions_by_role(role):
    body = make_body()
    officer = make_handler(body, role=role)

    assert {one for one in Permission if may(officer, one, body, TODAY)} == ALLOWED[role]


@pytest.mark.parametrize("role", Role)
def test_where_a_post_reaches(tree, role):
    _, department, below, _ = tree
    officer = make_handler(department, role=role)

    reached = {department, below} if role == Role.SUPERVISOR else {department}
    assert {body for body in tree if may(officer, READ, body, TODAY)} == reached
    assert set(visible_bodies(officer, TODAY)) == reached


def test_a_supervisor_sees_below_only_and_changes_nothing(tree):
    _, department, below, _ = tree
    officer = make_handler(department, role=Role.SUPERVISOR)

    assert [may(officer, READ, body, TODAY) for body in tree] == [False, True, True, False]
    assert [may(officer, one, below, TODAY) for one in (HANDLE, APPROVE, ADMINISTER)] == [False] * 3


def test_posts_in_several_bodies_add_up(tree):
    _, _, below, neighbour = tree
    officer = make_handler(below, role=Role.HANDLER)
    make_post(officer, neighbour, Role.APPROVER)
    make_post(officer, below, Role.READER)

    assert set(visible_bodies(officer, TODAY)) == {below, neighbour}
    assert [may(officer, APPROVE, body, TODAY) for body in tree] == [False, False, False, True]


def test_a_path_that_begins_alike_is_not_below():
    bodies = [make_body() for _ in range(12)]
    first = min(bodies, key=lambda one: len(one.path))
    Body.objects.filter(pk=bodies[-1].pk).update(path=f"{first.path.rstrip('/')}9/")
    officer = make_handler(first, role=Role.SUPERVISOR)

    assert set(visible_bodies(officer, TODAY)) == {first}


@pytest.mark.parametrize(
    ("on", "holds"),
    [("2020-02-29", False), ("2020-03-01", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_a_post_counts_from_its_first_day_through_its_last(on, holds):
    post = make_post(since=day("2020-03-01"))
    end_post(post=post, until=day("2024-06-30"), actor=SYSTEM)

    assert may(post.officer, HANDLE, post.body, day(on)) is holds
    assert visible_bodies(post.officer, day(on)).exists() is holds
    assert list(current_posts(post.officer, day(on))) == ([post] if holds else [])


def test_who_has_left_or_never_had_a_post_may_nothing():
    post = make_post()
    post.officer.is_active = False
    post.officer.save()

    assert may(post.officer, READ, post.body, TODAY) is False
    assert list(visible_bodies(post.officer, TODAY)) == []
    assert may(make_officer(is_superuser=True), READ, post.body, TODAY) is False


def test_the_obstacle_names_the_body_and_the_permission():
    body = make_body(name="县教体局")
    stranger = make_officer()

    assert why_not_permitted(make_handler(body), HANDLE, body, TODAY) == []
    assert why_not_permitted(SYSTEM, ADMINISTER, body, TODAY) == []
    assert why_not_permitted(stranger, APPROVE, body, TODAY) == [
        Obstacle("not_permitted", "您在“县教体局”没有“审核签发”权限", "请联系本机关管理员调整岗位")
    ]


def test_the_officer_behind_an_actor():
    officer = make_officer()

    assert (officer_of(officer), officer_of(SYSTEM), officer_of(None)) == (officer, None, None)


def test_closed_years_of_one_body():
    body = make_body(name="济源市教育体育局", short_name="教体局")
    for year in (2020, 2019):
        lock_year(body, year)
    lock_year(make_body(), 2021)

    assert locked_years(body, range(2018, 2023)) == [2019, 2020]
    assert locked_years(body, [2021]) == []
    assert why_year_closed(body, 2021) == []
    assert why_year_closed(body, 2020) == [
        Obstacle(
            "year_locked",
            "教体局2020年度的年报已经公布，该年度的记录已锁定",
            "如确需更正，请填写更正理由，更正将单独记录",
            "amendment",
        )
    ]
    assert [one.message[:7] for one in why_years_closed(body, [2020, 2019])] == ["教体局2019", "教体局2020"]
    assert why_year_closed(body, 2020, " ") == why_year_closed(body, 2020)
    assert why_years_closed(body, [2019, 2020], "漏登") == []
