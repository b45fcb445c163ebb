"""The first body and its administrator from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.factories import everything, make_body

from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import Permission, may

pytestmark = pytest.mark.django_db
PASSWORD = "Green-island-2024-ledger"


def set_up(**changed):
    given = {
        "name": "青屿县人民政府",
        "short_name": "县政府",
        "slug": "qingyu",
        "kind": "government",
        "tier": "county",
        "admin": "qy-admin",
        "admin_name": "王管理",
        **changed,
    }
    out = StringIO()
    call_command("set_up", stdout=out, **given)
    return out.getvalue()


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("GONGKAI_ADMIN_PASSWORD", PASSWORD)


def test_an_empty_database_gets_its_first_body_and_administrator(client):
    assert "qy-admin" in set_up()
    body, officer = Body.objects.get(), Officer.objects.get()
    post = officer.posts.get()
    assert (body.name, body.path, post.body, post.role) == (
        "青屿县人民政府",
        f"/{body.pk}/",
        body,
        Role.ADMINISTRATOR,
    )
    assert may(officer, Permission.ADMINISTER, body, post.since)
    assert officer.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slug": "青屿"}, "网址代号："),
        ({"name": ""}, "机关全称："),
        ({"admin": "a b"}, "用户名"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_stays(changed, told):
    before = everything()
    with pytest.raises(CommandError, match=told):
        set_up(**changed)
    assert everything() == before


def test_a_weak_password_is_refused_and_nothing_stays(monkeypatch):
    monkeypatch.setenv("GONGKAI_ADMIN_PASSWORD", "12345678")
    before = everything()
    with pytest.raises(CommandError):
        set_up()
    assert everything() == before


def test_without_a_terminal_the_password_must_be_given(monkeypatch):
    monkeypatch.delenv("GONGKAI_ADMIN_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(CommandError, match="GONGKAI_ADMIN_PASSWORD"):
        set_up()


def test_a_database_with_bodies_is_left_alone():
    make_body()
    before = everything()
    with pytest.raises(CommandError, match="已有机关"):
        set_up()
    assert everything() == before
