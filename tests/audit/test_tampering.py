"""Hands that go round our code: refused by the database, and found out when they get past it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.audit import triggers
from gongkai.audit.acts import record
from gongkai.audit.chain import digest_of
from gongkai.audit.checks import audit_is_protected
from gongkai.audit.models import Entry, Head
from gongkai.audit.queries import Break, verify_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(clerk):
    thing = Group.objects.create(name="卷宗一")
    return [record(verb=f"a.act{number}", actor=clerk, target=thing) for number in range(1, 5)]


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def unprotected(chain):
    for statement in triggers.drop_statements(connection.vendor):
        execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET verb = 'a.other'", "DELETE FROM audit_entry WHERE sequence = 4"],
)
def test_the_database_refuses(chain, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement)
    assert list(Entry.objects.all()) == chain
    assert verify_chain() is None


@pytest.mark.parametrize("kept", ["id", "sequence", "digest"])
def test_an_insert_cannot_replace_an_entry(chain, kept):
    columns = [field.column for field in Entry._meta.concrete_fields]
    fresh = {"id": "9999", "sequence": "9999", "digest": "'x'"}
    values = [fresh.get(name, name) if name != kept else name for name in columns]
    conflict = f"ON CONFLICT ({kept}) DO UPDATE SET verb = 'a.other'"
    insert, tail = ("INSERT OR REPLACE", "") if connection.vendor == "sqlite" else ("INSERT", conflict)
    statement = (
        f"{insert} INTO audit_entry ({', '.join(columns)}) "  # noqa: S608 - names of our own columns
        f"SELECT {', '.join(values)} FROM audit_entry WHERE sequence = 2 {tail}"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement)
    assert list(Entry.objects.all()) == chain
    assert verify_chain() is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_refuses_to_empty_the_table(clerk):
    with transaction.atomic():
        entry = record(verb="a.one", actor=clerk, target=Group.objects.create(name="卷宗一"))
    with pytest.raises(DatabaseError, match="append-only"):
        execute("TRUNCATE audit_entry")
    assert list(Entry.objects.all()) == [entry]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE audit_entry SET verb = 'a.other' WHERE sequence = 2",
            Break(2, "内容与摘要不符，记录被改动过"),
        ),
        (
            "UPDATE audit_entry SET actor_name = '别人' WHERE sequence = 1",
            Break(1, "内容与摘要不符，记录被改动过"),
        ),
        ("DELETE FROM audit_entry WHERE sequence = 3", Break(3, "缺少第 3 条记录")),
        ("DELETE FROM audit_entry WHERE sequence = 1", Break(1, "缺少第 1 条记录")),
        ("DELETE FROM audit_entry WHERE sequence = 4", Break(4, "末尾记录缺失：应有 4 条，实有 3 条")),
        ("DELETE FROM audit_entry", Break(1, "末尾记录缺失：应有 4 条，实有 0 条")),
    ],
)
def test_what_was_done_without_the_triggers_is_found(unprotected, statement, found):
    execute(statement)
    assert verify_chain() == found


def test_an_entry_sealed_anew_does_not_fit_the_next(unprotected, chain):
    forged = chain[1]
    forged.verb = "a.other"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET verb = %s, digest = %s WHERE sequence = 2",
            [forged.verb, digest_of(forged.sealed_values())],
        )
    assert verify_chain() == Break(3, "与上一条记录的摘要不衔接")


def test_an_empty_record_is_whole(db):
    assert verify_chain() is None


def test_the_command_prints_the_last_digest(chain):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == f"审计记录完好，共 4 条，末条摘要 {Head.objects.get().digest}\n"


def test_the_command_names_the_break(unprotected):
    execute("DELETE FROM audit_entry WHERE sequence = 3")
    with pytest.raises(CommandError, match="审计链在第 3 条断裂：缺少第 3 条记录"):
        call_command("verify_audit")


def test_missing_triggers_are_noticed(unprotected):
    missing = "、".join(sorted(triggers.names(connection.vendor)))
    assert audit_is_protected(databases=["default"]) == [
        Error(
            f"审计表缺少保护触发器：{missing}。",
            hint="先用 gongkai manage verify_audit 核对审计记录，再用 gongkai manage protect_audit 重建触发器。",
            id="gongkai.E005",
        )
    ]


def test_with_triggers_the_check_is_silent(chain):
    assert audit_is_protected(databases=["default"]) == []
    assert audit_is_protected(databases=None) == []


@pytest.mark.django_db(transaction=True)
def test_the_triggers_can_be_put_back():
    for statement in triggers.drop_statements(connection.vendor):
        execute(statement)
    call_command("protect_audit", stdout=StringIO())
    assert triggers.missing(connection) == set()
