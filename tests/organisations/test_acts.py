"""Acts on bodies, units, posts and years."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.factories import (
    at,
    at_once,
    codes,
    day,
    everything,
    make_body,
    make_officer,
    make_post,
    refused,
    verbs,
    workers_wait_for_each_other,
)

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
    lock_year,
    move_body,
    register_body,
    set_active,
)
from gongkai.organisations.models import Body, Officer, Post, Unit, YearLock

pytestmark = pytest.mark.django_db


def last():
    entry = Entry.objects.latest("sequence")
    return entry.verb, entry.actor_id, entry.body_id, entry.detail, entry.reason


def unchanged(act, error=ValidationError):
    """The act fails and leaves everything as it was; what it said about which field."""
    before = everything()
    with pytest.raises(error) as caught:
        act()
    assert everything() == before
    return caught.value


def test_a_body_stands_under_its_parent():
    officer = make_officer(is_superuser=True)
    top = register(officer, "县政府")
    below = register(officer, "县教体局", parent=top)

    assert (top.path, below.path) == (f"/{top.pk}/", f"/{top.pk}/{below.pk}/")
    assert last() == ("organisations.register_body", officer.pk, below.pk, {"name": "县教体局"}, "")
    assert list(Body.objects.within(top)) == [top, below]
    assert (str(below), below.display_name) == ("县教体局", "县教体局")


def register(actor, name, **kw):
    kw = {"slug": f"b{Body.objects.count()}", "kind": "department", "tier": "county"} | kw
    return register_body(actor=actor, name=name, **kw)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "此字段不能为空。"),
        ("slug", "教体局", "输入由字母，数字，下划线或连字符号组成的有效“字段”。"),
        ("slug", "taken", "具有 网址代号 的 机关 已存在。"),
        ("kind", "shop", "值 'shop' 不是有效选项。"),
        ("credit_code", "91410881MA", "统一社会信用代码应为18位数字或大写字母"),
    ],
)
def test_a_wrong_field_is_named(field, value, message):
    register(SYSTEM, "已有的局", slug="taken")
    error = unchanged(lambda: register(SYSTEM, **{"name": "新局", field: value}))

    assert error.message_dict == {field: [message]}


def test_moving_takes_everything_below_along():
    old, new = make_body(), make_body()
    moved = make_body(parent=old)
    child = make_body(parent=moved)
    grandchild = make_body(parent=child)
    stays = make_body(parent=old)

    move_body(body=moved, parent=new, actor=SYSTEM, reason="机构改革")

    paths = dict(Body.objects.values_list("pk", "path"))
    assert paths == {
        old.pk: f"/{old.pk}/",
        stays.pk: f"/{old.pk}/{stays.pk}/",
        new.pk: f"/{new.pk}/",
        moved.pk: f"/{new.pk}/{moved.pk}/",
        child.pk: f"/{new.pk}/{moved.pk}/{child.pk}/",
        grandchild.pk: f"/{new.pk}/{moved.pk}/{child.pk}/{grandchild.pk}/",
    }
    assert Body.objects.get(pk=moved.pk).parent == new
    detail = {"from": f"/{old.pk}/{moved.pk}/", "to": f"/{new.pk}/{moved.pk}/"}
    assert last() == ("organisations.move_body", None, moved.pk, detail, "机构改革")


def test_moving_to_the_top():
    body = make_body(parent=make_body())
    move_body(body=body, parent=None, actor=SYSTEM, reason="直管")

    row = Body.objects.get(pk=body.pk)
    assert (row.parent, row.path) == (None, f"/{body.pk}/")


def test_a_body_never_stands_below_itself():
    body = make_body()
    child = make_body(parent=body)
    grandchild = make_body(parent=child)

    for parent in (body, child, grandchild):
        with refused("cycle"):
            move_body(body=body, parent=parent, actor=SYSTEM, reason="误操作")


def test_a_stale_page_does_not_break_the_tree():
    top, body, target = make_body(), make_body(), make_body()
    stale_target, stale_body = Body.objects.get(pk=target.pk), Body.objects.get(pk=body.pk)
    move_body(body=target, parent=top, actor=SYSTEM, reason="机构改革")
    move_body(body=stale_body, parent=stale_target, actor=SYSTEM, reason="机构改革")
    assert Body.objects.get(pk=body.pk).path == f"/{top.pk}/{target.pk}/{body.pk}/"

    with refused("cycle"):
        move_body(body=stale_target, parent=stale_body, actor=SYSTEM, reason="误操作")


@pytest.mark.django_db(transaction=True)
def test_two_moves_never_close_a_circle():
    if not workers_wait_for_each_other():
        pytest.skip("threads do not share a database in memory")
    first, second = make_body(), make_body()
    below_first, below_second = make_body(parent=first), make_body(parent=second)
    results = at_once(
        partial(move_body, body=first, parent=below_second, actor=SYSTEM, reason="甲"),
        partial(move_body, body=second, parent=below_first, actor=SYSTEM, reason="乙"),
    )

    refused = [one for one in results if isinstance(one, RefusedError)]
    assert [(results.count(None), [codes(one.obstacles) for one in refused])] == [(1, [["cycle"]])]
    for row in Body.objects.all():
        above = row.parent.path if row.parent else "/"
        assert row.path == f"{above}{row.pk}/"


def test_units():
    body, other = make_body(), make_body()
    unit = add_unit(body=body, name="办公室", kind="internal", actor=SYSTEM)
    assert last() == ("organisations.add_unit", None, body.pk, {"name": "办公室"}, "")
    add_unit(body=other, name="办公室", kind="affiliated", actor=SYSTEM)

    error = unchanged(lambda: add_unit(body=body, name="办公室", kind="internal", actor=SYSTEM))
    assert error.messages == ["该机关已有同名内设机构"]
    assert (str(unit), Unit.objects.count()) == ("办公室", 2)


def test_posts():
    officer, body = make_officer(name="林敏"), make_body(short_name="教体局")
    unit = add_unit(body=body, name="办公室", kind="internal", actor=SYSTEM)
    post = appoint(
        officer=officer, body=body, unit=unit, role="handler", since=day("2024-01-01"), actor=SYSTEM
    )
    assert last() == ("organisations.appoint", None, body.pk, {"role": "handler"}, "")
    assert str(post) == "林敏 · 教体局 · 经办"

    again = {"officer": officer, "body": body, "role": "handler", "actor": SYSTEM}
    error = unchanged(lambda: appoint(**again, since=day("2024-06-01")))
    assert error.messages == ["该人员在此机关已有同样的岗位"]

    end_post(post=post, until=day("2024-05-31"), actor=SYSTEM)
    assert last() == ("organisations.end_post", None, body.pk, {"until": "2024-05-31"}, "")
    appoint(**again, since=day("2024-06-01"))
    assert Post.objects.count() == 2


def test_a_post_does_not_end_before_it_begins():
    post = make_post(since=day("2024-01-01"))
    error = unchanged(lambda: end_post(post=post, until=day("2023-12-31"), actor=SYSTEM))

    assert error.messages == ["岗位终止日不得早于起始日"]


def test_locking_a_year_twice_is_locking_it_once():
    body, officer = make_body(), make_officer()
    lock_year(body=body, year=2020, actor=officer, at=at(2021, 1, 28))
    assert last() == ("organisations.lock_year", officer.pk, body.pk, {"year": 2020}, "")
    before = everything()
    lock_year(body=body, year=2020, actor=SYSTEM, at=at(2021, 1, 29))

    assert everything() == before
    rows = YearLock.objects.values_list("body", "year", "locked_at", "locked_by")
    assert list(rows) == [(body.pk, 2020, at(2021, 1, 28), officer.pk)]
    assert str(YearLock.objects.get()) == f"{body.name} 2020"


def test_the_database_itself_refuses_a_broken_path():
    body = make_body()

    with pytest.raises(IntegrityError, match="body_path_form"), transaction.atomic():
        Body.objects.filter(pk=body.pk).update(path="7")


def test_changing_a_unit():
    unit = add_unit(body=make_body(), name="办公室", kind="internal", actor=SYSTEM)
    change_unit(unit=unit, name=" 综合科 ", kind="affiliated", is_active=False, actor=SYSTEM)

    before = {"name": "办公室", "kind": "internal", "is_active": True}
    after = {"name": "综合科", "kind": "affiliated", "is_active": False}
    assert Unit.objects.values(*after).get(pk=unit.pk) == after
    said = ("organisations.change_unit", None, unit.body_id, {"from": before, "to": after}, "")
    assert last() == said
    change_unit(unit=unit, **after, actor=SYSTEM)
    assert (last(), verbs().count("organisations.change_unit")) == (said, 1)


def test_editing_a_body_to_what_it_is_leaves_no_record():
    body = make_body(phone="0391-1")
    before = everything()
    edit_body(body=body, phone="0391-1", actor=SYSTEM)

    assert everything() == before
    with pytest.raises(TypeError, match="a body has no parent, path to edit"):
        edit_body(body=body, parent=None, path="/", actor=SYSTEM)


def test_editing_an_account_keeps_the_address_out_of_the_audit():
    post = make_post(officer=make_officer(name="林敏", email="old@example.cn"))
    edit_account(officer=post.officer, name=" 林小敏 ", email="new@example.cn", actor=SYSTEM)

    row = Officer.objects.get(pk=post.officer_id)
    assert (row.name, row.email) == ("林小敏", "new@example.cn")
    verb, _, body, detail, _ = last()
    assert (verb, body, detail["email_changed"]) == ("organisations.edit_account", post.body_id, True)
    assert "example.cn" not in str(detail)


def test_closing_an_account_twice_is_closing_it_once():
    post = make_post()
    set_active(officer=post.officer, is_active=False, actor=SYSTEM, reason="调离")
    assert last() == ("organisations.close_account", None, post.body_id, {}, "调离")
    before = everything()
    set_active(officer=post.officer, is_active=False, actor=SYSTEM)

    assert everything() == before


def test_only_the_installations_administrator_moves_bodies_and_adds_top_ones():
    top, other = make_body(), make_body()
    officer, superuser = make_post(body=top, role="administrator").officer, make_officer(is_superuser=True)

    with refused("not_permitted"):
        move_body(body=top, parent=other, actor=officer, reason="机构改革")
    with refused("not_permitted"):
        register(officer, "新政府")
    with refused("not_governed"):
        edit_account(officer=superuser, name="某", email="", actor=officer)
