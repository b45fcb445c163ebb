"""Personal data: not in the database in the clear, not in the audit, masked in lists."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from tests.factories import at, close, make_body, make_handler, make_request

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Applicant
from gongkai.foi.queries import find_applicants

pytestmark = pytest.mark.django_db

PERSON = {
    "name": "欧阳娜娜",
    "identity_number": "11010119900307003X",
    "phone": "13800138000",
    "address": "河南省济源市沁园路1号",
    "email": "ouyang@example.cn",
}


def raw_rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of our own
        return [[str(value) for value in row] for row in cursor.fetchall()]


def test_the_raw_rows_hold_no_clear_text():
    body = make_body()
    officer = make_handler(body)
    applicant = acts.register_applicant(body=body, kind="natural", actor=officer, at=at(), **PERSON)
    close(make_request(body, applicant=applicant))

    tables = [name for name in connection.introspection.table_names() if not name.startswith("sqlite_")]
    kept = "\n".join(value for table in tables for row in raw_rows(table) for value in row)
    assert [text for text in PERSON.values() if text in kept] == []
    again = Applicant.objects.get(pk=applicant.pk)
    assert {key: getattr(again, key) for key in PERSON} == PERSON


def test_the_audit_names_only_the_masked_applicant():
    acts.register_applicant(body=make_body(), kind="natural", actor=SYSTEM, at=at(), **PERSON)

    entry = Entry.objects.values().latest("sequence")
    said = json.dumps(entry, cls=DjangoJSONEncoder, ensure_ascii=False)
    assert entry["target_name"] == "自然人 欧***"
    assert [text for text in PERSON.values() if text in said] == []


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("张", "张*"), ("济源市某某公司", "济******")])
def test_masked_name(name, masked):
    assert Applicant(name=name).masked_name == masked


def test_two_rows_of_one_name_look_different_at_rest_and_are_found_together():
    body, other = make_body(), make_body()
    both = [
        acts.register_applicant(
            body=body, kind="natural", name="张 三", identity_number=number, actor=SYSTEM, at=at()
        )
        for number in ("1", "2")
    ]
    acts.register_applicant(body=other, kind="natural", name="张三", actor=SYSTEM, at=at())

    columns = [row[2:] for row in raw_rows("foi_applicant")]
    assert len({tuple(row) for row in columns}) == 3
    assert list(find_applicants(body, name="张三").order_by("pk")) == both
    assert list(find_applicants(body, identity_number=" 2")) == both[1:]
    assert list(find_applicants(body, name="张三", identity_number="3")) == []
    assert list(find_applicants(body)) == []
